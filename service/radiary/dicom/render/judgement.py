"""A window that shows one shade of an image that has many is of no use: the next sensible rule shows it, and is told."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset

from radiary.dicom.read import header
from radiary.dicom.render import grayscale
from radiary.dicom.render.grayscale import LookupTable, Range, Rescale, Spread, Values, View, Window

Grey = NDArray[np.uint8]
_MANY = 16
"""Different values that an image must have for one shade of them to be too little."""
_NARROW = 16
"""Levels of grey that a lookup table gives at most where it is made for values of other sizes."""
_SAMPLES = 1 << 16
"""Values of which those that differ are counted."""


def judged(dataset: Dataset, number: int, stored: NDArray[Any], *, scale: Range | None) -> tuple[Grey, str | None]:
    """Frame `number` in grey, and the rule it is shown by where its own window shows nothing of it."""
    view = grayscale.view(dataset, number)
    grey = view.picture(stored, scale)
    if view.voi is None or not _is_flat(view, grey) or _is_air(dataset, view, stored) or not _has_many(view, stored):
        return grey, None
    for rule, other in _others(dataset, number, view):
        candidate = other.picture(stored, None)
        if not _is_flat(other, candidate):
            return candidate, rule
    return replace(view, voi=None).picture(stored, view.range(stored)), "own-range"


def fitting(dataset: Dataset, number: int, stored: NDArray[Any]) -> View:
    """The view of a frame, by its own window or, where that shows nothing, over its own range."""
    view = grayscale.view(dataset, number)
    _, rule = judged(dataset, number, stored, scale=None) if view.voi is not None else (None, None)
    others = dict(_others(dataset, number, view))
    return view if rule is None else others.get(rule, replace(view, voi=None))


def _is_flat(view: View, grey: Grey) -> bool:
    """Whether a picture has one shade, or, by a lookup table, hardly more."""
    most = _NARROW if isinstance(view.voi, Spread) else 0
    few = grey.reshape(-1)[:: max(1, grey.size // 64)]
    return int(np.ptp(few)) <= most and int(np.ptp(grey)) <= most


def _is_air(dataset: Dataset, view: View, stored: NDArray[Any]) -> bool:
    """Whether a slice of a CT lies below its window: there is nothing but air in it."""
    if str(header.value(dataset, 0x00080060) or "") != "CT" or not isinstance(view.voi, Window):
        return False
    return bool(view.modality(np.array([stored.max()], np.float64))[0] < view.voi.center)


def _has_many(view: View, stored: NDArray[Any]) -> bool:
    values = stored.reshape(-1)[:: max(1, stored.size // _SAMPLES)]
    if view.padding is not None and values.dtype.kind in "iu":
        values = values[(values < view.padding[0]) | (values > view.padding[1])]
    return len(np.unique(values)) >= _MANY


def _others(dataset: Dataset, number: int, view: View) -> Iterator[tuple[str, View]]:
    """What else an object offers: its further windows, and its window for the values as they are stored."""
    offered: list[Callable[[Values], Values]] = list(grayscale.windows(dataset, number))
    for window in offered:
        if window != view.voi:
            yield "another-window", replace(view, voi=window)
    if not isinstance(view.modality, Rescale | LookupTable) or view.modality == Rescale(1.0, 0.0):
        return
    for window in offered:
        yield "stored-units", replace(view, modality=Rescale(1.0, 0.0), voi=window)
