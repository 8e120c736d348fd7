"""The wall: Instance → Deidentified. The data set that leaves is built anew; nothing is in it that no rule let in.

For every element, at every depth, the first rule that fits decides:

1. private, curve, overlay, command, directory and unregistered elements never pass;
2. every UI value outside the standard's own root becomes its pseudonym (PS3.15 E.3.9, internally consistent);
3. Table E.1-1's Basic Profile with Retain Longitudinal Temporal Information, Full Dates (`profile.py`);
4. outside the table, by VR: numbers and sequences pass, coded strings and dates pass when they have the form that their
   VR demands, free text and bulk data pass only for the few attributes named below, and nothing passes that holds one of
   the person's own words (`own_words.py`).
"""

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
from pydicom.datadict import dictionary_has_tag, dictionary_VR
from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.multival import MultiValue
from pydicom.sequence import Sequence
from pydicom.uid import UID, ExplicitVRBigEndian, ExplicitVRLittleEndian, SecondaryCaptureImageStorage

from radiary.dicom import burned_in, facts, header, own_words
from radiary.dicom.own_words import OwnWords
from radiary.dicom.profile import Action, action
from radiary.dicom.pseudonym import Pseudonyms
from radiary.errors import Reason
from radiary.model import Deidentified, Instance, Skipped

_NUMBERS = frozenset({"AT", "FD", "FL", "SL", "SS", "SV", "UL", "US", "UV"})
_FORMS = {
    "AS": re.compile(r"\d{3}[DWMY]"),
    "CS": re.compile(r"[A-Z0-9 _]{0,16}"),
    "DA": re.compile(r"\d{4}\.?\d\d\.?\d\d"),
    "DS": re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?"),
    "DT": re.compile(r"\d{4,14}(\.\d{1,6})?([-+]\d{4})?"),
    "IS": re.compile(r"[-+]?\d{1,12}"),
    "TM": re.compile(r"\d\d:?(\d\d:?(\d\d(\.\d{1,6})?)?)?"),
}
"""Whole values as PS3.5 Table 6.2-1 defines them, old date and time separators included."""

_TEXT = re.compile(r"[\w .,/()+*%^\[\]-]{1,64}")
_TEXT_ATTRIBUTES = frozenset(
    {
        0x00080070,  # Manufacturer
        0x00080100,  # Code Value
        0x00080102,  # Coding Scheme Designator
        0x00080103,  # Coding Scheme Version
        0x00080104,  # Code Meaning
        0x00081090,  # Manufacturer's Model Name
        0x00181210,  # Convolution Kernel
        0x00281054,  # Rescale Type
        0x00283003,  # LUT Explanation
        0x00409210,  # LUT Label
    }
)
_BULK_ATTRIBUTES = frozenset(
    {
        *range(0x00281101, 0x00281104),  # Palette Color Lookup Table Descriptors
        *range(0x00281201, 0x00281204),  # Palette Color Lookup Table Data
        *range(0x00281221, 0x00281224),  # Segmented Palette Color Lookup Table Data
        0x00283002,  # LUT Descriptor
        0x00283006,  # LUT Data
        0x7FE00008,  # Float Pixel Data
        0x7FE00009,  # Double Float Pixel Data
        0x7FE00010,  # Pixel Data
    }
)
_NAME, _PATIENT_ID, _ISSUER, _BIRTH_DATE = 0x00100010, 0x00100020, 0x00100021, 0x00100030
_PIXELS = frozenset({0x7FE00008, 0x7FE00009, 0x7FE00010})
_ENUMERATED = {
    0x00280004: frozenset(
        "MONOCHROME1 MONOCHROME2 RGB YBR_FULL YBR_FULL_422 YBR_ICT YBR_RCT YBR_PARTIAL_420 YBR_PARTIAL_422 XYB".split()
    )
    | {"PALETTE COLOR"},  # Photometric Interpretation
    0x00281056: frozenset({"LINEAR", "LINEAR_EXACT", "SIGMOID"}),  # VOI LUT Function
    0x20500020: frozenset({"IDENTITY", "INVERSE"}),  # Presentation LUT Shape
}
"""What display cannot do without: passes when it is one of the standard's words, whatever the person is called."""
_SCHEMES = frozenset("DCM FMA LN LOINC MDC NCIt RADELEMENT RADLEX RFC3066 RFC5646 SCT SNM3 SRT UCUM UMLS ISO3166_1".split())
"""Coding schemes (PS3.16 8) whose codes and meanings are written by a standard, not by a hospital."""
_CODE = (0x00080100, 0x00080102, 0x00080103, 0x00080104)
"""Code Value, Coding Scheme Designator, Coding Scheme Version, Code Meaning."""
_TABLES = {0x00283006: 0x00283002, **{0x00281201 + channel: 0x00281101 + channel for channel in range(3)}}
"""Lookup table data and the descriptor that says how many entries it has."""


