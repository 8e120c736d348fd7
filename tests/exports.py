"""Synthetic exports from literals: the patient is imaginary, the pixels are ramps."""

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pydicom
from numpy.typing import NDArray
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import UID, ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian

ROOT = "1.2.826.0.1.3680043.10.777"
CT = "1.2.840.10008.5.1.4.1.1.2"
US = "1.2.840.10008.5.1.4.1.1.6.1"
SC = "1.2.840.10008.5.1.4.1.1.7"
KO = "1.2.840.10008.5.1.4.1.1.88.59"
RAW = "1.2.840.10008.5.1.4.1.1.66"

NAME, PATIENT_ID, BIRTH_DATE = "Synthetica^Petronella", "SYN-5512", "19810704"
SECRETS = ("synthetica", "petronella", "syn-5512", "19810704", "fictus", "nowhere hospital", "acc-77", ROOT)
"""Values of every export made here that must never be seen again, in lower case."""


def dataset(
    *, study: int = 1, series: int = 1, number: int = 1, modality: str = "CT", sop_class: str = CT, **attributes: Any
) -> Dataset:
    """A header full of identity; `attributes` by keyword are set last, None removes."""
    made = Dataset()
    made.SOPClassUID, made.SOPInstanceUID = UID(sop_class), UID(f"{ROOT}.{study}.{series}.{number}")
    made.StudyInstanceUID, made.SeriesInstanceUID = UID(f"{ROOT}.{study}"), UID(f"{ROOT}.{study}.{series}")
    made.PatientName, made.PatientID, made.PatientBirthDate = NAME, PATIENT_ID, BIRTH_DATE
    made.InstitutionName, made.ReferringPhysicianName, made.AccessionNumber = "Nowhere Hospital", "Fictus^Dr", "ACC-77"
    made.StudyDate, made.StudyTime, made.StudyID = f"2024010{study}", "120000", "S1"
    made.Modality, made.SeriesNumber, made.InstanceNumber = modality, series, number
    made.SeriesDescription = "Series of Petronella Synthetica"
    for keyword, value in attributes.items():
        if value is None:
            delattr(made, keyword)
        else:
            setattr(made, keyword, value)
    return made


def with_pixels(made: Dataset, values: NDArray[Any], *, photometric: str = "MONOCHROME2", stored: int = 0) -> Dataset:
    """Describe `values`, (rows, columns), (frames, rows, columns), or with a last axis of 3, and put them in."""
    colour = values.shape[-1] == 3
    made.Rows, made.Columns = values.shape[-3:-1] if colour else values.shape[-2:]
    if values.ndim == (4 if colour else 3):
        made.NumberOfFrames = values.shape[0]
    made.SamplesPerPixel, made.PhotometricInterpretation = (3, "RGB") if colour else (1, photometric)
    if colour:
        made.PlanarConfiguration = 0
    made.BitsAllocated = 8 * values.itemsize
    made.BitsStored = stored or made.BitsAllocated
    made.HighBit, made.PixelRepresentation = made.BitsStored - 1, int(values.dtype.kind == "i")
    made.PixelData = values.tobytes() + b"\0" * (values.nbytes % 2)
    made["PixelData"].VR = "OW" if values.itemsize > 1 else "OB"
    return made


def ramp(rows: int = 16, columns: int = 24, *, top: int = 4000, offset: int = 0) -> NDArray[np.uint16]:
    """Values from `offset` to `top`, rising along the rows."""
    return np.linspace(offset, top, rows * columns).reshape(rows, columns).astype("<u2")


def slice_of_ct(number: int = 1, **attributes: Any) -> Dataset:
    """One CT slice with a window."""
    made = dataset(number=number, **attributes)
    if "WindowCenter" not in attributes:
        made.WindowCenter, made.WindowWidth = 2000, 4000
    return with_pixels(made, ramp(offset=number), stored=12)


def ultrasound(*, regions: bool = True, **attributes: Any) -> Dataset:
    """A bright ultrasound picture whose region leaves the upper 20 of 60 rows out."""
    made = dataset(modality="US", sop_class=US, **attributes)
    if regions:
        region = Dataset()
        region.RegionLocationMinX0, region.RegionLocationMinY0 = 0, 20
        region.RegionLocationMaxX1, region.RegionLocationMaxY1 = 79, 59
        made.SequenceOfUltrasoundRegions = Sequence([region])
    return with_pixels(made, np.full((60, 80, 3), 200, "u1"))


def written(made: Dataset, syntax: str = ExplicitVRLittleEndian, *, preamble: bool = True) -> bytes:
    """A DICOM file's bytes; without preamble, the bare data set."""
    buffer = BytesIO()
    implicit, little = syntax == ImplicitVRLittleEndian, syntax != ExplicitVRBigEndian
    made = Dataset(made)
    if preamble:
        made.file_meta = FileMetaDataset()
        made.file_meta.TransferSyntaxUID = UID(syntax)
    pydicom.dcmwrite(buffer, made, implicit_vr=implicit, little_endian=little, enforce_file_format=preamble)
    return buffer.getvalue()


def read_back(data: bytes) -> Dataset:
    """Parse a file that Radiary wrote."""
    return pydicom.dcmread(BytesIO(data))


def ct_files(count: int = 3, *, first: int = 1, **attributes: Any) -> dict[str, bytes]:
    """Slices under names that carry the patient's."""
    return {f"Synthetica/IMG{n:04d}": written(slice_of_ct(n, **attributes)) for n in range(first, first + count)}


def zipped(path: Path, files: Mapping[str, bytes]) -> Path:
    """Write a zip of `files`; its members' times are fixed, so that equal files give equal bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return path


def leaks(*roots: Path) -> list[str]:
    """Which secret stands in which file or name below `roots`."""
    found = []
    for root in roots:
        for path in root.rglob("*"):
            content = path.read_bytes() if path.is_file() else b""
            text = (str(path.relative_to(root)).encode() + content).lower()
            found += [f"{secret} in {path}" for secret in SECRETS if secret.encode() in text]
    return found
