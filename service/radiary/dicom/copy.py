"""The de-identified DICOM copy, written from scratch: new preamble and File Meta, UTF-8, nothing after the data set.

Pixels are encoded anew from decoded values, so that nothing rides along in code streams, padding or unused bits: native
objects stay native, compressed ones become JPEG-LS lossless where it can hold them.
"""

import hashlib
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import jpeg_ls
import numpy as np
import pydicom
from numpy.typing import NDArray
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.pixels.encoders.base import JPEGLSLosslessEncoder
from pydicom.pixels.utils import pack_bits
from pydicom.uid import UID, ExplicitVRLittleEndian, JPEGLSLossless

from radiary.dicom.matrix import Matrix
from radiary.model import Deidentified

IMPLEMENTATION = UID("2.25.302014836957183374229173205867414215117")
"""Implementation Class UID (0002,0012) of Radiary."""

_NATIVE = ("1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.1.99")
_FLOATING = {"f4": "FloatPixelData", "f8": "DoubleFloatPixelData"}


class Copy:
    """Collects an object's frames and gives the copy's bytes and the digest of its values."""

    def __init__(self, clean: Deidentified, shape: Matrix) -> None:
        self._clean = clean
        self._shape = shape
        self._frames: list[bytes] = []
        self._digest = hashlib.sha256()
        self._dtype = np.dtype("u1")
        self._bits = shape.bits_stored
        self._is_compressed = clean.transfer_syntax not in _NATIVE

    def add(self, frame: NDArray[Any]) -> None:
        """Take the next frame; all frames of an object have one type."""
        self._dtype = frame.dtype.newbyteorder("<")
        values = np.ascontiguousarray(frame.astype(self._dtype, copy=False))
        self._digest.update(repr(values.shape).encode())
        self._digest.update(values.tobytes())
        if values.dtype.kind == "u":  # a lossy stream may overshoot
            self._bits = max(self._bits, int(values.max()).bit_length())
        self._is_compressed = self._is_compressed and self._fits_jpeg_ls(values)
        try:
            self._frames.append(self._jpeg_ls(values) if self._is_compressed else values.tobytes())
        except RuntimeError:  # noise that the encoder cannot make smaller, of a tiny picture say
            self._is_compressed = False
            self._frames = [self._unpacked(one) for one in self._frames] + [values.tobytes()]

    @property
    def pixels(self) -> str:
        """SHA-256 over every frame's shape and values, little endian."""
        return self._digest.hexdigest()

    def written(self) -> bytes:
        """The DICOM file's bytes."""
        dataset = Dataset(self._clean.dataset)
        self._describe(dataset)
        return _file(dataset, JPEGLSLossless if self._is_compressed else ExplicitVRLittleEndian)

    def _describe(self, dataset: Dataset) -> None:
        """Set Pixel Data and what describes it (PS3.3 C.7.6.3, PS3.5 8)."""
        for keyword in ("PixelData", *_FLOATING.values(), "ExtendedOffsetTable", "ExtendedOffsetTableLengths"):
            if keyword in dataset:
                delattr(dataset, keyword)
        if self._dtype.kind == "f":
            setattr(dataset, _FLOATING[self._dtype.str[1:]], _even(b"".join(self._frames)))
            return
        if self._shape.samples == 3:
            dataset.PhotometricInterpretation, dataset.PlanarConfiguration = "RGB", 0
        if self._shape.bits_allocated == 1:
            dataset.PixelData = _even(_packed(self._frames))
        else:
            dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit = 8 * self._dtype.itemsize, self._bits, self._bits - 1
            dataset.PixelData = encapsulate(self._frames) if self._is_compressed else _even(b"".join(self._frames))
        wide = self._is_compressed or dataset.BitsAllocated > 8
        dataset["PixelData"].VR = "OB" if self._is_compressed or not wide else "OW"
        dataset["PixelData"].is_undefined_length = self._is_compressed

    def _fits_jpeg_ls(self, values: NDArray[Any]) -> bool:
        """JPEG-LS lossless holds 2 to 16 bits, 8 for colour; one answer for all frames of an object."""
        shape = self._shape
        return values.dtype.kind in "iu" and 2 <= self._bits <= (8 if shape.samples == 3 else 16)

    def _jpeg_ls(self, values: NDArray[Any]) -> bytes:
        shape = self._shape
        encoded: bytes = JPEGLSLosslessEncoder.encode(
            values,
            rows=shape.rows,
            columns=shape.columns,
            samples_per_pixel=shape.samples,
            number_of_frames=1,
            bits_allocated=8 * values.dtype.itemsize,
            bits_stored=self._bits,
            pixel_representation=1 if values.dtype.kind == "i" else 0,
            photometric_interpretation="RGB" if shape.samples == 3 else "MONOCHROME2",
            planar_configuration=0,
            pixel_keyword="PixelData",
        )
        return encoded

    def _unpacked(self, stream: bytes) -> bytes:
        decoded: bytes = jpeg_ls.decode(np.frombuffer(stream, "u1")).tobytes()
        return decoded


def plain(clean: Deidentified) -> bytes:
    """The copy of an object without pixels: a DICOM file's bytes."""
    return _file(Dataset(clean.dataset), ExplicitVRLittleEndian)


def _file(dataset: Dataset, transfer_syntax: UID) -> bytes:
    """A new preamble and File Meta before the data set."""
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = UID(str(dataset.SOPClassUID))
    meta.MediaStorageSOPInstanceUID = UID(str(dataset.SOPInstanceUID))
    meta.TransferSyntaxUID = transfer_syntax
    meta.ImplementationClassUID = IMPLEMENTATION
    meta.ImplementationVersionName = "RADIARY"
    buffer = BytesIO()
    dataset.file_meta = meta
    pydicom.dcmwrite(buffer, dataset, implicit_vr=False, little_endian=True, enforce_file_format=True)
    return buffer.getvalue()


def _packed(frames: Sequence[bytes]) -> bytes:
    """One bit a pixel, frames running on without a gap (PS3.5 8.1.1)."""
    return pack_bits(np.frombuffer(b"".join(frames), "u1"), pad=False)


def _even(data: bytes) -> bytes:
    return data + b"\0" * (len(data) % 2)
