"""What went wrong with an export → the fact that is written down."""

import logging
import traceback

from radiary.model.errors import (
    NoDicom,
    NothingToFile,
    NotNow,
    OutOfMemory,
    Stopping,
    Unacceptable,
    Waiting,
    WorkersUnavailable,
)
from radiary.model.events import AwaitingOwner, Deferred, Failed, Ignored, Rejected

log = logging.getLogger("radiary")


def fact(digest: str, error: Unacceptable | Waiting | NotNow | Stopping) -> Ignored | Rejected | AwaitingOwner | Deferred:
    """What the class of the error says about the export with this digest."""
    if isinstance(error, NoDicom):
        return Ignored(export=digest, reason=error.reason())
    if isinstance(error, NothingToFile):
        return Rejected(export=digest, reason=error.reason(), skipped=error.skipped)
    if isinstance(error, Unacceptable):
        return Rejected(export=digest, reason=error.reason())
    if isinstance(error, Waiting):
        return AwaitingOwner(export=digest, reason=error.reason())
    return Deferred(export=digest, reason=error.reason())


def unexpected(digest: str, error: Exception) -> Deferred | Failed:
    """What an error that is none of ours says: the computer lacks something just now, or there is a mistake in Radiary."""
    if isinstance(error, MemoryError):
        return Deferred(export=digest, reason=OutOfMemory.reason())
    if isinstance(error, ImportError):
        return Deferred(export=digest, reason=WorkersUnavailable.reason())
    log_internal(digest, error)
    return Failed(export=digest, error=place_in_code(error))


def log_internal(digest: str, error: Exception) -> None:
    """Say where a mistake in Radiary is."""
    log.error("export %s: internal error, %s", digest[:12], place_in_code(error))


def place_in_code(error: BaseException) -> str:
    """The kind of an error and the places in our code that it came through; never its message, which may quote a value."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "radiary" in frame.filename]
    places = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames[-3:]))
    return f"{type(error).__name__} in {places or 'a worker process'}"
