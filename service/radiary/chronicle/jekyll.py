"""Story → site data in the person's own form, by inserting text: no line that stands there is ever rewritten.

A YAML library finds line numbers, and once more to verify that nothing but the addition changed; it never writes.
"""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

import yaml

from radiary.chronicle.story import Exam, Story

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser in C, ten times as fast, where PyYAML was built with it."""
Dated = tuple[str, Exam]
Days = list[dict[str, Any]]


class NotMergeable(Exception):
    """The chronicle cannot be added to; the message says where, and the file is left alone."""


@dataclass(frozen=True)
class Addition:
    """The file's new text, the exams that are in it now, and why others are not."""

    text: str
    exams: tuple[tuple[str, Exam], ...]
    note: str | None


def listed(days: Days) -> dict[str, set[str]]:
    """The picture names that each day lists."""
    return {_date(day["date"]): {name for event in _events(day) for name in _images(event)} for day in days}


def added(text: str, story: Story, known: frozenset[str], days: Days | None = None) -> Addition:
    """Insert every dated exam that is not `known` (by study UID). Raises NotMergeable when nothing can be added at all.

    All at once, and where that cannot be, one by one, so that a day which cannot be added to keeps no other one waiting.
    `days` are those of the text, where they were read already: reading a long file takes seconds.
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix(mark)
    wanted = [
        (day.date, exam) for day in story.days for exam in day.exams if day.date and exam.pictures and exam.study not in known
    ]
    before = read(text) if days is None else days
    try:
        return Addition(mark + _with_exams(text, before, wanted), tuple(wanted), None)
    except NotMergeable:
        exams, note = [], None
        for one in wanted:
            try:
                text = _with_exams(text, read(text), [one])
                exams.append(one)
            except NotMergeable as error:
                note = str(error)
        return Addition(mark + text, tuple(exams), note)


def _with_exams(text: str, before: Days, exams: Sequence[Dated]) -> str:
    """The text with exams, but those that a run which was cut short put there. Raises NotMergeable rather than change more."""
    events: dict[str, list[dict[str, Any]]] = {}
    for day in before:
        events.setdefault(_date(day["date"]), []).extend(_events(day))
    new = [(date, exam) for date, exam in exams if not any(_is_ours(event, exam) for event in events.get(date, []))]
    if not new:
        return text
    after = _inserted(text, new)
    if _plain(_without(read(after), new)) != _plain(before):
        dates = " and ".join(sorted({date for date, _ in new}))
        raise NotMergeable(f"The exam of {dates} could not be added without changing what stands there; it was left alone.")
    return after


def _is_ours(event: dict[str, Any], exam: Exam) -> bool:
    return not {picture.name for picture in exam.pictures}.isdisjoint(_images(event))


def read(text: str) -> Days:
    """The days. Raises NotMergeable.

    A last line without its newline counts as ended: literal text there gains one when something follows.
    """
    try:
        found = yaml.load(text.removeprefix("\ufeff") + "\n", _Loader)  # noqa: S506 - either of them is a safe one
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise NotMergeable(f"The chronicle has a YAML mistake at line {line}. Mend it; it was left alone.") from None
    except (yaml.YAMLError, ValueError):
        raise NotMergeable("The chronicle is no valid YAML. Mend it; it was left alone.") from None
    if found is None:
        return []
    if not isinstance(found, list) or not all(isinstance(day, dict) and _date(day.get("date")) for day in found):
        raise NotMergeable("The chronicle is not a list of days, each with a `date`; it was left alone.")
    return found


def _date(found: Any) -> str:
    if isinstance(found, datetime.date):
        return found.isoformat()[:10]
    return found if isinstance(found, str) else ""


def _events(day: dict[str, Any]) -> list[dict[str, Any]]:
    events = day.get("events")
    return [event for event in events if isinstance(event, dict)] if isinstance(events, list) else []


def _images(event: dict[str, Any]) -> list[str]:
    images = event.get("images")
    return [name for name in images if isinstance(name, str)] if isinstance(images, list) else []


def _without(days: Days, exams: Sequence[Dated]) -> Days:
    """The days without the exams' events, and without a day when nothing else is in it."""
    ours: dict[str, list[Exam]] = {}
    for date, exam in exams:
        ours.setdefault(date, []).append(exam)
    kept = []
    for day in days:
        mine = ours.get(_date(day["date"]), [])
        if any(_is_ours(event, exam) for event in _events(day) for exam in mine):
            events = [one for one in day["events"] if not (isinstance(one, dict) and any(_is_ours(one, exam) for exam in mine))]
            if events or set(day) != {"date", "events"}:
                kept.append({**day, "events": events})
        else:
            kept.append(day)
    return kept


