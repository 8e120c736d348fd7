"""Codes (PS3.3 8): kept when a standard wrote them; a hospital's own stand under a pseudonym, so that equal ones stay equal."""

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
_WRITTEN = (0x00080100, 0x00080119, 0x00080120)
OURS = "99RADIARY"
"""The scheme of the pseudonyms of codes."""

_UNIT = (
    "(%|1|mm|cm|dm|m|km|um|nm|[mukd]?g|[mud]?L|[mud]?l|h|min|[mun]?s|d|wk|mo|a|[kM]?Hz|Hz|deg|[ms]?rad|[kM]?Bq|[mukc]?Gy|[mu]?Sv|"
    "[mk]?V|[mu]?A|[mk]?W|[mk]?J|[MkG]?eV|T|mT|Cel|K|mm\\[Hg\\]|\\[hnsf'U\\]|\\{counts\\}|\\{SUVbw\\}g|\\{ratio\\}|\\{pixels\\}|mol|mmol|bpm)"
)
"""Units of measurement (UCUM); free annotations in braces are none."""
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
"""Coding schemes of standards (PS3.16 8), and the form of their codes."""
_VERSION = re.compile(r"[0-9.]{1,16}")
_OF_SOMEBODY = frozenset("121008 121009 121011 121028 121029 121030 121031 121032 121033 121034 121036".split())
"""DCM codes of who observes and who is observed: names, numbers, birth date, sex, age, of people and of organizations."""
_DATED = ((0x0040A120, "DT", "19000101000000"), (0x0040A121, "DA", "19000101"), (0x0040A122, "TM", "000000"))
"""DateTime, Date and Time of a content item, with dummy values for items whose name is no known code: the date may be somebody's
birth date."""
_VALUES_OF_ITEMS = (0x0040A120, 0x0040A121, 0x0040A122, 0x0040A123, 0x0040A124, 0x0040A160, 0x0040A168, 0x0040A300)


def forget_somebody(clean: Dataset) -> None:
    """A content item of a report that says who somebody is keeps its name and loses its value (PS3.16 TID 1002 to 1007)."""
    name = header.items(clean, 0x0040A043)
    if name and header.value(name[0], 0x00080102) == OURS:
        for tag, vr, dummy in _DATED:
            if tag in clean:
                clean[tag] = DataElement(tag, vr, dummy)
    if name and str(header.value(name[0], 0x00080100) or "") in _OF_SOMEBODY:
        for tag in _VALUES_OF_ITEMS:
            clean.pop(tag, None)
        for value_type, tag, vr in (("TEXT", 0x0040A160, "UT"), ("PNAME", 0x0040A123, "PN")):
            if header.value(clean, 0x0040A040) == value_type:
                clean[tag] = DataElement(tag, vr, "REMOVED")


def clean_code(clean: Dataset, own: OwnWords, pseudonyms: Pseudonyms) -> None:
    """Keep a data set's code or give it a pseudonym: value by its scheme, meaning from the standard or by its safe words."""
    present = [tag for tag in CODE if elements.has(clean, tag)]
    if not present:
        return
    scheme, value = (str(clean[tag].value or "") if tag in clean else "" for tag in (0x00080102, 0x00080100))
    is_formed = len(value) <= 18 and scheme in _VALUES and _VALUES[scheme].fullmatch(value) is not None
    is_standard = value in _meanings(scheme) or (is_formed and (scheme != "SCT" or _is_checked(value)))
    is_kept = is_standard and not _is_own(value, own)
    meaning = str(clean.get("CodeMeaning") or "")
    written = next((str(clean[tag].value) for tag in _WRITTEN if tag in clean and clean[tag].value), "")
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
        known = _meanings(scheme).get(value)
        clean.CodeMeaning = known or descriptions.cleaned(meaning, own) or value


def _is_checked(value: str) -> bool:
    """Whether a SNOMED CT identifier ends in its check digit (Verhoeff)."""
    check = 0
    for place, digit in enumerate(reversed(value)):
        permuted = int(digit)
        for _ in range(place % 8):
            permuted = _PERMUTED[permuted]
        check = _times(check, permuted)
    return check == 0


def _times(one: int, other: int) -> int:
    """The product of two elements of the dihedral group of the pentagon."""
    if one < 5:
        return (one + other) % 5 if other < 5 else 5 + (one + other) % 5
    return 5 + (one - other) % 5 if other < 5 else (one - other) % 5


_PERMUTED = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)


def _is_own(value: str, own: OwnWords) -> bool:
    return own.are_number(value) or own.occur_in(value)


@cache
def _meanings(scheme: str) -> dict[str, str]:
    """Code → meaning as PS3.16 writes it."""
    found: dict[str, str] = {}
    listed: dict[str, dict[str, tuple[str, list[int]]]] = concepts.get(scheme, {})  # type: ignore[assignment]  # inferred too wide
    for codes in listed.values():
        for code, (meaning, _) in codes.items():
            found.setdefault(code, meaning[:64])
    return found
