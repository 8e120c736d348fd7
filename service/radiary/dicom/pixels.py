"""Pixel Data → frames, one at a time, refused before allocation when header and data cannot agree.

Frames are (rows, columns) for one sample per pixel and (rows, columns, 3) for colour, which always comes out as RGB.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import generate_frames, parse_fragments
from pydicom.pixels.decoders.base import get_decoder
from pydicom.uid import UID

from radiary.dicom import burned_in, grayscale, header, palette
from radiary.errors import Reason
from radiary.model import Box, Deidentified

SAMPLES_LIMIT = 200_000_000
"""Samples in one frame: a whole film scanned at 14,000 × 14,000."""

_NATIVE = frozenset({"1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.1.99"})
_RLE = "1.2.840.10008.1.2.5"
_JPEG_FAMILY = ("1.2.840.10008.1.2.4.5", "1.2.840.10008.1.2.4.7", "1.2.840.10008.1.2.4.8", "1.2.840.10008.1.2.4.9",
                "1.2.840.10008.1.2.4.20")  # fmt: skip
"""JPEG, JPEG-LS, JPEG 2000 and HTJ2K: streams that end in the marker FF D9."""
_PADDED_END = 16
"""Bytes at a stream's end in which the marker must stand; encoders pad with 00, FF or 20."""


class Undecodable(Exception):
    """The pixels cannot be had; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Matrix:
    """The Image Pixel Module's description of one object (PS3.3 C.7.6.3)."""

    rows: int
    columns: int
    samples: int
    frames: int
    bits_allocated: int
    bits_stored: int
    photometric: str

    @property
    def frame_bits(self) -> int:
        """Bits of one native frame; YBR_FULL_422 shares its colour between two pixels."""
        samples = 2 if self.photometric == "YBR_FULL_422" else self.samples
        return self.rows * self.columns * samples * self.bits_allocated


def matrix(clean: Deidentified) -> Matrix:
    """The description, checked against what the data can hold. Raises `Undecodable`."""
    dataset = clean.dataset
    tags = (0x00280010, 0x00280011, 0x00280002, 0x00280100, 0x00280101)
    found = [header.value(dataset, tag) for tag in tags]
    frames = header.value(dataset, 0x00280008)
    rows, columns, samples, allocated, stored = (
        int(number) if isinstance(number, int) else default for number, default in zip(found, (0, 0, 1, 0, 0), strict=True)
    )
    floating = 0x7FE00010 not in dataset
    allocated = allocated or (64 if 0x7FE00009 in dataset else 32 if floating else 0)
    shape = Matrix(
        rows, columns, samples, max(1, int(frames) if isinstance(frames, int) else 1),
        allocated, stored or allocated, str(header.value(dataset, 0x00280004) or "").strip(),
    )  # fmt: skip
    if not (rows and columns and allocated):
        raise Undecodable(Reason.NO_PIXEL_DATA)
    if rows * columns * samples > SAMPLES_LIMIT:
        raise Undecodable(Reason.TOO_LARGE)
    high_bit = header.value(dataset, 0x00280102)
    is_shifted = clean.transfer_syntax in (*_NATIVE, _RLE) and high_bit not in (None, shape.bits_stored - 1) and not floating
    if samples not in (1, 3) or shape.bits_stored > allocated or is_shifted:
        raise Undecodable(Reason.PIXEL_FORMAT_NOT_SUPPORTED)
    _refuse_truncated(clean, shape)
    return shape


def frames(clean: Deidentified, shape: Matrix, boxes: Sequence[Box] = ()) -> Iterator[NDArray[Any]]:
    """Every frame's values, what lies in `boxes` and outside the ultrasound regions blanked. Raises `Undecodable`."""
    count = 0
    is_packed = shape.bits_allocated == 1 and clean.transfer_syntax in _NATIVE
    for decoded in islice(_unpacked(clean, shape) if is_packed else _decoded(clean), shape.frames):
        frame = _masked(decoded, shape)
        yield burned_in.blank(frame, clean.dataset, boxes, _darkest(clean.dataset, shape, frame))
        count += 1
    if count < shape.frames:
        raise Undecodable(Reason.PIXEL_DATA_TRUNCATED)


def _masked(frame: NDArray[Any], shape: Matrix) -> NDArray[Any]:
    """Without the bits above Bits Stored, in which old archives keep overlays."""
    unused = 8 * frame.dtype.itemsize - shape.bits_stored
    if frame.dtype.kind != "u" or unused <= 0 or shape.bits_stored == 1:
        return frame
    masked: NDArray[Any] = frame & frame.dtype.type((1 << shape.bits_stored) - 1)
    return masked


