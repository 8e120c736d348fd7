"""Parts of the body that are family names, too: told by what stands beside them (`Borst^Anna`, `CT Anna Borst`, `door borst`)."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from radiary.dicom.wall import nobodys_words, word_lists
from radiary.dicom.wall.word_lists import folded

_PARTS = frozenset(
    "borst hals hand arm kop long longen voet been buik rug oor oog neus mond tand bot huid lever maag darm blaas nek teen pols"
    " bras main pied cou coeur nez jambe tete sein foie dos bouche dent rein doigt pouce talon"
    " kopf fuss bein brust nase mund bauch rucken ruecken blut schulter daumen ferse kinn stirn ohr auge zunge haut zahn"
    " kiefer herz head foot back bone chin brain neck leg heel face chest tongue tooth rib page".split()
)
"""Folded."""
_WORD = re.compile(r"(?<![^\W_])[^\W\d_]{2,}(?![^\W_])")
_BESIDE = re.compile(r"[\s_]*(?:[\s_]|[,^])[\s_]*")
"""What parts a family name from a first name."""
_LONGEST = 11
"""Letters of the longest word on no list that is taken for a first name: German terms are written with a capital letter, too."""
_SHORTEST_SHOUTED = 3
_LABELLED = re.compile(r"(?<![^\W_])(?P<label>[^\W\d_]{3,})\s?:\s*(?P<name>[^\W\d_]+)(?![^\W_])")
_LABELS = frozenset("antenne bodypart gebiet indicatie indikation klinik koerperteil korperteil regio spoel spule studie".split())
"""Words on no list of which a part of the body is said; behind any other one and its colon it is somebody."""
_BY = re.compile(r"(?<![^\W_])(?:[Dd]oor|(?-i:by|par)(?=\s+[A-ZÀ-Þ][a-zß-ÿ]))\s+(?P<name>[^\W\d_]+)(?![^\W_])")
"""Who did it: in French and English with a capital letter, for an injection is made `par bras` and a picture `by hand`."""

_BRACKETED = re.compile(r"[\[<{]\s*(?P<name>[A-ZÀ-Þ][a-zß-ÿ]+)\s*[\]>}]")
_TWO_WORDS = re.compile(r"[\W_]*[^\W_]+[\W_]+[^\W_]+[\W_]+")
"""In brackets that are no round ones, behind an examination and what it is of, stands who asked for it."""


def are_one_of(word: str) -> bool:
    """Whether a word is one of them, in any case and with or without accents."""
    return folded(word) in _PARTS


def spans(text: str, is_safe: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """Where such names stand with the first names beside them; `is_safe` says whether a folded word is listed."""
    words = list(_WORD.finditer(text))
    for place, (left, right) in enumerate(pairwise(words)):
        if not _BESIDE.fullmatch(text, left.end(), right.start()):
            continue
        is_anothers = (
            place + 2 < len(words) and are_one_of(words[place + 2][0]) and text[right.end() : words[place + 2].start()] == " "
        )
        is_behind = are_one_of(right[0]) and _may_be_first_name(left[0], right[0], is_safe)
        is_before = (
            are_one_of(left[0])
            and _may_be_first_name(right[0], left[0], is_safe)
            and not is_safe(folded(right[0]))
            and not is_anothers
        )
        if is_behind or is_before:
            yield left.start(), right.end()
    for match in _LABELLED.finditer(text):
        label = folded(match["label"])
        if are_one_of(match["name"]) and not is_safe(label) and label not in _LABELS:
            yield match.span()
    examination = _TWO_WORDS.match(text)
    for match in (*_BY.finditer(text), *_BRACKETED.finditer(text, examination.end() - 1 if examination else len(text))):
        if are_one_of(match["name"]):
            yield match.span()


def _may_be_first_name(word: str, part: str, is_safe: Callable[[str], bool]) -> bool:
    """Whether a word beside a part is a first name: a known one, or one on no list that is written as the part is."""
    is_title = word.istitle() and part.istitle()
    if is_safe(folded(word)):
        return is_title and folded(word) in word_lists.first_names()
    is_shouted = word.isupper() and part.isupper() and len(word) >= _SHORTEST_SHOUTED
    is_written_so = (is_title or is_shouted) and len(word) <= _LONGEST and not nobodys_words.are_findings(word)
    return is_written_so or folded(word) in word_lists.first_names()
