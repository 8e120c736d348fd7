"""Code streams → values (PS3.5 A.4): which codec decodes which transfer syntax.

Values come out as (rows, columns) or (rows, columns, samples), unsigned unless the stream itself says otherwise.
"""

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import imagecodecs
import numpy as np
from numpy.typing import NDArray
from pydicom.pixels.processing import convert_color_space
from pydicom.pixels.utils import get_j2k_parameters
from rle.utils import decode_pixel_data

from radiary.dicom.read.pixel_description import Matrix
from radiary.dicom.render import rle_fallback

Values = NDArray[Any]
Codec = Callable[[bytes, Matrix], Values]
_JPEG = "1.2.840.10008.1.2.4."
_FRAMES = frozenset({*range(0xC0, 0xD0), 0xF7}) - {0xC4, 0xC8, 0xCC}
"""Second bytes of frame headers' markers (ISO/IEC 10918-1, B.1.1.3; JPEG-LS 14495-1, C.1.1); SOF3 is lossless."""
_SOF3, _SOS, _APP0, _APP14 = 0xC3, 0xDA, 0xE0, 0xEE


def decoded(stream: bytes, syntax: str, shape: Matrix) -> Values:
    """One frame's values, colour as RGB. Raises KeyError for a syntax without a codec, and whatever its codec raises."""
    _refuse_oversized(stream, shape)
    return CODECS[syntax](stream, shape)


def _jpeg(stream: bytes, shape: Matrix) -> Values:
    """JPEG: baseline, extended, progressive or lossless, of 2 to 16 bits."""
    if shape.samples != 3 or is_lossless_jpeg(stream):
        return _in_rgb(np.asarray(imagecodecs.jpeg8_decode(stream)), shape)
    coded = "RGB" if _is_coded_as_rgb(stream, shape) else "YCBCR"
    return np.asarray(imagecodecs.jpeg8_decode(stream, colorspace=coded, outcolorspace="RGB"))


def is_lossless_jpeg(stream: bytes) -> bool:
    """Whether a JPEG stream's frame header is SOF3."""
    return any(marker == _SOF3 for marker, _ in _segments(stream))


