"""A row without the head of a table, by the form of its cells: a name, a value, a unit, a range."""

from collections.abc import Sequence
from itertools import takewhile

from radiary.documents import numbers, printed_value, units
from radiary.documents.line import Line, Sampled
from radiary.documents.numbers import Sign
from radiary.documents.rows import Row


def line(row: Row, page: int, sign: Sign) -> Line:
    """What a row says; nothing but a name where two numbers in it may be the value."""
    name, flags, unit, bounds = "", "", "", ""
    values: list[tuple[Sampled, str]] = []
    for at, cell in enumerate(row.cells):
        text = cell.text
        if printed_value.FLAGS.fullmatch(text) or (values and printed_value.flag_of(text)):
            flags = f"{flags} {printed_value.flag_of(text)}".strip()
        elif not values and name and _is_number(text, sign):
            if _has_another([other.text for other in row.cells[at:]], sign):
                break
            values.append(((None, ""), text))
        elif values and not unit and units.is_known(text):
            unit = text
        elif values and not bounds and numbers.range_of(text, sign) is not None:
            bounds = text
        elif not values and any(one.isalpha() for one in text):
            name = f"{name} {text}".strip()
    values = [(sampled, f"{flags} {text}".strip()) for sampled, text in values]
    return Line(row, page, name=name, values=tuple(values), unit=unit, range=bounds, is_sure=False)


def _is_number(text: str, sign: Sign) -> bool:
    value = printed_value.parsed(text, sign)
    return value is not None and value.number is not None


def _has_another(texts: Sequence[str], sign: Sign) -> bool:
    """Whether a number, such as that of a former day, stands between a value and its unit; one behind `<` may be the range."""
    if printed_value.is_whole(texts[0], sign):
        return False
    between = [*takewhile(lambda text: not units.is_known(text) and not _is_range(text, sign), texts[1:])]
    ranges = [text for text in texts[1:] if numbers.range_of(text, sign) is not None]
    return any(_is_number(text, sign) and (text not in ranges or len(ranges) > 1) for text in between)


def _is_range(text: str, sign: Sign) -> bool:
    """Whether a text has two bounds."""
    bounds = numbers.range_of(text, sign)
    return bounds is not None and bounds.low is not None and bounds.high is not None