def _plain(days: Days) -> list[Any]:
    """What the days mean, for comparing: line breaks at the end of text, and how an empty day is written, do not count."""
    plain = [_trimmed({"events": None, **day, "date": _date(day["date"])}) for day in days]
    return [day for day in plain if day["events"] or len(day) > 2]


def _trimmed(found: Any) -> Any:
    if isinstance(found, str):
        return found.rstrip()
    if isinstance(found, list):
        return [_trimmed(one) for one in found]
    return {key: _trimmed(one) for key, one in found.items()} if isinstance(found, dict) else found


def _inserted(text: str, exams: Sequence[Dated]) -> str:
    """The text with more events, each on its day or on a new day in ascending order; a missing last newline stays missing."""
    newline = "\r\n" if "\r\n" in text else "\n"
    ended = not text or text.endswith("\n")
    whole = text if ended else text + newline
    lines = whole.splitlines(keepends=True)
    root = yaml.compose(whole, Loader=_Loader)
    days = root.value if isinstance(root, yaml.SequenceNode) else []
    if isinstance(root, yaml.SequenceNode) and root.flow_style:
        if days:
            raise NotMergeable("The chronicle is written in YAML's flow style, which cannot be added to; it was left alone.")
        lines[root.start_mark.line] = lines[root.start_mark.line].replace("[]", "", 1).lstrip(" ")
    column = root.start_mark.column if isinstance(root, yaml.SequenceNode) and days else 0
    places = [
        (*_place(lines, days, column, date, [exam for _, exam in group]), date)
        for date, group in groupby(sorted(exams, key=itemgetter(0)), key=itemgetter(0))
    ]
    grown, done = [], 0
    for at, block, _ in sorted(places, key=lambda one: (one[0], one[2])):
        grown += [*lines[done:at], *(line.replace("\n", newline) for line in block)]
        done = at
    changed = "".join([*grown, *lines[done:]])
    return changed if ended else changed.removesuffix(newline)


def _place(
    lines: list[str], days: list[yaml.MappingNode], indent: int, date: str, exams: Sequence[Exam]
) -> tuple[int, list[str]]:
    """Before which line to insert what; empties an `events` that holds nothing."""
    for node in days:
        keys = {key.value: (key, value) for key, value in node.value}
        found = keys["date"][1].value[:10]
        if found == date:
            return _on_day(lines, node, keys.get("events"), date, exams)
        if found > date:
            return node.start_mark.line, _day(indent, date, exams)
    return _end(lines, len(lines)), _day(indent, date, exams)


def _on_day(
    lines: list[str], day: yaml.MappingNode, events: tuple[yaml.Node, yaml.Node] | None, date: str, exams: Sequence[Exam]
) -> tuple[int, list[str]]:
    column = day.start_mark.column
    if events is None:
        return _end(lines, day.end_mark.line), [f"{' ' * column}events:\n", *_entries(column + 2, date, exams)]
    key, value = events
    if isinstance(value, yaml.SequenceNode) and value.value and not value.flow_style:
        return _end(lines, value.end_mark.line), _entries(value.start_mark.column, date, exams)
    line = key.start_mark.line
    before, colon, rest = lines[line].partition("events:")
    nothing = re.fullmatch(r"[ \t]*(?:\[\s*\]|~|null)?((?:\s+#[^\n]*)?\s*)", rest)
    if not colon or nothing is None:
        raise NotMergeable(f"The chronicle's `events` on line {line + 1} cannot be added to; it was left alone.")
    lines[line] = f"{before}events:{nothing.group(1)}"
    return line + 1, _entries(column + 2, date, exams)


def _end(lines: list[str], line: int) -> int:
    """Step back over blank lines and comments of the margin, so that an insertion stands right behind what it follows."""
    while line and (not lines[line - 1].strip() or lines[line - 1].startswith(("#", "..."))):
        line -= 1
    return line


def _day(indent: int, date: str, exams: Sequence[Exam]) -> list[str]:
    space = " " * indent
    return [f"{space}- date: {date}\n", f"{space}  events:\n", *_entries(indent + 4, date, exams)]


def _entries(column: int, date: str, exams: Sequence[Exam]) -> list[str]:
    space, lines = " " * column, []
    for exam in exams:
        images = ", ".join(f'"{picture.name}"' for picture in exam.pictures)
        lines += [f'{space}- title: "{exam.title}"\n', f'{space}  folder: "{date}"\n', f"{space}  images: [{images}]\n"]
    return lines
