"""Words in a paper's rows by which others than its owner are named or reached, to be blanked where a part of it is shown.

Names are those that received headers say, and what stands behind a title (Dr., Prof.) or behind a label of a paper's head
(`aanvrager`, `prescripteur`, `Arzt`). A name that nothing of this tells is a word like others.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from radiary.dicom.wall import identity_forms, word_lists
from radiary.documents import lexicon
from radiary.ingest import named_on_cuttings, reached_on_cuttings
from radiary.model.nouns import Identity

BLANK = "…"
"""What stands in the text of a part where words were blanked."""
APART = "  "
"""What stands between two cells of a row in that text."""
Cells = Sequence[Sequence[str]]
"""The words of a row's cells."""
_FILE = "persons.txt"
_HEADINGS = ("dates.txt", "columns.txt")
"""Lexicons of words that stand at the head of a table or of a column."""
_MOST = 6
"""Words of a name behind its title."""
_GLUED = re.compile(r"(?:^|[^\w])(?:drs?|prof|dokter|docteur|mevr|mme)\.\s*\w|^(?:Drs?|Prof)[A-Z]", re.IGNORECASE)
_CUT_OFF = re.compile(r"(?:drs?|prof)\.\w+$", re.IGNORECASE)
"""A title and one word, joined by a reader of pictures, maybe to what stands before them."""
_CAPITALS = re.compile(r"^(?:Drs?|Prof)[A-Z]")


@dataclass(frozen=True)
class Others:
    """Names of others than the owner, as they are looked for."""

    firm: frozenset[str] = field(repr=False)
    """Words that are no words of anything else."""
    pairs: frozenset[frozenset[str]] = field(repr=False)
    """Two words of one name, which name somebody only beside each other."""


def known(names: Iterable[str]) -> Others:
    """Names that received headers say, ready to be looked for."""
    firm, pairs = set[str](), set[frozenset[str]]()
    usual = word_lists.coded() | word_lists.particles()
    for name in names:
        firm |= set(named_on_cuttings.names(Identity(name, "", "", "")))
        words = {word for word in identity_forms.words(name) if word not in word_lists.particles()}
        pairs |= {frozenset((one, other)) for one in words for other in words - {one} if not {one, other} <= usual}
    return Others(frozenset(firm), frozenset(pairs))


def in_row(cells: Cells, others: Others) -> set[int]:
    """Which words of a row are to be blanked, counted over all its cells."""
    words = [word for cell in cells for word in cell]
    hidden = set(_named(words, others))
    start = 0
    for number, cell in enumerate(cells):
        named = {*_titled(cell), *_labelled(cell), *_by_profession(cell), *reached_on_cuttings.in_cell(cell)}
        hidden |= {start + at for at in named}
        behind = start + len(cell)
        if number + 1 < len(cells) and _may_follow(cell, cells[number + 1]):
            hidden |= {behind + at for at in range(len(cells[number + 1]))}
        start = behind
    return {at for at in hidden if words[at] != BLANK}


def is_open(cell: Sequence[str]) -> bool:
    """Whether a cell is a label or a title and nothing else, so that a name stands behind it or below."""
    return bool(cell) and (_label(cell, 0) == len(cell) or (cell[-1].endswith(".") and _is_title(cell[-1])))


def goes_on(cell: Sequence[str], behind: Sequence[str]) -> list[int]:
    """Which words of the next row's first cell go on with a name of which only one word stands at the end of a cell."""
    at = next((at for at in range(max(0, len(cell) - 2), len(cell)) if _is_title(cell[at])), None)
    is_glued = bool(cell) and bool(_CUT_OFF.search(cell[-1]))
    is_cut = is_glued or (at is not None and (at + 1 == len(cell) or (at + 2 == len(cell) and _is_like_a_name(cell[at + 1]))))
    return list(_run(behind, 0, is_first_any=False)) if is_cut and not behind[0].endswith(":") else []


def are_in(lines: Iterable[str], others: Others) -> bool:
    """Whether others can be read in these lines of text still."""
    return any(in_row([cell.split() for cell in line.split(APART)], others) for line in lines)


def _named(words: Sequence[str], others: Others) -> Iterator[int]:
    forms = [identity_forms.spellings(word) for word in words]
    for at, spelled in enumerate(forms):
        parts = [part for form in spelled for part in form.split()]
        squeezed = [form.replace(" ", "") for form in spelled]
        if any(named_on_cuttings.is_read(name, parts, squeezed) for name in others.firm):
            yield at
    firm = [(at, form) for at, spelled in enumerate(forms) for form in spelled if form and form not in word_lists.particles()]
    for (at, one), (behind, other) in ((one, other) for one in firm for other in firm if 0 < other[0] - one[0] <= 3):
        between = {form for spelled in forms[at + 1 : behind] for form in spelled}
        if frozenset((one, other)) in others.pairs and between <= word_lists.particles():
            yield from range(at, behind + 1)


