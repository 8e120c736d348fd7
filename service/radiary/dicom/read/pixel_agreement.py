"""Where an object's header and its pixels contradict each other: the bytes decide where they leave one reading, else a reason."""

from dataclasses import replace
from typing import BinaryIO

from radiary.dicom.read import code_streams
from radiary.dicom.read.pixel_matrix import Matrix, Undecodable
from radiary.model.errors import Reason

_GREY = ("MONOCHROME1", "MONOCHROME2", "PALETTE COLOR")
_PARTIAL = "YBR_PARTIAL_422"
"""Retired: luminances from 16 to 235, colours from 16 to 240 (PS3.3-2004 C.7.6.3.1.2)."""
_BEGINNING = 1 << 20
"""Bytes of a code stream in which its frame header stands: colour profiles and thumbnails may come before it."""


def of_native(shape: Matrix, size: int, *, has_planes: bool = False) -> Matrix:
    """The description that `size` bytes of uncompressed pixels bear out. Raises Undecodable.

    `has_planes`: whether there is a Planar Configuration, which only pixels of several samples have.
    """
    shape = _with_bits(shape, size)
    is_colour, says_colour = shape.samples == 3, shape.photometric not in _GREY
    if not is_colour and not says_colour:
        is_of_colours = shape.frames == 1 and has_planes and shape.bits_allocated == 8 and _is(size, shape, 3)
        return replace(shape, samples=3, photometric="RGB") if is_of_colours else shape
    grey, shared, full = (_is(size, shape, samples) for samples in (1, 2, 3))
    if full:
        return replace(shape, samples=3, photometric=_in_full(shape.photometric))
    if shared and shape.photometric.startswith("YBR"):
        return replace(shape, samples=3, photometric=_PARTIAL if shape.photometric == _PARTIAL else "YBR_FULL_422")
    if shape.frames == 1 and _is(size, shape, 4):
        raise Undecodable(Reason.COLOURS_CONTRADICTED)
    if is_colour == says_colour:
        return shape
    if grey:
        return replace(shape, samples=1, photometric=_in_grey(shape.photometric))
    least = shape.rows * shape.columns * shape.bits_allocated * shape.frames // 8
    raise Undecodable(Reason.PIXEL_DATA_TRUNCATED if size < least else Reason.COLOURS_CONTRADICTED)


def _is(size: int, shape: Matrix, samples: int) -> bool:
    """Whether bytes are as many as frames of so many samples a pixel take, one byte of padding included."""
    exact = -(-shape.rows * shape.columns * samples * shape.bits_allocated * shape.frames // 8)
    return exact <= size <= exact + exact % 2


def _with_bits(shape: Matrix, size: int) -> Matrix:
    """One byte a sample where there are so many and the header has two of at most 8 bits, and the other way round."""
    halved, doubled = (replace(shape, bits_allocated=bits) for bits in (8, 16))
    if shape.bits_allocated == 16 and shape.bits_stored <= 8 and _is(size, halved, shape.samples):
        return replace(halved, high_bit=shape.bits_stored - 1)
    if shape.bits_allocated == 8 and 8 < shape.bits_stored <= 16 and _is(size, doubled, shape.samples):
        return replace(doubled, high_bit=shape.bits_stored - 1)
    return shape


def of_bits(shape: Matrix) -> Matrix:
    """The one reading of a High Bit that contradicts Bits Stored: all bits count, where no sign has to be known."""
    if shape.bits_stored - 1 <= shape.high_bit < shape.bits_allocated:
        return shape
    if shape.high_bit < shape.bits_allocated < shape.bits_stored:
        return replace(shape, bits_stored=shape.high_bit + 1)
    if shape.high_bit >= shape.bits_allocated > 8:
        return replace(shape, high_bit=shape.bits_stored - 1)
    if shape.bits_allocated == 8 or (shape.bits_allocated == 16 and not shape.is_signed):
        return replace(shape, bits_stored=shape.bits_allocated, high_bit=shape.bits_allocated - 1)
    return shape


def of_streams(shape: Matrix, pixels: BinaryIO, *, is_slide: bool) -> Matrix:
    """The description that the first code stream's own header bears out. Raises Undecodable."""
    _, parts = code_streams.fragments(pixels)
    beginning = code_streams.joined(pixels, [(parts[0][0], min(parts[0][1], _BEGINNING))]) if parts else b""
    head = code_streams.head_of(beginning)
    if head is None:
        return _named(shape)
    samples = head.samples
    if head.kind == "rle":
        samples = head.samples * 8 // max(8, shape.bits_allocated)
    elif (head.rows, head.columns) not in ((shape.rows, shape.columns), (shape.columns, shape.rows)) and not is_slide:
        raise Undecodable(Reason.SIZE_CONTRADICTED)
    if samples not in (1, 3):
        return shape
    if samples == 1:
        return replace(shape, samples=1, photometric=_in_grey(shape.photometric))
    is_lossy = head.kind == "jpeg" and head.frame != code_streams.SOF_LOSSLESS
    coded = shape.photometric if shape.photometric not in _GREY else "YBR_FULL_422" if is_lossy else "RGB"
    return replace(shape, samples=3, photometric=coded)


def _named(shape: Matrix) -> Matrix:
    """Of a stream without a header that can be read: as it is, unless the object's own header contradicts itself."""
    if (shape.samples == 3) == (shape.photometric not in _GREY):
        return shape
    raise Undecodable(Reason.COLOURS_CONTRADICTED)


def _in_full(photometric: str) -> str:
    """A colour space, of uncompressed pixels that share no colours."""
    return "RGB" if photometric in _GREY else photometric.removesuffix("_422")


def _in_grey(photometric: str) -> str:
    return photometric if photometric in _GREY else "MONOCHROME2"
