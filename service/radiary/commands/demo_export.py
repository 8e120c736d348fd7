"""A sample export made from nothing: an imaginary patient, phantoms for pictures, laid out as on a patient CD.

It holds what real exports hold: a DICOMDIR, extensionless 8.3 names, a key object selection, a viewer and a web page
beside the images, and the patient's name in every header, in an ultrasound's pixels and in the page.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import numpy as np
import pydicom
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import UID, ExplicitVRLittleEndian

IDENTIFYING = (
    "Testpatient", "Synthia", "SYN-0042-7", "19800229", "ACC-SYN-981", "Imaginary General", "Fictus",
    "1.2.826.0.1.3680043.10.999",
)  # fmt: skip
"""Values of the sample that must never be seen again."""

_ROOT = "1.2.826.0.1.3680043.10.999"
_STORAGE = "1.2.840.10008.5.1.4.1.1."
_CT, _US, _MG, _KO = _STORAGE + "2", _STORAGE + "3.1", _STORAGE + "1.2", _STORAGE + "88.59"
_BANNER = 40
"""Rows at the top of the ultrasound where the name is burned in."""


def export() -> dict[str, bytes]:
    """The sample's files by their path in the zip; the same bytes every time."""
    files = {"DICOMDIR": _file(_directory())}
    for number, dataset in enumerate(_instances(), 1):
        files[f"DICOM/PAT00001/STU{dataset.StudyID[-5:]}/IMG{number:05d}"] = _file(dataset)
    files["VIEWER/VIEWER.EXE"] = b"MZ" + bytes(2000)
    files["AUTORUN.INF"] = b"[autorun]\r\nopen=VIEWER\\VIEWER.EXE\r\n"
    files["INDEX.HTM"] = b"<html><body><h1>Images of Synthia Testpatient, SYN-0042-7</h1></body></html>"
    return files


def shows_name(picture: bytes, *, is_dicom: bool = False) -> bool:
    """Whether anything is left where the sample's ultrasound has the patient's name, in a PNG or on any frame of a copy."""
    if is_dicom:
        return bool(pydicom.dcmread(BytesIO(picture)).pixel_array[:, :_BANNER].max() > 24)
    with Image.open(BytesIO(picture)) as opened:
        return bool(np.asarray(opened.convert("L"))[:_BANNER].max() > 24)


def _instances() -> Iterator[Dataset]:
    for series, (count, lift) in enumerate(((12, 0), (8, 35)), 1):
        for number in range(1, count + 1):
            yield _ct(series, number, count, lift=lift)
    yield _ultrasound()
    yield _mammogram()
    yield _key_object()


def _ct(series: int, number: int, count: int, *, lift: int) -> Dataset:
    """A slice through an egg-shaped body with two lungs and a spine, in Hounsfield units."""
    size = 256
    y, x = np.mgrid[-1 : 1 : size * 1j, -1 : 1 : size * 1j]
    along = (number - 0.5) / count - 0.5
    body = (x / 0.8) ** 2 + (y / 0.6) ** 2 < 1 - along**2
    lungs = (((abs(x) - 0.36) / 0.26) ** 2 + (y / 0.4) ** 2) < 0.9 - 2 * along**2
    spine = (x / 0.12) ** 2 + ((y - 0.36) / 0.13) ** 2 < 1
    noise = np.random.default_rng(1000 * series + number).normal(0, 12, (size, size))
    units = np.full((size, size), -1000.0)
    units[body], units[lungs & body], units[spine] = 40 + lift, -820, 420
    dataset = _base("CT", _CT, study=1, series=series, number=number)
    dataset.BodyPartExamined, dataset.SeriesDescription = "CHEST", f"Thorax {'nativ' if series == 1 else 'KM'} Testpatient"
    dataset.ImagePositionPatient = [-128.0, -128.0, 5.0 * number]
    dataset.ImageOrientationPatient, dataset.PixelSpacing = [1, 0, 0, 0, 1, 0], [1, 1]
    dataset.RescaleSlope, dataset.RescaleIntercept = 1, -1024
    dataset.WindowCenter, dataset.WindowWidth = [40, -600], [400, 1500]
    return _with_pixels(dataset, np.clip(units + noise + 1024, 0, 4095).astype("<u2"), stored=12)


def _ultrasound() -> Dataset:
    """A cine of a sector with a beating ring, the name burned in above it."""
    frames, rows, columns = 16, 240, 320
    y, x = np.mgrid[0:rows, 0:columns]
    radius = np.hypot(x - 160, y - _BANNER)
    sector = (radius < 190) & (abs(x - 160) < 0.7 * (y - _BANNER))
    pixels = np.zeros((frames, rows, columns, 3), "u1")
    banner = Image.new("RGB", (columns, _BANNER))
    font = ImageFont.load_default(size=15)
    ImageDraw.Draw(banner).text((6, 10), "TESTPATIENT SYNTHIA  29.02.1980", fill=(255, 255, 120), font=font)
    for frame in range(frames):
        speckle = np.random.default_rng(frame).integers(20, 90, (rows, columns))
        ring = abs(np.hypot(x - 160, y - 150) - 38 - 9 * np.sin(2 * np.pi * frame / frames)) < 6
        grey = np.where(sector, np.where(ring, 220, speckle), 0)
        pixels[frame] = grey[..., None]
        pixels[frame, :_BANNER] = np.asarray(banner)
    dataset = _base("US", _US, study=2, series=1, number=1)
    dataset.BodyPartExamined, dataset.NumberOfFrames, dataset.FrameTime = "HEART", frames, 40
    region = Dataset()
    region.RegionLocationMinX0, region.RegionLocationMinY0 = 0, _BANNER
    region.RegionLocationMaxX1, region.RegionLocationMaxY1 = columns - 1, rows - 1
    region.RegionSpatialFormat, region.RegionDataType, region.RegionFlags = 1, 1, 0
    dataset.SequenceOfUltrasoundRegions = Sequence([region])
    return _with_pixels(dataset, pixels, stored=8)


