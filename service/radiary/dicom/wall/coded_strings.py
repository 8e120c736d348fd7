"""Codes, and names of makers and machines: listed words of coded strings, short codes and short numbers."""

import re

from radiary.dicom.wall import word_lists
from radiary.dicom.wall.own_words import OwnWords
from radiary.dicom.wall.word_lists import folded

_SHORT, _DIGITS, _MACHINE_DIGITS = 3, 5, 8
"""Letters of the longest word that a coded string may hold unlisted, digits that one may hold, and those of a machine's name."""
_SINGLE = 3
"""Most single letters in a term: more may spell a name."""
_PART = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+")


def is_coded(text: str, own: OwnWords, more: frozenset[str] = frozenset()) -> bool:
    """Whether a coded string, or a maker's or machine's name, holds nothing but listed words and short codes and numbers.

    One short unlisted word, such as `TTE`, may be among them; several of them may be somebody's name. `more` are words that are
    listed for this kind of name alone.
    """
    words = _PART.findall(folded(text))
    letters = [word for word in words if word.isalpha()]
    unlisted = [word for word in letters if word not in word_lists.coded() and word not in more]
    short = [word for word in unlisted if len(word) <= _SHORT]
    are_few = sum(len(word) > 1 for word in unlisted) <= 1 and sum(len(word) == 1 for word in letters) <= _SINGLE
    are_short = short == unlisted and are_few
    runs = [len(run) for run in re.findall(r"\d+", text)]
    is_short_number = sum(runs) <= (_MACHINE_DIGITS if more and letters and max(runs, default=0) < _DIGITS else _DIGITS)
    return (text.isascii() or not unlisted) and are_short and is_short_number and not own.occur_in(text)


def is_term(text: str) -> bool:
    """Whether a value holds nothing but listed words of coded strings, which say the same of everybody."""
    words = _PART.findall(folded(text))
    are_known = all(word in word_lists.coded() or len(word) == 1 or (word.isdigit() and len(word) <= _SHORT) for word in words)
    return are_known and sum(len(word) == 1 for word in words) <= _SINGLE
