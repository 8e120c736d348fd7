"""Text burned into pixels: which parts of a picture are blanked, and when the whole picture is held for its owner."""

from collections.abc import Iterator, Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset

from radiary.dicom.read import display_values, elements, header
from radiary.model.errors import Reason
from radiary.model.nouns import SLICES, Box

_ULTRASOUND = frozenset({"BDUS", "IVUS", "US"})
_STORAGE = "1.2.840.10008.5.1.4.1.1."
_ULTRASOUND_CLASSES = (_STORAGE + "6.", _STORAGE + "3.")
"""Ultrasound Image and Multi-frame Image Storage, retired ones included."""

_CAPTURES = frozenset(_STORAGE + kind for kind in ("7", "7.1", "7.2", "7.3", "7.4", "77.1.1", "77.1.1.1", "77.1.4", "77.1.4.1"))
"""Secondary captures of every kind (screen saves, dose pages, scanned paper), endoscopy and photographs."""
_MODALITIES = frozenset({"DOC", "ES", "XC"})
"""Documents, endoscopy, photographs."""
_IMAGE_TYPES = frozenset({"LABEL", "OVERVIEW", "SCREEN SAVE"})
"""Values of Image Type (0008,0008): a slide's label and the overview that shows it, a saved screen."""

_DRAWN = frozenset(_STORAGE + kind for kind in ("66.4", "66.5", "66.7", "30"))
"""Segmentations and parametric maps: computed, so that their outlines look like text, and what is read for certain alone is."""

_CORNERS = (0x00186018, 0x0018601A, 0x0018601C, 0x0018601E)
"""Region Location Min X0, Min Y0, Max X1, Max Y1; pixels from 0, both ends included (PS3.3 C.8.5.5.1)."""
_OVER_TIME = (2, 3, 4)
"""M-Mode, Spectral, Wave form."""


def hold(received: Dataset, *, clean: Dataset, searches_text: bool) -> str | None:
    """Why a picture may not go into the library before its owner saw it; None when it may, if need be after a search for text.

    `clean` is what the wall made of `received`: by its regions an ultrasound is blanked.
    """
    if _is_ultrasound(received):
        boxes = regions(clean)
        if not boxes or _cover_all(boxes, received):
            return Reason.ULTRASOUND_REGIONS_MISSING
        return None if searches_text else Reason.TEXT_NOT_LOOKED_FOR
    is_flagged = str(header.value(received, 0x00280301) or "NO").strip().upper() != "NO"
    is_captured = _sop_class(received) in _CAPTURES
    is_saved = not _IMAGE_TYPES.isdisjoint(str(word).strip().upper() for word in _several(header.value(received, 0x00080008)))
    is_photograph = str(header.value(received, 0x00080060) or "").strip().upper() in _MODALITIES
    if is_flagged or is_captured or is_saved or is_photograph:
        return Reason.BURNED_IN_ANNOTATION
    search = text_search(received)
    is_trusted = search in ("none", "drawn") or (search == "some" and is_typical(received))
    return None if searches_text or is_trusted else Reason.TEXT_NOT_LOOKED_FOR


def text_search(received: Dataset) -> Literal["every", "some", "drawn", "none"]:
    """Whether text is searched for in every picture, in some of a series of slices, or as in what is drawn; of others in none."""
    modality = str(header.value(received, 0x00080060) or "").strip().upper()
    if not any(elements.has(received, tag) for tag in (0x7FE00010, 0x7FE00008, 0x7FE00009)):
        return "none"
    if _sop_class(received) in _DRAWN:
        return "drawn"
    return "some" if modality in SLICES else "every"


def _sop_class(received: Dataset) -> str:
    return str(header.value(received, 0x00080016) or "").strip()


def is_typical(received: Dataset) -> bool:
    """Whether Image Type (0008,0008) says that a slice is as it was acquired: not derived, not secondary, no localizer."""
    kind = [str(word).strip().upper() for word in _several(header.value(received, 0x00080008))]
    return "DERIVED" not in kind and "SECONDARY" not in kind and "LOCALIZER" not in kind


def _several(value: Any) -> list[Any]:
    """The values of an attribute, of which there may be none, one or several."""
    return [] if value is None else [value] if isinstance(value, str) else list(value)


def regions(clean: Dataset) -> list[tuple[int, int, int, int]]:
    """The boxes (x0, y0, x1, y1), both ends included, of Sequence of Ultrasound Regions (0018,6011), as far as they lie in the
    picture; ones that are empty or lie outside are left out.
    """
    return [box for _, box in _regions(clean)]


def sweeps(received: Dataset) -> tuple[Box, ...]:
    """The boxes of an ultrasound's regions that are drawn over time, by Region Spatial Format (0018,6012, PS3.3 C.8.5.5.1.2).

    None where pixels are not square, whose pictures are of another size.
    """
    if not _is_ultrasound(received) or not header.value(received, 0x00186011) or header.value(received, 0x00280034):
        return ()
    return tuple(box for region, box in _regions(received) if header.value(region, 0x00186012) in _OVER_TIME)


def _regions(dataset: Dataset) -> Iterator[tuple[Dataset, Box]]:
    """The regions that lie in the picture, with their boxes."""
    rows, columns = size(dataset)
    for region in header.value(dataset, 0x00186011) or ():
        corners = [header.value(region, tag) for tag in _CORNERS]
        if all(isinstance(corner, int) for corner in corners):
            x0, y0, x1, y1 = (max(0, int(corner)) for corner in corners)
            x1, y1 = min(x1, columns - 1), min(y1, rows - 1)
            if x1 > x0 and y1 > y0:
                yield region, (x0, y0, x1, y1)


def size(dataset: Dataset) -> tuple[int, int]:
    """Rows and columns of a picture, however they are written; 0 where they cannot be understood."""
    try:
        rows, columns = (display_values.understood(dataset, tag).value for tag in (0x00280010, 0x00280011))
        return int(rows), int(columns)
    except (*header.UNREADABLE, display_values.NotUnderstoodError):
        return 0, 0


def _cover_all(boxes: list[tuple[int, int, int, int]], clean: Dataset) -> bool:
    """Whether one region covers the whole picture, so that regions do not tell pixels from text around them."""
    rows, columns = size(clean)
    return any(x0 == 0 and y0 == 0 and x1 >= columns - 1 and y1 >= rows - 1 for x0, y0, x1, y1 in boxes)


def blank(frame: NDArray[Any], clean: Dataset, boxes: Sequence[Box], *, fill: int) -> NDArray[Any]:
    """A frame (rows, columns[, 3]) with the value `fill` in `boxes` and, in an ultrasound, outside its regions.

    An ultrasound without regions is held, so nothing is blanked outside of them.
    """
    visible_regions = regions(clean) if _is_ultrasound(clean) else []
    if not visible_regions and not boxes:
        return frame
    is_visible = np.full(frame.shape[:2], not visible_regions)
    for x0, y0, x1, y1 in visible_regions:
        is_visible[y0 : y1 + 1, x0 : x1 + 1] = True
    for x0, y0, x1, y1 in boxes:
        is_visible[y0 : y1 + 1, x0 : x1 + 1] = False
    cleared = frame.copy()
    cleared[~is_visible] = fill
    return cleared


def _is_ultrasound(clean: Dataset) -> bool:
    modality = str(header.value(clean, 0x00080060) or "").strip().upper()
    return modality in _ULTRASOUND or str(header.value(clean, 0x00080016) or "").startswith(_ULTRASOUND_CLASSES)
