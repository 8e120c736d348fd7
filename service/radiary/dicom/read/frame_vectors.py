"""The stacks of a nuclear medicine object of the former kind, by the vectors that its frames are counted by (PS3.3 C.8.4.8)."""

from collections.abc import Sequence

from pydicom.dataset import Dataset
from pydicom.multival import MultiValue

from radiary.dicom.read import header
from radiary.dicom.read.located_frames import LocatedFrame

_POINTERS = 0x00280009
"""Frame Increment Pointer: the vectors' attributes, that which changes most often last."""
_GROUP = 0x0054
"""Nuclear medicine's."""
_GO_ON = frozenset({0x00540030, 0x00540050})
"""Phase Vector, Rotation Vector: what they count follows each other and is looked through in one go."""


def located(dataset: Dataset, frames: int) -> list[LocatedFrame]:
    """Every frame in the order in which it is stored, in its stack: at one energy, detector, interval and time slot.

    None where the vectors are not as long as there are frames, and where all frames are one stack.
    """
    pointers = [int(tag) for tag in _values(dataset, _POINTERS) if isinstance(tag, int)]
    vectors = [_values(dataset, tag) for tag in pointers]
    if frames < 2 or any(tag >> 16 != _GROUP for tag in pointers) or any(len(vector) != frames for vector in vectors):
        return []
    apart = [vector for tag, vector in zip(pointers[:-1], vectors, strict=False) if tag not in _GO_ON]
    stacks = list(zip(*apart, strict=True))
    if len(set(stacks)) < 2:
        return []
    return [
        LocatedFrame(number, tuple(map(str, stack)), normal=None, position=float(number), millimetres=None, phase=())
        for number, stack in enumerate(stacks)
    ]


def _values(dataset: Dataset, tag: int) -> Sequence[object]:
    value = header.value(dataset, tag)
    return list(value) if isinstance(value, MultiValue | list) else [] if value is None else [value]
