"""A Key Object Selection (PS3.3 A.35.4, PS3.16 TID 2010) *For Patient*, of what the owner picked."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import UID, ExplicitVRLittleEndian

from radiary.dicom.dicom_copy import IMPLEMENTATION

SOP_CLASS = UID("1.2.840.10008.5.1.4.1.1.88.59")
_PATIENT_AND_STUDY = (
    "PatientName", "PatientID", "PatientBirthDate", "PatientSex", "PatientIdentityRemoved", "DeidentificationMethod",
    "DeidentificationMethodCodeSequence", "StudyInstanceUID", "StudyDate", "StudyTime", "ReferringPhysicianName", "StudyID",
    "AccessionNumber", "StudyDescription",
)  # fmt: skip
"""What an object says as all of its study do (PS3.3 C.7.1.1, C.7.2.1)."""
_EMPTY = ("PatientName", "PatientID", "PatientBirthDate", "PatientSex", "StudyDate", "StudyTime", "ReferringPhysicianName",
          "StudyID", "AccessionNumber")  # fmt: skip
"""Of these, what must be there, if need be empty (type 2)."""
_WAVEFORMS = "1.2.840.10008.5.1.4.1.1.9."


def for_patient(copies: Sequence[Dataset], frames: Mapping[str, Sequence[int]]) -> Dataset:
    """The selection of `copies` of one study, of each its `frames` (from 1) by SOP Instance UID; all of it where there are none.

    The same picks give the same object.
    """
    first = copies[0]
    made = Dataset()
    for keyword in _PATIENT_AND_STUDY:
        if keyword in first or keyword in _EMPTY:
            setattr(made, keyword, first.get(keyword) or ("" if keyword in _EMPTY else None))
    said = "\n".join(f"{copy.SOPInstanceUID} {list(frames.get(copy.SOPInstanceUID, ()))}" for copy in copies)
    made.SpecificCharacterSet = "ISO_IR 192"
    made.SOPClassUID, made.SOPInstanceUID = SOP_CLASS, _uid(f"object {said}")
    made.SeriesInstanceUID, made.SeriesNumber, made.Modality = _uid(f"series {said}"), 9999, "KO"
    made.InstanceNumber, made.Manufacturer = 1, "Radiary"
    made.ContentDate, made.ContentTime = first.get("StudyDate") or "20000101", first.get("StudyTime") or "000000"
    made.ReferencedPerformedProcedureStepSequence = []
    made.CurrentRequestedProcedureEvidenceSequence = [_evidence(first.StudyInstanceUID, copies)]
    made.ValueType, made.ContinuityOfContent = "CONTAINER", "SEPARATE"
    made.ConceptNameCodeSequence = [_code("113007", "For Patient")]
    made.ContentTemplateSequence = [_template()]
    made.ContentSequence = [_item(copy, frames.get(copy.SOPInstanceUID, ())) for copy in copies]
    return _with_meta(made)


def _with_meta(made: Dataset) -> Dataset:
    made.file_meta = FileMetaDataset()
    made.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    made.file_meta.ImplementationClassUID, made.file_meta.ImplementationVersionName = IMPLEMENTATION, "RADIARY"
    return made


def _uid(said: str) -> UID:
    """A UID made of a hash (PS3.5 B.2)."""
    return UID(f"2.25.{int.from_bytes(hashlib.sha256(said.encode()).digest()[:16])}")


def _evidence(study: str, copies: Iterable[Dataset]) -> Dataset:
    """Everything that is referred to, series by series."""
    every: dict[str, list[Dataset]] = {}
    for copy in copies:
        every.setdefault(str(copy.SeriesInstanceUID), []).append(_reference(copy))
    series = []
    for uid, references in every.items():
        of_series = Dataset()
        of_series.SeriesInstanceUID, of_series.ReferencedSOPSequence = uid, references
        series.append(of_series)
    evidence = Dataset()
    evidence.StudyInstanceUID, evidence.ReferencedSeriesSequence = study, series
    return evidence


def _reference(copy: Dataset, frames: Sequence[int] = ()) -> Dataset:
    reference = Dataset()
    reference.ReferencedSOPClassUID, reference.ReferencedSOPInstanceUID = copy.SOPClassUID, copy.SOPInstanceUID
    if frames:
        reference.ReferencedFrameNumber = list(frames)
    return reference


def _item(copy: Dataset, frames: Sequence[int]) -> Dataset:
    item = Dataset()
    item.RelationshipType = "CONTAINS"
    item.ValueType = "WAVEFORM" if str(copy.SOPClassUID).startswith(_WAVEFORMS) else "IMAGE"
    item.ReferencedSOPSequence = [_reference(copy, frames)]
    return item


def _code(value: str, meaning: str) -> Dataset:
    code = Dataset()
    code.CodeValue, code.CodingSchemeDesignator, code.CodeMeaning = value, "DCM", meaning
    return code


def _template() -> Dataset:
    template = Dataset()
    template.MappingResource, template.TemplateIdentifier = "DCMR", "2010"
    return template
