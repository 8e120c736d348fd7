"""Bytes → Instance, and what kind of object it is.

pydicom's validation is off and its warnings are silenced here: they quote values, and values are identified.
"""

import logging
import struct
import warnings
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO

import pydicom
from pydicom import config
from pydicom.dataelem import DataElement, RawDataElement, convert_raw_data_element
from pydicom.dataset import Dataset
from pydicom.errors import BytesLengthException, InvalidDicomError
from pydicom.sequence import Sequence
from pydicom.uid import (
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
)

from radiary.dicom.read import elements, fast_parser, lenient_parser, pixel_encoding, storage_classes
from radiary.dicom.read.file_section import Slices, section
from radiary.model.errors import Reason
from radiary.model.nouns import Content, Instance, Skipped

config.settings.reading_validation_mode = config.IGNORE
config.settings.writing_validation_mode = config.IGNORE
logging.getLogger("pydicom").addHandler(logging.NullHandler())
logging.getLogger("pydicom").propagate = False

UNREADABLE = (
    InvalidDicomError,
    BytesLengthException,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    OverflowError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""All that pydicom was seen to raise on damaged bytes, of real and of mutated files."""

_VIDEO = ("1.2.840.10008.1.2.4.100", "1.2.840.10008.1.2.4.101", "1.2.840.10008.1.2.4.102", "1.2.840.10008.1.2.4.103")
_VIDEO_RANGE = tuple(f"1.2.840.10008.1.2.4.{number}" for number in range(104, 109))
_RECORDS = 0x00041220
"""Directory Record Sequence: a disc's table of contents, which names its SOP Class in File Meta alone (PS3.3 F.3.2.2)."""
_UNDEFINED = 0xFFFFFFFF
_PIXELS = (0x7FE00010, 0x7FE00008, 0x7FE00009)
"""Pixel Data, Float Pixel Data, Double Float Pixel Data."""


def read(data: Content) -> Instance | Skipped:
    """Parse one DICOM file; a damaged one gives a `Skipped`, never an exception.

    Pixel Data of an open file is not read: its value is a section of the file.
    """
    ordinary = fast_parser.parsed(data) if isinstance(data, bytes) else None
    if ordinary is not None:
        return Instance(ordinary[0], pixel_encoding.syntax(*ordinary), data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            dataset = pydicom.dcmread(BytesIO(data), force=True) if isinstance(data, bytes) else _read_large(data)
            syntax = _transfer_syntax(dataset)
    except RecursionError:
        return Skipped(Reason.NESTED_TOO_DEEPLY)
    except UNREADABLE:
        dataset, syntax = Dataset(), None
    lenient = lenient_parser.parsed(data) if isinstance(data, bytes) else _read_large_leniently(data)
    if lenient is not None and _known_elements(lenient[0]) > _known_elements(dataset):
        dataset, syntax = lenient
    if not len(dataset) or not isinstance(syntax, str):
        return Skipped(Reason.UNREADABLE_HEADER)
    return Instance(dataset, pixel_encoding.syntax(dataset, syntax), data)


def _known_elements(dataset: Dataset) -> int:
    """How many elements of a data set the standard knows: of two readings of a file the one with more of them is right.

    A sequence that is none of the standard's does not count. Pixel Data with a VR that they can have count twice: behind one
    that is none pydicom takes another length.
    """
    known = sum(bool(vr) and (element.VR != "SQ" or vr == "SQ") for element, vr in _with_vr(dataset))
    pixels = elements.get(dataset, _PIXELS[0])
    return known + (pixels is not None and pixels.VR in ("OB", "OW"))


def _with_vr(dataset: Dataset) -> Iterator[tuple[DataElement | RawDataElement, str]]:
    """Each element, and the VR that the standard gives it."""
    return ((element, elements.vr_of(tag)) for tag, element in elements.in_order(dataset))


def _read_large(file: BinaryIO) -> Dataset:
    """The elements before the pixels, and the pixels as a section of `file`; what stands behind them may not leave."""
    file.seek(0)
    dataset = pydicom.dcmread(file, force=True, stop_before_pixels=True)
    if _transfer_syntax(dataset) == DeflatedExplicitVRLittleEndian:
        file.seek(0)
        return pydicom.dcmread(file, force=True)
    start, size = file.tell(), file.seek(0, 2)
    file.seek(start)
    first_bytes = file.read(12)
    implicit, little = dataset.original_encoding
    order = "<" if little else ">"
    if len(first_bytes) == 12:
        group, element = struct.unpack(f"{order}HH", first_bytes[:4])
        length = struct.unpack(f"{order}I", first_bytes[4:8] if implicit else first_bytes[8:12])[0]
        start += 8 if implicit else 12
        available = size - start if length == _UNDEFINED else min(length, size - start)
        pixels = DataElement(
            group << 16 | element, "OW" if implicit else first_bytes[4:6].decode(), section(file, start, available)
        )
        dataset[pixels.tag] = pixels
    return dataset


def _read_large_leniently(file: BinaryIO) -> tuple[Dataset, str] | None:
    """The same of a file that breaks the rules."""
    reading = lenient_parser.parsed(Slices(file))
    if reading is None:
        return None
    dataset, syntax = reading
    for tag, element in elements.in_order(dataset):
        if tag > max(_PIXELS):
            del dataset[tag]
        elif tag in _PIXELS and isinstance(element, RawDataElement):
            dataset[tag] = DataElement(tag, element.VR or "OW", section(file, element.value_tell, element.length))
    return dataset, syntax


def not_an_image(instance: Instance) -> Reason | None:
    """Why an instance is no image, by its transfer syntax, its pixels and its SOP Class; None for an image."""
    sop_class = str(value(instance.dataset, 0x00080016) or "").strip()
    if _is_video(instance.transfer_syntax):
        return Reason.VIDEO
    reason = storage_classes.no_image(sop_class)
    if any(elements.has(instance.dataset, tag) for tag in _PIXELS):
        return Reason.SOUND if reason is Reason.SOUND else None
    if _RECORDS in instance.dataset:
        return Reason.DIRECTORY
    if reason:
        return reason
    has_matrix = value(instance.dataset, 0x00280010) is not None
    return Reason.NO_PIXEL_DATA if has_matrix else Reason.NOT_AN_IMAGE


def value(dataset: Dataset, tag: int) -> Any:
    """An element's value; None when it is absent, empty or undecodable. Do not change it: other data sets may share it."""
    element = elements.get(dataset, tag)
    if element is None:
        return None
    key = elements.key(element, "") if (element.VR or elements.vr_of(tag)) in _PLAIN else None
    if key is not None and key in _known:
        return _known[key]
    try:
        decoded = dataset[tag].value if key is None else convert_raw_data_element(key[0]).value
    except (*UNREADABLE, RecursionError):
        return None
    return _known.keep(key, None if decoded is None or decoded == "" else decoded)


_PLAIN = frozenset({"AS", "CS", "DA", "DS", "DT", "FD", "FL", "IS", "SL", "SS", "TM", "UI", "UL", "US"})
"""VRs whose values depend neither on the character set nor on other elements."""
_known: elements.Memory[Any] = elements.Memory()
"""Values of elements seen before. The elements stay raw in their data sets, to be written as they are."""


def items(dataset: Dataset, tag: int) -> list[Dataset]:
    """A sequence's items; none when it is absent, empty or no sequence."""
    sequence = value(dataset, tag)
    return list(sequence) if isinstance(sequence, Sequence) else []


def _is_video(syntax: str) -> bool:
    return syntax.startswith(_VIDEO) or syntax in _VIDEO_RANGE


def _transfer_syntax(dataset: Any) -> str | None:
    """Transfer Syntax UID (0002,0010); as the data set was parsed where that is absent or one of the three uncompressed ones."""
    meta = getattr(dataset, "file_meta", None)
    declared = str(meta.get("TransferSyntaxUID", "") if meta is not None else "")
    implicit, little = dataset.original_encoding
    if declared == DeflatedExplicitVRLittleEndian:
        return str(declared)
    if declared and declared not in (ImplicitVRLittleEndian, ExplicitVRLittleEndian, ExplicitVRBigEndian):
        return declared
    if implicit is None:
        return None
    return str(ImplicitVRLittleEndian if implicit else ExplicitVRLittleEndian if little else ExplicitVRBigEndian)
