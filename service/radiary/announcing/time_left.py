"""How long an export will still take, by how long its files took so far."""

from radiary.language import counted, sentence

_TELLING = 5.0
"""Seconds of work before which nothing can be said of the rest."""


def seconds_left(done: int, total: int, elapsed: float) -> int | None:
    """Seconds until all of `total` files are done; None while too little is known."""
    return round(elapsed / done * (total - done)) if done and elapsed >= _TELLING else None


def about(seconds: int | None) -> str:
    """The same for a person, to follow a sentence; empty while it is not known."""
    if seconds is None:
        return ""
    if seconds < 60:
        return sentence(", less than a minute left")
    minutes = round(seconds / 60)
    if minutes < 90:
        return counted(", about %(number)s minute left", ", about %(number)s minutes left", minutes)
    return sentence(", about %(number)s hours left", number=round(minutes / 60))
