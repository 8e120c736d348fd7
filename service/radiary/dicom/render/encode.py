"""Pixels → PNG and JPEG bytes. No text chunk, no time, no profile: the same pixels always give the same bytes."""

import struct
from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

from radiary.dicom.render import codecs
from radiary.files import deflate
from radiary.model.nouns import Effort

Image.MAX_IMAGE_PIXELS = None
"""Pillow's own limit is off: only pictures that Radiary wrote are opened, and `pixel_description.SAMPLES_LIMIT` bounds them."""
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_SUB, _UP, _AVERAGE, _PAETH = 1, 2, 3, 4
"""PNG's filters: each byte as the difference to the one before, the one above, their mean, or the nearest of three (PNG 9.2)."""
_LONGEST_WEBP, _WEBP_EFFORT = 16_383, 4
"""Pixels of a side, and Pillow's usual effort."""
_QUICK, _THOROUGH = 6, 10
"""Levels of libdeflate: beyond 10, each one saves another hundredth and takes twice as long."""


def png(picture: NDArray[np.uint8] | NDArray[np.uint16], per_metre: int = 0, effort: Effort = "fast") -> bytes:
    """A PNG of 8- or 16-bit grey (rows, columns) or RGB (rows, columns, 3), with `per_metre` pixels a metre if not 0."""
    rows, columns = picture.shape[:2]
    depth, colour = 8 * picture.dtype.itemsize, 2 if picture.ndim == 3 else 0
    lines = np.ascontiguousarray(picture, picture.dtype.newbyteorder(">")).view("u1").reshape(rows, -1)
    packed = _compressed_smallest(lines, lines.shape[1] // columns) if effort == "small" else deflate.packed(_filtered_up(lines))
    head = struct.pack(">IIBBBBB", columns, rows, depth, colour, 0, 0, 0)
    scale = _chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1)) if per_metre else b""
    return _SIGNATURE + _chunk(b"IHDR", head) + scale + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")


def grey_png(columns: int, rows: int, values: bytes) -> bytes:
    """A PNG of 8-bit grey values, row by row."""
    return png(np.frombuffer(values, np.uint8).reshape(rows, columns))


def _filtered_up(lines: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Every row as the difference to the one above, behind the filter's number: quick to make, and good for most pictures."""
    filtered = np.empty((len(lines), lines.shape[1] + 1), "u1")
    filtered[:, 0] = _UP
    filtered[:1, 1:] = lines[:1]
    np.subtract(lines[1:], lines[:-1], out=filtered[1:, 1:])
    return filtered


def _compressed_smallest(lines: NDArray[np.uint8], step: int) -> bytes:
    """A short zlib stream of rows with the best filters, or with none, which suits repeating patterns: a quick trial decides."""
    candidates = (np.pad(lines, ((0, 0), (1, 0))).tobytes(), _filtered_best(lines, step).tobytes())
    return codecs.deflated(min(candidates, key=lambda data: len(codecs.deflated(data, _QUICK))), _THOROUGH)


def _filtered_best(lines: NDArray[np.uint8], step: int) -> NDArray[np.uint8]:
    """Every row by the filter with the least sum of its bytes as signed numbers (PNG 12.8); `step` is bytes a pixel."""
    above = np.vstack([np.zeros_like(lines[:1]), lines[:-1]])
    before, corner = (np.pad(neighbours[:, :-step], ((0, 0), (step, 0))) for neighbours in (lines, above))
    left, up, diagonal = (neighbours.astype(np.int16) for neighbours in (before, above, corner))
    to_left, to_up, to_corner = abs(up - diagonal), abs(left - diagonal), abs(left + up - 2 * diagonal)
    nearest = np.where((to_left <= to_up) & (to_left <= to_corner), before, np.where(to_up <= to_corner, above, corner))
    mean = ((left + up) >> 1).astype("u1")
    numbers = np.array([0, _SUB, _UP, _AVERAGE, _PAETH], "u1")
    tried = np.stack([lines, lines - before, lines - above, lines - mean, lines - nearest])
    chosen = abs(tried.view("i1").astype(np.int16)).sum(axis=2, dtype=np.int64).argmin(axis=0)
    return np.hstack([numbers[chosen][:, None], tried[chosen, np.arange(len(lines))]])


def _chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4) + kind + data + deflate.checksum(data, deflate.checksum(kind)).to_bytes(4)


