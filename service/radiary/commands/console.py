"""What a person sees on a terminal: sentences, tables, bars. No names, no identifiers, no source file names."""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape

from radiary.commands import summary
from radiary.commands.conditions import WATCHED, Condition, Life
from radiary.commands.summary import count
from radiary.model.errors import SENTENCES, explain
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


def line(event: Event, names: Mapping[str, str] = MappingProxyType({})) -> str:
    """One fact for a person: when (local time), what, which export by the first 12 digits of its digest, and by its name."""
    said = named(sentence(event), getattr(event, "export", ""), names)
    return f"{event.at.astimezone():%Y-%m-%d %H:%M:%S}  {event.type:<10} {said}"


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
            return f"a new ledger, Radiary {event.radiary}"
        case Chronicled():
            return f"{event.date}: {count(len(event.pictures), 'picture')}"
        case Queued():
            return f"{event.export[:12]}  {event.kind}, {_size(event.size)}" if event.size else f"{event.export[:12]}  once more"
        case Started():
            return f"{event.export[:12]}  attempt {event.attempt}"
        case Filed():
            return f"{event.export[:12]}  {filed(event)}"
        case Rescaled(windows=(_, *_)):
            return f"shown in further windows ({', '.join(event.windows)}): {event.studies[0].folder}"
        case Rescaled():
            return "shown anew, since more of a series came: " + "; ".join(study.folder for study in event.studies)
        case Rebuilt():
            return f"from the library: {count(len(event.studies), 'exam')}"
        case PutAway():
            return f"{event.export[:12]}  " + (
                "the download was deleted" if event.into == "deleted" else f"moved to {event.into}/"
            )
        case Reviewed(decision="doubted"):
            return f"a held picture was stopped by a second look: it {'; it '.join(map(explain, event.doubts))}"
        case Picked():
            return "a picture was picked" if event.is_wanted else "a picture is not to be picked"
        case Described():
            return f"a paper of {event.date or 'no known day'} is {event.kind.replace('-', ' ')}"
        case Reviewed():
            return f"a held picture was {event.decision}" + (" by a second yes" if event.is_confirmed else "")
        case LookedAgain():
            return f"looked for text at last: {event.cleared} cleared, still held:{_counted(event.held) or ' none'}"
        case Removed():
            what = "a picture" if event.instance else "a series" if event.series else "an exam"
            return f"{event.folder}: {what} was {'taken out' if event.trash else 'deleted by hand'}"
        case Restored():
            return f"{event.studies[0].folder}: what was taken out is back" if event.studies else "what was taken out is back"
        case Forgotten():
            return f"{event.export[:12]}  as its owner wished"
        case Superseded():
            return f"{event.export[:12]}  not there any more, or another download stands in its place"
        case Failed():
            return f"{event.export[:12]}  internal error: {event.error}"
        case Rejected():
            return f"{event.export[:12]}  {explain(event.reason)}{_counted(event.skipped)}"
        case Ignored() | AwaitingOwner() | Deferred():
            return f"{event.export[:12]}  {explain(event.reason)}"


def filed(event: Filed) -> str:
    """What was filed, what is held, what was skipped, in words."""
    parts = [summary.study(study) for study in event.studies]
    text = "; ".join(parts)
    people = len({study.patient for study in event.studies})
    if people > 1:
        text += f" · scans of {people} people, or of one under several numbers (see `radiary people`)"
    if event.held:
        text += f" · on the private shelf, for your eyes only:{_counted(event.held)}"
    if event.skipped:
        text += f" · skipped:{_counted(event.skipped)}"
    if event.noted:
        text += f" · filed, though not as it came:{_counted(event.noted)}"
    return text + (f" · {count(event.left, 'other file')} left alone" if event.left else "")


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
            what = "watches" if condition.what == WATCHED else condition.what
            out.print(f"  {what} {escape(str(condition.path))}{trouble}")
    told = {condition.reason for condition in conditions}
    for note in _notes(pulse, told) if life is not Life.NONE else ():
        out.print(f"  {note}", markup=False)
    ends = Counter(standing.conclusion.type if standing.conclusion else "pending" for standing in queue.exports.values())
    out.print("  exports: " + (", ".join(f"{times} {end}" for end, times in sorted(ends.items())) or "none yet"))
    for event in _shown(queue):
        out.print(line(event, names), markup=False)
    filed = ends["filed"]
    if filed > _NEWEST:
        out.print(f"  … and {filed - _NEWEST} more that were filed: radiary log")
    closed = {condition.path for condition in conditions if condition.reason}
    for what, place in places.items():
        if closed.isdisjoint((place, *place.parents)) and place.exists():
            out.print(f"  {what}: {place}", markup=False)


def _notes(pulse: Mapping[str, Any], told: Container[str | None]) -> Iterator[str]:
    """What the service said last of its work, and what keeps it from it, but for reasons that were `told`."""
    if working := pulse.get("working"):
        yield f"at work on {working['export']}: {working['done']} of {working['total']} files"
    if arriving := pulse.get("arriving"):
        yield f"{count(arriving, 'download')} still arriving, or incomplete"
    for reason, times in pulse.get("troubles", {}).items():
        yield f"{count(times, 'download')} cannot be looked into: {explain(reason)}"
    if missing := pulse.get("missing"):
        yield f"{count(missing, 'export')} cannot go on: it lies in no watched folder. Put it back, or use `radiary once`."
    if pulse.get("paused") and pulse["paused"] not in told:
        yield explain(pulse["paused"])
    if pulse.get("note"):
        yield str(pulse["note"])


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
        branch.add(f"[dim]… and {len(files) - most} more[/]")


def _counted(reasons: Mapping[str, int]) -> str:
    return "".join(f" {times} × {SENTENCES.get(reason, reason)};" for reason, times in reasons.items()).rstrip(";")


def _size(size: float) -> str:
    for unit in ("bytes", "KB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"
