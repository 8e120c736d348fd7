"""Which folder of the settings is to blame where a computer refuses something, and what to type."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from radiary.language import refusal, sentence
from radiary.model.errors import FolderRefused
from radiary.settings import Settings

_NAMES = ("state", "library", "private", "chronicle")


@contextlib.contextmanager
def named(settings: Settings) -> Iterator[None]:
    """Stands around a command. Raises FolderRefused for what was refused in a folder of Radiary's; no file in it is named."""
    try:
        yield
    except OSError as error:
        place = Path(str(error.filename or ""))
        blamed = next((one for one in _NAMES if place.is_relative_to(getattr(settings, one))), None)
        if blamed is None:
            raise
        told = sentence(
            "The folder %(folder)s cannot be used (%(why)s). Allow your user to read and write in it, connect its disk, or name "
            "another one by `--set %(name)s=FOLDER`.",
            folder=getattr(settings, blamed),
            why=refusal(error),
            name=blamed,
        )
        raise FolderRefused(told) from None
