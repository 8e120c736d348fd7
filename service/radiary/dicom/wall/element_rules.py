"""What of a data set may pass the wall, element by element: the rules that `deidentify.py` lists."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import numpy as np
from pydicom.datadict import dictionary_has_tag, dictionary_VM, dictionary_VR
from pydicom.dataelem import DataElement, RawDataElement
from pydicom.dataset import Dataset
from pydicom.multival import MultiValue
from pydicom.sequence import Sequence
from pydicom.tag import BaseTag
from pydicom.values import convert_value

from radiary.dicom.read import display_attributes, display_values, elements, header
from radiary.dicom.wall import (
    attributes,
    bulk_data,
    coded_strings,
    codes,
    curves,
    dates,
    defined_terms,
    descriptions,
    profile,
    safe_private,
    word_lists,
)
from radiary.dicom.wall.own_words import OwnWords
from radiary.dicom.wall.profile import Action, Profile
from radiary.dicom.wall.pseudonym import Pseudonyms
from radiary.model.nouns import Person, Policy

_NUMBERS = frozenset({"AT", "FD", "FL", "SL", "SS", "SV", "UL", "US", "UV"})
_FORMS = {
    "AS": re.compile(r"\d{3}[DWMY]"),
    "CS": re.compile(r"[A-Za-z0-9 _/+.-]{0,32}"),
    "DA": re.compile(r"\d{4}\.?\d\d\.?\d\d"),
    "DS": re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?"),
    "DT": re.compile(r"\d{4,14}(\.\d{1,6})?([-+]\d{4})?"),
    "IS": re.compile(r"[-+]?\d{1,12}"),
    "TM": re.compile(r"\d\d:?(\d\d:?(\d\d(\.\d{1,6})?)?)?"),
}
"""Whole values as PS3.5 Table 6.2-1 defines them; with old separators of dates and times, and makers' signs in codes."""

_UID = re.compile(r"\d+(\.\d+)+")
_MILLIONS = re.compile(r"[-+]?0*[1-9]\d{6}(?!.*[eE])")
_OFFSET = re.compile(r"[-+]\d{4}")
_WORDED = frozenset({"AE", "LO", "LT", "PN", "SH", "ST", "UC", "UR", "UT"})
_NAME, _PATIENT_ID, _AGE = 0x00100010, 0x00100020, 0x00101010
_TIMEZONE = 0x00080201
_PIXEL_VRS = frozenset({"OB", "OW", "OF", "OD", "OB or OW"})
_LABEL, _MANY = 2, 64
"""Letters of a label, such as a coil's, too short to identify; numbers of one attribute that are compared with own numbers."""
_DATE_VRS = frozenset({"DA", "DT", "LO", "LT", "SH", "ST", "UC", "UT", "CS"})
"""VRs in which programs write dates."""
_CHANCE = 5
"""Digits of the longest number of a series or an image that equals one of hers by chance."""


