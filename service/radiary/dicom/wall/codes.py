"""Codes (PS3.3 8): those of standards are kept; a hospital's own become pseudonyms, so that equal codes stay equal."""

import re
from functools import cache

from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset
from pydicom.sr._concepts_dict import concepts

from radiary.dicom.read import elements, header
from radiary.dicom.wall import descriptions
from radiary.dicom.wall.own_words import OwnWords
from radiary.dicom.wall.pseudonym import Pseudonyms

CODE = (0x00080100, 0x00080102, 0x00080103, 0x00080104, 0x00080119, 0x00080120)
"""Code Value, Coding Scheme Designator, Coding Scheme Version, Code Meaning, Long Code Value, URN Code Value."""
_CODE_VALUES = (0x00080100, 0x00080119, 0x00080120)
"""Code Value, Long Code Value, URN Code Value: what holds the code itself."""
OURS = "99RADIARY"
"""Coding Scheme Designator of pseudonyms of codes."""

_UNIT = (
    "(%|1|mm|cm|dm|m|km|um|nm|[mukd]?g|[mud]?L|[mud]?l|h|min|[mun]?s|d|wk|mo|a|[kM]?Hz|Hz|deg|[ms]?rad|[kM]?Bq|[mukc]?Gy|[mu]?Sv|"
    "[mk]?V|[mu]?A|[mk]?W|[mk]?J|[MkG]?eV|T|mT|Cel|K|mm\\[Hg\\]|\\[hnsf'U\\]|\\{counts\\}|\\{SUVbw\\}g|\\{ratio\\}|\\{pixels\\}|mol|mmol|bpm)"
)
"""Units of measurement (UCUM), without free annotations in braces, which could say anything."""
_VALUES = {
    "SCT": re.compile(r"\d{6,18}"),
    "SCPECG": re.compile(r"5\.6\.3-9-\d{1,3}"),
    "99SDM": re.compile(r"[A-Z]\d?-[0-9A-F]{4,5}"),
    "SRT": re.compile(r"[A-Z]\d?-[0-9A-F]{4,5}"),
    "SNM3": re.compile(r"[A-Z]\d?-[0-9A-F]{4,5}"),
    "DCM": re.compile(r"\d{6}"),
    "LN": re.compile(r"\d{1,5}-\d"),
    "UCUM": re.compile(rf"({_UNIT}|\d{{1,3}})([./*^]?({_UNIT}|-?\d{{1,3}})){{0,5}}"),
    "FMA": re.compile(r"\d{4,6}"),
    "RADLEX": re.compile(r"RID\d{1,6}"),
    "MDC": re.compile(r"[0-9:-]{1,12}"),
    "NCIt": re.compile(r"C\d{4,6}"),
    "RFC3066": re.compile(r"[a-z]{2}(-[A-Za-z]{2})?"),
    "RFC5646": re.compile(r"[a-z]{2}(-[A-Za-z]{2})?"),
    "ISO3166_1": re.compile(r"[A-Z]{2,3}"),
}
"""Coding schemes of standards (PS3.16 8) → the form of their codes."""
_VERSION = re.compile(r"[0-9.]{1,16}")
"""Coding Scheme Version (0008,0103)."""
_PERSONAL = frozenset("121008 121009 121011 121028 121029 121030 121031 121032 121033 121034 121036".split())
"""DCM codes of content items that identify an observer or the patient: names, numbers, birth date, sex, age, organizations."""
_DATED = ((0x0040A120, "DT", "19000101000000"), (0x0040A121, "DA", "19000101"), (0x0040A122, "TM", "000000"))
"""DateTime, Date and Time of a content item, their VRs and dummy values."""
_VALUES_OF_ITEMS = (0x0040A120, 0x0040A121, 0x0040A122, 0x0040A123, 0x0040A124, 0x0040A160, 0x0040A168, 0x0040A300)
"""DateTime, Date, Time, Person Name, UID, Text Value, Concept Code Sequence, Measured Value Sequence of a content item."""


