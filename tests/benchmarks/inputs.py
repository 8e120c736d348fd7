"""Exports to measure with: the same bytes on every machine, with the grain of real pictures, since noise is what costs.

A body in air with organs, quantum noise of 12 Hounsfield units in a CT, Rician noise in an MR, speckle in an ultrasound.
"""

import sys
import zipfile
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path

import imagecodecs
import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset
from pydicom.encaps import encapsulate
from pydicom.sequence import Sequence
from pydicom.uid import JPEG2000Lossless, JPEGBaseline8Bit, JPEGLosslessSV1, JPEGLSLossless

import exports
from benchmarks.columns import COLUMNS

MR, MAMMOGRAM, CLIP, ENHANCED = (f"1.2.840.10008.5.1.4.1.1.{kind}" for kind in ("4", "1.2", "3.1", "2.1"))
Values = NDArray[np.generic]


def body(size: int, number: int) -> NDArray[np.float64]:
    """Hounsfield units of a round body with organs that change from slice to slice."""
    down, across = np.mgrid[-1 : 1 : size * 1j, -1 : 1 : size * 1j]
    inside = down**2 * 1.6 + across**2 < 0.8
    organs = 40 + 60 * np.sin(9 * down + number / 20) * np.cos(7 * across) + 700 * (down**2 + (across - 0.1) ** 2 < 0.01)
    return np.where(inside, organs, -1000.0)


def ct_values(number: int) -> Values:
    """12 bits, rescaled by -1024."""
    noise = np.random.default_rng(number).normal(0, 12, (512, 512))
    return np.clip(body(512, number) + noise + 1024, 0, 4095).astype("<u2")


def ct(number: int, **attributes: object) -> Dataset:
    """A slice with the header of a real one: about a hundred attributes."""
    made = exports.with_pixels(exports.dataset(number=number), ct_values(number), stored=12)
    made.WindowCenter, made.WindowWidth, made.RescaleIntercept, made.RescaleSlope = [40, -600], [400, 1500], -1024, 1
    made.ImagePositionPatient, made.ImageOrientationPatient = [-180, -180, number * 1.25], [1, 0, 0, 0, 1, 0]
    made.PixelSpacing, made.SliceThickness, made.SliceLocation = [0.703, 0.703], 1.25, number * 1.25
    _describe(made, number)
    for keyword, value in attributes.items():
        setattr(made, keyword, value)
    return made


def _describe(made: Dataset, number: int) -> None:
    """What scanners write beside the pixels, private elements and sequences included."""
    made.ImageType, made.SpecificCharacterSet = ["ORIGINAL", "PRIMARY", "AXIAL"], "ISO_IR 100"
    made.Manufacturer, made.ManufacturerModelName, made.SoftwareVersions = "SIEMENS", "SOMATOM Force", "syngo CT VA50A"
    made.StationName, made.DeviceSerialNumber, made.OperatorsName = "CTAWP73396", "73396", "Fictus^Operator"
    made.StudyDescription, made.ProtocolName, made.BodyPartExamined = "CT abdomen with contrast", "Abdomen 1.25", "ABDOMEN"
    made.PatientSex, made.PatientAge, made.PatientPosition = "F", "042Y", "HFS"
    for keyword in ("SeriesDate", "AcquisitionDate", "ContentDate"):
        setattr(made, keyword, "20240101")
    made.AcquisitionTime, made.ContentTime, made.SeriesTime = f"12{number % 60:02d}15.250000", f"12{number % 60:02d}16", "120010"
    made.KVP, made.XRayTubeCurrent, made.ExposureTime, made.Exposure = 120, 200 + number % 40, 500, 100
    made.ConvolutionKernel, made.GantryDetectorTilt, made.TableHeight = ["Br40d", "3"], 0, 150.5
    made.DataCollectionDiameter, made.ReconstructionDiameter, made.FilterType = 500, 360, "FLAT"
    made.DistanceSourceToDetector, made.DistanceSourceToPatient, made.RotationDirection = 1085.6, 595, "CW"
    made.FocalSpots, made.SpiralPitchFactor, made.CTDIvol, made.AcquisitionNumber = [1.2], 0.6, 7.5, 1
    made.FrameOfReferenceUID, made.PositionReferenceIndicator = f"{exports.ROOT}.9.1", ""
    code = Dataset()
    code.CodeValue, code.CodingSchemeDesignator, code.CodeMeaning = "113961", "DCM", "Reconstruction Algorithm"
    made.ProcedureCodeSequence = Sequence([code])
    referenced = Dataset()
    referenced.ReferencedSOPClassUID, referenced.ReferencedSOPInstanceUID = exports.CT, f"{exports.ROOT}.1.1.999"
    made.ReferencedImageSequence = Sequence([referenced, referenced])
    block = made.private_block(0x0029, "SIEMENS CSA HEADER", create=True)
    block.add_new(0x10, "OB", np.random.default_rng(7).integers(0, 256, 12_000).astype("u1").tobytes())
    block.add_new(0x08, "CS", "IMAGE NUM 4")


