"""The person's own words: what must not pass the wall in any text that is otherwise let through.

Collected from every attribute of the received object that the profile takes away because it identifies (names, numbers,
birth date, institution and the like, at every depth); descriptions are left out, since they also hold words such as CHEST.
"""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from itertools import islice

from pydicom.datadict import dictionary_has_tag, dictionary_VR
from pydicom.dataset import Dataset
from pydicom.multival import MultiValue
from pydicom.sequence import Sequence

from radiary.dicom.read import elements, header
from radiary.dicom.wall import identity_forms, profile, word_lists
from radiary.dicom.wall.dates import written_day
from radiary.dicom.wall.profile import Action, is_description
from radiary.model.nouns import Identity, Policy

_TEXT_VRS = frozenset({"AE", "CS", "LO", "LT", "PN", "SH", "ST", "UC", "UT"})
_BIRTH_DATE = 0x00100030
_PATIENT = 0x0010
"""The patient's group: its words count as own words even when they are listed; those of machines and places only when not."""
_MOST, _LONGEST = 20_000, 4_000
"""Words of one object, and characters of one text, that are read: no honest object has more."""
_SHORTEST_DATE = 6
"""Digits and letters of the shortest date that is looked for: a shorter one stands in numbers by chance."""
_SHORT = 4
_EXACT_DIGITS = 38
"""Digits of a number that four bytes cannot hold, rounded or not."""
_NUMBERS_OF_PEOPLE = frozenset({0x00080050, 0x00100020, 0x00101000, 0x00101001, 0x00380010})
"""Accession Number, Patient ID, Other Patient IDs and Names, Admission ID: numbers of four digits count as own ones."""
_GLUED = 5
"""Letters or digits of the shortest word that is looked for inside other words, too; a shorter one only as a word of its own."""


_FOUR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_SHORT_NUMBER, _BIRTHDAY = _MARKS = "=#"
"""What numbers of four digits and days of birth (month and day) are marked with among own words: signs that stand in no word."""


@dataclass(frozen=True)
class OwnWords:
    """Words and numbers that identify the people of an object, in normal form (`identity_forms.spellings`)."""

    words: frozenset[str]

    def occur_in(self, text: str) -> bool:
        """Whether any of them stands in `text`: in any case, with or without accents, in parts, or glued to other words."""
        spellings = identity_forms.spellings if len(text) <= _LONGEST else identity_forms.spellings.__wrapped__
        forms = spellings(text)
        alone = {word for form in forms for word in (*form.split(), *_FOUR.findall(form))}
        glued = [form.replace(" ", "") for form in forms]
        return any(word in alone or (_is_long(word) and any(word in form for form in glued)) for word in self.words)

    def are_number(self, text: str) -> bool:
        """Whether `text` is, but for signs, exponent, fraction and leading zeros, one of their numbers of five digits or more."""
        try:
            digits = str(abs(int(Decimal(text.strip()))))
        except (ArithmeticError, ValueError):
            digits = re.sub(r"\D", "", text).lstrip("0")
        return len(digits) >= _GLUED and digits in self._numbers

    def are_rounded(self, number: float) -> bool:
        """Whether `number` is one of their numbers of more digits than four bytes hold, as those round it."""
        return abs(number) in self._rounded_numbers

    def are_in(self, digits: str) -> bool:
        """Whether one of their numbers stands among `digits`."""
        return any(number in digits for number in self._numbers)

    def are_short_number(self, digits: str) -> bool:
        """Whether `digits` are one of their numbers of four digits, which are theirs where they stand alone."""
        return _SHORT_NUMBER + digits in self.words

    def are_birthday(self, one: str, other: str) -> bool:
        """Whether two numbers are the day and the month of a birth, in any order."""
        parts = one.zfill(2), other.zfill(2)
        return bool({_BIRTHDAY + "".join(parts), _BIRTHDAY + "".join(reversed(parts))} & self.words)

    @cached_property
    def _numbers(self) -> frozenset[str]:
        written = (word for word in self.words if word[0] not in _MARKS)
        runs = (run.lstrip("0") for word in written for run in re.findall(r"\d+", word))
        return frozenset(run for run in runs if len(run) >= _GLUED)

    @cached_property
    def _rounded_numbers(self) -> frozenset[float]:
        return frozenset(
            struct.unpack("f", struct.pack("f", int(number)))[0] for number in self._numbers if len(number) < _EXACT_DIGITS
        )