def _unpacked(clean: Deidentified, shape: Matrix) -> Iterator[NDArray[Any]]:
    """Native single-bit frames, which follow each other without a gap (PS3.5 8.1.1); pydicom wants whole bytes."""
    size = shape.rows * shape.columns
    packed = np.frombuffer(clean.dataset.PixelData, "u1")
    for start in range(0, shape.frames * size, size):
        bits = np.unpackbits(packed[start // 8 : (start + size + 7) // 8], bitorder="little")
        yield bits[start % 8 : start % 8 + size].reshape(shape.rows, shape.columns)


def _decoded(clean: Deidentified) -> Iterator[NDArray[Any]]:
    source = Dataset(clean.dataset)
    source.file_meta = FileMetaDataset()
    source.file_meta.TransferSyntaxUID = UID(clean.transfer_syntax)
    implicit = clean.transfer_syntax == "1.2.840.10008.1.2"
    source.set_original_encoding(implicit, clean.transfer_syntax != "1.2.840.10008.1.2.2")
    try:
        decoder = get_decoder(UID(clean.transfer_syntax))
    except NotImplementedError:
        raise Undecodable(Reason.TRANSFER_SYNTAX_NOT_SUPPORTED) from None
    if not decoder.is_available:
        raise Undecodable(Reason.TRANSFER_SYNTAX_NOT_SUPPORTED)
    try:
        if decoder.is_encapsulated and header.value(source, 0x00280103) == 1:
            # pydicom's iterator corrects the sign in place, on memory that a codec gave read-only.
            for index in range(header.value(source, 0x00280008) or 1):
                yield decoder.as_array(source, index=index)[0]
        else:
            for frame, _ in decoder.iter_array(source):
                yield frame
    except Exception:  # noqa: BLE001 - foreign codecs raise whatever they like on damaged streams
        raise Undecodable(Reason.PIXEL_DATA_UNREADABLE) from None


def _refuse_truncated(clean: Deidentified, shape: Matrix) -> None:
    """Native data shorter than the header says, or a code stream without its end, is no whole picture."""
    data = next((header.value(clean.dataset, tag) for tag in (0x7FE00010, 0x7FE00008, 0x7FE00009) if tag in clean.dataset), None)
    if not isinstance(data, bytes) or not data:
        raise Undecodable(Reason.NO_PIXEL_DATA)
    if clean.transfer_syntax in _NATIVE:
        if len(data) * 8 < shape.frame_bits * shape.frames:
            raise Undecodable(Reason.PIXEL_DATA_TRUNCATED)
    elif _fragments(data) < shape.frames:
        raise Undecodable(Reason.PIXEL_DATA_TRUNCATED)
    elif clean.transfer_syntax.startswith(_JPEG_FAMILY):
        try:
            streams = generate_frames(data, number_of_frames=shape.frames)
            whole = all(b"\xff\xd9" in bytes(stream[-_PADDED_END:]) for stream in streams)
        except header.UNREADABLE:
            whole = False
        if not whole:
            raise Undecodable(Reason.PIXEL_DATA_TRUNCATED)


def _fragments(data: bytes) -> int:
    """How many fragments encapsulated data has (PS3.5 A.4): at least one for every frame."""
    try:
        return parse_fragments(data[8 + int.from_bytes(data[4:8], "little") :])[0]
    except header.UNREADABLE:
        return 0


def _darkest(dataset: Dataset, shape: Matrix, frame: NDArray[Any]) -> int:
    """The stored value that shows as black."""
    if shape.photometric == "PALETTE COLOR":
        entries = np.arange(1 << min(shape.bits_stored, 16), dtype=frame.dtype).reshape(1, -1)
        return int(colour(dataset, shape, entries).sum(axis=-1).argmin())
    if shape.photometric == "MONOCHROME1":
        return (1 << (shape.bits_stored - (frame.dtype.kind == "i"))) - 1
    return int(frame.min()) if frame.dtype.kind == "i" else 0


def colour(dataset: Dataset, shape: Matrix, frame: NDArray[Any]) -> NDArray[np.uint8]:
    """8-bit RGB (rows, columns, 3) of a colour frame, palettes applied (PS3.3 C.7.6.3.1.5)."""
    if shape.photometric == "PALETTE COLOR":
        try:
            return palette.applied(dataset, frame)
        except header.UNREADABLE:
            raise Undecodable(Reason.PIXEL_DATA_UNREADABLE) from None
    if shape.bits_stored > 8:
        return np.rint(frame.astype(np.float64) * (255 / ((1 << shape.bits_stored) - 1))).astype(np.uint8)
    return frame.astype(np.uint8)


def is_colour(shape: Matrix) -> bool:
    """Whether frames of this object are shown in colour."""
    return shape.samples == 3 or shape.photometric == "PALETTE COLOR"


def shown(
    clean: Deidentified, shape: Matrix, frame: NDArray[Any], number: int, scale: grayscale.Range | None
) -> NDArray[np.uint8]:
    """Frame `number` (from 0) as a viewer shows it: 8-bit grey (rows, columns) or RGB (rows, columns, 3)."""
    if is_colour(shape):
        return colour(clean.dataset, shape, frame)
    return grayscale.view(clean.dataset, number).shown(frame, scale)
