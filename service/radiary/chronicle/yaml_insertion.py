"""Where an exam belongs in her list of days: behind which line, at which column, or between which brackets."""

import operator
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from operator import itemgetter

from radiary.chronicle import yaml_entries
from radiary.chronicle.story import Exam
from radiary.chronicle.yaml_brackets import Brackets, Insertion
from radiary.chronicle.yaml_days import NOTHING, MappingNode, Node, NotMergeable, ScalarNode, SequenceNode, composed

Dated = tuple[str, Exam]
_NOTHING = re.compile(rf"[ \t]*:[ \t]*{NOTHING}?((?:\s+#[^\n]*)?\s*)")
"""What stands behind the word `events` where there are none."""


@dataclass(frozen=True)
class _Written:
    """Her list of days as it is written."""

    lines: list[str]
    days: Sequence[tuple[str, MappingNode]]
    """Each day's date, and where it stands."""
    brackets: SequenceNode | None
    """The list, where it stands in brackets."""
    indent: int
    """The column of its dashes, where it does not."""
    is_descending: bool


def inserted(
    text: str, dates: Sequence[str], exams: Sequence[Dated], *, newline: str, indent: int | None, is_descending: bool
) -> str:
    """The text with more events, each on its day or on a new day where the order wants it; `dates` are those of its days.

    A missing last newline stays missing.
    """
    ended = not text or text.endswith("\n")
    lines = (text if ended else text + newline).splitlines(keepends=True)
    written = _written(lines, dates, indent=indent, is_descending=is_descending)
    by_day = groupby(sorted(exams, key=itemgetter(0), reverse=is_descending), key=itemgetter(0))
    insertions = [_insertion(written, date, [exam for _, exam in group]) for date, group in by_day]
    starts = [0, *accumulate(map(len, lines))]
    places = [(starts[line] + column, new.replace("\n", newline)) for line, column, new in insertions]
    emptied, grown, done = "".join(lines), [], 0
    for at, new in sorted(places, key=itemgetter(0)):
        grown += [emptied[done:at], new]
        done = at
    changed = "".join([*grown, emptied[done:]])
    return changed if ended else changed.removesuffix(newline)


def _written(lines: list[str], dates: Sequence[str], *, indent: int | None, is_descending: bool) -> _Written:
    """How a list stands there; what says that there is nothing becomes a list of lines, where these have a place."""
    root = composed("".join(lines))
    days = root.value if isinstance(root, SequenceNode) else []
    brackets = root if isinstance(root, SequenceNode) and root.flow_style else None
    if root and not days and indent is not None:
        line = root.start_mark.line
        lines[line], times = re.subn(rf"^ *{NOTHING} *", "", lines[line])
        brackets = None if times else brackets
    column = root.start_mark.column if root and days and not brackets else indent or 0
    return _Written(lines, list(zip(dates, days, strict=True)), brackets, column, is_descending)


def _insertion(written: _Written, date: str, exams: Sequence[Exam]) -> Insertion:
    """Before which line and column to insert what; empties an `events` that holds nothing."""
    refusal: NotMergeable | None = None
    for _, node in (one for one in written.days if one[0] == date):
        try:
            return _on_day(written.lines, node, date, exams)
        except NotMergeable as error:  # the same day may stand there twice
            refusal = refusal or error
    if refusal is not None:
        raise refusal
    is_later = operator.lt if written.is_descending else operator.gt
    later = next((node for day, node in written.days if is_later(day, date)), None)
    if written.brackets is not None:
        return Brackets(written.lines).day(written.brackets, later=later, date=date, exams=exams)
    if later is not None:
        line = _above(written.lines, _beginning(written.lines, later.start_mark.line), " " * written.indent + "#")
    else:
        last = written.days[-1][1] if written.days else None
        line = _end(written.lines, len(written.lines), last, column=written.indent + 1 if last else 0)
    return line, 0, "".join(yaml_entries.day(written.indent, date, exams))


def _on_day(lines: list[str], day: MappingNode, date: str, exams: Sequence[Exam]) -> Insertion:
    key, value = next(((key, value) for key, value in day.value if key.value == "events"), (None, None))
    column = day.start_mark.column
    has_some = isinstance(value, SequenceNode) and bool(value.value)
    if isinstance(value, SequenceNode) and has_some and not value.flow_style:
        return (
            _end(lines, value.end_mark.line, value, column=column),
            0,
            "".join(yaml_entries.events(_dash(lines, value), date, exams)),
        )
    if key is None and not day.flow_style:
        events = [f"{' ' * column}events:\n", *yaml_entries.events(column + 2, date, exams)]
        return _end(lines, day.end_mark.line, day, column=column), 0, "".join(events)
    nothing = key and _NOTHING.fullmatch(lines[key.end_mark.line][key.end_mark.column :])
    if key and nothing and not has_some and not day.flow_style:
        line = key.end_mark.line
        lines[line] = f"{lines[line][: key.end_mark.column]}:{nothing[1]}"
        return line + 1, 0, "".join(yaml_entries.events(column + 2, date, exams))
    bracketed = Brackets(lines).events(day, value, date=date, exams=exams)
    if bracketed is None:
        raise NotMergeable
    return bracketed


def _dash(lines: Sequence[str], events: SequenceNode) -> int:
    """The column of the dashes of a list, which may have a name (`&events`) that stands before them."""
    line, column = events.start_mark.line, events.start_mark.column
    if lines[line].startswith("-", column):
        return column
    first = lines[_beginning(lines, events.value[0].start_mark.line)]
    return len(first) - len(first.lstrip())


def _beginning(lines: Sequence[str], line: int) -> int:
    """The line of an entry's dash, which may stand above what it begins."""
    while not lines[line].lstrip().startswith("-"):
        line -= 1
    return line


def _above(lines: Sequence[str], line: int, comment: str) -> int:
    """The line of an entry with her comment right above it; a comment with which everything begins is about everything."""
    first = line
    while first and lines[first - 1].startswith(comment):
        first -= 1
    return first or line


def _end(lines: list[str], line: int, last: Node | None, *, column: int) -> int:
    """Step back over what belongs to no entry, so that an insertion stands right behind what it follows.

    Blank lines that text at its end keeps (`|+`) are part of that text.
    """
    while isinstance(last, MappingNode | SequenceNode):
        inner = last.value[-1] if last.value else None
        last = inner[1] if isinstance(inner, tuple) else inner
    if isinstance(last, ScalarNode) and last.style in ("|", ">") and (last.value == "\n" or last.value.endswith("\n\n")):
        return line
    while line and _is_between(lines[line - 1], column):
        line -= 1
    return line


def _is_between(line: str, column: int) -> bool:
    """Whether a line belongs to no entry: blank, the end of a document, or a comment that begins before a column."""
    return not line.strip() or line.startswith("...") or line[:column].lstrip(" ").startswith("#")