@dataclass(frozen=True)
class Passage:
    """The rules for all instances on the same terms: `person`, policy, `days` that dates move by, and `words` that must not pass.

    The slices of a series share most of their elements, byte for byte, and the same bytes always pass in the same way: what
    became of an element is remembered in `_known`.
    """

    pseudonyms: Pseudonyms
    policy: Policy
    person: Person
    days: int | None
    words: OwnWords
    is_big_endian: bool
    _known: elements.Memory[RawDataElement | None] = field(default_factory=elements.Memory, repr=False, compare=False)

    def cleaned(self, received: Dataset, *, is_top: bool = False, encoding: str = "") -> Dataset:
        """What of a data set may pass; `encoding` is the character set that an item inherits (`elements.encoding`)."""
        encoding = elements.encoding(received, encoding)
        table = profile.under(self.policy)
        creators = _creators(received) if self.policy.retain_safe_private else {}
        passed: dict[BaseTag, DataElement | RawDataElement] = {}
        for tag, received_element in elements.in_order(received):
            element: DataElement | RawDataElement | None = None
            if tag >> 16 & 1:
                element = self._private(received, tag, creators)
            elif tag in attributes.PIXELS:
                element = received[tag] if is_top and received[tag].VR in _PIXEL_VRS else None
            else:
                element = self._public(received, received_element, table=table, encoding=encoding)
            if element is not None:
                passed[elements.tag_of(tag)] = element
        clean = elements.dataset(passed)
        elements.resolve_vrs(clean)
        _name_creators(clean, creators)
        codes.clean_code(clean, self.words, self.pseudonyms)
        codes.remove_personal_values(clean)
        for kind, said in attributes.KINDS_OF.items():
            if kind in clean and said not in clean:
                del clean[kind]
        bulk_data.trim(clean, is_top=is_top)
        return clean

    def _private(self, received: Dataset, tag: int, creators: Mapping[int, str]) -> DataElement | None:
        """A private element, if it is a number that Table E.3.10-1 calls safe in its creator's block."""
        vr = safe_private.vr(creators.get(tag >> 16 << 16 | (tag >> 8 & 0xFF), ""), tag)
        raw = received.get_item(tag) if vr else None
        if vr is None or raw is None:
            return None
        try:
            if raw.VR in (None, "UN"):
                received[tag] = DataElement(tag, vr, convert_value(vr, raw))  # type: ignore[arg-type]  # a raw element here
            element = received[tag]
            is_number = vr == element.VR and not isinstance(element.value, bytes)
            return self._element(element) if is_number else None
        except header.UNREADABLE:
            return None

    def _public(
        self, received: Dataset, element: DataElement | RawDataElement, *, table: Profile, encoding: str
    ) -> DataElement | RawDataElement | None:
        """A standard element as it may leave, raw and remembered by its bytes where they alone decide (`elements.key`)."""
        key = elements.key(element, encoding)
        if key is not None and key in self._known:
            return self._known[key]
        tag = int(element.tag)
        chosen = table.action(tag)
        if chosen is Action.REMOVE or not dictionary_has_tag(tag) or tag == attributes.SCHEMES:
            return self._known.keep(key, None)
        if key is None:
            return self._treated(received, tag, chosen=chosen, encoding=encoding)
        try:
            passed = self._treated(received, tag, chosen=chosen, encoding=encoding)
            return self._known.keep(key, elements.raw(passed) if passed is not None else None)
        except header.UNREADABLE:
            return self._known.keep(key, None)

    def _treated(self, received: Dataset, tag: int, *, chosen: Action | None, encoding: str) -> DataElement | None:
        """A standard element as the table's action makes it, else as its VR's rule does; None when it does not pass."""
        if chosen in (Action.EMPTY, Action.REPLACE) and dictionary_VR(tag) != "UI":
            return self._substitute(tag, chosen)
        try:
            element = _dated(display_values.understood(received, tag))
            if (element.VR == "SQ") != (dictionary_VR(tag) == "SQ"):
                return None
            if element.VR == "SQ":
                return self._sequence(element, encoding=encoding)
            if not element.VM:
                return DataElement(tag, element.VR, None)
            return self._retained(element) if chosen is Action.KEEP else self._element(element)
        except header.UNREADABLE:
            return None
        except display_values.NotUnderstoodError:
            if dictionary_VR(tag) == "SQ" and tag not in display_attributes.SEQUENCES:
                return None
            raise

    def _sequence(self, element: DataElement, *, encoding: str) -> DataElement | None:
        """A sequence of the items of which something passes; None when nothing does, but for one that was received empty."""
        tag = int(element.tag)
        items = [self.cleaned(item, encoding=encoding) for item in element.value]
        if tag == curves.WAVEFORMS:
            items = [item for item in items if curves.is_known(item)]
        if tag in attributes.SAYING:
            items = [item for item in items if any(one in item for one in attributes.SAYING[tag])]
        if tag not in attributes.FRAMES:
            items = [item for item in items if len(item)]
        is_left_out = (
            bool(element.value) and not any(map(len, items)) and tag not in attributes.EMPTY_SEQUENCES | attributes.FRAMES
        )
        return None if is_left_out else DataElement(tag, "SQ", Sequence(items))

    def _retained(self, element: DataElement) -> DataElement | None:
        """An element that an option retains: as it is, unless it holds own words; an age becomes 90 at most."""
        if element.tag == _AGE:
            return DataElement(_AGE, "AS", _capped(str(element.value)))
        if element.tag in profile.SIZE_AND_WEIGHT and not self.policy.retain_patient_characteristics:
            return _rounded(element)
        if element.VR not in _WORDED:
            return self._element(element)
        return None if any(self.words.occur_in(str(text)) for text in _values(element.value)) else element

    def _element(self, element: DataElement) -> DataElement | None:
        """The element as it may leave, or None. Its VR is the one it was read with."""
        tag, vr, value = int(element.tag), element.VR, element.value
        if vr == "UI":
            uids = _values(value)[:1] if dictionary_has_tag(tag) and dictionary_VM(tag) == "1" else _values(value)
            return DataElement(tag, "UI", [self._uid(uid) for uid in uids])
        if vr in _NUMBERS or " or " in vr:
            return element if tag in bulk_data.ATTRIBUTES or self._is_number(element) else None
        if vr in _FORMS:
            return self._in_form(element)
        if isinstance(value, bytes) and tag in bulk_data.MEASURED:
            return self._measured(element)
        if isinstance(value, bytes):
            return self._bulk(element) if tag in bulk_data.ATTRIBUTES and vr != "UN" else None
        return self._text(element)

    def _is_number(self, element: DataElement) -> bool:
        """Whether numbers are no more than their attribute may hold, none is an own one, and tags (AT) are registered.

        Otherwise a word could be hidden in their bytes. What displays, orders or measures may be equal to an own number.
        """
        if isinstance(element.value, bytes):
            return False
        if element.VR == "AT":
            return all(dictionary_has_tag(tag) for tag in _values(element.value))
        is_needed = int(element.tag) in display_attributes.ALL
        if not is_needed and any(self._is_own(number, element.VR) for number in islice(_values(element.value), _MANY)):
            return False
        most = dictionary_VM(element.tag) if not element.tag.is_private else "1-n"
        return most.endswith("n") or int(most.split("-")[-1]) >= element.VM

    def _is_own(self, number: Any, vr: str) -> bool:
        return self.words.are_number(str(number)) or (vr == "FL" and self.words.are_rounded(number))

    def _uid(self, uid: Any) -> str:
        """The pseudonym of a UID, or of a text that has no UID's form; a UID itself where the policy retains them."""
        text = str(uid).strip(" \0")
        if self.policy.retain_uids and _UID.fullmatch(text):
            return text
        return self.pseudonyms.uid(text) if _UID.fullmatch(text) or not text else self.pseudonyms.uid(f"no uid {text}")

    def _bulk(self, element: DataElement) -> DataElement:
        """Bulk data as it may leave: lookup tables of a big-endian object in little endian."""
        if not self.is_big_endian or element.VR != "OW":
            return element
        return DataElement(element.tag, "OW", np.frombuffer(element.value, ">u2").astype("<u2").tobytes())

    def _measured(self, element: DataElement) -> DataElement | None:
        """Measured fractions as they may leave, in little endian; None for what they cannot be."""
        tag, content = int(element.tag), element.value
        if self.is_big_endian and len(content) % np.dtype(bulk_data.MEASURED[tag]).itemsize == 0:
            kind = np.dtype(bulk_data.MEASURED[tag])
            content = np.frombuffer(content, kind.newbyteorder(">")).astype(kind).tobytes()
        is_measured = bulk_data.are_measured(tag, content, self.words)
        return DataElement(tag, dictionary_VR(tag), content) if is_measured and element.VR != "UN" else None

    def _in_form(self, element: DataElement) -> DataElement | None:
        """A value of a VR that demands a form (`_FORMS`), if it has it; None otherwise."""
        tag, vr = int(element.tag), str(element.VR)
        texts = [str(getattr(value, "original_string", value)).strip(" \0") for value in _values(element.value)]
        if not all(not text or _FORMS[vr].fullmatch(text) for text in texts):
            return None
        if tag in display_attributes.ENUMERATED:
            return element
        if vr in ("DA", "DT", "TM"):
            return self._date(element, texts)
        if vr == "CS":
            return self._coded_string(element, texts)
        if vr == "AS":
            return element if texts == [_capped(text) for text in texts] else DataElement(tag, vr, list(map(_capped, texts)))
        is_hers = not _is_needed(tag, texts) and any(self.words.are_number(text) for text in texts)
        return DataElement(tag, vr, None) if is_hers or any(self._may_tell(tag, text) for text in texts) else element

    def _may_tell(self, tag: int, text: str) -> bool:
        """Whether a decimal or integer string may be a number that somebody typed, the patient's or anybody else's."""
        is_short = tag in attributes.NUMBERS_BY_HOSPITALS and self.words.are_short_number(text.lstrip("+0"))
        may_be_large = tag in attributes.LARGE_NUMBERS or tag in display_attributes.DISPLAYING
        return is_short or (not may_be_large and _MILLIONS.match(text) is not None)

    def _coded_string(self, element: DataElement, texts: list[str]) -> DataElement | None:
        """A coded string: terms pass even if the person is called so; of other values the safe ones, in their places."""
        tag = int(element.tag)
        if tag in attributes.TERMS and all(map(coded_strings.is_term, texts)):
            return element
        safe = [
            text if coded_strings.is_coded(text, self.words) or defined_terms.are_terms(tag, [text]) else "" for text in texts
        ]
        if safe == texts:
            return element
        if tag in attributes.REQUIRED:
            return DataElement(tag, "CS", "REMOVED")
        return (
            DataElement(tag, "CS", safe if any(safe) and len(safe) > 1 else None)
            if tag in attributes.TERMS or any(safe)
            else None
        )

    def _date(self, element: DataElement, texts: list[str]) -> DataElement | None:
        """A date or time as the policy wants it; the birth date is emptied unless it is a date of the exam."""
        tag, vr = int(element.tag), str(element.VR)
        if tag not in attributes.EXAM_DATES and any(self.words.are_number(re.sub(r"\D", "", text)[:8]) for text in texts):
            return DataElement(tag, vr, None)
        if self.policy.dates == "keep":
            return element
        moved = [dates.changed(text, vr, self.policy, days=self.days) for text in texts]
        return DataElement(tag, vr, None if None in moved else moved)

    def _text(self, element: DataElement) -> DataElement | None:
        """A text: makers and models as they are when listed, labels of one or two letters, of anything else the safe words."""
        tag, texts = int(element.tag), [str(text) for text in _values(element.value)]
        if tag in codes.CODE:
            return element
        if tag == _TIMEZONE:
            return element if self.policy.dates == "keep" and all(map(_OFFSET.fullmatch, texts)) else None
        if tag in attributes.TECHNICAL:
            more = word_lists.machines(attributes.TECHNICAL[tag])
            is_coded = all(len(text) <= 64 and coded_strings.is_coded(text, self.words, more) for text in texts)
            return element if is_coded else DataElement(tag, element.VR, "REMOVED" if tag in attributes.REQUIRED else None)
        if all(len(text) <= _LABEL and text.isascii() and not self.words.occur_in(text) for text in texts):
            return element
        if not self.policy.clean_descriptors or element.VR not in _WORDED - {"AE", "PN", "UR"}:
            return None
        keeps_years = self.policy.dates == "keep"
        cleaned = (descriptions.cleaned(text, self.words, self.policy.words, keeps_years=keeps_years) for text in texts)
        safe = [
            words
            for words, text in zip(cleaned, texts, strict=True)
            if words and self._may_be_cut(element.VR, shortened=words, text=text)
        ]
        safe = safe or ["REMOVED"] * (tag in attributes.REQUIRED)
        return DataElement(tag, element.VR, safe or None) if safe or tag in attributes.EMPTIED else None

    def _may_be_cut(self, vr: str, *, shortened: str, text: str) -> bool:
        """Whether a text may leave in its shortened form: a sentence must have kept all of its words."""
        return vr not in attributes.SENTENCES or re.findall(r"\w+", shortened) == re.findall(r"\w+", text)

    def _substitute(self, tag: int, chosen: Action) -> DataElement | None:
        """An empty or a dummy value; the person's code in place of name and number."""
        vr = dictionary_VR(tag)
        if tag in (_NAME, _PATIENT_ID):
            return DataElement(tag, vr, self.person.code)
        if vr == "SQ":
            return DataElement(tag, vr, Sequence()) if tag in attributes.EMPTY_SEQUENCES else None
        if chosen is Action.EMPTY:
            return DataElement(tag, vr, None)
        return DataElement(tag, vr, _DUMMIES.get(vr, "REMOVED"))


