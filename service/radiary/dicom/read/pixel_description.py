"""What the Image Pixel Module says of an object's pixels (PS3.3 C.7.6.3), checked before anything is allocated."""

from dataclasses import dataclass
from typing import BinaryIO

from pydicom.encaps import generate_frames, parse_fragments

from radiary.dicom.read import elements, file_section, header
from radiary.model.errors import Reason
from radiary.model.nouns import Deidentified

SAMPLES_LIMIT = 200_000_000
"""Samples in one frame, at most: as many as a whole film scanned at 14,000 × 14,000 has."""
FRAMES_LIMIT = 100_000
"""Frames of one object, at most."""
NATIVE = frozenset({"1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.1.99"})
_MARKED = ("1.2.840.10008.1.2.4.5", "1.2.840.10008.1.2.4.7", "1.2.840.10008.1.2.4.8", "1.2.840.10008.1.2.4.9",
           "1.2.840.10008.1.2.4.20")  # fmt: skip
"""JPEG, JPEG-LS, JPEG 2000 and HTJ2K: streams that end in the marker FF D9."""
_PADDED_END = 16
"""Bytes at a stream's end among which the marker must stand; encoders pad with 00, FF or 20 behind it."""


class Undecodable(Exception):
    """The pixels cannot be decoded; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Matrix:
    """One object's pixels: `samples` a pixel, `planar` for colours stored one after the other (Planar Configuration 1)."""

    rows: int
    columns: int
    samples: int
    frames: int
    bits_allocated: int
    bits_stored: int
    high_bit: int
    is_signed: bool
    planar: bool
    photometric: str

    @property
    def frame_bits(self) -> int:
        """Bits of one native frame; YBR_FULL_422 shares its colour between two pixels."""
        samples = 2 if self.photometric == "YBR_FULL_422" else self.samples
        return self.rows * self.columns * samples * self.bits_allocated

    @property
    def is_colour(self) -> bool:
        """Whether frames of this object are shown in colour."""
        return self.samples == 3 or self.photometric == "PALETTE COLOR"


def matrix(clean: Deidentified) -> Matrix:
    """The description, checked against the limits and the length of the data. Raises `Undecodable`."""
    dataset = clean.dataset
    is_floating = not elements.has(dataset, 0x7FE00010)
    allocated = _number(clean, 0x00280100) or (64 if elements.has(dataset, 0x7FE00009) else 32 if is_floating else 0)
    stored = _number(clean, 0x00280101) or allocated
    shape = Matrix(
        rows=_number(clean, 0x00280010),
        columns=_number(clean, 0x00280011),
        samples=_number(clean, 0x00280002, 1),
        frames=max(1, _number(clean, 0x00280008, 1)),
        bits_allocated=allocated,
        bits_stored=stored,
        high_bit=stored - 1 if is_floating else _number(clean, 0x00280102, stored - 1),
        is_signed=_number(clean, 0x00280103) == 1,
        planar=_number(clean, 0x00280006) == 1,
        photometric=str(header.value(dataset, 0x00280004) or "").strip(),
    )
    if not (shape.rows and shape.columns and allocated):
        raise Undecodable(Reason.NO_PIXEL_DATA)
    if shape.rows * shape.columns * shape.samples > SAMPLES_LIMIT or shape.frames > FRAMES_LIMIT:
        raise Undecodable(Reason.TOO_LARGE)
    is_placed = stored - 1 <= shape.high_bit < allocated
    if shape.samples not in (1, 3) or allocated not in (1, 8, 16, 32, 64) or not is_placed:
        raise Undecodable(Reason.PIXEL_FORMAT_NOT_SUPPORTED)
    _refuse_truncated(clean, shape)
    return shape


def _number(clean: Deidentified, tag: int, default: int = 0) -> int:
    number = header.value(clean.dataset, tag)
    return int(number) if isinstance(number, int) else default


def _refuse_truncated(clean: Deidentified, shape: Matrix) -> None:
    """Raise `Undecodable` for native data shorter than the header says, and for code streams too few or without an end."""
    pixels = stored(clean)
    if clean.transfer_syntax in NATIVE:
        if file_section.size(pixels) * 8 < shape.frame_bits * shape.frames:
            raise Undecodable(Reason.PIXEL_DATA_TRUNCATED)
    elif _fragments(pixels) < shape.frames:
        raise Undecodable(Reason.PIXEL_DATA_TRUNCATED)
    elif clean.transfer_syntax.startswith(_MARKED):
        try:
            streams = generate_frames(stored(clean), number_of_frames=shape.frames, extended_offsets=extended_offsets(clean))
            is_complete = all(b"\xff\xd9" in bytes(stream[-_PADDED_END:]) for stream in streams)
        except header.UNREADABLE:
            is_complete = False
        if not is_complete:
            raise Undecodable(Reason.PIXEL_DATA_TRUNCATED)


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


def _fragments(pixels: BinaryIO) -> int:
    """How many fragments encapsulated data has (PS3.5 A.4): at least one for every frame."""
    try:
        pixels.seek(8 + int.from_bytes(pixels.read(8)[4:], "little"))
        return parse_fragments(pixels)[0]
    except header.UNREADABLE:
        return 0