def in_identity(identity: Identity) -> OwnWords:
    """The own words of one person, from the identity alone."""
    words = [*identity_forms.words(identity.name), *identity_forms.words(identity.identifier), *_dates(identity.birth_date)]
    words += _short_numbers(identity.identifier)
    return OwnWords(frozenset(words))


def in_object(received: Dataset) -> OwnWords:
    """The own words of the patient that `received` is about, and of everybody else it names."""
    encoding = elements.encoding(received, "")
    naming = [element for tag, element in received.items() if _may_name_somebody(tag)]
    keys = elements.keys(naming, encoding)
    if keys in _words_by_elements:
        return _words_by_elements[keys]
    return _words_by_elements.keep(keys, OwnWords(frozenset(islice(_words_in(received), _MOST))))


_words_by_elements: elements.Memory[OwnWords] = elements.Memory(64)
"""The own words of whole objects, by their elements that name people: the same bytes in every slice of an exam."""


def _words_in(received: Dataset, inherited: str = "") -> Iterator[str]:
    """The own words of a data set or an item; `inherited` is the character set around it."""
    encoding = elements.encoding(received, inherited)
    for tag, element in elements.in_order(received):
        if not _may_name_somebody(tag):
            continue
        key = elements.key(element, encoding)
        if key is not None and key in _words_by_element:
            yield from _words_by_element[key]
        else:
            yield from _words_by_element.keep(key, tuple(islice(_words_of_element(received, tag, encoding), _MOST)))


_words_by_element: elements.Memory[tuple[str, ...]] = elements.Memory()
"""The own words of single elements: the slices of an exam name the same people again and again."""


@cache
def _may_name_somebody(tag: int) -> bool:
    """Whether an attribute identifies somebody, or is a sequence that may hold one that does."""
    vr = dictionary_VR(tag) if dictionary_has_tag(tag) else ""
    return vr == "SQ" or tag == _BIRTH_DATE or (vr in _TEXT_VRS and _identifies(tag))


def _words_of_element(received: Dataset, tag: int, encoding: str) -> Iterator[str]:
    """The own words that one element holds."""
    value = header.value(received, tag)
    if dictionary_VR(tag) == "SQ":
        for item in value if isinstance(value, Sequence) else ():
            yield from _words_in(item, encoding)
    elif tag == _BIRTH_DATE:
        yield from _dates(str(value or ""))
    else:
        is_persons = dictionary_VR(tag) == "PN" or tag >> 16 == _PATIENT
        for text in value if isinstance(value, MultiValue) else [value]:
            yield from _short_numbers(str(text or "")) if tag in _NUMBERS_OF_PEOPLE else ()
            yield from (
                word for word in identity_forms.words(str(text or "")[:_LONGEST]) if is_persons or word not in word_lists.coded()
            )


def _dates(text: str) -> Iterator[str]:
    """A birth date in every way that people write it, without separators, and its year."""
    for parts in identity_forms.dates(text):
        if len("".join(parts)) >= _SHORTEST_DATE:
            yield "".join(parts)
    digits = written_day(text) or re.sub(r"\D", "", text)[:8]
    if len(digits) == 8:
        yield digits[:4]
        yield _BIRTHDAY + digits[4:]


def _short_numbers(text: str) -> Iterator[str]:
    """A number of a person that has four digits, marked as that."""
    digits = re.sub(r"\D", "", text)
    if len(digits) == _SHORT:
        yield _SHORT_NUMBER + digits


@cache
def _identifies(tag: int) -> bool:
    """Whether the Basic Profile takes an attribute away, and it is no description."""
    chosen = profile.under(Policy()).action(tag)
    return chosen in (Action.REMOVE, Action.EMPTY, Action.REPLACE) and not is_description(tag)


def _is_long(word: str) -> bool:
    """Whether a word is looked for inside other words, too; one that is not ASCII always is: a Chinese name is short."""
    return len(word) >= _GLUED or not word.isascii()