def remove_personal_values(clean: Dataset) -> None:
    """Take the value from a content item of a report that says who somebody is; its name stays (PS3.16 TID 1002 to 1007).

    An item whose name is a pseudonym gets dummy dates: its date may be a birth date.
    """
    name = header.items(clean, 0x0040A043)
    if name and header.value(name[0], 0x00080102) == OURS:
        for tag, vr, dummy in _DATED:
            if tag in clean:
                clean[tag] = DataElement(tag, vr, dummy)
    if name and str(header.value(name[0], 0x00080100) or "") in _PERSONAL:
        for tag in _VALUES_OF_ITEMS:
            clean.pop(tag, None)
        for value_type, tag, vr in (("TEXT", 0x0040A160, "UT"), ("PNAME", 0x0040A123, "PN")):
            if header.value(clean, 0x0040A040) == value_type:
                clean[tag] = DataElement(tag, vr, "REMOVED")


def clean_code(clean: Dataset, own: OwnWords, pseudonyms: Pseudonyms) -> None:
    """Keep a data set's code when its scheme is a standard's and its form right, else replace it by a pseudonym.

    Its meaning becomes the standard's, or the safe words of what it was. A code that holds own words is never kept.
    """
    present = [tag for tag in CODE if elements.has(clean, tag)]
    if not present:
        return
    scheme, value = (str(clean[tag].value or "") if tag in clean else "" for tag in (0x00080102, 0x00080100))
    is_formed = len(value) <= 18 and scheme in _VALUES and _VALUES[scheme].fullmatch(value) is not None
    is_standard = value in _meanings(scheme) or (is_formed and (scheme != "SCT" or _is_checked(value)))
    is_kept = is_standard and not _holds_own_words(value, own)
    meaning = str(clean.get("CodeMeaning") or "")
    written = next((str(clean[tag].value) for tag in _CODE_VALUES if tag in clean and clean[tag].value), "")
    for tag in present:
        if not is_kept or tag in (0x00080119, 0x00080120):
            del clean[tag]
    if not is_kept:
        if written and scheme:
            clean.CodeValue, clean.CodingSchemeDesignator = pseudonyms.code(scheme, written), OURS
            clean.CodeMeaning = descriptions.cleaned(meaning, own) or "removed"
        return
    version = str(clean[0x00080103].value or "") if 0x00080103 in clean else ""
    if version and (not _VERSION.fullmatch(version) or own.are_number(version) or own.are_in(re.sub(r"\D", "", version))):
        del clean[0x00080103]
    if 0x00080104 in clean:
        standard_meaning = _meanings(scheme).get(value)
        clean.CodeMeaning = standard_meaning or descriptions.cleaned(meaning, own) or value


def _is_checked(value: str) -> bool:
    """Whether a SNOMED CT identifier ends in its check digit (Verhoeff)."""
    check = 0
    for place, digit in enumerate(reversed(value)):
        permuted = int(digit)
        for _ in range(place % 8):
            permuted = _PERMUTED[permuted]
        check = _times(check, permuted)
    return check == 0


def _times(left: int, right: int) -> int:
    """The product of two elements, 0 to 9, of the dihedral group of the pentagon, in which Verhoeff's check adds up digits."""
    if left < 5:
        return (left + right) % 5 if right < 5 else 5 + (left + right) % 5
    return 5 + (left - right) % 5 if right < 5 else (left - right) % 5


_PERMUTED = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)
"""Verhoeff's permutation of the digits."""


def _holds_own_words(value: str, own: OwnWords) -> bool:
    return own.are_number(value) or own.occur_in(value)


@cache
def _meanings(scheme: str) -> dict[str, str]:
    """Code → meaning, at most 64 characters, of the codes of a scheme that PS3.16 lists."""
    meanings: dict[str, str] = {}
    by_class: dict[str, dict[str, tuple[str, list[int]]]] = concepts.get(scheme, {})  # type: ignore[assignment]  # inferred too wide
    for codes in by_class.values():
        for code, (meaning, _) in codes.items():
            meanings.setdefault(code, meaning[:64])
    return meanings
