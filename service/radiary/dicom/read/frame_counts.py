"""How many frames an object has: what its header says beside what is there (PS3.3 C.7.6.6.1.1)."""

from dataclasses import replace
from typing import BinaryIO

from pydicom.dataset import Dataset
from pydicom.multival import MultiValue
from pydicom.sequence import Sequence

from radiary.dicom.read import code_streams, elements, header
from radiary.dicom.read.pixel_matrix import Matrix, Undecodable
from radiary.model.errors import Reason

_LOST = 8
"""Bits that native pixels may lack at their end: a writer that left out the last byte of an odd number."""
_FRAMES = 0x00280008
_LISTS = (
    0x52009230, 0x00181065, 0x3004000C, 0x00540010, 0x00540020, 0x00540030, 0x00540050, 0x00540060, 0x00540070, 0x00540080,
    0x00540090, 0x00540100, 0x00082142,
)  # fmt: skip
"""Attributes with an entry for each frame: functional groups, times, offsets, vectors of nuclear medicine."""

_SHOWING = (0x00289132, 0x00289145)
"""Frame VOI LUT, Pixel Value Transformation."""


def of_native(shape: Matrix, size: int, *, is_said: bool) -> Matrix:
    """The whole frames among `size` bytes of uncompressed pixels. Raises Undecodable where there is none.

    What lies behind the frames that a header speaks of may be anything, words too: it counts as surplus where it is as long as
    frames, and as frames where the header does not say how many there are.
    """
    if size * 8 + _LOST >= shape.frame_bits * shape.frames:
        there, over = divmod(size * 8, shape.frame_bits)
        if there <= shape.frames or over > _LOST:
            return shape
        return replace(shape, surplus=there - shape.frames) if is_said else _with(shape, there)
    return _with(shape, size * 8 // shape.frame_bits)


def of_streams(shape: Matrix, pixels: BinaryIO, extended: tuple[bytes, bytes] | None, *, is_said: bool) -> Matrix:
    """The code streams that are there. Raises Undecodable where there is none."""
    there = len(code_streams.frames(pixels, shape.frames, extended))
    if shape.frames == 1 and there:
        there = _several(pixels, extended) if not is_said or _begins_several(pixels) else 1
    return _with(shape, there)


def _begins_several(pixels: BinaryIO) -> bool:
    """Whether more than one fragment begins like a stream of the first one's kind."""
    _, parts = code_streams.fragments(pixels)
    kinds = [code_streams.kind_of(code_streams.joined(pixels, [(start, min(size, 64))])) for start, size in parts]
    return bool(kinds) and kinds[0] is not None and kinds.count(kinds[0]) > 1


def _several(pixels: BinaryIO, extended: tuple[bytes, bytes] | None) -> int:
    """How many streams begin among the fragments, where their beginnings show it; else one."""
    return len(code_streams.frames(pixels, 2, extended)) if _begins_several(pixels) else 1


def _with(shape: Matrix, there: int) -> Matrix:
    if not there:
        raise Undecodable(Reason.PIXEL_DATA_TRUNCATED)
    return replace(shape, frames=there, missing=max(0, shape.frames - there))


def of_groups(shape: Matrix, dataset: Dataset) -> Matrix:
    """The frames of which functional groups say how they are shown, where these say it frame by frame: others may be anything."""
    groups = header.items(dataset, _LISTS[0])
    is_shown_by = any(elements.has(group, tag) for group in groups for tag in _SHOWING)
    if not is_shown_by or len(groups) >= shape.frames:
        return shape
    return replace(shape, frames=len(groups), surplus=shape.surplus + shape.frames - len(groups))


def keep(dataset: Dataset, shown: list[int]) -> None:
    """Have a copy's header speak of the frames that are `shown` alone, by their numbers from 0."""
    said = elements.get(dataset, _FRAMES)
    if said is not None or len(shown) > 1:
        dataset.NumberOfFrames = len(shown)
    for tag in _LISTS:
        if not elements.has(dataset, tag):
            continue
        value = dataset[tag].value
        if isinstance(value, Sequence | MultiValue) and len(value) > len(shown):
            kept = [value[number] for number in shown if number < len(value)]
            dataset[tag].value = Sequence(kept) if isinstance(value, Sequence) else kept
