"""Text burned into pixels: what of a picture may be shown, and when the whole picture has to wait for its owner."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset

from radiary.dicom import header
from radiary.errors import Reason

_ULTRASOUND = frozenset({"BDUS", "IVUS", "US"})
_STORAGE = "1.2.840.10008.5.1.4.1.1."
_ULTRASOUND_CLASSES = (_STORAGE + "6.", _STORAGE + "3.")
"""Ultrasound Image and Multi-frame Image Storage, retired ones included."""

_CAPTURES = frozenset(_STORAGE + kind for kind in ("7", "7.1", "7.2", "7.3", "7.4", "77.1.1", "77.1.1.1", "77.1.4", "77.1.4.1"))
"""Secondary captures of every kind (screen saves, dose pages, scanned paper), endoscopy and photographs."""
_MODALITIES = frozenset({"DOC", "ES", "XC"})
_IMAGE_TYPES = frozenset({"LABEL", "OVERVIEW", "SCREEN SAVE"})
"""Values of Image Type (0008,0008): a slide's label and the overview that shows it, a saved screen."""

_CORNERS = (0x00186018, 0x0018601A, 0x0018601C, 0x0018601E)
"""Region Location Min X0, Min Y0, Max X1, Max Y1; pixels from 0, both ends included (PS3.3 C.8.5.5.1)."""


def hold(clean: Dataset) -> str | None:
    """Why this picture may not go into the library unseen; None when it may."""
    if _is_ultrasound(clean):
        boxes = regions(clean)
        return None if boxes and not _cover_all(boxes, clean) else Reason.ULTRASOUND_REGIONS_MISSING
    is_flagged = str(header.value(clean, 0x00280301) or "").strip().upper() == "YES"
    is_captured = str(header.value(clean, 0x00080016) or "") in _CAPTURES
    kind = header.value(clean, 0x00080008) or ()
    is_saved = not _IMAGE_TYPES.isdisjoint([kind] if isinstance(kind, str) else kind)
    is_photograph = str(header.value(clean, 0x00080060) or "").strip().upper() in _MODALITIES
    return Reason.BURNED_IN_ANNOTATION if is_flagged or is_captured or is_saved or is_photograph else None


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


def blank(frame: NDArray[Any], clean: Dataset, fill: int) -> NDArray[Any]:
    """An ultrasound frame (rows, columns[, 3]) with `fill` wherever no region lies; one without regions is held, as it is."""
    boxes = regions(clean) if _is_ultrasound(clean) else []
    if not boxes:
        return frame
    shown = np.zeros(frame.shape[:2], dtype=bool)
    for x0, y0, x1, y1 in boxes:
        shown[y0 : y1 + 1, x0 : x1 + 1] = True
    cleared = frame.copy()
    cleared[~shown] = fill
    return cleared


def _is_ultrasound(clean: Dataset) -> bool:
    modality = str(header.value(clean, 0x00080060) or "").strip().upper()
    return modality in _ULTRASOUND or str(header.value(clean, 0x00080016) or "").startswith(_ULTRASOUND_CLASSES)
