"""Lines of tables → values: units and ranges in odd places, and what is no value."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from radiary.documents import cultures, dates, lexicon, numbers, persons, printed_value, units, wrapped_names
from radiary.documents.headings import Headings, is_heading
from radiary.documents.line import Line, Sampled
from radiary.documents.numbers import Range, Sign
from radiary.documents.printed_value import Printed
from radiary.documents.reading import NO_UNIT, UNDECIDED, UNKNOWN_UNIT, Value

_UNIT_IN_NAME = re.compile(r"[(\[,]\s*([^()\[\],]+?)\s*[)\]]?$")
_LONGEST_NAME, _LONGEST_WORD = 90, 40
"""Letters of a test's name, and of a word in place of a value."""


def values(lines: Sequence[Line], sign: Sign) -> list[Value]:
    """All values of a paper's tables, in the order in which they are printed."""
    headings = Headings()
    read: list[Value] = []
    wrapped = wrapped_names.in_other_units(wrapped_names.unwrapped([line for line in lines if not line.is_note]))
    for at, line in enumerate(wrapped):
        if line.name and not line.values and not line.unit and not line.range:
            follows = wrapped[at + 1] if at + 1 < len(wrapped) else None
            if follows is not None and is_heading(line, follows):
                headings.take(line)
        elif line.name and line.values:
            section = headings.over(line)
            read += (one for one in _of_line(line, section, sign) if not cultures.is_one(one))
    return read


def _of_line(line: Line, section: str, sign: Sign) -> Iterator[Value]:
    name = line.unmarked_name.strip(" .")
    told = [(sampled, printed_value.parsed(text, sign)) for sampled, text in line.values]
    is_measured = any(printed and units.is_of_a_volume(printed.unit) for _, printed in told)
    if not _is_name(name, has_unit=is_measured or (line.is_sure and units.is_known(line.unit))):
        return
    if line.others:
        sampled = line.values[0][0] if line.values else (None, "")
        alone = replace(line, values=tuple((sampled, text) for text in line.others), unit="", range="", others=())
        yield from _of_line(alone, section, sign)
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
    return (
        letters >= least
        and len(name) <= _LONGEST_NAME
        and lexicon.role_of("no_names.txt", name) is None
        and not persons.are_meant(name)
    )


def _may_be(printed: Printed) -> bool:
    """Whether what stands in place of a value is one; not what is to follow, nor a sentence."""
    if printed.number is not None:
        return True
    word = printed.word
    if dates.time_of(word):  # the hour of a column's sample
        return False
    is_short = (1 < len(word) <= _LONGEST_WORD and len(word.split()) <= 4) or word == "+"
    return is_short and lexicon.role_of("no_values.txt", printed.word) is None
