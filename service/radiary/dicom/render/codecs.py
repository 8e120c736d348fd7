"""Code streams → values (PS3.5 A.4): which codec decodes which transfer syntax.

Values come out as (rows, columns) or (rows, columns, samples), unsigned unless the stream itself says otherwise.
"""

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import imagecodecs
import numpy as np
from numpy.typing import NDArray
from pydicom.pixels.processing import convert_color_space
from pydicom.pixels.utils import get_j2k_parameters
from rle.utils import decode_pixel_data

from radiary.dicom.read import code_streams
from radiary.dicom.read.pixel_matrix import Matrix
from radiary.dicom.render import rle_fallback

Values = NDArray[Any]
Codec = Callable[[bytes, Matrix], Values]
_JPEG = "1.2.840.10008.1.2.4."
_MARKED = ("jpeg", "jpeg-ls", "jpeg-2000")
"""Streams that end in a marker."""
_APP0, _APP14 = 0xE0, 0xEE
_TAILS = (bytes(64), b"\x55" * 64)
"""Two ways in which coded data might go on where they were cut: what is whole does not change by them."""
_FLAT = 8
"""Pixels at the end of a picture that are equal where a block of it, or more, is missing."""


class CutError(ValueError):
    """A code stream ends before its last value."""


def decoded(stream: bytes, syntax: str, shape: Matrix) -> Values:
    """One frame's values, colour as RGB. Raises CutError, KeyError for an unknown syntax, and whatever its codec raises."""
    _refuse_oversized(stream, shape)
    if code_streams.ends(stream) is False:
        raise CutError
    try:
        return CODECS[syntax](stream, shape)
    except Exception:
        if code_streams.kind_of(stream) in _MARKED and code_streams.EOI not in stream:
            raise CutError from None
        raise


def _jpeg(stream: bytes, shape: Matrix) -> Values:
    """JPEG: baseline, extended, progressive or lossless, of 2 to 16 bits."""
    segments = list(code_streams.segments(stream))
    end = stream.find(code_streams.EOI, sum(4 + len(content) for _, content in segments))
    if end >= 0:
        picture = _jpeg_decoded(stream, shape)
        others = [stream[:end].rstrip(b"\xff") + _TAILS[1] + stream[end:]] if _goes_flat(picture) else []
    elif any(marker == code_streams.SOF_PROGRESSIVE for marker, _ in segments):
        raise CutError
    else:
        open_end = stream.removesuffix(b"\xff")
        first, *others = (open_end + tail + code_streams.EOI for tail in _TAILS)
        picture = _jpeg_decoded(first, shape)
    if any(not np.array_equal(picture, _jpeg_decoded(other, shape)) for other in others):
        raise CutError
    return picture


def _goes_flat(picture: Values) -> bool:
    """Whether a picture ends in one colour or repeats a row, as one does whose data were cut before their end marker was set."""
    last = picture[-1]
    return bool((last[-_FLAT:] == last[-1]).all() or np.array_equal(last, picture[-2:][0]))


def _jpeg_decoded(stream: bytes, shape: Matrix) -> Values:
    """A lossless stream's colours are as the object's header says, whatever a JFIF or an Adobe header in it lets one think."""
    if shape.samples != 3:
        return np.asarray(imagecodecs.jpeg8_decode(stream))
    if is_lossless_jpeg(stream):
        return _in_rgb(np.asarray(imagecodecs.jpeg8_decode(stream, colorspace="RGB", outcolorspace="RGB")), shape)
    coded = "RGB" if _is_coded_as_rgb(stream, shape) else "YCBCR"
    return np.asarray(imagecodecs.jpeg8_decode(stream, colorspace=coded, outcolorspace="RGB"))


def is_lossless_jpeg(stream: bytes) -> bool:
    """Whether a JPEG stream's frame header is SOF3."""
    return any(marker == code_streams.SOF_LOSSLESS for marker, _ in code_streams.segments(stream))


def _refuse_oversized(stream: bytes, shape: Matrix) -> None:
    """Raise ValueError for a stream of more rows or columns than the header says, before anything is allocated for it."""
    head = code_streams.head_of(stream)
    if head is None or head.kind == "rle":
        return
    is_turned = (head.rows, head.columns) == (shape.columns, shape.rows)
    if not is_turned and (head.rows > shape.rows or head.columns > shape.columns):
        raise ValueError("a stream is larger than its header says")


