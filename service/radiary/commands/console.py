"""What a person sees on a terminal: sentences, tables, bars. No names, no identifiers, no source file names."""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape

from radiary.commands import spoken, summary
from radiary.commands.conditions import WATCHED, Condition, Life
from radiary.commands.spoken import count, explain
from radiary.language import marked
from radiary.model.errors import SENTENCES
from radiary.model.events import (
    AwaitingOwner,
    Chronicled,
    Deferred,
    Described,
    Event,
    Failed,
    Filed,
    Forgotten,
    Ignored,
    LookedAgain,
    Opened,
    Picked,
    PutAway,
    Queued,
    Rebuilt,
    Rejected,
    Removed,
    Rescaled,
    Restored,
    Reviewed,
    Started,
    Superseded,
)
from radiary.state.folder import State
from radiary.state.queue import Queue

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID
    from rich.tree import Tree

out = Console(highlight=False, soft_wrap=True)
_NEWEST = 10
"""Filed exports that `status` shows."""
err = Console(stderr=True, highlight=False, soft_wrap=True)
_TYPES = (
    *(marked("opened"), marked("chronicled"), marked("queued"), marked("started"), marked("filed"), marked("rescaled")),
    *(marked("rebuilt"), marked("put-away"), marked("reviewed"), marked("picked"), marked("described"), marked("looked-again")),
    *(marked("removed"), marked("restored"), marked("forgotten"), marked("superseded"), marked("failed"), marked("rejected")),
    *(marked("ignored"), marked("waiting"), marked("deferred"), marked("pending")),
)
"""What facts are called: in English, as in the ledger."""
_DECISIONS = {
    ("released", False): marked("a held picture was released"),
    ("released", True): marked("a held picture was released by a second yes"),
    ("blanked", False): marked("a held picture was blanked"),
    ("blanked", True): marked("a held picture was blanked by a second yes"),
    ("kept", False): marked("a held picture was kept"),
    ("undone", False): marked("a decision about a held picture was undone"),
}


def say(message: str, **values: object) -> None:
    """A sentence on standard output, in the language of the terminal."""
    out.print(spoken.say(message, **values), markup=False)


def remark(message: str, **values: object) -> None:
    """A sentence on standard error, for what is no result."""
    err.print(spoken.say(message, **values), markup=False)


def line(event: Event, names: Mapping[str, str] = MappingProxyType({})) -> str:
    """One fact for a person: when (local time), what, which export by the first 12 digits of its digest, and by its name."""
    said = named(sentence(event), getattr(event, "export", ""), names)
    return f"{event.at.astimezone():%Y-%m-%d %H:%M:%S}  {spoken.say(event.type):<10} {said}"


def named(sentence: str, export: str, names: Mapping[str, str]) -> str:
    """A sentence with the name of a download behind its digits, where one is known."""
    digits = export[:12]
    name = "".join(letter if letter.isprintable() else "?" for letter in names.get(export, ""))
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


def sentence(event: Event) -> str:  # noqa: C901, PLR0912 - one case for every fact
    """What happened, in words."""
    match event:
        case Opened():
            return spoken.say("a new ledger, Radiary %(version)s", version=event.radiary)
        case Chronicled():
            return f"{event.date}: {count('%(number)s picture', '%(number)s pictures', len(event.pictures))}"
        case Queued():
            return f"{event.export[:12]}  " + (f"{event.kind}, {_size(event.size)}" if event.size else spoken.say("once more"))
        case Started():
            return f"{event.export[:12]}  {spoken.say('attempt %(number)s', number=event.attempt)}"
        case Filed():
            return f"{event.export[:12]}  {filed(event)}"
        case Rescaled(windows=(_, *_)):
            names, folder = ", ".join(event.windows), event.studies[0].folder
            return spoken.say("%(folder)s: shown in further windows (%(windows)s)", folder=folder, windows=names)
        case Rescaled():
            folders = "; ".join(study.folder for study in event.studies)
            return spoken.say("shown anew, since more of a series came: %(folders)s", folders=folders)
        case Rebuilt():
            exams = count("%(number)s exam", "%(number)s exams", len(event.studies))
            return spoken.say("from the library: %(exams)s", exams=exams)
        case PutAway():
            is_deleted = event.into == "deleted"
            how = spoken.say("the download was deleted") if is_deleted else spoken.say("moved to %(folder)s/", folder=event.into)
            return f"{event.export[:12]}  {how}"
        case Reviewed(decision="doubted"):
            why = "; ".join(map(explain, event.doubts))
            return spoken.say("a held picture was stopped by a second look: %(why)s", why=why)
        case Picked():
            return spoken.say("a picture was picked") if event.is_wanted else spoken.say("a picture is not to be picked")
        case Described():
            kind = event.kind.replace("-", " ")
            if not event.date:
                return spoken.say("a paper of no known day is %(kind)s", kind=kind)
            return spoken.say("a paper of %(day)s is %(kind)s", day=event.date, kind=kind)
        case Reviewed():
            is_second = event.is_confirmed and (event.decision, True) in _DECISIONS
            return spoken.say(_DECISIONS[event.decision, is_second])
        case LookedAgain():
            held = _counted(event.held) or f" {spoken.say('none')}"
            return spoken.say("looked for text at last: %(number)s cleared, still held:%(held)s", number=event.cleared, held=held)
        case Removed():
            return f"{event.folder}: {spoken.say(_removed(event))}"
        case Restored():
            place = f"{event.studies[0].folder}: " if event.studies else ""
            return place + spoken.say("what was taken out is back")
        case Forgotten():
            return f"{event.export[:12]}  {spoken.say('as its owner wished')}"
        case Superseded():
            why = spoken.say("not there any more, or another download stands in its place")
            return f"{event.export[:12]}  {why}"
        case Failed():
            return f"{event.export[:12]}  {spoken.say('internal error: %(error)s', error=event.error)}"
        case Rejected():
            return f"{event.export[:12]}  {explain(event.reason)}{_counted(event.skipped)}"
        case Ignored() | AwaitingOwner() | Deferred():
            return f"{event.export[:12]}  {explain(event.reason)}"


