"""Lines of tables → values: names over two lines, headings, units in odd places, and what is no value."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from radiary.documents import lexicon, numbers, persons, printed_value, units
from radiary.documents.numbers import Range, Sign
from radiary.documents.printed_value import Printed
from radiary.documents.reading import NO_UNIT, UNDECIDED, UNKNOWN_UNIT, Value
from radiary.documents.table import Line, Sampled

APART = " · "
"""What stands between a large heading and a small one under it."""
_MARKS = re.compile(r"[\s*°§#:]+$")
_UNIT_IN_NAME = re.compile(r"[(\[,]\s*([^()\[\],]+?)\s*[)\]]?$")
_CLOSE = 1.75
"""Letters' heights from one line of a name to the next."""
_NEAR = 4.5
"""Letters' heights within which something stands under a heading."""
_SMALL = 0.2
"""Share of names that begin in small letters from which on such a name is no second half of another."""
_LONGEST_NAME, _LONGEST_WORD, _LONGEST_HEADING = 90, 40, 60
"""Letters of a test's name, of a word in place of a value, and of a heading."""


@dataclass
class _Headings:
    """The headings over a line: a large one, and a small one under it."""

    large: str = ""
    small: str = ""
    small_x0: float = 0
    indented: bool | None = None
    large_x0: float = 0
    has_values: bool = False
    """Whether values stand under the large one already."""

    @staticmethod
    def step(line: Line) -> float:
        """How far a line is set in at least, to be so."""
        return 0.35 * line.row.height

    def take(self, line: Line) -> None:
        """Remember the heading of a line that holds nothing else, for the values below it."""
        text = _MARKS.sub("", line.name)
        is_beside = self.has_values and not self.small and not self.large.isupper()
        if text.isupper() or not self.large or (is_beside and line.row.cells[0].x0 <= self.large_x0 + self.step(line)):
            self.large_x0, self.has_values = line.row.cells[0].x0, False
            self.large, self.small = text, ""
        else:
            self.small = text
        self.small_x0, self.indented = line.row.cells[0].x0, None

    def over(self, line: Line) -> str:
        """The section of a line of values; a small heading ends where its lines are not set in any more."""
        is_set_in = line.row.cells[0].x0 > self.small_x0 + self.step(line)
        self.has_values = True
        if self.indented is None:
            self.indented = is_set_in
        elif self.indented and not is_set_in:
            self.small, self.indented = "", False
        return APART.join(one for one in (self.large, self.small) if one)


def values(lines: Sequence[Line], sign: Sign) -> list[Value]:
    """All values of a paper's tables, in the order in which they are printed."""
    headings = _Headings()
    read: list[Value] = []
    wrapped = _in_other_units(_unwrapped([line for line in lines if not line.is_note]))
    for at, line in enumerate(wrapped):
        if line.name and not line.values and not line.unit and not line.range:
            follows = wrapped[at + 1] if at + 1 < len(wrapped) else None
            if follows is not None and _is_heading(line, follows):
                headings.take(line)
        elif line.name and line.values:
            section = headings.over(line)
            read += (one for one in _of_line(line, section, sign) if not _is_culture(one))
    return read


def _is_heading(line: Line, follows: Line) -> bool:
    """Whether a line without a value stands over others; what explains a value, or ends a page, does not."""
    is_near = follows.page == line.page and follows.row.middle - line.row.middle < _NEAR * line.row.height
    is_short = len(line.name) <= _LONGEST_HEADING and not line.name.endswith((".", ","))
    return (
        (line.is_sure or line.name.isupper() or _is_of_cultures(line.name))
        and len(line.row.cells) == 1
        and is_near
        and is_short
        and not persons.may_be_meant(line.name)
        and (bool(follows.name) or not follows.values)
    )


def _unwrapped(lines: Sequence[Line]) -> list[Line]:
    """The lines with names that go over two put together."""
    whole: list[Line] = []
    named = [line.name for line in lines if line.name and line.values]
    is_small = sum(_begins_small(name) for name in named) > _SMALL * len(named)
    for line in lines:
        before = whole[-1] if whole else None
        if before is not None and _goes_on(before, line, is_small=is_small):
            name = f"{before.name}{'' if before.name.endswith('-') else ' '}{line.name}"
            kept = before if before.values else line
            whole[-1] = replace(kept, name=name, row=kept.row, unit=before.unit or line.unit, range=before.range or line.range)
        else:
            whole.append(line)
    return whole


def _in_other_units(lines: Iterable[Line]) -> list[Line]:
    """The lines; one that says a value again in another unit, behind `soit` or the like, with the name of the one before."""
    named: list[Line] = []
    for line in lines:
        is_same = named and named[-1].values and line.values and _role("no_names.txt", line.name) == "same"
        named.append(replace(line, name=named[-1].name) if is_same else line)
    return named


def _goes_on(before: Line, line: Line, *, is_small: bool) -> bool:
    """Whether a line is the second half of the name before it."""
    height = max(line.row.height, before.row.height)
    is_close = before.page == line.page and 0 < line.row.middle - before.row.middle < _CLOSE * height
    if not is_close or not before.name or (before.values and line.values) or before.is_sure != line.is_sure:
        return False
    if not line.name:
        return bool(line.values) and _is_open(before.name)
    if _MARKS.sub("", line.name).isupper() and not before.values:
        return False
    if before.values:  # the value stands beside the first half
        return (
            not (line.unit or line.range)
            and (_is_open(before.name) or line.name[0] == "(" or (_begins_small(line.name) and not is_small))
            and (len(line.row.cells) == 1)
        )
    is_half = _begins_small(line.name) and not is_small and not before.name.isupper()
    return bool(line.values) and (_is_open(before.name) or is_half or line.name[0] == "(")