def mr(number: int) -> Dataset:
    """A slice of 384 × 384, 12 bits."""
    grain = np.random.default_rng(number).normal(0, 18, (2, 384, 384))
    signal = np.clip((body(384, number) + 1000) * 0.9, 0, 1600)
    values = np.clip(np.hypot(signal + grain[0], grain[1]), 0, 4095).astype("<u2")
    made = exports.with_pixels(exports.dataset(number=number, modality="MR", sop_class=MR), values, stored=12)
    made.WindowCenter, made.WindowWidth = 700, 1500
    made.ImagePositionPatient, made.ImageOrientationPatient = [-180, -180, number * 3], [1, 0, 0, 0, 1, 0]
    made.PixelSpacing, made.RepetitionTime, made.EchoTime, made.FlipAngle = [0.6, 0.6], 2000, 90, 150
    _describe(made, number)
    return made


def mammogram(number: int) -> Dataset:
    """12 megapixels: half air, half breast."""
    down, across = np.mgrid[-1:1:4096j, 0:1:3072j]
    tissue = np.clip(1 - (down**2 + across**2), 0, None) * 3000
    noise = np.random.default_rng(number).normal(0, 14, (4096, 3072))
    values = np.where(tissue > 0, np.clip(tissue + noise, 0, 4095), 0).astype("<u2")
    made = exports.with_pixels(exports.dataset(number=number, modality="MG", sop_class=MAMMOGRAM), values, stored=12)
    made.WindowCenter, made.WindowWidth, made.ImagerPixelSpacing = 1500, 3000, [0.07, 0.07]
    made.ImageLaterality, made.ViewPosition, made.BurnedInAnnotation = "L" if number % 2 else "R", "CC", "NO"
    return made


def clip(frames: int = 100) -> Dataset:
    """An ultrasound clip, 800 × 600 in colour, JPEG, with the region that shows the body."""
    speckle = np.random.default_rng(1).rayleigh(40, (600, 800))
    fan = np.hypot(*np.mgrid[0:600, -400:400]) < 560
    streams = []
    for number in range(frames):
        grey = np.clip(np.roll(speckle, number * 3, axis=1) * fan, 0, 255).astype("u1")
        streams.append(imagecodecs.jpeg8_encode(np.dstack([grey] * 3), level=90, colorspace="RGB", outcolorspace="YCBCR"))
    made = exports.with_pixels(exports.ultrasound(), np.zeros((frames, 2, 2, 3), "u1"))
    made.Rows, made.Columns, made.SOPClassUID = 600, 800, CLIP
    region = made.SequenceOfUltrasoundRegions[0]
    region.RegionLocationMaxX1, region.RegionLocationMaxY1 = 799, 599
    made.PhotometricInterpretation = "YBR_FULL_422"
    made.FrameTime, made.FrameIncrementPointer = 33, 0x00181063
    return encapsulated(made, streams)