def _is_coded_as_rgb(stream: bytes, shape: Matrix) -> bool:
    """Whether a lossy JPEG holds RGB. Its own word counts more than the header's: JFIF is YBR, Adobe names its transform."""
    segments = list(code_streams.segments(stream))
    if any(marker == _APP0 and head.startswith(b"JFIF\0") for marker, head in segments):
        return False
    adobe = [head[11] for marker, head in segments if marker == _APP14 and head.startswith(b"Adobe") and len(head) > 11]
    if adobe:
        return adobe[0] == 0
    identifiers = next((head[6:15:3] for marker, head in segments if marker in code_streams.FRAMES), b"")
    return identifiers in (b"RGB", b"rgb") or shape.photometric == "RGB"


def _jpeg_ls(stream: bytes, shape: Matrix) -> Values:
    """JPEG-LS; a stream that calls itself JFIF holds YBR, whatever the header says."""
    return _in_rgb(np.asarray(imagecodecs.jpegls_decode(_ended(stream))), shape, is_ybr=b"JFIF\0" in stream[:64])


def _jpeg_2000(stream: bytes, shape: Matrix) -> Values:
    """JPEG 2000 and HTJ2K; where stream and header differ in signedness, the same bits are read as the header says."""
    values = np.asarray(imagecodecs.jpeg2k_decode(_ended(stream)))
    if values.ndim == 3:
        return values if _is_colour_transformed(stream) else _in_rgb(values, shape)
    precision = get_j2k_parameters(stream).get("precision", shape.bits_stored)
    if values.dtype.kind == "i" and not shape.is_signed:
        bits: Values = values.view(f"u{values.dtype.itemsize}") & ((1 << precision) - 1)
        return bits
    if values.dtype.kind == "u" and shape.is_signed:
        return sign_extended(values, precision)
    return values


def _ended(stream: bytes) -> bytes:
    """A stream with its end marker: the codec refuses one that is cut, with the marker as without it."""
    return stream if code_streams.EOI in stream else stream.removesuffix(b"\xff") + code_streams.EOI


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
    if shape.shares_colours:
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
    return [
        Family(name, kinds, library=library, is_there=codec is None or bool(codec.available))
        for name, kinds, library, codec in rows
    ]


def _in_rgb(values: Values, shape: Matrix, *, is_ybr: bool = False) -> Values:
    """RGB of colours that a codec left as they are coded: YBR when the header says so or `is_ybr`; grey stays as it is."""
    if values.ndim == 3 and shape.photometric.startswith("YBR_PARTIAL") and not is_ybr:
        values, is_ybr = _widened(values), True
    is_ybr = is_ybr or shape.photometric.startswith("YBR_FULL")
    return convert_color_space(values, "YBR_FULL", "RGB") if is_ybr and values.ndim == 3 else values


def _widened(values: Values) -> Values:
    """YBR_PARTIAL as YBR_FULL: luminances of 16 to 235 and colours of 16 to 240 over the whole byte (PS3.3-2004 C.7.6.3.1.2)."""
    wide = (values - np.array([16.0, 128, 128])) * np.array([255 / 219, 255 / 224, 255 / 224]) + np.array([0, 128, 128])
    widened: Values = np.rint(wide).clip(0, 255).astype("u1")
    return widened


def _is_colour_transformed(stream: bytes) -> bool:
    """Whether a JPEG 2000 stream transformed its colours itself, which its codec undoes (COD, ISO/IEC 15444-1 A.6.1)."""
    at = stream.find(b"\xff\x52\x00")
    return at >= 0 and stream[at + 8 : at + 9] == b"\x01"


def jpeg_ls(values: Values) -> bytes:
    """A lossless JPEG-LS stream of 8 or 16 bits; signed values as the same bits."""
    return bytes(imagecodecs.jpegls_encode(values.view(f"u{values.dtype.itemsize}")))


def deflated(data: bytes, level: int) -> bytes:
    """A zlib stream (RFC 1950) by libdeflate, whose `level` goes from 1, fast, to 12, short."""
    return bytes(imagecodecs.deflate_encode(data, level=level))


def sign_extended(values: Values, bits: int) -> Values:
    """Numbers in two's complement of `bits` bits as signed ones of the array's own width."""
    spare = 8 * values.dtype.itemsize - bits
    signed = values.view(f"i{values.dtype.itemsize}")
    return signed if spare <= 0 else (signed << spare) >> spare
