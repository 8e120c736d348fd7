"""Rows of a page without a head, put into cells: names and values in one cell, or the value in the row below its name."""

from collections.abc import Sequence
from itertools import combinations

from radiary.documents import lexicon, numbers, printed_value, several_in_a_row, units
from radiary.documents.numbers import Sign
from radiary.documents.page_words import Word
from radiary.documents.rows import Cell, Row

_FEWEST = 2
"""Rows of a page that have to be of one form for it to be a table's, and no line of a letter."""
_CLOSE = 1.75
"""Letters' heights from a name to its value below, and from there to its range."""
_LONGEST = 6
"""Words of a name."""


def parted(rows: Sequence[Row], sign: Sign) -> list[Row]:
    """The rows, those that say values in one of these forms with name, value and range in cells of their own."""
    rows = several_in_a_row.parted(
        rows, lambda row: _of_words(row.words, sign), lambda row: _is_of_a_laboratory(row, sign) or row.cells[1].text[-1] == "%"
    )
    alone = {at: apart for at, row in enumerate(rows) if (apart := _of_one_cell(row, sign))}
    below = {at: _below(rows, at, sign) for at in range(1, len(rows)) if _is_below(rows, at, sign)}
    whole = list(rows)
    for found in (alone, below):
        if sum(_is_of_a_laboratory(row, sign) for row in found.values()) >= _FEWEST:
            whole = [found.get(at, row) for at, row in enumerate(whole)]
            if found is below:
                whole = [row for at, row in enumerate(whole) if at + 1 not in below]
    return whole


def _is_of_a_laboratory(row: Row, sign: Sign) -> bool:
    """Whether a row has a range, or a unit of what is in a liquid; a percentage of a heart's stroke is no laboratory's."""
    value = printed_value.parsed(row.cells[1].text, sign)
    return value is not None and (len(row.cells) > 2 or bool(value.range) or units.is_of_a_volume(value.unit))


def _of_one_cell(row: Row, sign: Sign) -> Row | None:
    """A row such as `CRP: <0,5 mg/L (<5,0)` in cells; None for another."""
    first = row.words[0].text[0]
    return _of_words(row.words, sign) if len(row.cells) == 1 and (first.isupper() or first.isdigit()) else None


def _of_words(words: tuple[Word, ...], sign: Sign) -> Row | None:
    """Name, value and range in cells; None where something else stands there, or two numbers may be the value."""
    ends_of_names = (at for at in range(1, min(len(words), _LONGEST + 2)) if words[at - 1].text.strip("+-*↑↓"))
    read = [(at, cells) for at in ends_of_names if (cells := _value(words[at:], sign))]
    ends = [(at, cells) for at, cells in read if words[at - 1].text[-1] in ":="]
    if len(ends or read) != 1:
        return None
    at, cells = (ends or read)[0]
    name = tuple(word for word in words[:at] if word.text not in (":", "="))
    return Row((Cell(name), *cells)) if name and (ends or not _is_of_several(name, sign)) else None


def _is_of_several(words: tuple[Word, ...], sign: Sign) -> bool:
    """Whether what stands before a value says more than its name: a part behind a comma, or another value."""
    has_comma = any(word.text.endswith((",", ";")) for word in words)
    return has_comma or any(_value(words[at:end], sign) for at, end in combinations(range(1, len(words) + 1), 2))


def _value(words: Sequence[Word], sign: Sign) -> tuple[Cell, ...]:
    """A value with its unit, and the range behind it, as cells; nothing where something else stands there."""
    if words[0].text[-1] in ":=":
        return ()
    for end in range(len(words), 0, -1):
        value = printed_value.parsed(" ".join(word.text for word in words[:end]), sign)
        rest = " ".join(word.text for word in words[end:])
        is_value = value is not None and value.number is not None and units.is_measured(value.unit)
        if is_value and (not rest or _is_range(rest, sign)):
            return (Cell(tuple(words[:end])), *((Cell(tuple(words[end:])),) if rest else ()))
    return ()


def _is_range(text: str, sign: Sign) -> bool:
    bounds = numbers.range_of(text, sign)
    return bounds is not None and not bounds.rest.strip("()[] ")


def _is_below(rows: Sequence[Row], at: int, sign: Sign) -> bool:
    """Whether a row is a value and stands just below a name."""
    row, name = rows[at], rows[at - 1]
    if len(name.cells) != 1 or row.middle - name.middle > _CLOSE * max(row.height, name.height):
        return False
    is_name = len(name.words) <= _LONGEST and not _value(name.words, sign) and not _range_behind(name, sign)
    return is_name and any(one.isalpha() for one in name.text) and bool(_value(row.words, sign))


def _below(rows: Sequence[Row], at: int, sign: Sign) -> Row:
    """A value's row with the name above it, and the range that stands below it behind a label."""
    row, cells = rows[at], _value(rows[at].words, sign)
    for other in rows[at + 1 : at + 2]:
        if len(cells) == 1 and other.middle - row.middle < _CLOSE * row.height and (words := _range_behind(other, sign)):
            cells = (*cells, Cell(words))
    return Row((*rows[at - 1].cells, *cells))


def _range_behind(row: Row, sign: Sign) -> tuple[Word, ...]:
    """The words of a range behind a label such as `Referentie:`; none for another row."""
    for at in range(len(row.words) - 1, 0, -1):
        label = lexicon.folded(" ".join(word.text for word in row.words[:at])).strip(" :")
        if lexicon.words("columns.txt").get(label) == "range" and _is_range(" ".join(one.text for one in row.words[at:]), sign):
            return row.words[at:]
    return ()
