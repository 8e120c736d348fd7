"""A File-set with its DICOMDIR (PS3.3 F, PS3.10 8) over de-identified copies, as discs have one."""

import contextlib
import tempfile
import warnings
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pydicom
from pydicom import fileset
from pydicom.dataset import Dataset
from pydicom.fileset import FileSet

Object = Dataset
_PIXELS = 0x7FE00000
_DEFAULTS = {
    "STUDY": {"StudyDate": "20000101", "StudyTime": "000000", "StudyID": "1"},
    "SERIES": {"SeriesNumber": "0"},
    "IMAGE": {"InstanceNumber": "0"},
    "WAVEFORM": {"InstanceNumber": "0", "ContentDate": "20000101", "ContentTime": "000000"},
    "SR DOCUMENT": {"InstanceNumber": "0", "ContentDate": "20000101", "ContentTime": "000000"},
    "KEY OBJECT DOC": {"InstanceNumber": "0", "ContentDate": "20000101", "ContentTime": "000000"},
    "PRESENTATION": {"InstanceNumber": "0", "PresentationCreationDate": "20000101", "PresentationCreationTime": "000000"},
}
"""What a record must say (type 1) and a copy may not: who makes a File-set may make these up (PS3.3 F.5.2)."""


def write(copies: Iterable[Path], selections: Iterable[Dataset], place: Path) -> int:
    """Write copies and selections into the empty folder `place`, with a DICOMDIR; how many copies have no place in one.

    Raises OSError.
    """
    left = 0
    with _in(place.parent), _completed(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of values that are not as the standard has them, which copies keep
        made = FileSet()
        for path in copies:
            try:
                made.add(pydicom.dcmread(path))
            except (ValueError, NotImplementedError):
                left += 1
        for selection in selections:
            made.add(selection)
        made.write(place)
    return left


def header(copy: Path) -> Dataset:
    """What a copy says beside its pixels."""
    return pydicom.dcmread(copy, stop_before_pixels=True)


@contextlib.contextmanager
def _in(folder: Path) -> Iterator[None]:
    """Have what is staged lie in a folder of ours, and not where everybody may look."""
    before, tempfile.tempdir = tempfile.tempdir, str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before


@contextlib.contextmanager
def _completed() -> Iterator[None]:
    """Have records say what they must, where the object itself does not."""
    before = dict(fileset.DIRECTORY_RECORDERS)
    ours: dict[str, Any] = {kind: _completing(before[kind], defaults) for kind, defaults in _DEFAULTS.items()}
    fileset.DIRECTORY_RECORDERS.update(ours)
    try:
        yield
    finally:
        fileset.DIRECTORY_RECORDERS.update(before)


def _completing(record: Callable[[Dataset], Dataset], defaults: dict[str, str]) -> Callable[[Dataset], Dataset]:
    def complete(dataset: Dataset) -> Dataset:
        whole = dataset[:_PIXELS]
        for keyword, value in defaults.items():
            if whole.get(keyword) in (None, ""):
                whole.pop(keyword, None)  # the object's own element stays as it is
                setattr(whole, keyword, value)
        return record(whole)

    return complete
