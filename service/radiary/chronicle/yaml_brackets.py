"""Where an exam belongs in what stands in brackets: YAML's flow style, and so JSON, too. Nothing of hers is taken away."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from radiary.chronicle import yaml_entries
from radiary.chronicle.story import Exam
from radiary.chronicle.yaml_days import MappingNode, Node, NotMergeable, SequenceNode

Insertion = tuple[int, int, str]
"""A line and a column, and the text that belongs before them."""
_NOTED = re.compile(r"[ \t]*(,?)[ \t]+#.*\s")
"""A comment behind an entry, on its line."""


@dataclass(frozen=True)
class Brackets:
    """The lines of her list."""

    lines: Sequence[str]

    @property
    def is_json(self) -> bool:
        """Whether keys and dates stand in quotation marks; so they do where there are none yet, since YAML reads it as well."""
        return any('"date":' in line for line in self.lines) or not any("date:" in line for line in self.lines)

    def day(self, days: SequenceNode, *, later: MappingNode | None, date: str, exams: Sequence[Exam]) -> Insertion:
        """A new day before a later one, or behind the last."""
        text = yaml_entries.day_in_brackets(date, exams, is_json=self.is_json)
        if later is not None:
            line, column = later.start_mark.line, later.start_mark.column
            while self._gap(later) != " " and self.lines[line - 1][column:].startswith("#"):
                line -= 1  # her comment stands above what it is about
            return line, column, f"{text},{self._gap(later)}"
        return self._behind(days, [text])

    def events(self, day: MappingNode, value: Node | None, *, date: str, exams: Sequence[Exam]) -> Insertion | None:
        """More events on a day with `value` for its events, or with none; nothing where they do not stand in brackets."""
        made = yaml_entries.events_in_brackets(date, exams, is_json=self.is_json)
        if value is None and day.flow_style and day.value:
            key, last = day.value[-1]
            return self._next(key, last, [f"{yaml_entries.events_key(is_json=self.is_json)}: [{', '.join(made)}]"], gap=" ")
        return self._behind(value, made) if isinstance(value, SequenceNode) and value.flow_style else None

    def _behind(self, entries: SequenceNode, made: Sequence[str]) -> Insertion:
        if entries.value:
            last = entries.value[-1]
            return self._next(last, last, made, gap=self._gap(last))
        line, start = entries.start_mark.line, entries.start_mark.column
        opening = self.lines[line].find("[", start)
        if opening < 0:
            raise NotMergeable
        return line, opening + 1, ", ".join(made)

    def _next(self, first: Node, last: Node, made: Sequence[str], *, gap: str) -> Insertion:
        """What follows an entry from `first` to `last`: below its line, where her comment stands behind it there."""
        end = last.end_mark
        noted = _NOTED.fullmatch(self.lines[end.line][end.column :])
        if noted is None:
            return end.line, end.column, "".join(f",{gap}{one}" for one in made)
        space = " " * first.start_mark.column
        return end.line + 1, 0, "".join(f"{space}{one},\n" if noted[1] else f"{space}, {one}\n" for one in made)

    def _gap(self, entry: Node) -> str:
        """What stands between an entry and its neighbour: a new line, where the entry has one."""
        before = self.lines[entry.start_mark.line][: entry.start_mark.column]
        return " " if before.strip() else f"\n{before}"
