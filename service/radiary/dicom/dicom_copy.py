"""The de-identified DICOM copy, written from scratch: new preamble and File Meta, UTF-8, nothing after the data set.

Pixels are encoded anew from decoded values, so that nothing is hidden in code streams, padding or unused bits: uncompressed,
which every viewer opens and nothing is faster than; or, where copies are to be small, as lossless JPEG-LS, which takes longer to
make than all the rest of an image. What JPEG-LS cannot hold (single bits, 32 bits, floats) stays uncompressed.
"""

import hashlib
from collections.abc import Callable, Iterator
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from pydicom.dataelem import DataElement
from pydicom.uid import UID, ExplicitVRLittleEndian, JPEGLSLossless

from radiary.dicom.read import elements, header
from radiary.dicom.read.pixel_matrix import Matrix
from radiary.dicom.render import codecs, colour_profiles
from radiary.model.nouns import Deidentified, Piece

IMPLEMENTATION = UID("2.25.302014836957183374229173205867414215117")
"""Implementation Class UID (0002,0012) of Radiary."""

_PIXEL_DATA, _FLOATING = 0x7FE00010, {"f4": 0x7FE00008, "f8": 0x7FE00009}
"""Pixel Data; type of the values → Float or Double Float Pixel Data."""
_DESCRIBING = (0x7FE00001, 0x7FE00002, 0x7FE00008, 0x7FE00009, 0x7FE00010)
"""Extended Offset Table and its Lengths; Float, Double Float and Pixel Data: they are written anew."""
_OPTICAL_PATHS, _ICC_PROFILE, _COLOUR_SPACE = 0x00480105, 0x00282000, 0x00282002
_MOST = 0xFFFFFFFE
"""Bytes of a value, at most: a length of FFFFFFFF is an undefined one, which native pixel data must not have."""


class Spool(Protocol):
    """Where frames are kept until the copy is written; a long clip's do not fit into memory."""

    def write(self, piece: Piece) -> None:
        """Append."""

    def pieces(self) -> Iterator[Piece]:
        """Everything, in the order in which it was written."""

    def close(self) -> None:
        """Free what holds the frames."""


class InMemory:
    """A spool in memory, for small objects."""

    def __init__(self) -> None:
        self._pieces: list[Piece] = []

    def write(self, piece: Piece) -> None:
        self._pieces.append(piece)

    def pieces(self) -> Iterator[Piece]:
        yield from self._pieces

    def close(self) -> None:
        self._pieces.clear()


def fits(shape: Matrix) -> bool:
    """Whether all frames can stand in one copy: the length of native pixel data has 32 bits (PS3.5 section 7.1.1)."""
    return shape.rows * shape.columns * shape.samples * shape.bits_allocated * shape.frames // 8 <= _MOST