def in_srgb(picture: NDArray[np.uint8], profile: bytes) -> NDArray[np.uint8]:
    """An RGB picture in sRGB, from the colours that an ICC profile describes; unchanged if the profile is damaged."""
    transform = _to_srgb(profile)
    return picture if transform is None else np.array(transform.apply(Image.fromarray(np.ascontiguousarray(picture))))


@lru_cache(maxsize=4)
def _to_srgb(profile: bytes) -> ImageCms.ImageCmsTransform | None:
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), "RGB", "RGB")
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        return None


def resized(picture: NDArray[Any], *, rows: int, columns: int) -> NDArray[Any]:
    """A picture of 8 or 16 bits in another size, by bicubic interpolation."""
    is_deep = picture.dtype.itemsize > 1
    source = Image.fromarray(np.ascontiguousarray(picture, np.float32 if is_deep else None))
    scaled = np.array(source.resize((columns, rows), Image.Resampling.BICUBIC))
    return scaled.round().clip(0, 65535).astype("u2") if is_deep else scaled


def shrunk(picture: NDArray[np.uint8], longest: int) -> NDArray[np.uint8]:
    """A picture no side of which is longer than `longest` pixels."""
    scale = longest / max(picture.shape[:2])
    rows, columns = (max(1, round(size * scale)) for size in picture.shape[:2])
    return picture if scale >= 1 else resized(picture, rows=rows, columns=columns)


def webp(frames: Sequence[bytes], milliseconds: int) -> bytes:
    """An animated WebP of encoded pictures, each shown for so many milliseconds, over and over."""
    written = BytesIO()
    first, *following = (Image.open(BytesIO(frame)).convert("RGB") for frame in frames)
    first.save(written, "WEBP", save_all=True, append_images=following, duration=milliseconds, loop=0, quality=80, method=2)
    return written.getvalue()


def form_of(picture: NDArray[np.uint8], form: str) -> str:
    """The form in which a picture is given away, `webp` or `png`: WebP has none with a longer side than 16,383 pixels."""
    return "png" if max(picture.shape[:2]) > _LONGEST_WEBP else form


def shared(picture: NDArray[np.uint8], form: str) -> bytes:
    """An 8-bit grey or RGB picture as it is given away: WebP of quality 90, or PNG; nothing but pixels."""
    if form == "png":
        return png(picture)
    written = BytesIO()
    Image.fromarray(np.ascontiguousarray(picture)).convert("RGB").save(written, "WEBP", quality=90, method=_WEBP_EFFORT)
    return written.getvalue()


def pixels_of(picture: bytes) -> NDArray[np.uint8]:
    """The pixels of an encoded picture: 8-bit grey (rows, columns) or RGB (rows, columns, 3). Raises OSError."""
    with Image.open(BytesIO(picture)) as image:
        return np.array(image if image.mode == "L" else image.convert("RGB"))


def jpeg(picture: bytes, longest: int) -> bytes | None:
    """A JPEG of an encoded picture, no side longer than `longest` pixels; None for a damaged picture."""
    try:
        with Image.open(BytesIO(picture)) as opened:
            smaller = opened.convert("RGB" if opened.mode != "L" else "L")
    except (OSError, ValueError, SyntaxError):
        return None
    smaller.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return _jpeg(smaller)


def jpeg_of(picture: NDArray[np.uint8]) -> bytes:
    """A JPEG of 8-bit grey (rows, columns) or RGB (rows, columns, 3)."""
    return _jpeg(Image.fromarray(picture))


def _jpeg(image: Image.Image) -> bytes:
    written = BytesIO()
    image.save(written, "JPEG", quality=88, optimize=True)
    return written.getvalue()