def _removed(event: Removed) -> str:
    what = "picture" if event.instance else "series" if event.series else "exam"
    return _REMOVED[what, bool(event.trash)]


_REMOVED = {
    ("picture", True): marked("a picture was taken out"),
    ("series", True): marked("a series was taken out"),
    ("exam", True): marked("an exam was taken out"),
    ("picture", False): marked("a picture was deleted by hand"),
    ("series", False): marked("a series was deleted by hand"),
    ("exam", False): marked("an exam was deleted by hand"),
}


def filed(event: Filed) -> str:
    """What was filed, what is held, what was skipped, in words."""
    say = spoken.say
    parts = [summary.study(study) for study in event.studies]
    text = "; ".join(parts)
    people = len({study.patient for study in event.studies})
    if people > 1:
        text += say(" · scans of %(number)s people, or of one under several numbers (see `radiary people`)", number=people)
    if event.held:
        text += say(" · on the private shelf, for your eyes only:%(why)s", why=_counted(event.held))
    if event.skipped:
        text += say(" · skipped:%(why)s", why=_counted(event.skipped))
    if event.noted:
        text += say(" · filed, though not as it came:%(why)s", why=_counted(event.noted))
    left = count(" · %(number)s other file left alone", " · %(number)s other files left alone", event.left)
    return text + (left if event.left else "")


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
        trouble = f"  [bold red]{escape(explain(condition.reason))}[/]" if condition.reason else ""
        if condition.what == WATCHED or trouble:
            what = spoken.say("watches") if condition.what == WATCHED else spoken.say(PLACES[condition.what])
            out.print(f"  {what} {escape(str(condition.path))}{trouble}")
    told = {condition.reason for condition in conditions}
    for note in _notes(pulse, told) if life is not Life.NONE else ():
        out.print(f"  {note}", markup=False)
    ends = Counter(standing.conclusion.type if standing.conclusion else "pending" for standing in queue.exports.values())
    known = ", ".join(f"{times} {spoken.say(end)}" for end, times in sorted(ends.items()))
    say("  exports: %(ends)s", ends=known or spoken.say("none yet"))
    for event in _shown(queue):
        out.print(line(event, names), markup=False)
    filed = ends["filed"]
    if filed > _NEWEST:
        say("  … and %(number)s more that were filed: radiary log", number=filed - _NEWEST)
    closed = {condition.path for condition in conditions if condition.reason}
    for what, place in places.items():
        if closed.isdisjoint((place, *place.parents)) and place.exists():
            out.print(f"  {spoken.say(what)}: {place}", markup=False)


PLACES = {
    "library": marked("library"),
    "private": marked("private"),
    "chronicle": marked("chronicle"),
    "state": marked("state"),
    "pictures": marked("pictures"),
    "private shelf": marked("private shelf"),
}
"""Folders, as a line begins with them."""


def _notes(pulse: Mapping[str, Any], told: Container[str | None]) -> Iterator[str]:
    """What the service said last of its work, and what keeps it from it, but for reasons that were `told`."""
    if working := pulse.get("working"):
        at = {"export": working["export"], "done": working["done"], "total": working["total"]}
        yield spoken.say("at work on %(export)s: %(done)s of %(total)s files", **at)
    if arriving := pulse.get("arriving"):
        yield count(
            "%(number)s download still arriving, or incomplete", "%(number)s downloads still arriving, or incomplete", arriving
        )
    for reason, times in pulse.get("troubles", {}).items():
        yield count(
            "%(number)s download cannot be looked into: %(why)s",
            "%(number)s downloads cannot be looked into: %(why)s",
            times,
            why=explain(reason),
        )
    if missing := pulse.get("missing"):
        yield count(
            "%(number)s export cannot go on: it lies in no watched folder. Put it back, or use `radiary once`.",
            "%(number)s exports cannot go on: they lie in no watched folder. Put them back, or use `radiary once`.",
            missing,
        )
    if pulse.get("paused") and pulse["paused"] not in told:
        yield explain(pulse["paused"])
    if pulse.get("note"):
        yield spoken.told(pulse["note"])


def _shown(queue: Queue) -> Sequence[Event]:
    """What needs its owner or is not done comes first, all of it; then the newest of what was filed."""
    known = [one for one in queue.exports.values() if not isinstance(one.last, Ignored | Forgotten | Superseded)]
    filed = sorted((one.last for one in known if isinstance(one.last, Filed)), key=lambda event: event.seq)
    return [one.last for one in known if not isinstance(one.last, Filed)] + list(filed[-_NEWEST:])


def bar(console: Console, *, is_passing: bool = False) -> "Progress":
    """A progress bar over an export's files; a passing one leaves no trace."""
    # Imported here and below: most commands show no bar and no tree.
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    return Progress(*columns, console=console, transient=is_passing)


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


def _counted(reasons: Mapping[str, int]) -> str:
    said = {reason: spoken.say(SENTENCES.get(reason, reason)) for reason in reasons}
    return "".join(f" {times} × {said[reason]};" for reason, times in reasons.items()).rstrip(";")


def _size(size: float) -> str:
    for unit in (marked("bytes"), marked("KB"), marked("MB")):
        if size < 1000:
            return f"{size:.0f} {spoken.say(unit)}"
        size /= 1000
    return f"{size:.1f} {spoken.say('GB')}"