@dataclass(frozen=True)
class _Wall:
    """One instance's passage: the pseudonyms, the person's code and the words that must not pass in any text."""

    pseudonyms: Pseudonyms
    person: str
    words: OwnWords
    is_big_endian: bool

    def cleaned(self, received: Dataset, *, is_top: bool = False) -> Dataset:
        clean = Dataset()
        for tag in sorted(received.keys()):
            element = self._passed(received, int(tag)) if is_top or int(tag) not in _PIXELS else None
            if element is not None:
                clean[tag] = element
        if 0x00080102 in clean and clean.CodingSchemeDesignator not in _SCHEMES:
            for part in (part for part in _CODE if part in clean):
                del clean[part]
        for table, descriptor in _TABLES.items():
            _trim(clean, table, descriptor)
        return clean

    def _passed(self, received: Dataset, tag: int) -> DataElement | None:
        chosen = action(tag)
        if chosen is Action.REMOVE or not dictionary_has_tag(tag):
            return None
        if chosen in (Action.EMPTY, Action.REPLACE):
            return self._substitute(tag, chosen)
        try:
            element = received[tag]
            if (element.VR == "SQ") != (dictionary_VR(tag) == "SQ"):
                return None
            return self._element(element) if element.VM or element.VR == "SQ" else DataElement(tag, element.VR, None)
        except header.UNREADABLE:
            return None

    def _element(self, element: DataElement) -> DataElement | None:
        """The element as it may leave, or None. Its VR is the one it was read with."""
        tag, vr, value = int(element.tag), element.VR, element.value
        if vr == "SQ":
            return DataElement(tag, "SQ", Sequence([self.cleaned(item) for item in value]))
        if vr == "UI":
            return DataElement(tag, "UI", [self.pseudonyms.uid(str(uid)) for uid in _values(value)])
        if vr in _NUMBERS or " or " in vr:
            return element if tag in _BULK_ATTRIBUTES or not isinstance(value, bytes) else None
        if vr in _FORMS:
            return element if self._is_formed(element) else None
        if isinstance(value, bytes):
            return self._bulk(element) if tag in _BULK_ATTRIBUTES and vr != "UN" else None
        return element if tag in _TEXT_ATTRIBUTES and all(map(self._is_safe_text, _values(value))) else None

    def _bulk(self, element: DataElement) -> DataElement:
        """Lookup tables of a big-endian object turned round; its pixels stay as their transfer syntax says."""
        if not self.is_big_endian or element.VR != "OW" or element.tag == 0x7FE00010:
            return element
        return DataElement(element.tag, "OW", np.frombuffer(element.value, ">u2").astype("<u2").tobytes())

    def _is_formed(self, element: DataElement) -> bool:
        texts = [str(getattr(value, "original_string", value)).strip(" \0") for value in _values(element.value)]
        if not all(not text or _FORMS[element.VR].fullmatch(text) for text in texts):
            return False
        if int(element.tag) in _ENUMERATED:
            return _ENUMERATED[int(element.tag)].issuperset(texts)
        if element.VR == "CS":
            return not any(self.words.occur_in(text) for text in texts)
        return element.VR not in ("DS", "IS") or not any(self.words.are_number(text) for text in texts)

    def _is_safe_text(self, value: Any) -> bool:
        text = str(value)
        return not text or (bool(_TEXT.fullmatch(text)) and not self.words.occur_in(text))

    def _substitute(self, tag: int, chosen: Action) -> DataElement:
        """An empty or a dummy value: the person's code where it names the person, no items for a sequence."""
        vr = dictionary_VR(tag)
        if tag in (_NAME, _PATIENT_ID):
            return DataElement(tag, vr, self.person)
        if chosen is Action.EMPTY or vr == "SQ":
            return DataElement(tag, vr, Sequence() if vr == "SQ" else None)
        return DataElement(tag, vr, _DUMMIES.get(vr, "REMOVED"))


