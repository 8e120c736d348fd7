"""The pictures that her file lists, where they lie, and whether each begins like one."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from radiary.chronicle.own_days import OwnDay
from radiary.library import layout

_STARTS = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF", b"BM", b"II*\0", b"MM\0*", b"<svg", b"<?xml", b"\0\0\1\0")
_BRAND, _BRANDS = slice(4, 12), (b"ftypavif", b"ftypheic", b"ftypmif1", b"ftypavis")
"""How files of pictures begin."""


def listed(days: Iterable[OwnDay], images: Path) -> Iterator[tuple[str, str]]:
    """Every picture by its folder and name: the event's folder, or the day's own where it lies there alone."""
    for day in days:
        for event in day.events:
            for picture in event.pictures:
                folders = dict.fromkeys((event.folder, day.date))
                there = (one for one in folders if len(folders) > 1 and place(images, one, picture.name).exists())
                yield next(there, event.folder), picture.name


def place(images: Path, folder: str, name: str) -> Path:
    """Where it lies, below the root of her pictures."""
    return images / (folder or layout.UNDATED) / name


def is_picture(path: Path) -> bool | None:
    """Whether a file begins like a picture; None where there is none."""
    try:
        with path.open("rb", buffering=0) as file:
            start = file.read(16)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        return False
    return start.startswith(_STARTS) or start[_BRAND] in _BRANDS