def enhanced(frames: int = 100) -> Dataset:
    """An enhanced CT: one object, windows and places in functional groups of every frame."""
    values = np.stack([ct_values(number) for number in range(frames)])
    made = exports.with_pixels(exports.dataset(sop_class=ENHANCED), values, stored=12)
    made.ImageType, made.Manufacturer = ["ORIGINAL", "PRIMARY", "VOLUME", "NONE"], "SIEMENS"
    shared, rescale = Dataset(), Dataset()
    rescale.RescaleIntercept, rescale.RescaleSlope, rescale.RescaleType = -1024, 1, "HU"
    shared.PixelValueTransformationSequence = Sequence([rescale])
    made.SharedFunctionalGroupsSequence = Sequence([shared])
    groups = []
    for number in range(frames):
        group, window, place = Dataset(), Dataset(), Dataset()
        window.WindowCenter, window.WindowWidth = 40, 400
        place.ImagePositionPatient = [-180, -180, number]
        group.FrameVOILUTSequence, group.PlanePositionSequence = Sequence([window]), Sequence([place])
        groups.append(group)
    made.PerFrameFunctionalGroupsSequence = Sequence(groups)
    return made


def encapsulated(made: Dataset, streams: list[bytes]) -> Dataset:
    """Put code streams in."""
    made.PixelData = encapsulate(streams)
    made["PixelData"].VR, made["PixelData"].is_undefined_length = "OB", True
    return made


def _coded(number: int, encode: Callable[[Values], bytes]) -> Dataset:
    return encapsulated(ct(number), [encode(ct_values(number))])


def _public() -> Iterator[bytes]:
    """The examples that pydicom packages: an overlay, a palette, colours as YBR and RGB, JPEG 2000."""
    folder = resources.files("pydicom") / "data" / "test_files"
    for name in ("overlay", "palette", "ybr_color", "rgb_color", "jpeg2k"):
        yield (folder / f"examples_{name}.dcm").read_bytes()


def _many(make: Callable[[int], Dataset], number: int) -> Iterator[bytes]:
    return (exports.written(make(n)) for n in range(1, number + 1))


def _coded_many(encode: Callable[[Values], bytes], syntax: str, number: int) -> Iterator[bytes]:
    return (exports.written(_coded(n, encode), syntax) for n in range(1, number + 1))


def _jpeg_lossless(values: Values) -> bytes:
    return bytes(imagecodecs.ljpeg_encode(values, bitspersample=12))


def _jpeg_2000(values: Values) -> bytes:
    return bytes(imagecodecs.jpeg2k_encode(values, codecformat="j2k", reversible=True, bitspersample=12))


_FILES: dict[str, Callable[[int], Iterator[bytes]]] = {
    "CT": lambda number: _many(ct, number),
    "MR": lambda number: _many(mr, number),
    "mammogram": lambda number: _many(mammogram, number),
    "US clip": lambda number: iter([exports.written(clip(number), JPEGBaseline8Bit)]),
    "CT JPEG-LS": lambda number: _coded_many(imagecodecs.jpegls_encode, JPEGLSLossless, number),
    "CT JPEG lossless": lambda number: _coded_many(_jpeg_lossless, JPEGLosslessSV1, number),
    "CT JPEG 2000": lambda number: _coded_many(_jpeg_2000, JPEG2000Lossless, number),
    "enhanced CT": lambda number: iter([exports.written(enhanced(number))]),
    "public files": lambda _number: _public(),
}


def main(folder: Path) -> None:
    """Make every input that is not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    for column in COLUMNS:
        path = column.path(folder)
        if path.exists():
            continue
        draft = path.with_suffix(".draft")
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
            for number, data in enumerate(_FILES[column.name](column.pictures)):
                archive.writestr(zipfile.ZipInfo(f"IM{number:05d}"), data, zipfile.ZIP_DEFLATED)
        draft.rename(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
