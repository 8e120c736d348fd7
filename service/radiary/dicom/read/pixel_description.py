"""What the Image Pixel Module says of an object's pixels (PS3.3 C.7.6.3), checked before anything is allocated."""

from typing import BinaryIO

from pydicom.dataset import Dataset

from radiary.dicom.read import code_streams, elements, file_section, frame_counts, header, pixel_agreement
from radiary.dicom.read.pixel_encoding import KNOWN, NATIVE
from radiary.dicom.read.pixel_matrix import Matrix, Undecodable
from radiary.model.errors import Reason
from radiary.model.nouns import Deidentified

SAMPLES_LIMIT = 200_000_000
"""Samples in one frame, at most: as many as a whole film scanned at 14,000 × 14,000 has."""
FRAMES_LIMIT = 100_000
"""Frames of one object, at most."""
_PALETTES = (0x00281101, 0x00281201)
"""Red Palette Color Lookup Table Descriptor and Data."""


def matrix(clean: Deidentified) -> Matrix:
    """The description, checked against the limits and the length of the data. Raises `Undecodable`."""
    dataset = clean.dataset
    is_floating = not elements.has(dataset, 0x7FE00010)
    allocated = _number(clean, 0x00280100) or (64 if elements.has(dataset, 0x7FE00009) else 32 if is_floating else 0)
    stored, high = _number(clean, 0x00280101), _number(clean, 0x00280102, -1)
    stored = stored or (high + 1 if 0 <= high < allocated else allocated)
    shape = Matrix(
        rows=_number(clean, 0x00280010),
        columns=_number(clean, 0x00280011),
        samples=_number(clean, 0x00280002) or 1,
        frames=max(1, _number(clean, 0x00280008, 1)),
        bits_allocated=allocated,
        bits_stored=stored,
        high_bit=stored - 1 if is_floating or high < 0 else high,
        is_signed=_number(clean, 0x00280103) == 1,
        planar=_number(clean, 0x00280006) == 1,
        photometric=_photometric(dataset),
    )
    if not (shape.rows and shape.columns and allocated):
        raise Undecodable(Reason.NO_PIXEL_DATA)
    if shape.rows * shape.columns * shape.samples > SAMPLES_LIMIT or shape.frames > FRAMES_LIMIT:
        raise Undecodable(Reason.TOO_LARGE)
    shape = pixel_agreement.of_bits(_agreed(clean, shape))
    is_placed = shape.bits_stored - 1 <= shape.high_bit < shape.bits_allocated
    if shape.samples not in (1, 3) or shape.bits_allocated not in (1, 8, 16, 32, 64) or not is_placed:
        raise Undecodable(Reason.PIXEL_FORMAT_NOT_SUPPORTED)
    return _counted(clean, shape)


def _photometric(dataset: Dataset) -> str:
    """Photometric Interpretation; of an object without one, what its samples and palettes allow."""
    stated = str(header.value(dataset, 0x00280004) or "").strip()
    if stated:
        return stated
    if header.value(dataset, 0x00280002) == 3:
        return "RGB"
    has_palette = all(elements.has(dataset, tag) for tag in _PALETTES) and not elements.has(dataset, 0x00089205)
    return "PALETTE COLOR" if has_palette else "MONOCHROME2"


def _agreed(clean: Deidentified, shape: Matrix) -> Matrix:
    """The description that the bytes bear out. Raises Undecodable where they contradict it."""
    if clean.transfer_syntax not in KNOWN:
        raise Undecodable(Reason.TRANSFER_SYNTAX_NOT_SUPPORTED)
    pixels = stored(clean)
    if not elements.has(clean.dataset, 0x7FE00010) or shape.samples not in (1, 3):
        return shape
    if clean.transfer_syntax not in NATIVE:
        return pixel_agreement.of_streams(shape, pixels, is_slide=elements.has(clean.dataset, 0x00480006))
    if pixels.read(4) == code_streams.ITEM and len(code_streams.fragments(pixels)[1]):
        raise Undecodable(Reason.COMPRESSION_CONTRADICTED)
    is_of_planes = elements.has(clean.dataset, 0x00280006)
    return pixel_agreement.of_native(shape, file_section.size(pixels), has_planes=is_of_planes)


def _number(clean: Deidentified, tag: int, default: int = 0) -> int:
    number = header.value(clean.dataset, tag)
    return int(number) if isinstance(number, int) else default


def _counted(clean: Deidentified, shape: Matrix) -> Matrix:
    """The description with the frames that are there. Raises `Undecodable` where there is none, or there are too many."""
    pixels = stored(clean)
    is_said = _number(clean, 0x00280008) > 0
    if clean.transfer_syntax in NATIVE:
        counted = frame_counts.of_native(shape, file_section.size(pixels), is_said=is_said)
    else:
        counted = frame_counts.of_streams(shape, pixels, extended_offsets(clean), is_said=is_said)
    if counted.frames > FRAMES_LIMIT:
        raise Undecodable(Reason.TOO_LARGE)
    return frame_counts.of_groups(counted, clean.dataset)


def stored(clean: Deidentified) -> BinaryIO:
    """Pixel Data, Float or Double Float Pixel Data as it is stored, as a file at its beginning. Raises `Undecodable`."""
    values = (header.value(clean.dataset, tag) for tag in (0x7FE00010, 0x7FE00008, 0x7FE00009))
    pixels = file_section.from_start(next((one for one in values if one is not None), None))
    if pixels is None:
        raise Undecodable(Reason.NO_PIXEL_DATA)
    return pixels


def extended_offsets(clean: Deidentified) -> tuple[bytes, bytes] | None:
    """Extended Offset Table (7FE0,0001) and its Lengths (7FE0,0002), where both are there."""
    offsets, lengths = (header.value(clean.dataset, tag) for tag in (0x7FE00001, 0x7FE00002))
    return (offsets, lengths) if isinstance(offsets, bytes) and isinstance(lengths, bytes) else None