def _mammogram() -> Dataset:
    """A breast's outline with texture, dark background shown inverted (MONOCHROME1)."""
    rows, columns = 640, 480
    y, x = np.mgrid[-1 : 1 : rows * 1j, 0 : 1 : columns * 1j]
    depth = np.clip(1 - (x / 0.75) ** 2 - (y / 0.85) ** 2, 0, None)
    texture = np.random.default_rng(7).normal(0, 60, (rows // 8, columns // 8)).repeat(8, 0).repeat(8, 1)
    dense = np.where(depth > 0, 900 + 2400 * np.sqrt(depth) + texture, 60)
    dataset = _base("MG", _MG, study=3, series=1, number=1)
    dataset.BodyPartExamined, dataset.ImageLaterality, dataset.ViewPosition = "BREAST", "L", "CC"
    dataset.WindowCenter, dataset.WindowWidth, dataset.VOILUTFunction = 2200, 3600, "SIGMOID"
    return _with_pixels(dataset, np.clip(4095 - dense, 0, 4095).astype("<u2"), stored=12, photometric="MONOCHROME1")


def _key_object() -> Dataset:
    """The radiologist's note of the one slice that matters."""
    dataset = _base("KO", _KO, study=1, series=9, number=1)
    title, image = Dataset(), Dataset()
    title.CodeValue, title.CodingSchemeDesignator, title.CodeMeaning = "113000", "DCM", "Of Interest"
    image.ReferencedSOPClassUID, image.ReferencedSOPInstanceUID = UID(_CT), UID(f"{_ROOT}.1.1.6")
    content = Dataset()
    content.RelationshipType, content.ValueType, content.ReferencedSOPSequence = "CONTAINS", "IMAGE", Sequence([image])
    dataset.ValueType, dataset.ConceptNameCodeSequence = "CONTAINER", Sequence([title])
    dataset.ContentSequence = Sequence([content])
    return dataset


def _directory() -> Dataset:
    """A DICOMDIR that names the patient."""
    record = Dataset()
    record.DirectoryRecordType, record.PatientName, record.PatientID = "PATIENT", "Testpatient^Synthia", "SYN-0042-7"
    dataset = Dataset()
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.MediaStorageSOPClassUID = UID("1.2.840.10008.1.3.10")
    dataset.file_meta.MediaStorageSOPInstanceUID = UID(f"{_ROOT}.9")
    dataset.FileSetID, dataset.DirectoryRecordSequence = "SAMPLE", Sequence([record])
    return dataset


def _base(modality: str, sop_class: str, *, study: int, series: int, number: int) -> Dataset:
    dataset = Dataset()
    day = ("20240311", "20240402", "20240402")[study - 1]
    dataset.SOPClassUID, dataset.SOPInstanceUID = UID(sop_class), UID(f"{_ROOT}.{study}.{series}.{number}")
    dataset.StudyInstanceUID, dataset.SeriesInstanceUID = UID(f"{_ROOT}.{study}"), UID(f"{_ROOT}.{study}.{series}")
    dataset.PatientName, dataset.PatientID, dataset.PatientBirthDate = "Testpatient^Synthia", "SYN-0042-7", "19800229"
    dataset.PatientSex, dataset.PatientAge = "F", "044Y"
    dataset.InstitutionName, dataset.ReferringPhysicianName = "Imaginary General", "Fictus^Doctor"
    dataset.AccessionNumber, dataset.StudyID = "ACC-SYN-981", f"S{study:05d}"
    dataset.StudyDate = dataset.SeriesDate = dataset.ContentDate = day
    dataset.StudyTime = dataset.ContentTime = "101500"
    dataset.StudyDescription = "Follow-up of Synthia Testpatient"
    dataset.Modality, dataset.Manufacturer, dataset.SeriesNumber, dataset.InstanceNumber = modality, "Phantom", series, number
    private = dataset.private_block(0x0019, "PHANTOM PRIVATE", create=True)
    private.add_new(0x01, "LO", "Testpatient Synthia")
    return dataset


def _with_pixels(dataset: Dataset, values: NDArray[Any], *, stored: int, photometric: str = "MONOCHROME2") -> Dataset:
    is_colour = values.shape[-1] == 3
    dataset.Rows, dataset.Columns = values.shape[-3:-1] if is_colour else values.shape[-2:]
    dataset.SamplesPerPixel, dataset.PhotometricInterpretation = (3, "RGB") if is_colour else (1, photometric)
    if is_colour:
        dataset.PlanarConfiguration = 0
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit = 8 * values.itemsize, stored, stored - 1
    dataset.PixelRepresentation = 0
    dataset.PixelData = values.tobytes()
    dataset["PixelData"].VR = "OW" if values.itemsize > 1 else "OB"
    return dataset


def _file(dataset: Dataset) -> bytes:
    if not hasattr(dataset, "file_meta"):
        dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    buffer = BytesIO()
    pydicom.dcmwrite(buffer, dataset, implicit_vr=False, little_endian=True, enforce_file_format=True)
    return buffer.getvalue()
