"""Labels that say in the standard's words what was done: identity removed, how, dates, burned-in text, faces."""

from functools import cache

from pydicom.dataelem import RawDataElement
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from radiary.dicom.read import elements, header
from radiary.dicom.wall import faces
from radiary.dicom.wall.profile import EDITION
from radiary.model.nouns import Policy

_OPTIONS = {
    "retain_safe_private": ("113111", "Retain Safe Private Option"),
    "retain_uids": ("113110", "Retain UIDs Option"),
    "retain_device_identity": ("113109", "Retain Device Identity Option"),
    "retain_institution_identity": ("113112", "Retain Institution Identity Option"),
    "retain_patient_characteristics": ("113108", "Retain Patient Characteristics Option"),
    "retain_size_and_weight": ("113108", "Retain Patient Characteristics Option"),
    "clean_descriptors": ("113105", "Clean Descriptors Option"),
    "clean_structured_content": ("113104", "Clean Structured Content Option"),
    "clean_graphics": ("113103", "Clean Graphics Option"),
}
"""Options of the policy → the codes of PS3.16 CID 7050 for them."""
_FULL_DATES = ("113106", "Retain Longitudinal Temporal Information Full Dates Option")
_MODIFIED_DATES = ("113107", "Retain Longitudinal Temporal Information Modified Dates Option")
_METHOD, _MAKER = 0x00120063, "Radiary:"
"""De-identification Method, and what every copy's says."""
_ENHANCED = frozenset(
    f"1.2.840.10008.5.1.4.1.1.{number}"
    for number in (
        "2.1 2.2 4.1 4.3 4.4 6.2 7.1 7.2 7.3 7.4 12.1.1 12.2.1 13.1.1 13.1.2 13.1.3 13.1.4 13.1.5 14.1 14.2 30 77.1.5.1"
        " 77.1.5.2 77.1.5.4 77.1.5.5 77.1.5.6 77.1.5.7 77.1.6 128.1 130"
    ).split()
)
"""SOP Classes of which every object has to say whether text is burned in (Type 1)."""

_PARAMETRIC_MAP = "1.2.840.10008.5.1.4.1.1.30"
"""The SOP Class that has to say whether features can be recognized (Type 1)."""


def put(clean: Dataset, received: Dataset, policy: Policy) -> None:
    """Label a de-identified data set (PS3.15 E.2, CID 7050)."""
    for label in _labels(policy):
        clean[label.tag] = label
    is_demanded = str(header.value(clean, 0x00080016) or "") == _PARAMETRIC_MAP
    if faces.may_show(received):
        clean.RecognizableVisualFeatures = "YES"
    elif is_demanded:
        clean.RecognizableVisualFeatures = "NO" if header.value(received, 0x00280302) == "NO" else "YES"
    elif "RecognizableVisualFeatures" in clean:
        del clean.RecognizableVisualFeatures


@cache
def _labels(policy: Policy) -> tuple[RawDataElement, ...]:
    """The labels that every object gets, as elements."""
    dataset = elements.dataset({})
    dataset.SpecificCharacterSet = "ISO_IR 192"
    dataset.PatientIdentityRemoved = "YES"
    dataset.DeidentificationMethod = f"{_MAKER} PS3.15 {EDITION} Basic Profile, default deny"
    methods = [
        ("113100", "Basic Application Confidentiality Profile"),
        _FULL_DATES if policy.dates == "keep" else _MODIFIED_DATES,
    ]
    options = [code for option, code in _OPTIONS.items() if getattr(policy, option)]
    methods += dict.fromkeys(options)
    dataset.DeidentificationMethodCodeSequence = Sequence([_code(*code) for code in methods])
    dataset.LongitudinalTemporalInformationModified = "UNMODIFIED" if policy.dates == "keep" else "MODIFIED"
    return tuple(elements.raw(element) for element in dataset)


def is_copy(received: Dataset) -> bool:
    """Whether an object says that a Radiary made it."""
    return _MAKER in str(header.value(received, _METHOD) or "")


def held(clean: Dataset) -> None:
    """Say that a copy may still identify its patient: of its pixels nobody knows (PS3.3 C.7.1.1)."""
    clean.PatientIdentityRemoved = "NO"


def burned_in(clean: Dataset, *, hold: str | None, is_seen: bool, is_blanked: bool) -> None:
    """Burned In Annotation (0028,0301): YES when held, NO when text was searched for or blanked, absent otherwise.

    Where its class demands an answer, what was not held says NO. The identity is removed when that of the pixels is, too.
    """
    clean.PatientIdentityRemoved = "YES"
    if hold:
        held(clean)
    is_demanded = str(header.value(clean, 0x00080016) or "") in _ENHANCED
    if hold or is_seen or is_blanked or is_demanded:
        clean.BurnedInAnnotation = "YES" if hold else "NO"
    elif "BurnedInAnnotation" in clean:
        del clean.BurnedInAnnotation
    if is_blanked or (is_seen and not hold and "SequenceOfUltrasoundRegions" in clean):
        clean.DeidentificationMethodCodeSequence.append(_code("113101", "Clean Pixel Data Option"))


def _code(value: str, meaning: str) -> Dataset:
    code = Dataset()
    code.CodeValue, code.CodingSchemeDesignator, code.CodeMeaning = value, "DCM", meaning
    return code
