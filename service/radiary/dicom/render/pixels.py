"""Pixel Data → frames, one at a time, as values and as pictures.

Frames are (rows, columns) for one sample per pixel and (rows, columns, 3) for colour, which always comes out as RGB.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.pixels.decoders.base import get_decoder
from pydicom.uid import UID, ExplicitVRBigEndian

from radiary.dicom.read import code_streams, header
from radiary.dicom.read.pixel_description import extended_offsets, stored
from radiary.dicom.read.pixel_encoding import NATIVE
from radiary.dicom.read.pixel_matrix import Matrix, Undecodable
from radiary.dicom.render import codecs, encode, grayscale, judgement, orientation, palette
from radiary.dicom.wall import burned_in
from radiary.model.errors import Reason
from radiary.model.nouns import Box, Deidentified

_SELF_DESCRIBED = "1.2.840.10008.1.2.4."
"""How UIDs of syntaxes begin whose streams state their own precision: bits above Bits Stored are no overlay there."""


def frames(
    clean: Deidentified, shape: Matrix, boxes: Sequence[Box] = (), *, lost: list[int] | None = None
) -> Iterator[NDArray[Any]]:
    """Every frame's stored values, blanked in `boxes` and outside the ultrasound regions. Raises `Undecodable`.

    A damaged frame costs no other one where its number, from 0, can be put into `lost`; unless all are.
    """
    count, turning, damage = 0, orientation.Turning(shape.rows, shape.columns), None
    for raw_frame in islice(_decoded(clean, shape), shape.frames):
        fitted = _fitted(raw_frame, clean, shape, turning=turning)
        count += 1
        if isinstance(fitted, Undecodable):
            damage = damage or fitted
            if lost is None or len(lost) + 1 == shape.frames:
                raise damage
            lost.append(count - 1)
            continue
        frame = _stored_values(fitted, shape, is_native=not clean.transfer_syntax.startswith(_SELF_DESCRIBED))
        yield burned_in.blank(frame, clean.dataset, boxes, fill=_darkest(clean.dataset, shape, frame))
    if count < shape.frames:
        raise Undecodable(Reason.PIXEL_DATA_TRUNCATED)


def _fitted(
    decoded: NDArray[Any] | Undecodable, clean: Deidentified, shape: Matrix, *, turning: orientation.Turning
) -> NDArray[Any] | Undecodable:
    """A frame of the size that the header says, or why there is none."""
    if isinstance(decoded, Undecodable):
        return decoded
    fitted = turning.upright(_filled_up(decoded, shape) if 0x00480006 in clean.dataset else decoded)
    is_right = sorted(fitted.shape[:2]) == sorted((shape.rows, shape.columns)) and fitted.ndim == (3 if shape.samples == 3 else 2)
    return fitted if is_right else Undecodable(Reason.PIXEL_DATA_UNREADABLE)


def _filled_up(tile: NDArray[Any], shape: Matrix) -> NDArray[Any]:
    """A tile at a slide's edge that is smaller than the others, as some devices write it, filled up with white."""
    down, across = shape.rows - tile.shape[0], shape.columns - tile.shape[1]
    if min(down, across) < 0 or not (down or across):
        return tile
    return np.pad(tile, ((0, down), (0, across), (0, 0))[: tile.ndim], constant_values=(1 << shape.bits_stored) - 1)


