"""What commands end with: one table, for the code, the manual and the README."""

from enum import IntEnum


class Exit(IntEnum):
    """An exit status."""

    DONE = 0
    NOT_DONE = 1
    MISUSED = 2
    NOT_RUNNING = 3
    UNUSABLE = 78
    """EX_CONFIG of sysexits(3): starting again would not help, and service managers do not."""
    INTERRUPTED = 130


MEANINGS = {
    Exit.DONE: "What was asked for is done.",
    Exit.NOT_DONE: "Something was not filed, or is not in order; a sentence says what.",
    Exit.MISUSED: "A misspelt word, or something that cannot be done; nothing was changed.",
    Exit.NOT_RUNNING: "Of `radiary status`: the service is not running.",
    Exit.UNUSABLE: "The settings or the state folder are not as they must be; starting again would not help.",
    Exit.INTERRUPTED: "Ctrl-C.",
}
