"""How a picture lies in the body: the letters at its edges, and its plane (PS3.3 C.7.6.2.1.1, C.7.6.1.1.1)."""

from collections.abc import Sequence

from pydicom.dataset import Dataset

from radiary.dicom.read import header
from radiary.model.nouns import Orientation

_ORIENTATION, _PATIENT_ORIENTATION = 0x00200037, 0x00200020
_SHARED, _PER_FRAME, _PLANE = 0x52009229, 0x52009230, 0x00209116
"""Shared and Per-Frame Functional Groups Sequence, and the Plane Orientation Sequence in their items."""
_AXES = (("L", "R"), ("P", "A"), ("H", "F"))
"""Towards which side the coordinates x, y and z of the patient grow, and the opposite."""
_OPPOSITE = {"L": "R", "R": "L", "P": "A", "A": "P", "H": "F", "F": "H"}
_LEAST = 0.3
"""Share of a direction below which its letter is left out: 17 degrees."""
_PLANES = ("sagittal", "coronal", "axial")
"""By the axis that the picture's normal is nearest to."""
_OBLIQUE = 0.8
"""Least share of that axis in the normal: 37 degrees."""


def orientation(dataset: Dataset, frame: int = 0) -> Orientation:
    """By Image Orientation (Patient), also of all frames together or of `frame`, else by Patient Orientation (0020,0020)."""
    cosines = _numbers(header.value(_plane_item(dataset, frame) or dataset, _ORIENTATION))
    if len(cosines) == 6 and any(cosines[:3]) and any(cosines[3:]):
        right, bottom = _letters(cosines[:3]), _letters(cosines[3:])
        return Orientation((_opposite(bottom), right, bottom, _opposite(right)), _plane(cosines))
    named = header.value(dataset, _PATIENT_ORIENTATION)
    words = [str(word).upper() for word in named] if hasattr(named, "__len__") and not isinstance(named, str) else []
    if len(words) == 2 and all(word and set(word) <= set(_OPPOSITE) and len(word) <= 3 for word in words):
        right, bottom = words
        return Orientation((_opposite(bottom), right, bottom, _opposite(right)))
    return Orientation()


def _plane_item(dataset: Dataset, frame: int) -> Dataset | None:
    groups = [*header.items(dataset, _PER_FRAME)[frame : frame + 1], *header.items(dataset, _SHARED)[:1]]
    return next((plane for group in groups for plane in header.items(group, _PLANE)[:1]), None)


def _numbers(value: object) -> list[float]:
    try:
        return [float(str(number)) for number in value] if hasattr(value, "__iter__") else []
    except ValueError:
        return []


def _letters(direction: Sequence[float]) -> str:
    """The sides that a direction leads to, the main one first."""
    axes = sorted(range(3), key=lambda axis: -abs(direction[axis]))
    return "".join(_AXES[axis][direction[axis] < 0] for axis in axes[:2] if abs(direction[axis]) >= _LEAST)


def _opposite(letters: str) -> str:
    return "".join(_OPPOSITE[letter] for letter in letters)


def _plane(cosines: Sequence[float]) -> str:
    row, column = cosines[:3], cosines[3:]
    normal = [row[(axis + 1) % 3] * column[(axis + 2) % 3] - row[(axis + 2) % 3] * column[(axis + 1) % 3] for axis in range(3)]
    axis = max(range(3), key=lambda axis: abs(normal[axis]))
    return _PLANES[axis] if abs(normal[axis]) >= _OBLIQUE else ""
