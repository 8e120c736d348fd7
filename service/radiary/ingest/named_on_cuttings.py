"""Whether what was read on a part of a page tells who it is about: known names, numbers and birth dates, misread ones, too.

Whom else a paper names, such as its physicians, see `others_on_cuttings`.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from radiary.chronicle import identity_gate
from radiary.dicom.wall import identity_forms, word_lists
from radiary.model.nouns import Identity

_LEAST = 3
"""Letters of the shortest name that is looked for by itself, as a whole word."""
_LONG = 5
"""Letters or digits from which on one is found within other letters, and with a letter misread."""
_LONGER = 8
"""Letters from which on two may be misread."""
_DATE = 6
"""Digits and letters of a birth date that is looked for."""
_ALIKE = str.maketrans("oqilsbz", "0011582")
"""Letters that readers of pictures take for digits, and digits for letters."""


def is_named(lines: Sequence[str], people: Collection[Identity], numbers: Iterable[str] = ()) -> bool:
    """Whether one of `people`, or one of a paper's own `numbers`, can be read in these lines."""
    gate = identity_gate.gate_against(people, b"")
    if gate.stops({"": "\n".join(lines).encode()}, ()):
        return True
    words = [word for line in lines for form in identity_forms.spellings(line) for word in form.split()]
    squeezed = [form.replace(" ", "") for line in lines for form in identity_forms.spellings(line)]
    named = {name for one in people for name in names(one)}
    if any(is_read(name, words, squeezed) for name in named):
        return True
    digits = [text.translate(_ALIKE) for text in squeezed]
    return any(number in text for number in _numbers(people, numbers) for text in digits)


def names(identity: Identity) -> Iterator[str]:
    """The words of a name that are no words of anything else."""
    usual = word_lists.coded() | word_lists.particles() | word_lists.ambiguous()
    for word in identity_forms.words(identity.name):
        if word not in usual and not word.isdigit() and (len(word) >= _LEAST or not word.isascii()):
            yield word


def is_read(name: str, words: Sequence[str], squeezed: Sequence[str]) -> bool:
    """Whether a word of a name is one of these words, or stands in these texts without blanks, a few letters misread."""
    if name in words:
        return True
    if len(name) < _LONG:
        return False
    most, seen = 2 if len(name) >= _LONGER else 1, name.translate(_ALIKE)
    if any(seen in text.translate(_ALIKE) for text in squeezed):
        return True
    return any(_differ_little(seen, word.translate(_ALIKE), most) for word in words)


def _differ_little(name: str, word: str, most: int) -> bool:
    """Whether so many letters at most are other ones, too many or missing."""
    if abs(len(name) - len(word)) > most:
        return False
    row = list(range(len(word) + 1))
    for at, letter in enumerate(name, 1):
        before, row = row, [at]
        for place, other in enumerate(word, 1):
            row.append(min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != other)))
    return row[-1] <= most


def _numbers(people: Collection[Identity], numbers: Iterable[str]) -> set[str]:
    """Numbers and birth dates without what stands between their digits, as they may be misread."""
    told = [*(one.identifier for one in people), *numbers]
    compacted = {"".join(re.findall(r"[^\W_]+", text)).casefold() for text in told}
    dates = {"".join(parts) for one in people for parts in identity_forms.dates(one.birth_date)}
    long = {text for text in compacted if len(text) >= _LONG} | {text for text in dates if len(text) >= _DATE}
    return {text.translate(_ALIKE) for text in long}
