"""What a person sees on a terminal: sentences, tables, bars. No names, no identifiers, no source file names."""

import json
import sys
import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape

from radiary.commands.checks.conditions import WATCHED, Condition, Life
from radiary.commands.speaking import fact_sentences, spoken
from radiary.commands.speaking.spoken import count
from radiary.language import marked, readable
from radiary.model.events import Event, Filed, Forgotten, Ignored, Superseded
from radiary.state.folder import State
from radiary.state.queue import Queue

if TYPE_CHECKING:
    from rich.live import Live
    from rich.progress import Progress, TaskID
    from rich.text import Text
    from rich.tree import Tree


class _Terminal(Console):
    """One whose reader may go: of that, `cli` knows what to make; rich would end with 1. No text that it shows does anything."""

    def render_str(self, text: str, **how: Any) -> "Text":
        return super().render_str(readable(text), **how)

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


out = _Terminal(highlight=False, soft_wrap=True)
_WHEN = len("2024-03-11 09:30:00")
_NEWEST = 10
"""Filed exports that `status` shows."""
err = _Terminal(stderr=True, highlight=False, soft_wrap=True)


def say(message: str, **values: object) -> None:
    """A sentence on standard output, in the language of the terminal."""
    out.print(spoken.say(message, **values), markup=False)


def answering() -> Callable[[], None]:
    """From now on a program listens: no sentence is said on standard output. What is returned ends that."""
    out.quiet = True
    return lambda: setattr(out, "quiet", False)


def is_answering() -> bool:
    """Whether a program listens."""
    return out.quiet


def answer(**told: object) -> None:
    """To a program, what its sentences tell a person: one JSON object, whose keys are told in `answers.py`."""
    if is_answering():
        sys.stdout.write(json.dumps(told, indent=1) + "\n")
        sys.stdout.flush()  # the program may wait for it while the command goes on


def remark(message: str, **values: object) -> None:
    """A sentence on standard error, for what is no result."""
    err.print(spoken.say(message, **values), markup=False)


def busy(message: str) -> "Live":
    """Says on a terminal what takes its time, for as long as it does; on standard error, and it leaves no trace.

    What is written meanwhile goes above it where both are on one terminal, and else where it always goes.
    """
    # Imported here and below: most commands show no bar and no tree.
    from rich.live import Live
    from rich.spinner import Spinner

    turning = Spinner("line", text=spoken.say(message))
    return Live(turning, console=err, transient=True, redirect_stdout=sys.stdout.isatty())


def typed(line: str) -> str:
    """What was typed in a line that came through a pipe, without the mark that Windows puts before text."""
    return line.removeprefix("\ufeff").rstrip("\r\n")


def line(event: Event, names: Mapping[str, str] = MappingProxyType({}), exams: Mapping[str, str] = MappingProxyType({})) -> str:
    """One fact for a person: when (local time), what, which export by the first 12 digits of its digest, and by its name.

    `exams` are the folders of studies, by UID.
    """
    said = named(fact_sentences.sentence(event, exams), getattr(event, "export", ""), names)
    what = spoken.say(event.type).ljust(fact_sentences.longest_type())
    return f"{event.at.astimezone():%Y-%m-%d %H:%M:%S}  {what}  {said}"


def wrapped(fact: str) -> str:
    """A line of a fact as a terminal shows it: what does not fit goes on below its sentence. A file or a pipe gets one line."""
    before = _WHEN + 2 + fact_sentences.longest_type() + 2
    if not out.is_terminal or out.width < 2 * before:
        return fact
    return textwrap.fill(fact, out.width, subsequent_indent=" " * before, break_long_words=False, break_on_hyphens=False)


def named(sentence: str, export: str, names: Mapping[str, str]) -> str:
    """A sentence with the name of a download behind its digits, where one is known."""
    digits = export[:12]
    name = spoken.printable(names.get(export, ""))
    return sentence.replace(digits, f"{digits} ({name})", 1) if digits and name else sentence


def show_names(state: State, exports: Iterable[str]) -> None:
    """On the owner's terminal, which downloads are meant."""
    names = names_for_owner(state)
    for export in exports:
        if export in names:
            out.print(f"  {named(export[:12], export, names)}", markup=False)


def names_for_owner(state: State) -> Mapping[str, str]:
    """What downloads are called, if a terminal shows it: a file, a pipe and a program get digits alone."""
    return state.names.all() if out.is_terminal else {}


