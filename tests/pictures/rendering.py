"""One file through the worker's path, as a picture of a series of its own."""

import warnings
from dataclasses import dataclass
from pathlib import Path

from radiary.dicom.develop import develop
from radiary.dicom.image_files import Development
from radiary.dicom.read.pixel_matrix import Undecodable
from radiary.dicom.wall.deidentify import Terms
from radiary.dicom.wall.pseudonym import Pseudonyms
from radiary.model.nouns import Policy, Skipped, Unscaled
from radiary.workers import time_limit

PATIENCE = 60
TERMS = Terms(Pseudonyms(bytes(range(32))), Policy(), searches_text=True)


@dataclass(frozen=True)
class Rendered:
    """The pictures of an object's frames in order, or why there are none; and which of our own rules shaped them."""

    reason: str | None
    pictures: tuple[Path, ...]
    scale: tuple[float, float] | None


def rendered(file: Path, folder: Path) -> Rendered:
    """To be run in a process of the engine's."""
    time_limit.set_to(PATIENCE)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _rendered(file, folder)
    finally:
        time_limit.lift()


def _rendered(file: Path, folder: Path) -> Rendered:
    scales: dict[str, tuple[float, float]] = {}
    found = develop(file.read_bytes(), TERMS, scales=scales)
    if isinstance(found, Unscaled):
        scales[found.series] = found.low, found.high
        found = develop(file.read_bytes(), TERMS, scales=scales)
    if not isinstance(found, Development):
        return Rendered(found.reason if isinstance(found, Skipped) else "no-dicom", (), None)
    folder.mkdir()
    written = []
    try:
        for number, made in enumerate(found.files()):
            time_limit.set_to(PATIENCE)
            if made.is_picture and not made.path.endswith("-as-saved.png"):
                written.append(folder / f"{number}.png")
                written[-1].write_bytes(made.data)
    except Undecodable as undecodable:
        return Rendered(undecodable.reason, (), None)
    return Rendered(None if written else found.hold or "no-image", tuple(written), found.scale)
