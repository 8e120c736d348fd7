"""What is said of a place that its owner named on the command line, to be written to: what is wrong with it, and what to type."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from radiary.files.disk_errors import is_full
from radiary.language import refusal, sentence
from radiary.model.errors import Mistaken, NotWritten


def refuse_without_folder(folder: Path) -> None:
    """Raises Mistaken where there is no folder of this name, or it cannot be looked for."""
    with writing_to(folder):
        is_there, is_file = folder.is_dir(), os.path.lexists(folder)
    if is_there:
        return
    if is_file:
        raise Mistaken(sentence("%(folder)s is no folder. Name another place.", folder=folder))
    raise Mistaken(sentence("There is no folder %(folder)s. Make it (`mkdir -p`), or name another one.", folder=folder))


@contextlib.contextmanager
def writing_to(place: Path) -> Iterator[None]:
    """Stands around what is written there alone. Raises NotWritten where there is no room, Mistaken for what else is refused."""
    try:
        yield
    except OSError as error:
        told = sentence(
            "%(place)s cannot be written (%(why)s). Allow it, make room there, or name another place.",
            place=place,
            why=refusal(error),
        )
        raise NotWritten(told) if is_full(error) else Mistaken(told) from None