class Copy:
    """Collects an object's frames; gives the copy's bytes and the digest of its values.

    Frames wait in a spool, encoded as they will be written; without a spool only the digest is made.
    """

    def __init__(
        self,
        clean: Deidentified,
        shape: Matrix,
        spool: Callable[[], Spool] | None = InMemory,
        *,
        is_small: bool = False,
    ) -> None:
        self._clean = clean
        self._shape = shape
        self._spool = spool() if spool else None
        self._size = 0
        self._left = np.empty(0, "u1")
        self._digest = hashlib.sha256()
        self._dtype = np.dtype("u1")
        self._sides = (shape.rows, shape.columns)
        self._bits = shape.bits_stored
        self._is_compressed = is_small and shape.bits_allocated in (8, 16) and elements.has(clean.dataset, _PIXEL_DATA)

    def add(self, frame: NDArray[Any]) -> None:
        """Take the next frame, of the same type as the others; it is not kept but in the spool."""
        self._dtype = frame.dtype.newbyteorder("<")
        self._sides = frame.shape[:2]
        values = np.ascontiguousarray(frame.astype(self._dtype, copy=False))
        self._digest.update(repr(values.shape).encode())
        self._digest.update(_row(values))
        if values.dtype.kind == "u":  # a lossy stream may hold values of more bits than Bits Stored
            self._bits = max(self._bits, int(values.max()).bit_length())
        if self._spool is None:
            return
        if self._is_compressed:
            stream = codecs.jpeg_ls(values)
            self._spool.write(elements.item(stream + b"\0" * (len(stream) % 2)))
            return
        if self._shape.bits_allocated == 1:  # frames run on without a gap (PS3.5 8.1.1)
            bits = np.concatenate([self._left, values.ravel()])
            full = len(bits) // 8 * 8
            self._left, values = bits[full:], np.packbits(bits[:full], bitorder="little")
        self._size += values.nbytes
        self._spool.write(_row(values))

    @property
    def is_kept(self) -> bool:
        """Whether there is a copy to be written, not only a digest."""
        return self._spool is not None

    @property
    def pixels(self) -> str:
        """SHA-256 over every frame's shape and values, little endian."""
        return self._digest.hexdigest()

    def written(self) -> Iterator[Piece]:
        """The DICOM file's bytes, piece by piece. To be called once, when all frames were added, and only with a spool."""
        assert self._spool is not None
        self._describe()
        if self._is_compressed:
            yield _beginning(self._clean, JPEGLSLossless)
            yield b"".join(elements.written(self._clean.dataset, _PIXEL_DATA))
            yield elements.head(_PIXEL_DATA, "OB", elements.UNDEFINED) + elements.item(b"")
            yield from self._spool.pieces()
            yield elements.END_OF_ITEMS
            return
        last = np.packbits(self._left, bitorder="little").tobytes()
        last += b"\0" * ((self._size + len(last)) % 2)
        tag = _FLOATING.get(self._dtype.str[1:], _PIXEL_DATA)
        vr = {0x7FE00008: "OF", 0x7FE00009: "OD"}.get(tag, "OW" if self._dtype.itemsize > 1 else "OB")
        described = b"".join(elements.written(self._clean.dataset, tag)) + elements.head(tag, vr, self._size + len(last))
        yield _beginning(self._clean, ExplicitVRLittleEndian)
        yield described
        yield from self._spool.pieces()
        yield last

    def close(self) -> None:
        """Free the spool."""
        if self._spool is not None:
            self._spool.close()

    def _describe(self) -> None:
        """Make the header describe the pixels as they are written (PS3.3 C.7.6.3, PS3.5 8), and remove the received ones."""
        dataset = self._clean.dataset
        for tag in _DESCRIBING:
            if tag in dataset:
                del dataset[tag]
        shape = self._shape
        photometric = "RGB" if shape.samples == 3 else shape.photometric
        described = {0x00280004: photometric, 0x00280002: shape.samples, 0x00280010: self._sides[0], 0x00280011: self._sides[1]}
        for tag, value in described.items():
            if header.value(dataset, tag) != value:
                dataset[tag] = DataElement(tag, elements.vr_of(tag), value)
        if shape.samples == 3:
            dataset.PlanarConfiguration = 0
        self._describe_colours()
        if self._dtype.kind == "f":
            return
        if shape.bits_allocated != 1:
            allocated = 8 * self._dtype.itemsize
            stored = min(self._bits, allocated)  # a code stream may have fewer bits than its header says
            for tag, number in {0x00280100: allocated, 0x00280101: stored, 0x00280102: stored - 1}.items():
                if header.value(dataset, tag) != number:
                    dataset[tag] = DataElement(tag, "US", number)

    def _describe_colours(self) -> None:
        """Put in a clean ICC profile (PS3.3 C.11.15) of the colour space that the received one describes, if it is known."""
        profile = colour_profiles.known(self._clean.colours) if self._clean.colours and self._shape.is_colour else None
        if profile is None:
            return
        for place in header.items(self._clean.dataset, _OPTICAL_PATHS) or [self._clean.dataset]:
            place[_COLOUR_SPACE] = DataElement(_COLOUR_SPACE, "CS", profile[0])
            place[_ICC_PROFILE] = DataElement(_ICC_PROFILE, "OB", profile[1])


def _row(values: NDArray[Any]) -> memoryview:
    """The bytes of contiguous values, without a copy."""
    return values.reshape(-1).view("u1").data


def plain(clean: Deidentified) -> bytes:
    """The copy of an object without pixels: a DICOM file's bytes."""
    return _beginning(clean, ExplicitVRLittleEndian) + b"".join(elements.written(clean.dataset))


def _beginning(clean: Deidentified, transfer_syntax: UID) -> bytes:
    """A new preamble and File Meta (PS3.10 7.1)."""
    meta_elements = (
        (0x00020001, "OB", b"\0\1"),
        (0x00020002, "UI", _padded(header.value(clean.dataset, 0x00080016), "\0")),
        (0x00020003, "UI", _padded(header.value(clean.dataset, 0x00080018), "\0")),
        (0x00020010, "UI", _padded(transfer_syntax, "\0")),
        (0x00020012, "UI", _padded(IMPLEMENTATION, "\0")),
        (0x00020013, "SH", _padded("RADIARY", " ")),
    )
    meta = b"".join(elements.head(tag, vr, len(value)) + value for tag, vr, value in meta_elements)
    return bytes(128) + b"DICM" + elements.head(0x00020000, "UL", 4) + len(meta).to_bytes(4, "little") + meta


def _padded(text: object, padding: str) -> bytes:
    """A text's bytes, padded to an even length (PS3.5 6.2)."""
    string = str(text)
    return (string + padding * (len(string) % 2)).encode()