def _segments(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and content of the segments before the first scan, in a stream of JPEG or JPEG-LS."""
    at = 2
    while at + 4 <= len(stream) and stream[at] == 0xFF:
        marker, length = stream[at + 1], int.from_bytes(stream[at + 2 : at + 4])
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        if marker == _SOS or length < 2:
            return
        yield marker, stream[at + 4 : at + 2 + length]
        at += 2 + length


def _refuse_oversized(stream: bytes, shape: Matrix) -> None:
    """Raise ValueError for a stream of more rows or columns than the header says, before anything is allocated for it."""
    if stream.startswith(b"\xff\xd8"):
        sizes = [
            (int.from_bytes(head[1:3]), int.from_bytes(head[3:5])) for marker, head in _segments(stream) if marker in _FRAMES
        ]
    elif stream.startswith(b"\xff\x4f\xff\x51"):
        x1, y1, x0, y0 = (int.from_bytes(stream[at : at + 4]) for at in (8, 12, 16, 20))
        sizes = [(y1 - y0, x1 - x0)]
    else:
        return
    if any(rows > shape.rows or columns > shape.columns for rows, columns in sizes):
        raise ValueError("a stream is larger than its header says")


def _is_coded_as_rgb(stream: bytes, shape: Matrix) -> bool:
    """Whether a lossy JPEG holds RGB. Its own word counts more than the header's: JFIF is YBR, Adobe names its transform."""
    segments = list(_segments(stream))
    if any(marker == _APP0 and head.startswith(b"JFIF\0") for marker, head in segments):
        return False
    adobe = [head[11] for marker, head in segments if marker == _APP14 and head.startswith(b"Adobe") and len(head) > 11]
    if adobe:
        return adobe[0] == 0
    identifiers = next((head[6:15:3] for marker, head in segments if marker in _FRAMES), b"")
    return identifiers in (b"RGB", b"rgb") or shape.photometric == "RGB"


def _jpeg_ls(stream: bytes, shape: Matrix) -> Values:
    """JPEG-LS; a stream that calls itself JFIF holds YBR, whatever the header says."""
    return _in_rgb(np.asarray(imagecodecs.jpegls_decode(stream)), shape, is_ybr=b"JFIF\0" in stream[:64])


def _jpeg_2000(stream: bytes, shape: Matrix) -> Values:
    """JPEG 2000 and HTJ2K; where stream and header differ in signedness, the same bits are read as the header says."""
    values = np.asarray(imagecodecs.jpeg2k_decode(stream))
    if values.ndim == 3:
        return values if _is_colour_transformed(stream) else _in_rgb(values, shape)
    precision = get_j2k_parameters(stream).get("precision", shape.bits_stored)
    if values.dtype.kind == "i" and not shape.is_signed:
        bits: Values = values.view(f"u{values.dtype.itemsize}") & ((1 << precision) - 1)
        return bits
    if values.dtype.kind == "u" and shape.is_signed:
        return sign_extended(values, precision)
    return values


def _jpeg_xl(stream: bytes, _shape: Matrix) -> Values:
    """JPEG XL, whose codec undoes the transformation of colours itself."""
    return np.asarray(imagecodecs.jpegxl_decode(stream))


def _rle(stream: bytes, shape: Matrix) -> Values:
    """RLE (PS3.5 Annex G): a segment for each byte of each sample, the most significant first; single bits packed by eight."""
    size = shape.rows * shape.columns
    if shape.bits_allocated == 1:
        packed = decode_pixel_data(stream, version=2, rows=1, columns=-(-size // 8), bits_allocated=8)
        return _bits(bytes(packed), shape)
    width = shape.bits_allocated // 8
    try:
        unpacked = decode_pixel_data(stream, version=2, rows=shape.rows, columns=shape.columns, bits_allocated=8 * width)
        flat = np.frombuffer(unpacked, f"<u{width}")
    except ValueError:
        flat = rle_fallback.planes(stream, size=size, width=width, samples=shape.samples)
    planes = flat.reshape(shape.samples, shape.rows, shape.columns)
    return planes[0] if shape.samples == 1 else _in_rgb(np.ascontiguousarray(planes.transpose(1, 2, 0)), shape)


def _deflated(stream: bytes, shape: Matrix) -> Values:
    """Deflated Image Frame Compression (RFC 1951); no more is inflated than one frame holds."""
    inflater = zlib.decompressobj(-15)
    inflated = inflater.decompress(stream, -(-shape.frame_bits // 8) + 2)
    if not inflater.eof:
        raise ValueError("a deflated frame is cut, or longer than it says")
    return plain(inflated, shape)


def plain(data: bytes, shape: Matrix) -> Values:
    """The values of a native frame, little endian."""
    if shape.bits_allocated == 1:
        return _bits(data, shape)
    if shape.photometric == "YBR_FULL_422":
        pairs = np.frombuffer(data, "u1", count=shape.rows * shape.columns * 2).reshape(shape.rows, -1, 4)
        luma, chroma = pairs[..., :2].reshape(shape.rows, -1), np.repeat(pairs[..., 2:], 2, axis=1)
        return _in_rgb(np.concatenate([luma[..., None], chroma], axis=2), shape)
    flat = np.frombuffer(data, f"<u{shape.bits_allocated // 8}", count=shape.rows * shape.columns * shape.samples)
    if shape.samples == 1:
        return flat.reshape(shape.rows, shape.columns)
    if shape.planar:
        return _in_rgb(flat.reshape(shape.samples, shape.rows, shape.columns).transpose(1, 2, 0), shape)
    return _in_rgb(flat.reshape(shape.rows, shape.columns, shape.samples), shape)


def _bits(data: bytes, shape: Matrix) -> Values:
    """Single-bit pixels: eight a byte, the first in the least significant bit (PS3.5 8.1.1)."""
    size = shape.rows * shape.columns
    if len(data) * 8 < size:
        raise ValueError("a frame is too short")
    return np.unpackbits(np.frombuffer(data, "u1"), bitorder="little", count=size)[:size].reshape(shape.rows, shape.columns)


CODECS: dict[str, Codec] = {
    "1.2.840.10008.1.2.1.98": plain,
    "1.2.840.10008.1.2.5": _rle,
    "1.2.840.10008.1.2.8.1": _deflated,
    **dict.fromkeys((_JPEG + kind for kind in ("50", "51", "53", "55", "57", "70")), _jpeg),
    **dict.fromkeys((_JPEG + kind for kind in ("80", "81")), _jpeg_ls),
    **dict.fromkeys((_JPEG + kind for kind in ("90", "91", "92", "93", "201", "202", "203")), _jpeg_2000),
    **dict.fromkeys((_JPEG + kind for kind in ("110", "111", "112")), _jpeg_xl),
}
"""Transfer Syntax UID → codec."""


@dataclass(frozen=True)
class Family:
    """Kinds of pictures that one codec of a library reads, for `doctor`; `is_there` says whether it is installed."""

    name: str
    kinds: tuple[str, ...]
    library: str
    is_there: bool


def families() -> list[Family]:
    """The families of pictures, and whether they can be read on this computer."""
    imagecodecs_version = f"imagecodecs {version('imagecodecs')}"
    rows = [
        ("uncompressed", ("implicit, explicit, big endian, deflated, encapsulated, deflated frames",), "pydicom", None),
        ("RLE", ("8 to 32 bits, single bits",), "pylibjpeg-rle", None),
        ("JPEG", ("baseline, extended, progressive, lossless, 2 to 16 bits",), imagecodecs_version, imagecodecs.JPEG8),
        ("JPEG-LS", ("lossless, near-lossless",), imagecodecs_version, imagecodecs.JPEGLS),
        ("JPEG 2000", ("JPEG 2000, High-Throughput JPEG 2000",), imagecodecs_version, imagecodecs.JPEG2K),
        ("JPEG XL", ("lossless, recompressed JPEG, lossy",), imagecodecs_version, imagecodecs.JPEGXL),
    ]
    return [Family(name, kinds, library, codec is None or bool(codec.available)) for name, kinds, library, codec in rows]


def _in_rgb(values: Values, shape: Matrix, *, is_ybr: bool = False) -> Values:
    """RGB of colours that a codec left as they are coded: YBR when the header says so or `is_ybr`; grey stays as it is."""
    is_ybr = is_ybr or shape.photometric.startswith("YBR_FULL")
    return convert_color_space(values, "YBR_FULL", "RGB") if is_ybr and values.ndim == 3 else values


def _is_colour_transformed(stream: bytes) -> bool:
    """Whether a JPEG 2000 stream transformed its colours itself, which its codec undoes (COD, ISO/IEC 15444-1 A.6.1)."""
    at = stream.find(b"\xff\x52\x00")
    return at >= 0 and stream[at + 8 : at + 9] == b"\x01"


def deflated(data: bytes, level: int) -> bytes:
    """A zlib stream (RFC 1950) by libdeflate, whose `level` goes from 1, fast, to 12, short."""
    return bytes(imagecodecs.deflate_encode(data, level=level))


def sign_extended(values: Values, bits: int) -> Values:
    """Numbers in two's complement of `bits` bits as signed ones of the array's own width."""
    spare = 8 * values.dtype.itemsize - bits
    signed = values.view(f"i{values.dtype.itemsize}")
    return signed if spare <= 0 else (signed << spare) >> spare
