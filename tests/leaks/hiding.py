"""Places that are no attribute: File Meta, preamble, what follows, code streams, padding, unused bits, overlays, icons."""

from collections.abc import Callable
from io import BytesIO

import imagecodecs
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from pydicom.dataset import Dataset
from pydicom.encaps import encapsulate
from pydicom.pixels.encoders.base import JPEGLSLosslessEncoder, RLELosslessEncoder
from pydicom.uid import JPEG2000Lossless, JPEGBaseline8Bit, JPEGLSLossless, RLELossless

import exports
from leaks.elements import nested, put, put_items, put_number
from leaks.making import Maker, Study
from leaks.rows import items


def plant(maker: Maker) -> None:
    study = maker.study()
    _envelopes(maker, study)
    _padding(maker, study)
    _unused_bits(maker, study)
    _groups(maker, study)
    _icons(maker, study)
    _streams(maker, study)


def _envelopes(maker: Maker, study: Study) -> None:
    mint = maker.mint
    meta = Dataset()
    for tag, vr in ((0x00020013, "SH"), (0x00020016, "AE"), (0x00020017, "AE"), (0x00020018, "AE")):
        put(meta, tag, vr, mint.word("File Meta: titles and versions").upper())
    for tag in (0x00020026, 0x00020027, 0x00020028):
        put(meta, tag, "UR", f"dicom://{mint.word('File Meta: addresses')}.example")
    put(meta, 0x00020012, "UI", mint.uid("File Meta: UIDs"))
    put(meta, 0x00020100, "UI", mint.uid("File Meta: UIDs"))
    put(meta, 0x00020102, "OB", mint.word("File Meta: private information", 6))
    maker.add(maker.image(study), meta=meta)
    maker.add(maker.image(study), preamble=mint.word("preamble", 8).encode().ljust(128, b"\0"))
    maker.add(maker.image(study), after=b"\0" * 64 + mint.word("bytes after the data set", 8).encode())
    made = maker.image(study)
    put(made, 0xFFFCFFFC, "OB", mint.word("Data Set Trailing Padding", 8))
    put_items(made, 0xFFFAFFFA, *items(mint, "digital signature"))
    put_items(made, 0x04000561, *items(mint, "original attributes"))
    maker.add(made)


def _padding(maker: Maker, study: Study) -> None:
    """Behind the last pixel, and between the frames that the header promises and the end."""
    made = maker.image(study)
    made.PixelData += maker.mint.word("padding: behind native pixels", 10).encode()
    maker.add(made)
    made = maker.image(study, values=maker.small((3, 24, 20)))
    word = maker.mint.word("padding: in a frame too many", 8).encode()
    made.PixelData += word.ljust(2 * 24 * 20, b"\0")
    maker.add(made)


