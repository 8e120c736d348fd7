"""What an image needs to be shown, measured and compared: planted in every image, and asked for in every copy."""

from collections.abc import Callable
from typing import Any

from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

STORAGE = "1.2.840.10008.5.1.4.1.1."
CLASSES = {
    "CT": STORAGE + "2", "MR": STORAGE + "4", "PT": STORAGE + "128", "NM": STORAGE + "20", "US": STORAGE + "6.1",
    "US cine": STORAGE + "3.1", "CR": STORAGE + "1", "DX": STORAGE + "1.1", "MG": STORAGE + "1.2", "XA": STORAGE + "12.1",
    "RF": STORAGE + "12.2", "SC": STORAGE + "7", "enhanced CT": STORAGE + "2.1", "enhanced MR": STORAGE + "4.1",
    "SEG": STORAGE + "66.4", "RTDOSE": STORAGE + "481.2",
}  # fmt: skip

_COMMON: dict[str, Any] = {
    "ImageType": ["ORIGINAL", "PRIMARY", "AXIAL"],
    "BodyPartExamined": "CHEST",
    "Laterality": "L",
    "PatientPosition": "HFS",
    "ContentQualification": "PRODUCT",
    "LossyImageCompression": "00",
    "PresentationLUTShape": "IDENTITY",
}
_GEOMETRY: dict[str, Any] = {
    "PixelSpacing": ["0.703125", "0.703125"],
    "ImagePositionPatient": ["-180.25", "-180.5", "12.75"],
    "ImageOrientationPatient": ["1", "0", "0", "0", "1", "0"],
    "SliceThickness": "1.25",
    "SliceLocation": "12.75",
    "SpacingBetweenSlices": "1.5",
}
_X_RAY: dict[str, Any] = {
    "KVP": "117.5",
    "XRayTubeCurrent": "213",
    "ExposureTime": "431",
    "Exposure": "87",
    "DistanceSourceToDetector": "1085.5",
    "DistanceSourceToPatient": "595.25",
    "FocalSpots": "0.7",
    "ImagerPixelSpacing": ["0.139", "0.139"],
}
_WINDOW: dict[str, Any] = {"WindowCenter": ["2000", "900"], "WindowWidth": ["4000", "1500"], "VOILUTFunction": "LINEAR"}
_RESCALED: dict[str, Any] = {"RescaleSlope": "1", "RescaleIntercept": "-1024", "RescaleType": "HU"}
_KINDS: dict[str, dict[str, Any]] = {
    "CT": _GEOMETRY | _X_RAY | _WINDOW | _RESCALED | {
        "ConvolutionKernel": "B30f", "GantryDetectorTilt": "0.5", "TableHeight": "152.5", "ReconstructionDiameter": "360",
        "RotationDirection": "CW", "SpiralPitchFactor": 0.984375, "CTDIvol": 7.125,
    },
    "MR": _GEOMETRY | _WINDOW | {
        "ScanningSequence": "SE", "SequenceVariant": "SK", "ScanOptions": "FS", "MRAcquisitionType": "2D", "EchoTime": "98.5",
        "RepetitionTime": "4210.5", "InversionTime": "150.5", "FlipAngle": "150", "MagneticFieldStrength": "1.494",
        "ImagingFrequency": "63.678143", "ImagedNucleus": "1H", "NumberOfAverages": "2", "EchoTrainLength": "13",
        "PixelBandwidth": "191", "AcquisitionMatrix": [0, 320, 240, 0], "InPlanePhaseEncodingDirection": "ROW",
        "DiffusionBValue": 800.0,
    },
    "PT": _GEOMETRY | _WINDOW | {
        "Units": "BQML", "DecayCorrection": "START", "CountsSource": "EMISSION", "SeriesType": ["WHOLE BODY", "IMAGE"],
        "RescaleSlope": "1.7335", "RescaleIntercept": "0", "FrameReferenceTime": "151113.5", "ActualFrameDuration": "180000",
        "CorrectedImage": ["NORM", "DTIM", "ATTN"], "DecayFactor": "1.0217",
    },
    "NM": _WINDOW | {"PixelSpacing": ["4.795", "4.795"], "ActualFrameDuration": "20500"},
    "US": {"HeartRate": "71"},
    "CR": _X_RAY | _WINDOW | {"ViewPosition": "AP", "PixelSpacing": ["0.143", "0.143"]},
    "DX": _X_RAY | _WINDOW | {"ViewPosition": "PA", "PixelIntensityRelationship": "LOG", "PixelIntensityRelationshipSign": -1},
    "MG": _X_RAY | _WINDOW | {"ViewPosition": "MLO", "ImageLaterality": "R", "OrganDose": "0.0173"},
    "XA": _X_RAY | _WINDOW | {"PositionerPrimaryAngle": "-30.5", "PositionerSecondaryAngle": "12.5", "CineRate": "15"},
    "RF": _X_RAY | _WINDOW,
    "SC": {"ConversionType": "WSD"},
    "SEG": {"SegmentationType": "BINARY"},
    "RTDOSE": _GEOMETRY | {"DoseUnits": "GY", "DoseType": "PHYSICAL", "DoseGridScaling": "0.000125"},
}  # fmt: skip
_PIXELS = (
    "SOPClassUID Modality Rows Columns NumberOfFrames SamplesPerPixel BitsAllocated BitsStored HighBit PixelRepresentation"
    " PhotometricInterpretation SeriesNumber InstanceNumber StudyDate PixelPaddingValue PerFrameFunctionalGroupsSequence"
    " SharedFunctionalGroupsSequence SequenceOfUltrasoundRegions RadiopharmaceuticalInformationSequence"
    " RedPaletteColorLookupTableDescriptor RedPaletteColorLookupTableData GreenPaletteColorLookupTableData"
    " BluePaletteColorLookupTableData FrameTime VOILUTSequence ModalityLUTSequence"
).split()
KEYWORDS = sorted({*_PIXELS, *_COMMON, *(keyword for kind in _KINDS.values() for keyword in kind)})
"""What utility asks for."""


