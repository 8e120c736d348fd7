"""The last look before anything is shown: the real identifiers of everybody known, searched in every byte that is to be written.

Names, numbers and birth dates are looked for as text (UTF-8, UTF-16, ISO 2022 and the code pages of Europe) and in base64.
What is found is named by its place, never by its value.
"""

import base64
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise, permutations

from radiary.chronicle.any_of import AnyOf
from radiary.dicom.wall import identity_forms, word_lists
from radiary.model.nouns import Identity

_LEAST = 4
"""Letters or digits of the shortest word that is looked for: shorter ones stand in any text by chance."""
_SHORTEST_DATE = 6
"""Digits and letters of a birth date that is looked for."""
_LONG = 6
"""Bytes of the shortest word that is looked for in a picture's file."""
_VARIED = 3
"""Different bytes of such a word, at least: even ground is one or two bytes over and over, and so is a name such as `XXXXXX`."""
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "latin-1", "cp1250", "cp1251", "cp1253", "iso2022_jp", "euc_kr", "gb18030")
_TITLES = frozenset("title prof mrs drs dokter doctor docteur herr frau mevrouw dhr mme monsieur madame".split())
"""What stands before a family name; `title` for abbreviations with a dot, which are modalities without: DR, MR, MS."""
_ABBREVIATED = re.compile(r"\b(?:dr|mr|ms|mw)\.")
_PICTURE = re.compile(rb"data:image/[a-z]+;base64,[A-Za-z0-9+/=]+")


@dataclass(frozen=True)
class Gate:
    """What must not pass."""

    _words: tuple[bytes, ...] = field(repr=False)
    """Each in every encoding, in small letters, in capitals and as a name is written."""
    _codes: tuple[bytes, ...] = field(repr=False)
    _long: AnyOf = field(repr=False)
    """Words that do not stand among the bytes of a picture by chance, as they are mostly written."""
    _any: AnyOf = field(repr=False)
    """Any of the words and codes, wherever: most texts hold none, and need no second look."""
    _names: frozenset[tuple[str, str]] = field(default=frozenset(), repr=False)
    """Two words of a name beside each other, or a title and a name: of words that stand in any text by themselves."""

    def stops(self, pages: Mapping[str, bytes], pictures: Iterable[tuple[str, bytes]]) -> list[str]:
        """The places, of `pages` and `pictures` by their name, in which something identifying stands.

        Pictures come one after another: all of them would fill the memory.
        """
        places = [place for place, data in pages.items() if self._is_in(data) or self._is_in(place.encode())]
        return places + [place for place, data in pictures if self._long.is_in(data) or self._is_in(place.encode())]

    def _is_in(self, data: bytes) -> bool:
        rest = _PICTURE.sub(b"", data)  # a picture in a page is looked at as a file of its own
        lower = rest.lower()  # of ASCII alone, whose letters other encodings use within a character: both are searched
        return self._says(rest, lower) or self._names_somebody(rest)

    def _says(self, rest: bytes, lower: bytes) -> bool:
        texts = [text for text in (rest, lower) if self._any.is_in(text)]
        if not texts:
            return False
        is_said = any(form in text and _stands_alone(form, text) for text in texts for form in self._words)
        return is_said or any(code in rest for code in self._codes)

    def _names_somebody(self, data: bytes) -> bool:
        """Whether two words that make a name stand beside each other, `van` and the like between them or not."""
        if not self._names:
            return False
        text = _ABBREVIATED.sub("title", word_lists.folded(data.decode(errors="replace")))
        words = re.findall(r"[^\W_]+", text)
        firm = [word for word in words if word not in word_lists.particles()]
        return any(pair in self._names for row in (words, firm) for pair in pairwise(row))


def gate_against(people: Iterable[Identity], known: bytes, others: Iterable[str] = (), *, spoken: Collection[str] = ()) -> Gate:
    """The gate for everybody known, and for `others` by their names: physicians, whom headers name.

    `spoken` are words that Radiary says on every page, in small letters.

    Words that stand in `known`, a page about nobody, and those of Radiary's own vocabulary, such as body parts, are no sign of
    anybody; the wall has dropped them where they were hers.
    """
    vocabulary = word_lists.coded() | frozenset(spoken)
    people, others = list(people), list(others)
    lower = known.lower()
    said = {word for one in people for word in _words(one) if word.encode() not in lower}
    usual = vocabulary | word_lists.ambiguous() | word_lists.particles()
    named = {word for name in others for word in _words(Identity(name, "", "", "")) if word not in usual}
    said |= {word for word in named if word.encode() not in lower}
    words = {word for word in said if word not in vocabulary and not (word.isdigit() and len(word) <= _LEAST)}
    cased = {one for word in words for one in (word, word.upper(), word.title())}
    forms = {form for word in cased for form in _forms(word)}
    codes = {code for word in cased for code in _base64(word.encode())}
    long = {form for form in forms if len(form) >= _LONG and len(set(form) - {0}) >= _VARIED}
    names = {pair for name in (*others, *(one.name for one in people)) for pair in _pairs(name, usual)}
    return Gate(
        tuple(sorted(forms)),
        tuple(sorted(codes)),
        _long=AnyOf(long),
        _any=AnyOf(forms | codes),
        _names=frozenset(names - _neighbours(known)),
    )


def _stands_alone(form: bytes, text: bytes) -> bool:
    return re.search(rb"(?<![0-9A-Za-z])" + re.escape(form) + rb"(?![0-9A-Za-z])", text) is not None


def _pairs(name: str, usual: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Words of a name that stand beside each other in any order, and titles before its family name; no two `usual` words."""
    for written in name.split("="):
        for form in identity_forms.spellings(written):
            words = [word for word in form.split() if len(word) > 1 or not word.isascii()]
            firm = [word for word in words if word not in word_lists.particles()]
            yield from (pair for pair in permutations(words, 2) if not usual.issuperset(pair) and pair[0] not in _TITLES)
            yield from ((title, firm[0]) for title in _TITLES if firm)


def _neighbours(known: bytes) -> set[tuple[str, str]]:
    """Words that stand beside each other in a page about nobody."""
    return set(pairwise(re.findall(r"[^\W_]+", word_lists.folded(known.decode(errors="replace")))))


def _words(identity: Identity) -> Iterator[str]:
    """Names, numbers and the birth date of a person as they may be written, in lower case."""
    for text in (identity.name, identity.identifier):
        as_written = re.findall(r"[^\W_]+", text.casefold())
        for word in (*as_written, *identity_forms.words(text)):
            if len(word) >= _LEAST or not word.isascii():
                yield word
        glued = re.sub(r"[\W_]+", "", text).casefold()
        if len(glued) > _LEAST:
            yield glued
    for parts in identity_forms.dates(identity.birth_date):
        yield from (sign.join(parts) for sign in ("", " ", "-", ".", "/") if len("".join(parts)) >= _SHORTEST_DATE)


def _forms(word: str) -> Iterator[bytes]:
    """A word in every encoding that has its letters; one byte alone is a part of other letters in any text."""
    for encoding in _ENCODINGS:
        try:
            form = word.encode(encoding)
        except UnicodeEncodeError:
            continue
        if len(form) > 1:
            yield form


def _base64(word: bytes) -> Iterator[bytes]:
    """What base64 makes of a word wherever it begins; the letters at the ends, which share bits with neighbours, left out."""
    for before in range(3):
        coded = base64.b64encode(bytes(before) + word + bytes(-(before + len(word)) % 3))
        inner = coded[-(-before * 8 // 6) : (before + len(word)) * 8 // 6]
        if len(inner) >= 8:
            yield inner