def _unused_bits(maker: Maker, study: Study) -> None:
    """A word in each bit plane above Bits Stored, as old archives keep overlays there."""
    values = maker.small((48, 40))
    for bit in range(12, 16):
        word = maker.mint.word("bits above Bits Stored", 8).encode()
        plane = np.unpackbits(np.frombuffer(word.ljust(48 * 40 // 8, b"\0"), "u1"), bitorder="little")
        values |= plane.reshape(48, 40).astype("<u2") << bit
    made = maker.image(study, values=values, stored=12)
    put_number(made, 0x60000100, "US", 16)
    put_number(made, 0x60000102, "US", 12)
    maker.add(made)


def _groups(maker: Maker, study: Study) -> None:
    """Overlays, curves, and the audio of old ultrasound machines."""
    mint = maker.mint
    made = maker.image(study)
    for place in (made, nested(made, (0x52009229, 0x00089124))):
        for group in (0x6000, 0x6002, 0x601E):
            put(place, group << 16 | 0x0022, "LO", mint.word("overlay: description"))
            put(place, group << 16 | 0x1500, "LO", mint.word("overlay: label"))
            put(place, group << 16 | 0x4000, "LT", mint.word("overlay: comments"))
            put(place, group << 16 | 0x3000, "OB", mint.word("overlay: data", 10))
        for group in (0x5000, 0x5004, 0x501E):
            put(place, group << 16 | 0x0022, "LO", mint.word("curve: description"))
            put(place, group << 16 | 0x2500, "LO", mint.word("curve: label"))
            put(place, group << 16 | 0x3000, "OB", mint.word("curve: data", 10))
            put(place, group << 16 | 0x2600, "SQ", b"")
            put(place, group << 16 | 0x200C, "OB", mint.word("curve: audio", 10))
    maker.add(made)


def _icons(maker: Maker, study: Study) -> None:
    made = maker.image(study)
    for tag in (0x00880200, 0x00081140):
        icon = exports.with_pixels(Dataset(), np.zeros((8, 8), "u1"))
        put(icon, 0x7FE00010, "OB", maker.mint.word("icon: pixels", 8).encode().ljust(64, b"\0"))
        put(icon, 0x00204000, "LT", maker.mint.word("icon: comment"))
        put_items(made, tag, icon)
    maker.add(made)


def _streams(maker: Maker, study: Study) -> None:
    for category, syntax, encode, hide in _CODECS:
        made = maker.image(study, stored=8 if syntax == JPEGBaseline8Bit else 12, values=_values(maker, syntax))
        stream = encode(made)
        word = maker.mint.word(f"code stream: {category}", 4).encode()
        made.PixelData = encapsulate([hide(stream, word)])
        made["PixelData"].VR, made["PixelData"].is_undefined_length = "OB", True
        maker.add(made, syntax)
    made = maker.image(study)
    stream = JPEGLSLosslessEncoder.encode(_array(made), **_arguments(made))
    word = maker.mint.word("code stream: a fragment too many", 4).encode()
    made.PixelData = encapsulate([stream + bytes(len(stream) % 2), word], has_bot=False)
    made["PixelData"].VR, made["PixelData"].is_undefined_length = "OB", True
    maker.add(made, JPEGLSLossless)


def _values(maker: Maker, syntax: str) -> NDArray[np.uint16]:
    values = maker.small((64, 64))
    return (values >> 4).astype("u1") if syntax == JPEGBaseline8Bit else values


def _arguments(made: Dataset) -> dict[str, object]:
    return {
        "rows": made.Rows, "columns": made.Columns, "samples_per_pixel": 1, "number_of_frames": 1,
        "bits_allocated": made.BitsAllocated, "bits_stored": made.BitsStored, "pixel_representation": 0,
        "photometric_interpretation": "MONOCHROME2",
    }  # fmt: skip


def _array(made: Dataset) -> NDArray[np.uint16]:
    return np.frombuffer(made.PixelData, "u1" if made.BitsAllocated == 8 else "<u2").reshape(made.Rows, made.Columns)


def _jpeg(made: Dataset) -> bytes:
    buffer = BytesIO()
    Image.fromarray(_array(made)).save(buffer, "JPEG", quality=100)
    return buffer.getvalue()


def _jpeg_ls(made: Dataset) -> bytes:
    return bytes(JPEGLSLosslessEncoder.encode(_array(made), **_arguments(made)))


def _jpeg_2000(made: Dataset) -> bytes:
    return bytes(imagecodecs.jpeg2k_encode(_array(made), codecformat="j2k", reversible=True))


def _rle(made: Dataset) -> bytes:
    return bytes(RLELosslessEncoder.encode(_array(made), **_arguments(made)))


def segment(marker: int, content: bytes) -> bytes:
    """A marker segment of JPEG's family."""
    return bytes((0xFF, marker)) + (len(content) + 2).to_bytes(2, "big") + content


def _behind_start(marker: int) -> Callable[[bytes, bytes], bytes]:
    return lambda stream, word: stream[:2] + segment(marker, word) + stream[2:]


def _in_main_header(stream: bytes, word: bytes) -> bytes:
    """A comment behind JPEG 2000's SIZ segment."""
    at = 4 + int.from_bytes(stream[4:6], "big")
    return stream[:at] + segment(0x64, b"\0\1" + word) + stream[at:]


def _at_end(stream: bytes, word: bytes) -> bytes:
    return stream + bytes(len(stream) % 2) + word


_CODECS = (
    ("JPEG comment", JPEGBaseline8Bit, _jpeg, _behind_start(0xFE)),
    ("JPEG application segment 1", JPEGBaseline8Bit, _jpeg, _behind_start(0xE1)),
    ("JPEG application segment 13", JPEGBaseline8Bit, _jpeg, _behind_start(0xED)),
    ("JPEG 2000 comment", JPEG2000Lossless, _jpeg_2000, _in_main_header),
    ("JPEG-LS comment", JPEGLSLossless, _jpeg_ls, _behind_start(0xFE)),
    ("JPEG-LS application segment 8", JPEGLSLossless, _jpeg_ls, _behind_start(0xE8)),
    ("JPEG-LS behind its end", JPEGLSLossless, _jpeg_ls, _at_end),
    ("RLE padding", RLELossless, _rle, _at_end),
)