def _begins_small(name: str) -> bool:
    """Whether a name begins with a word in small letters, such as `berekend`; not with one such as pH or eGFR."""
    return name.split(maxsplit=1)[0].islower()


def _is_open(name: str) -> bool:
    return name.count("(") > name.count(")") or name.endswith(("-", ",", "/"))


def _of_line(line: Line, section: str, sign: Sign) -> Iterator[Value]:
    name = _MARKS.sub("", line.name).strip(" .")
    if not _is_name(name, has_unit=line.is_sure and units.is_known(line.unit)):
        return
    if line.others:
        sampled = line.values[0][0] if line.values else (None, "")
        alone = replace(line, values=tuple((sampled, text) for text in line.others), unit="", range="", others=())
        yield from _of_line(alone, section, sign)
    told = [(sampled, printed_value.parsed(text, sign)) for sampled, text in line.values]
    beside = next((printed.unit for _, printed in told if printed and printed.unit), "")
    for sampled, printed in told:
        if printed is None or not _may_be(printed):
            continue
        unit, bounds, text = _unit_and_range(line, printed.unit or beside, behind=printed.range, name=name, sign=sign)
        if not line.is_sure and not (printed.number is not None and (units.is_measured(unit) or bounds is not None)):
            continue
        yield _value(line, section=section, name=name, sampled=sampled, printed=printed, unit=unit, bounds=bounds, text=text)


def _value(
    line: Line, *, section: str, name: str, sampled: Sampled, printed: Printed, unit: str, bounds: Range | None, text: str
) -> Value:
    return Value(
        name=name,
        section=section,
        number=printed.number,
        comparator=printed.comparator,
        word=printed.word,
        unit=unit,
        low=bounds.low if bounds else None,
        high=bounds.high if bounds else None,
        range=text,
        flag=printed_value.level(printed.flags),
        day=sampled[0],
        time=sampled[1],
        page=line.page,
        box=_box(line),
        doubts=tuple(_doubts(printed, unit, bounds)),
    )


def _doubts(printed: Printed, unit: str, bounds: Range | None) -> Iterable[str]:
    if printed.is_undecided or (bounds is not None and bounds.is_undecided):
        yield UNDECIDED
    if printed.number is not None and not unit:
        yield NO_UNIT
    elif unit and not units.is_known(unit):
        yield UNKNOWN_UNIT


def _box(line: Line) -> tuple[float, float, float, float]:
    words = line.row.words
    return min(w.x0 for w in words), min(w.y0 for w in words), max(w.x1 for w in words), max(w.y1 for w in words)


def _unit_and_range(line: Line, beside: str, *, behind: str, name: str, sign: Sign) -> tuple[str, Range | None, str]:
    """The unit and the range of a value, from where they stand: their columns, beside the value, or the name."""
    unit, text = line.unit.strip(), line.range.strip()
    text = text or behind
    if unit and not units.is_known(unit) and (not text or units.is_known(text)) and numbers.range_of(unit, sign):
        unit, text = text, unit
    if unit and not units.is_known(unit):
        unit, text = _split(unit, text)
    text = re.sub(r"\s*[<>]$", "", text)
    bounds = numbers.range_of(text, sign) if text else None
    if bounds is not None and bounds.rest:
        rest = bounds.rest.strip("()[] ")
        if units.is_known(rest):
            unit = unit or beside or rest
        else:
            bounds = None
    unit = unit or beside
    if not unit and (match := _UNIT_IN_NAME.search(name)) and units.is_known(match[1]):
        unit = match[1]
    return unit, bounds, text


def _split(unit: str, text: str) -> tuple[str, str]:
    """A unit with a range behind it in one cell, as the two."""
    words = unit.split()
    for end in range(len(words) - 1, 0, -1):
        if any(one.isdigit() for one in "".join(words[end:])) and units.is_known(" ".join(words[:end])):
            return " ".join(words[:end]), f"{' '.join(words[end:])} {text}".strip()
    return unit, text


def _is_name(name: str, *, has_unit: bool) -> bool:
    least = 1 if has_unit else 2  # C3, K+
    letters = sum(one.isalpha() for one in name)
    return letters >= least and len(name) <= _LONGEST_NAME and _role("no_names.txt", name) is None and not persons.are_meant(name)


def _may_be(printed: Printed) -> bool:
    """Whether what stands in place of a value is one; not what is to follow, nor a sentence."""
    if printed.number is not None:
        return True
    word = printed.word
    is_short = (1 < len(word) <= _LONGEST_WORD and len(word.split()) <= 4) or word == "+"
    return is_short and _role("no_values.txt", printed.word) is None


def _is_culture(value: Value) -> bool:
    """Whether a value belongs to a culture or an antibiogram, which make no series."""
    if value.unit and units.same(value.unit) in _culture_units():
        return True
    if not any(map(_is_of_cultures, (value.name, *value.section.split(APART)))):
        return False
    return value.number is None or not units.is_known(value.unit) or value.unit in ("mm", "mg/L")


def _is_of_cultures(title: str) -> bool:
    return bool(title) and any(_role("microbiology.txt", text) for text in (title, title.split(maxsplit=1)[0]))


@cache
def _culture_units() -> frozenset[str]:
    return frozenset(units.same(one) for one, role in lexicon.exact("microbiology.txt").items() if role == "unit")


def _role(file: str, text: str) -> str | None:
    plain = lexicon.folded(text).strip(" .:*()")
    known = lexicon.words(file)
    return known.get(plain) or next((role for words, role in known.items() if plain.startswith(f"{words} ")), None)