def _dated(element: DataElement) -> DataElement:
    """A date in another form, or written as a text, as the standard has it; anything else as it is."""
    vr = dictionary_VR(element.tag)
    if vr not in ("DA", "DT") or element.VR not in _DATE_VRS or isinstance(element.value, bytes):
        return element
    texts = [str(getattr(value, "original_string", value)) for value in _values(element.value) if value is not None]
    anew = [dates.rewritten(text, vr) for text in texts]
    return element if (anew == texts and vr == element.VR) or not any(anew) else DataElement(element.tag, vr, anew)


def _is_needed(tag: int, texts: list[str]) -> bool:
    """Whether numbers display, order or measure: they pass even if they equal one of hers by chance.

    A long number that a system chose for a series or an image is none by chance.
    """
    is_chosen = tag in display_attributes.COUNTING and any(len(text) > _CHANCE for text in texts)
    return tag in display_attributes.ALL and not is_chosen


def _creators(received: Dataset) -> dict[int, str]:
    """Private blocks, as group << 16 | block, → their creators (PS3.5 7.8.1)."""
    tags = map(int, received.keys())
    reserved = (tag for tag in tags if tag >> 16 & 1 and 0x10 <= tag & 0xFFFF <= 0xFF)
    return {tag: str(header.value(received, tag) or "").strip() for tag in reserved}