def _titled(cell: Sequence[str]) -> Iterator[int]:
    """Titles, and the names behind them."""
    for at, word in enumerate(cell):
        is_glued = bool(_GLUED.search(word) if "." in word else _CAPITALS.search(word))
        if not (is_glued or _is_title(word)):
            continue
        run = list(_run(cell, at + 1, is_first_any=word.endswith(".")))
        if run or is_glued:
            yield from (at, *run)


def _run(cell: Sequence[str], start: int, *, is_first_any: bool) -> Iterator[int]:
    """The words of a name that begins here."""
    for at in range(start, min(len(cell), start + _MOST)):
        if not (_is_like_a_name(cell[at]) or (is_first_any and at == start and cell[at][:1].isalpha())):
            return
        yield at


def _labelled(cell: Sequence[str]) -> Iterator[int]:
    """What stands behind a label in its cell, up to the next label with a colon."""
    for at in range(len(cell)):
        end = at + _label(cell, at)
        has_colon = end > at and (cell[end - 1].endswith(":") or cell[end : end + 1] == [":"])
        rest = list(range(end, len(cell)))
        is_led = (end > at == 0 or end - at > 1) and bool(rest) and _is_like_a_name(cell[end])
        if end == at:
            before, is_within, behind = cell[at].partition(":")
            if is_within and behind and lexicon.words(_FILE).get(lexicon.folded(before)) == "label":
                rest, has_colon = [at, *range(at + 1, len(cell))], True  # letters that a reader joined
        if has_colon and BLANK not in cell[end : end + 2]:
            yield from _until_a_colon(cell, rest)
        elif is_led:
            yield from _run(cell, end, is_first_any=False)


def _by_profession(cell: Sequence[str]) -> Iterator[int]:
    """Names that a profession stands behind, such as `Jan Testarts, radioloog`, or in brackets."""
    for at in range(1, len(cell)):
        is_apart = cell[at - 1].endswith(",") or cell[at].startswith("(")
        if not is_apart or not _profession(cell, at):
            continue
        names = list(takewhile(lambda before: _is_like_a_name(cell[before]), range(at - 1, max(-1, at - 1 - _MOST), -1)))
        if len(names) > 1 and BLANK not in (cell[before] for before in names):
            yield from names


def _profession(cell: Sequence[str], at: int) -> bool:
    """Whether a profession or a degree begins here."""
    spans = (" ".join(cell[at : at + count]) for count in range(1, lexicon.longest(_FILE) + 1))
    roles = (lexicon.words(_FILE).get(lexicon.folded(text).strip(" :.,()")) for text in spans)
    return any(role in ("profession", "degree", "label") for role in roles)


def _until_a_colon(cell: Sequence[str], places: Sequence[int]) -> Iterator[int]:
    for number, at in enumerate(places):
        if number and cell[at].endswith(":"):
            return
        if cell[at] != ":":
            yield at


def _label(cell: Sequence[str], at: int) -> int:
    """How many words of a cell are a label that begins here."""
    roles = lexicon.words(_FILE)
    for count in range(min(lexicon.longest(_FILE), len(cell) - at), 0, -1):
        words = cell[at : at + count]
        if BLANK not in words and roles.get(lexicon.folded(" ".join(words)).strip(" :.(")) == "label":
            return count
    return 0


def _may_follow(cell: Sequence[str], behind: Sequence[str]) -> bool:
    """Whether the next cell of a row is what a label or title is about."""
    is_label = any(word.endswith(":") for word in behind)
    return is_open(cell) and bool(behind) and not is_label and _is_like_a_name(behind[0])


def _is_title(word: str) -> bool:
    plain = lexicon.folded(word).strip("(,.:")
    if plain == "pr":
        return word.endswith(".")
    return lexicon.words(_FILE).get(plain) == "title"


def _is_like_a_name(word: str) -> bool:
    plain = lexicon.folded(word).strip("(),.;:")
    role = lexicon.words(_FILE).get(plain)
    if _is_title(word) or plain in word_lists.particles() or role == "degree":
        return True
    is_other = plain in word_lists.coded() and plain not in word_lists.ambiguous()
    is_heading = role == "phone" or any(plain in lexicon.words(file) for file in _HEADINGS)
    return word.lstrip("(")[:1].isupper() and not is_other and not is_heading
