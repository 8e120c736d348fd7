"""A row under the head of a table → its line."""

from collections.abc import Mapping, Sequence

from radiary.documents import placing, printed_value
from radiary.documents.columns import Column
from radiary.documents.line import Line
from radiary.documents.numbers import Sign
from radiary.documents.placing import Placed
from radiary.documents.rows import Row

_ROLES = ("name", "unit", "range", "flag", "low", "high")


def line(row: Row, table: Sequence[Column], page: int, *, sign: Sign) -> Line:
    """What a row says under each head."""
    texts, others = _texts(placing.placed(row, table, sign), table, sign)
    by_role = {role: [texts[n] for n, column in enumerate(table) if column.role == role and n in texts] for role in _ROLES}
    shown = [(n, texts[n]) for n, column in enumerate(table) if column.role in placing.VALUES and n in texts]
    if by_role["flag"] and shown and (mark := printed_value.flag_of(by_role["flag"][0])):
        shown[0] = shown[0][0], f"{mark} {shown[0][1]}"
    told = tuple(
        ((table[n].day, table[n].time), f"{text}{_unit_behind(n, texts, table)}")
        for n, text in shown
        if table[n].role == "value" or table[n].day
    )
    bounds = " ".join(by_role["range"]) or _bounds(by_role["low"], by_role["high"])
    units_of_all = by_role["unit"] if sum(column.role == "unit" for column in table) < 2 else []
    return Line(
        row, page, name=" ".join(by_role["name"]), values=told, unit=" ".join(units_of_all), range=bounds, others=tuple(others)
    )


def _texts(placed: Placed, table: Sequence[Column], sign: Sign) -> tuple[dict[int, str], list[str]]:
    """What stands in each column, flags before their values; and values with units of their own before another in one column."""
    texts: dict[int, str] = {}
    others: list[str] = []
    for number, cell in placed:
        if number >= 0:
            before = texts.get(number, "")
            if table[number].role in placing.VALUES and all(printed_value.is_whole(text, sign) for text in (before, cell.text)):
                others.append(before)
                before = ""
            texts[number] = f"{before} {cell.text}".strip()
    told = [(number, cell) for number, cell in placed if number >= 0 and table[number].role in placing.VALUES]
    for flag in (cell for number, cell in placed if number < 0):
        if told:
            _, number = min((placing.gap(flag, cell), number) for number, cell in told)
            texts[number] = f"{flag.text} {texts[number]}"
        elif set(flag.text) == {"+"} and table[number := placing.nearest(flag, table)].role in placing.VALUES:
            texts[number] = flag.text
    return texts, others


def _bounds(low: Sequence[str], high: Sequence[str]) -> str:
    """A range whose bounds stand in columns of their own; one alone with the word for its column."""
    if low and high:
        return f"{low[0]} - {high[0]}"
    alone = next(((word, one[0]) for word, one in (("min. ", low), ("max. ", high)) if one), ("", ""))
    return "".join(alone) if alone[1][:1].isdigit() else alone[1]


def _unit_behind(number: int, texts: Mapping[int, str], table: Sequence[Column]) -> str:
    """The unit of a column of values, where each has its own behind it."""
    own = number + 1
    if sum(column.role == "unit" for column in table) < 2 or own >= len(table) or table[own].role != "unit":
        return ""
    return f" {texts[own]}" if own in texts else ""