def describe(dataset: Dataset, modality: str) -> None:
    """Set what a modality's images carry."""
    kind = _KINDS.get(modality, {})
    for keyword, value in {**_COMMON, **kind}.items():
        setattr(dataset, keyword, value)
    if modality in _SEQUENCES:
        _SEQUENCES[modality](dataset)


def _item(**attributes: Any) -> Dataset:
    made = Dataset()
    for keyword, value in attributes.items():
        setattr(made, keyword, value)
    return made


def _uptake(dataset: Dataset) -> None:
    """What a standardized uptake value is computed from."""
    code = _item(CodeValue="C-111A1", CodingSchemeDesignator="SRT", CodeMeaning="^18^Fluorine")
    dataset.RadiopharmaceuticalInformationSequence = Sequence([
        _item(
            RadionuclideTotalDose="371250000", RadionuclideHalfLife="6586.2", RadionuclidePositronFraction="0.97",
            RadiopharmaceuticalStartTime="091500.00", RadionuclideCodeSequence=Sequence([code]),
        )
    ])  # fmt: skip


def _frame(number: int) -> Dataset:
    return _item(StackID="1", InStackPositionNumber=number + 1, DimensionIndexValues=[1, number + 1])


def functional_groups(dataset: Dataset, frames: int) -> None:
    """An enhanced object's geometry, window and rescale, shared and per frame."""
    measures = _item(PixelSpacing=["0.625", "0.625"], SliceThickness="2.5")
    rescale = _item(RescaleSlope="2", RescaleIntercept="-100", RescaleType="US")
    window = _item(WindowCenter="1200", WindowWidth="2400")
    orientation = _item(ImageOrientationPatient=["1", "0", "0", "0", "1", "0"])
    dataset.SharedFunctionalGroupsSequence = Sequence([
        _item(
            PixelMeasuresSequence=Sequence([measures]), PlaneOrientationSequence=Sequence([orientation]),
            PixelValueTransformationSequence=Sequence([rescale]), FrameVOILUTSequence=Sequence([window]),
        )
    ])  # fmt: skip
    dataset.PerFrameFunctionalGroupsSequence = Sequence([
        _item(
            PlanePositionSequence=Sequence([_item(ImagePositionPatient=["-80", "-80", str(2.5 * number)])]),
            FrameContentSequence=Sequence([_frame(number)]),
        )
        for number in range(frames)
    ])  # fmt: skip


def region(dataset: Dataset, x0: int, y0: int, x1: int, y1: int) -> None:
    """Sequence of Ultrasound Regions with one region, and the deltas that measuring needs."""
    dataset.SequenceOfUltrasoundRegions = Sequence([
        _item(
            RegionSpatialFormat=1, RegionDataType=1, RegionFlags=2, RegionLocationMinX0=x0, RegionLocationMinY0=y0,
            RegionLocationMaxX1=x1, RegionLocationMaxY1=y1, PhysicalUnitsXDirection=3, PhysicalUnitsYDirection=3,
            PhysicalDeltaX=0.0173, PhysicalDeltaY=0.0173, ReferencePixelX0=17, ReferencePixelY0=23,
        )
    ])  # fmt: skip


_SEQUENCES: dict[str, Callable[[Dataset], None]] = {"PT": _uptake}
