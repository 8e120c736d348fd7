"""The person's own words: what must not pass the wall in any text that is otherwise let through.

Collected from every attribute of the received object that the profile takes away because it identifies (names, numbers,
birth date, institution and the like, at every depth); descriptions are left out, since they also hold words such as CHEST.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pydicom.datadict import dictionary_has_tag, dictionary_VR
from pydicom.dataset import Dataset
from pydicom.multival import MultiValue
from pydicom.sequence import Sequence

from radiary.dicom import header
from radiary.dicom.profile import Action, action, is_description

_TEXT_VRS = frozenset({"AE", "CS", "LO", "LT", "PN", "SH", "ST", "UC", "UT"})
_BIRTH_DATE = 0x00100030
_GLUED = 5
"""Letters or digits from which on a word is looked for inside other words, too; a shorter one only stands alone."""
_BARRED = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i"})
"""Letters that Unicode does not take apart into a plain one and a mark."""
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "æ": "ae"})


@dataclass(frozen=True)
class OwnWords:
    """Words and numbers in normal form (`_forms`)."""

    words: frozenset[str]

    def occur_in(self, text: str) -> bool:
        """Whether any of them stands in `text`, in any case, accent, script of separators, or glued to its neighbours."""
        forms = _forms(text)
        alone = {word for form in forms for word in form.split()}
        glued = [form.replace(" ", "") for form in forms]
        return any(word in alone or (_is_long(word) and any(word in one for one in glued)) for word in self.words)

    def are_number(self, text: str) -> bool:
        """Whether `text` is, but for signs, dots and leading zeros, one of their numbers of five digits or more."""
        digits = re.sub(r"\D", "", text).lstrip("0")
        return len(digits) >= _GLUED and any(word.isdigit() and word.lstrip("0") == digits for word in self.words)


def of(received: Dataset) -> OwnWords:
    """The own words of the person that `received` is about, and of everybody else it names."""
    return OwnWords(frozenset(_found(received)))


def _found(received: Dataset) -> Iterator[str]:
    for tag in received.keys():  # noqa: SIM118 - iterating a Dataset decodes every element
        vr = dictionary_VR(tag) if dictionary_has_tag(tag) else ""
        if vr == "SQ":
            items = header.value(received, int(tag))
            for item in items if isinstance(items, Sequence) else ():
                yield from _found(item)
        elif int(tag) == _BIRTH_DATE:
            yield from _dates(str(header.value(received, int(tag)) or ""))
        elif vr in _TEXT_VRS and _identifies(int(tag)):
            value = header.value(received, int(tag))
            for one in value if isinstance(value, MultiValue) else [value]:
                yield from _words(str(one or ""))


def _words(text: str) -> Iterator[str]:
    """Each word, and a number written with separators as one."""
    for form in _forms(text):
        yield from (word for word in form.split() if len(word) > 1 or not word.isascii())
    if re.fullmatch(r"[\d\s./-]{5,}", text.strip()):
        yield re.sub(r"\D", "", text)


def _dates(text: str) -> Iterator[str]:
    """A birth date the ways people write it, without separators."""
    digits = re.sub(r"\D", "", text)[:8]
    if len(digits) == 8:
        year, month, day = digits[:4], digits[4:6], digits[6:]
        yield from (digits, day + month + year, month + day + year, day + month + year[2:], year[2:] + month + day)


@cache
def _identifies(tag: int) -> bool:
    return action(tag) in (Action.REMOVE, Action.EMPTY, Action.REPLACE) and not is_description(tag)


@cache
def _forms(text: str) -> tuple[str, ...]:
    """Lower case, words separated by one blank, accents gone: ü as u, and as ue."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    spelled = folded.translate(_UMLAUTS)
    plain, spelled = (
        "".join(one for one in unicodedata.normalize("NFKD", form.translate(_BARRED)) if not unicodedata.combining(one))
        for form in (folded, spelled)
    )
    return tuple({" ".join(re.findall(r"[^\W_]+", form)) for form in (plain, spelled)})


def _is_long(word: str) -> bool:
    return len(word) >= _GLUED or not word.isascii()
