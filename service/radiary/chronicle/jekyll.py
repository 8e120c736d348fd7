"""Story → site data in the person's own form, by inserting text: no line that stands there is ever rewritten.

A YAML library finds line numbers, and once more to verify that nothing but the addition changed; it never writes.
"""

import datetime
import re
from dataclasses import dataclass
from typing import Any

import yaml

from radiary.chronicle.story import Exam, Story


class NotMergeable(Exception):
    """The chronicle cannot be added to; the message says where, and the file is left alone."""


@dataclass(frozen=True)
class Addition:
    """The file's new text, the exams that are in it now, and why others are not."""

    text: str
    exams: tuple[tuple[str, Exam], ...]
    note: str | None


def listed(text: str) -> dict[str, set[str]]:
    """The picture names that each day lists. Raises NotMergeable."""
    return {_date(day["date"]): {name for event in _events(day) for name in _images(event)} for day in _loaded(text)}


def added(text: str, story: Story, known: frozenset[str]) -> Addition:
    """Insert every dated exam that is not `known` (by study UID). Raises NotMergeable when nothing can be added at all."""
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix(mark)
    _loaded(text)
    exams: list[tuple[str, Exam]] = []
    note = None
    for day in story.days:
        for exam in day.exams:
            if day.date and exam.pictures and exam.study not in known:
                try:
                    text = _with_exam(text, day.date, exam)
                    exams.append((day.date, exam))
                except NotMergeable as error:
                    note = str(error)
    return Addition(mark + text, tuple(exams), note)


def _with_exam(text: str, date: str, exam: Exam) -> str:
    """The text with an exam, unless a run that was cut short put it there. Raises NotMergeable rather than change more."""
    before = _loaded(text)
    if any(_is_ours(event, exam) for day in before if _date(day["date"]) == date for event in _events(day)):
        return text
    after = _inserted(text, date, exam)
    if _plain(_without(_loaded(after), date, exam)) != _plain(before):
        raise NotMergeable(f"The exam of {date} could not be added without changing what stands there; it was left alone.")
    return after


def _is_ours(event: dict[str, Any], exam: Exam) -> bool:
    return not {picture.name for picture in exam.pictures}.isdisjoint(_images(event))


def _loaded(text: str) -> list[dict[str, Any]]:
    """The days. A last line without its newline counts as ended: literal text there gains one when something follows."""
    try:
        found = yaml.safe_load(text + "\n")
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


def _without(days: list[dict[str, Any]], date: str, exam: Exam) -> list[dict[str, Any]]:
    """The days without the exam's event, and without its day when nothing else is in it."""
    kept = []
    for day in days:
        if _date(day["date"]) == date and any(_is_ours(event, exam) for event in _events(day)):
            events = [event for event in day["events"] if not (isinstance(event, dict) and _is_ours(event, exam))]
            if events or set(day) != {"date", "events"}:
                kept.append({**day, "events": events})
        else:
            kept.append(day)
    return kept


def _plain(days: list[dict[str, Any]]) -> list[Any]:
    """What the days mean, for comparing: line breaks at the end of text, and how an empty day is written, do not count."""
    plain = [_trimmed({"events": None, **day, "date": _date(day["date"])}) for day in days]
    return [day for day in plain if day["events"] or len(day) > 2]


def _trimmed(found: Any) -> Any:
    if isinstance(found, str):
        return found.rstrip()
    if isinstance(found, list):
        return [_trimmed(one) for one in found]
    return {key: _trimmed(one) for key, one in found.items()} if isinstance(found, dict) else found


def _inserted(text: str, date: str, exam: Exam) -> str:
    """The text with one more event, on its day or on a new day in ascending order; a missing last newline stays missing."""
    newline = "\r\n" if "\r\n" in text else "\n"
    ended = not text or text.endswith("\n")
    whole = text if ended else text + newline
    lines = whole.splitlines(keepends=True)
    root = yaml.compose(whole, Loader=yaml.SafeLoader)
    days = root.value if isinstance(root, yaml.SequenceNode) else []
    if isinstance(root, yaml.SequenceNode) and root.flow_style:
        if days:
            raise NotMergeable("The chronicle is written in YAML's flow style, which cannot be added to; it was left alone.")
        lines[root.start_mark.line] = lines[root.start_mark.line].replace("[]", "", 1).lstrip(" ")
    column = root.start_mark.column if isinstance(root, yaml.SequenceNode) and days else 0
    at, block = _place(lines, days, column, date, exam)
    changed = "".join([*lines[:at], *(line.replace("\n", newline) for line in block), *lines[at:]])
    return changed if ended else changed.removesuffix(newline)


def _place(lines: list[str], days: list[yaml.MappingNode], indent: int, date: str, exam: Exam) -> tuple[int, list[str]]:
    """Before which line to insert what; empties an `events` that holds nothing."""
    for node in days:
        keys = {key.value: (key, value) for key, value in node.value}
        found = keys["date"][1].value[:10]
        if found == date:
            return _on_day(lines, node, keys.get("events"), exam)
        if found > date:
            return node.start_mark.line, _day(indent, date, exam)
    return _end(lines, len(lines)), _day(indent, date, exam)


def _on_day(
    lines: list[str], day: yaml.MappingNode, events: tuple[yaml.Node, yaml.Node] | None, exam: Exam
) -> tuple[int, list[str]]:
    column = day.start_mark.column
    if events is None:
        block = [f"{' ' * column}events:\n", *_event(column + 2, day, exam)]
        return _end(lines, day.end_mark.line), block
    key, value = events
    if isinstance(value, yaml.SequenceNode) and value.value and not value.flow_style:
        return _end(lines, value.end_mark.line), _event(value.start_mark.column, day, exam)
    line = key.start_mark.line
    before, colon, rest = lines[line].partition("events:")
    nothing = re.fullmatch(r"[ \t]*(?:\[\s*\]|~|null)?((?:\s+#[^\n]*)?\s*)", rest)
    if not colon or nothing is None:
        raise NotMergeable(f"The chronicle's `events` on line {line + 1} cannot be added to; it was left alone.")
    lines[line] = f"{before}events:{nothing.group(1)}"
    return line + 1, _event(column + 2, day, exam)


def _end(lines: list[str], line: int) -> int:
    """Step back over blank lines and comments of the margin, so that an insertion stands right behind what it follows."""
    while line and (not lines[line - 1].strip() or lines[line - 1].startswith(("#", "..."))):
        line -= 1
    return line


def _day(indent: int, date: str, exam: Exam) -> list[str]:
    space = " " * indent
    return [f"{space}- date: {date}\n", f"{space}  events:\n", *_entry(indent + 4, date, exam)]


def _event(column: int, day: yaml.MappingNode, exam: Exam) -> list[str]:
    date = next(value.value[:10] for key, value in day.value if key.value == "date")
    return _entry(column, date, exam)


def _entry(column: int, date: str, exam: Exam) -> list[str]:
    space = " " * column
    images = ", ".join(f'"{picture.name}"' for picture in exam.pictures)
    return [f'{space}- title: "{exam.title}"\n', f'{space}  folder: "{date}"\n', f"{space}  images: [{images}]\n"]
