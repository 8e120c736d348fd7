"""Text burned into pixels: what of a picture may be shown, and when the whole picture has to wait for its owner."""

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset

from radiary.dicom.read import elements, header
from radiary.model.errors import Reason
from radiary.model.nouns import Box

_ULTRASOUND = frozenset({"BDUS", "IVUS", "US"})
_STORAGE = "1.2.840.10008.5.1.4.1.1."
_ULTRASOUND_CLASSES = (_STORAGE + "6.", _STORAGE + "3.")
"""Ultrasound Image and Multi-frame Image Storage, retired ones included."""

_CAPTURES = frozenset(_STORAGE + kind for kind in ("7", "7.1", "7.2", "7.3", "7.4", "77.1.1", "77.1.1.1", "77.1.4", "77.1.4.1"))
"""Secondary captures of every kind (screen saves, dose pages, scanned paper), endoscopy and photographs."""
_MODALITIES = frozenset({"DOC", "ES", "XC"})
_IMAGE_TYPES = frozenset({"LABEL", "OVERVIEW", "SCREEN SAVE"})
"""Values of Image Type (0008,0008): a slide's label and the overview that shows it, a saved screen."""

_SLICES = frozenset({"CT", "MR", "NM", "PT"})
_COMPUTED = frozenset(_STORAGE + kind for kind in ("481.2", "66.4", "66.5", "66.7", "30"))
"""RT dose, segmentations, parametric maps: no camera or scanner wrote into these."""

_CORNERS = (0x00186018, 0x0018601A, 0x0018601C, 0x0018601E)
"""Region Location Min X0, Min Y0, Max X1, Max Y1; pixels from 0, both ends included (PS3.3 C.8.5.5.1)."""


def hold(received: Dataset, *, searches_text: bool) -> str | None:
    """Why this picture may not go into the library unseen; None when it may, if need be after text was looked for in it."""
    if _is_ultrasound(received):
        boxes = regions(received)
        if not boxes or _cover_all(boxes, received):
            return Reason.ULTRASOUND_REGIONS_MISSING
        return None if searches_text else Reason.TEXT_NOT_LOOKED_FOR
    is_flagged = str(header.value(received, 0x00280301) or "NO").strip().upper() != "NO"
    is_captured = str(header.value(received, 0x00080016) or "") in _CAPTURES
    is_saved = not _IMAGE_TYPES.isdisjoint(str(word).strip().upper() for word in _several(header.value(received, 0x00080008)))
    is_photograph = str(header.value(received, 0x00080060) or "").strip().upper() in _MODALITIES
    if is_flagged or is_captured or is_saved or is_photograph:
        return Reason.BURNED_IN_ANNOTATION
    where = text_search(received)
    is_trusted = where == "none" or (where == "some" and is_typical(received))
    return None if searches_text or is_trusted else Reason.TEXT_NOT_LOOKED_FOR


def text_search(received: Dataset) -> Literal["every", "some", "none"]:
    """Where text has to be searched for: in every picture; in some of a series of slices; in none of a computed object."""
    modality = str(header.value(received, 0x00080060) or "").strip().upper()
    is_computed = str(header.value(received, 0x00080016) or "").strip() in _COMPUTED
    if is_computed or not any(elements.has(received, tag) for tag in (0x7FE00010, 0x7FE00008, 0x7FE00009)):
        return "none"
    return "some" if modality in _SLICES else "every"


def is_typical(received: Dataset) -> bool:
    """Whether Image Type (0008,0008) says that a slice is as it was acquired, and no localizer."""
    kind = [str(word).strip().upper() for word in _several(header.value(received, 0x00080008))]
    return "DERIVED" not in kind and "SECONDARY" not in kind and "LOCALIZER" not in kind


def _several(value: Any) -> list[Any]:
    return [] if value is None else [value] if isinstance(value, str) else list(value)


def regions(clean: Dataset) -> list[tuple[int, int, int, int]]:
    """The boxes (x0, y0, x1, y1) of Sequence of Ultrasound Regions (0018,6011) that are real boxes."""
    boxes = []
    for item in header.value(clean, 0x00186011) or ():
        corners = [header.value(item, tag) for tag in _CORNERS]
        if all(isinstance(corner, int) for corner in corners):
            x0, y0, x1, y1 = (max(0, int(corner)) for corner in corners)
            if x1 > x0 and y1 > y0:
                boxes.append((x0, y0, x1, y1))
    return boxes


def _cover_all(boxes: list[tuple[int, int, int, int]], clean: Dataset) -> bool:
    """Whether one region is the whole picture: then it does not say where text may stand."""
    rows, columns = header.value(clean, 0x00280010) or 0, header.value(clean, 0x00280011) or 0
    return any(x0 == 0 and y0 == 0 and x1 >= columns - 1 and y1 >= rows - 1 for x0, y0, x1, y1 in boxes)


def blank(frame: NDArray[Any], clean: Dataset, boxes: Sequence[Box], fill: int) -> NDArray[Any]:
    """A frame (rows, columns[, 3]) with `fill` in `boxes`, and in an ultrasound's wherever no region lies.

    An ultrasound without regions is held, and stays as it is.
    """
    inside = regions(clean) if _is_ultrasound(clean) else []
    if not inside and not boxes:
        return frame
    shown = np.full(frame.shape[:2], not inside)
    for x0, y0, x1, y1 in inside:
        shown[y0 : y1 + 1, x0 : x1 + 1] = True
    for x0, y0, x1, y1 in boxes:
        shown[y0 : y1 + 1, x0 : x1 + 1] = False
    cleared = frame.copy()
    cleared[~shown] = fill
    return cleared


def _is_ultrasound(clean: Dataset) -> bool:
    modality = str(header.value(clean, 0x00080060) or "").strip().upper()
    return modality in _ULTRASOUND or str(header.value(clean, 0x00080016) or "").startswith(_ULTRASOUND_CLASSES)