def status(
    pulse: Mapping[str, Any],
    queue: Queue,
    *,
    life: Life,
    conditions: Sequence[Condition],
    places: Mapping[str, Path],
    names: Mapping[str, str],
) -> None:
    """The details behind the first lines: folders, the queue, the newest exports; `places` is where to look, by what is there."""
    for condition in conditions:
        trouble = f"  [bold red]{escape(spoken.say('cannot be used just now: see above'))}[/]" if condition.reason else ""
        if condition.what == WATCHED or trouble:
            what = spoken.say("watches") if condition.what == WATCHED else spoken.say(PLACES[condition.what])
            out.print(f"  {what} {escape(str(condition.path))}{trouble}")
    for note in _notes(pulse) if life is not Life.NONE else ():
        out.print(f"  {note}", markup=False)
    ends = Counter(standing.conclusion.type if standing.conclusion else "pending" for standing in queue.exports.values())
    known = ", ".join(
        spoken.say("%(number)s %(what)s", number=times, what=spoken.say(end)) for end, times in sorted(ends.items())
    )
    say("  exports: %(ends)s", ends=known or spoken.say("none yet"))
    for event in _latest(queue):
        out.print(wrapped(line(event, names)), markup=False)
    filed = ends["filed"]
    if filed > _NEWEST:
        say("  … and %(number)s more that were filed: radiary log", number=filed - _NEWEST)
    closed = {condition.path for condition in conditions if condition.reason}
    for what, place in places.items():
        if closed.isdisjoint((place, *place.parents)) and place.exists():
            out.print(f"  {spoken.headed(spoken.say(what), place)}", markup=False)


PLACES = {
    "library": marked("library"),
    "private": marked("private"),
    "chronicle": marked("chronicle"),
    "state": marked("state"),
    "pictures": marked("pictures"),
    "private shelf": marked("private shelf"),
}
"""Folders, as a line begins with them."""


def _notes(pulse: Mapping[str, Any]) -> Iterator[str]:
    """What the service said last of its work; what keeps it from it stands in the first lines."""
    if working := pulse.get("working"):
        at = {"export": working["export"], "done": working["done"], "total": working["total"]}
        yield spoken.say("at work on %(export)s: %(done)s of %(total)s files", **at)
    if arriving := pulse.get("arriving"):
        yield count(
            "%(number)s download still arriving, or incomplete", "%(number)s downloads still arriving, or incomplete", arriving
        )


def _latest(queue: Queue) -> Sequence[Event]:
    """What needs its owner or is not done comes first, all of it; then the newest of what was filed."""
    known = [one for one in queue.exports.values() if not isinstance(one.last, Ignored | Forgotten | Superseded)]
    filed = sorted((one.last for one in known if isinstance(one.last, Filed)), key=lambda event: event.seq)
    return [one.last for one in known if not isinstance(one.last, Filed)] + list(filed[-_NEWEST:])


def bar(console: Console, *, is_passing: bool = False) -> "Progress":
    """A progress bar over an export's files, on a terminal; a passing one leaves no trace."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, Task, TextColumn, TimeElapsedColumn
    from rich.text import Text

    class Count(MofNCompleteColumn):
        """How many of how many, as soon as that is known."""

        def render(self, task: Task) -> Text:
            return Text() if task.total is None else super().render(task)

    columns = TextColumn("{task.description}"), BarColumn(), Count(), TimeElapsedColumn()
    return Progress(*columns, console=console, transient=is_passing, disable=not console.is_terminal)


def shown_on(bar: "Progress", task: "TaskID") -> Callable[[int, int], None]:
    """What an ingest tells its progress to."""

    def show(done: int, total: int) -> None:
        bar.update(task, completed=done, total=total)

    return show


def tree(root: Path, most: int = 4) -> None:
    """A library's folders; of many files in one folder, the first few."""
    from rich.tree import Tree

    grown = Tree(f"[bold]{root.name}[/]")
    _grow(grown, root, most)
    out.print(grown)


def _grow(branch: "Tree", folder: Path, most: int) -> None:
    entries = sorted(one for one in folder.iterdir() if not one.name.startswith("."))
    files = [one for one in entries if one.is_file()]
    for path in (one for one in entries if one.is_dir()):
        _grow(branch.add(f"[bold]{path.name}[/]"), path, most)
    for path in files[:most]:
        branch.add(path.name)
    if len(files) > most:
        branch.add(f"[dim]{spoken.say('… and %(number)s more', number=len(files) - most)}[/]")
