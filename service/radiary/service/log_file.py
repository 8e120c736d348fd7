"""Where the log goes: stderr, which a service manager keeps, or a file of its own, which nobody else keeps small."""

import contextlib
import logging
import os
import stat
import sys
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from radiary.files import private
from radiary.language import refusal, sentence
from radiary.model.errors import Unusable

_MOST = 5_000_000
"""Bytes of a log file before it is put aside; the last three are kept."""
_KEPT = 3
_TIMED, _PLAIN = "%(asctime)s %(levelname)s %(message)s", "%(levelname)s %(message)s"
_PRIORITIES = ((logging.ERROR, 3), (logging.WARNING, 4), (logging.INFO, 6), (logging.DEBUG, 7))
"""Levels, and how syslog counts them (RFC 5424, section 6.2.1): a line for the journal begins so (`sd-daemon(3)`)."""


class _ForJournal(logging.Formatter):
    """The journal notes the time of each line by itself, and its priority where the line begins with it."""

    def __init__(self) -> None:
        super().__init__(_PLAIN)

    def format(self, record: logging.LogRecord) -> str:
        priority = next((number for level, number in _PRIORITIES if record.levelno >= level), 7)
        return f"<{priority}>{super().format(record)}"


def begin(level: str, file: Path | None, most: int = _MOST, *, terminal: logging.Handler | None = None) -> None:
    """Begin the log; `terminal` takes it where there is no file. Raises Unusable for a file that cannot be written."""
    handler = (terminal or logging.StreamHandler(sys.stderr)) if file is None else _file(file, most)
    is_journal = file is None and terminal is None and _is_journal()
    handler.setFormatter(_ForJournal() if is_journal else logging.Formatter(_TIMED))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for noisy in ("apscheduler", "watchdog"):
        logging.getLogger(noisy).setLevel(logging.ERROR)


def _is_journal() -> bool:
    """Whether stderr goes to systemd's journal, which names the device and the inode that it reads (`systemd.exec(5)`)."""
    try:
        status = os.fstat(sys.stderr.fileno())
    except (ValueError, OSError):
        return False
    return os.environ.get("JOURNAL_STREAM") == f"{status.st_dev}:{status.st_ino}"


def _file(path: Path, most: int) -> logging.Handler:
    """Beside it, stderr takes what Python says of a start that fails; where that is a file that has grown, it begins anew."""
    try:
        with contextlib.suppress(ValueError, OSError):
            grown = os.fstat(sys.stderr.fileno())
            if stat.S_ISREG(grown.st_mode) and grown.st_size > most:
                os.ftruncate(sys.stderr.fileno(), 0)
        private.folder(path.parent)
        handler = _Private(path, maxBytes=most, backupCount=_KEPT, encoding="utf-8")
    except OSError as error:
        raise Unusable(sentence("The log file cannot be written (%(why)s).", why=refusal(error))) from None
    return handler


class _Private(RotatingFileHandler):
    """Every file of it is its owner's alone."""

    def _open(self) -> TextIOWrapper:
        os.close(os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
        return super()._open()