def _decoded(clean: Deidentified, shape: Matrix) -> Iterator[NDArray[Any] | Undecodable]:
    """Every frame as its codec gives it, or why it gives none. Raises `Undecodable`, whatever the codec raises."""
    try:
        if clean.transfer_syntax not in NATIVE:
            yield from _decompressed(clean, shape)
        elif shape.bits_allocated == 1:
            yield from _unpacked(clean, shape)
        elif clean.transfer_syntax == ExplicitVRBigEndian:
            yield from _big_endian(clean)
        else:
            yield from _native(clean, shape)
    except (Undecodable, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - foreign codecs raise whatever they like on damaged streams
        raise Undecodable(Reason.PIXEL_DATA_UNREADABLE) from None


def _decompressed(clean: Deidentified, shape: Matrix) -> Iterator[NDArray[Any] | Undecodable]:
    """The frames of compressed Pixel Data, one at a time: a long clip would not fit into memory."""
    pixels = stored(clean)
    for parts in code_streams.frames(pixels, shape.frames, extended_offsets(clean)):
        try:
            yield codecs.decoded(code_streams.joined(pixels, parts), clean.transfer_syntax, shape)
        except (Undecodable, MemoryError):
            raise
        except codecs.CutError:
            yield Undecodable(Reason.PIXEL_DATA_TRUNCATED)
        except Exception:  # noqa: BLE001 - foreign codecs raise whatever they like on damaged streams
            yield Undecodable(Reason.PIXEL_DATA_UNREADABLE)


def _unpacked(clean: Deidentified, shape: Matrix) -> Iterator[NDArray[Any]]:
    """Native single-bit frames, which follow each other without a gap (PS3.5 8.1.1), so that they may begin within a byte."""
    size = shape.rows * shape.columns
    file = stored(clean)
    for start in range(0, shape.frames * size, size):
        file.seek(start // 8)
        packed = np.frombuffer(file.read((start + size + 7) // 8 - start // 8), "u1")
        bits = np.unpackbits(packed, bitorder="little")
        yield bits[start % 8 : start % 8 + size].reshape(shape.rows, shape.columns)


def _native(clean: Deidentified, shape: Matrix) -> Iterator[NDArray[Any]]:
    """Native little endian frames, read one at a time."""
    file, is_floating = stored(clean), 0x7FE00010 not in clean.dataset
    for _ in range(shape.frames):
        content = file.read(shape.frame_bits // 8).ljust(shape.frame_bits // 8, b"\0")
        if is_floating:
            yield np.frombuffer(content, f"<f{shape.bits_allocated // 8}").reshape(shape.rows, shape.columns)
        else:
            yield codecs.plain(content, shape)


def _big_endian(clean: Deidentified) -> Iterator[NDArray[Any]]:
    """Big endian frames (PS3.5 7.3, retired), by pydicom: their order of bytes depends on the VR."""
    source = Dataset(dict(clean.dataset.items()))
    source.PixelData = stored(clean).read()
    source["PixelData"].VR = clean.dataset["PixelData"].VR
    source.file_meta = FileMetaDataset()
    source.file_meta.TransferSyntaxUID = UID(clean.transfer_syntax)
    source.set_original_encoding(False, False)
    for frame, _ in get_decoder(UID(clean.transfer_syntax)).iter_array(source, correct_unused_bits=False):
        yield frame


def _are_low(values: NDArray[Any], shape: Matrix) -> bool:
    """Whether values stand in the low bits although High Bit places them higher, where some of them would have no bit at all."""
    if not (values & ((1 << shape.high_bit + 1 - shape.bits_stored) - 1)).any():
        return False
    beyond = values >> shape.bits_stored
    is_sign = beyond == (1 << 8 * values.dtype.itemsize - shape.bits_stored) - 1
    return bool(((beyond == 0) | (shape.is_signed & is_sign)).all())


def _stored_values(frame: NDArray[Any], shape: Matrix, *, is_native: bool) -> NDArray[Any]:
    """The stored values with their sign, without the bits around them, in which old archives keep overlays."""
    if frame.dtype.kind == "f" or shape.bits_allocated == 1 or (frame.dtype.kind == "i" and not is_native):
        return frame
    bits = shape.bits_stored
    values = frame.astype(frame.dtype.newbyteorder("="), copy=False).view(f"u{frame.dtype.itemsize}")
    if is_native and shape.high_bit >= bits and not _are_low(values, shape):
        values = values >> (shape.high_bit + 1 - bits)
    if shape.is_signed:
        return codecs.sign_extended(values, bits)
    if not is_native or bits >= 8 * values.dtype.itemsize:
        return values
    masked: NDArray[Any] = values & values.dtype.type((1 << bits) - 1)
    return masked


def _darkest(dataset: Dataset, shape: Matrix, frame: NDArray[Any]) -> int:
    """The stored value that is shown black, or, of signed ones, the least of the frame."""
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


def picture(
    clean: Deidentified,
    shape: Matrix,
    frame: NDArray[Any],
    number: int,
    scale: grayscale.Range | None,
    tell: Callable[[str], None] = lambda _: None,
) -> NDArray[np.uint8]:
    """Frame `number` (from 0) as a viewer shows it: 8-bit grey (rows, columns) or RGB (rows, columns, 3).

    By which rule one is shown whose own window shows nothing is passed to `tell`.
    """
    if shape.is_colour:
        picture = colour(clean.dataset, shape, frame)
        return encode.in_srgb(picture, clean.colours) if clean.colours else picture
    grey, rule = judgement.judged(clean.dataset, number, frame, scale=scale)
    if rule is not None:
        tell(rule)
    return palette.supplemented(clean.dataset, frame, grey) if palette.is_supplemental(clean.dataset) else grey
