"""Which words of a page's rows name others than its owner: in a row, below a label, or where a name goes on in the next row."""

from collections.abc import Sequence

from radiary.documents import numbers, printed_value, units
from radiary.documents.rows import Cell, Row
from radiary.ingest import others_on_cuttings
from radiary.ingest.others_on_cuttings import Others

_BELOW = 1.9
"""Letters' heights within which a name stands below its label."""
_LEFT = 2.0
"""Letters' heights by which it begins beside its label's beginning at most."""


def hidden(rows: Sequence[Row], others: Others) -> list[set[int]]:
    """The numbers of the words that name others, of each row."""
    found = [others_on_cuttings.in_row([_words(cell) for cell in row.cells], others) for row in rows]
    for above, row in enumerate(rows):
        for below in range(above + 1, len(rows)):
            if _may_go_on(row, rows[below]):
                found[below] |= _of_names_above(row, rows[below])
                found[below] |= {at for label in row.cells for at in _below(label, row, rows[below])}
    return found


def _of_names_above(row: Row, other: Row) -> set[int]:
    """The words of the next row that go on with a name at the end of a cell: below that cell, or at the row's beginning."""
    start, places = 0, set[int]()
    for number, cell in enumerate(other.cells):
        ends = [one for one in row.cells if abs(one.x0 - cell.x0) < _LEFT * row.height]
        for end in ends if number else {*ends, row.cells[-1]}:
            places |= {start + at for at in others_on_cuttings.goes_on(_words(end), _words(cell))}
        start += len(cell.words)
    return places


def _below(label: Cell, row: Row, other: Row) -> set[int]:
    """The words of the cell that stands below a label."""
    if not others_on_cuttings.is_open(_words(label)):
        return set()
    start, places = 0, set[int]()
    for cell in other.cells:
        is_near = abs(cell.x0 - label.x0) < _LEFT * row.height
        is_label = any(word.text.endswith(":") for word in cell.words)
        if is_near and not is_label and any(letter.isalpha() for word in cell.words for letter in word.text):
            places |= set(range(start, start + len(cell.words)))
        start += len(cell.words)
    return places


def _may_go_on(row: Row, other: Row) -> bool:
    """Whether a row is the next one, and none of a table's values, with which no name goes on."""
    return 0 < other.middle - row.middle <= _BELOW * row.height and not _has_value(other)


def _has_value(row: Row) -> bool:
    """Whether a number with a unit or a range stands behind a row's first cell."""
    behind = [cell.text for cell in row.cells[1:]]
    values = [value for text in behind if (value := printed_value.parsed(text, "")) is not None and value.number is not None]
    return bool(values) and (
        any(value.unit for value in values) or any(units.is_known(text) or numbers.range_of(text, "") for text in behind)
    )


def _words(cell: Cell) -> list[str]:
    return [word.text for word in cell.words]