_DUMMIES: dict[str, Any] = {
    "AS": "000Y", "DA": "19000101", "DS": "0", "DT": "19000101000000", "IS": "0", "OB": b"\0\0", "TM": "000000",
    "UN": b"\0\0", "UR": "about:blank", "US": 0,
}  # fmt: skip


def deidentify(instance: Instance, pseudonyms: Pseudonyms) -> Deidentified | Skipped:
    """Build what may leave."""
    received = instance.dataset
    person = pseudonyms.person(
        issuer=_text(received, _ISSUER),
        identifier=_text(received, _PATIENT_ID),
        name=_text(received, _NAME),
        birth_date=_text(received, _BIRTH_DATE),
    )
    try:
        is_big_endian = instance.transfer_syntax == ExplicitVRBigEndian
        wall = _Wall(pseudonyms, person, own_words.of(received), is_big_endian)
        clean = wall.cleaned(received, is_top=True)
    except RecursionError:
        return Skipped(Reason.NESTED_TOO_DEEPLY)
    _place(clean, instance, pseudonyms, person)
    _label(clean)
    return Deidentified(clean, instance.transfer_syntax, facts.of(clean, person), burned_in.hold(clean))


def _place(clean: Dataset, instance: Instance, pseudonyms: Pseudonyms, person: str) -> None:
    """Give an instance without UIDs, as converters write them, UIDs of its own: from its person, day, series and bytes."""
    if not clean.get("SOPClassUID"):
        clean.SOPClassUID = SecondaryCaptureImageStorage
    study = f"{person} {header.value(clean, 0x00080020) or ''}"
    series = f"{study} {header.value(clean, 0x00080060) or ''} {header.value(clean, 0x00200011) or ''}"
    for keyword, missing in (
        ("StudyInstanceUID", f"study of {study}"),
        ("SeriesInstanceUID", f"series of {clean.get('StudyInstanceUID') or study} {series}"),
        ("SOPInstanceUID", f"instance {instance.digest}"),
    ):
        if not clean.get(keyword):
            setattr(clean, keyword, UID(pseudonyms.uid(missing)))


def _trim(clean: Dataset, data: int, descriptor: int) -> None:
    """Cut a lookup table to the entries that its descriptor names: nothing rides along behind them."""
    found, described = header.value(clean, data), header.value(clean, descriptor)
    if found is None or described is None or not hasattr(described, "__len__"):
        return
    entries = int(described[0]) or 65536
    if isinstance(found, bytes):
        kept = entries * (2 if len(found) >= 2 * entries else 1)
        clean[data].value = found[: kept + kept % 2]
    elif isinstance(found, MultiValue | list):
        clean[data].value = list(found[:entries])


def _label(clean: Dataset) -> None:
    """Say what was done: Patient Identity Removed, method and codes (PS3.15 E.2, CID 7050), dates kept (0028,0303)."""
    clean.SpecificCharacterSet = "ISO_IR 192"
    clean.PatientIdentityRemoved = "YES"
    clean.DeidentificationMethod = "Radiary: Basic Profile, default deny"
    codes = []
    for code, meaning in (
        ("113100", "Basic Application Confidentiality Profile"),
        ("113106", "Retain Longitudinal Temporal Information Full Dates Option"),
    ):
        item = Dataset()
        item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = code, "DCM", meaning
        codes.append(item)
    clean.DeidentificationMethodCodeSequence = Sequence(codes)
    clean.LongitudinalTemporalInformationModified = "UNMODIFIED"
    clean.file_meta = FileMetaDataset()
    clean.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian


def _text(dataset: Dataset, tag: int) -> str:
    return str(header.value(dataset, tag) or "")


def _values(value: Any) -> list[Any]:
    return list(value) if isinstance(value, MultiValue | list | tuple) else [value]