def _name_creators(clean: Dataset, creators: Mapping[int, str]) -> None:
    """Add the creators of the private blocks of which something passed: all are names out of Table E.3.10-1."""
    tags = map(int, clean.keys())
    for block in {tag >> 16 << 16 | (tag >> 8 & 0xFF) for tag in tags if tag >> 16 & 1}:
        clean[block] = DataElement(block, "LO", creators[block])


def _capped(age: str) -> str:
    """An age, at most 90 years: the very old are few enough to be recognized (PS3.15 E.3.6 leaves it to the implementation)."""
    if not _FORMS["AS"].fullmatch(age):
        return ""
    return f"{min(int(age[:3]), 90):03d}Y" if age[3] == "Y" else age


def _rounded(element: DataElement) -> DataElement:
    """Patient's Size to the centimetre, Weight to the kilogram; empty where it is no number."""
    digits = 2 if element.tag == profile.SIZE_AND_WEIGHT[0] else 0
    is_number = _FORMS["DS"].fullmatch(str(element.value).strip()) is not None
    return DataElement(element.tag, "DS", f"{float(element.value):.{digits}f}" if is_number else None)


_DUMMIES: dict[str, Any] = {
    "AS": "000Y", "DA": "19000101", "DS": "0", "DT": "19000101000000", "IS": "0", "OB": b"\0\0", "TM": "000000",
    "UN": b"\0\0", "UR": "about:blank", "US": 0,
}  # fmt: skip
"""Dummy values by VR, where the table demands a value; `REMOVED` for texts."""


def _values(value: Any) -> list[Any]:
    """The values of an element that may have one or several."""
    return list(value) if isinstance(value, MultiValue | list | tuple) else [value]
