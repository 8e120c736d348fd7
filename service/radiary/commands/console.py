"""What a person sees on a terminal: sentences, tables, bars. No names, no identifiers, no source file names."""

from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.tree import Tree

from radiary.commands.conditions import WATCHED, Condition, Life
from radiary.model.errors import SENTENCES, explain
from radiary.model.events import (
    AwaitingOwner,
    Chronicled,
    Deferred,
    Described,
    Event,
    Failed,
    Filed,
    FiledStudy,
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
from radiary.state.queue import Queue

out = Console(highlight=False, soft_wrap=True)
_LIVES = {
    Life.RUNNING: "Radiary is [bold green]running[/]",
    Life.SILENT: "[bold red]Radiary does not answer[/]: it was started, but gave no sign of life for a while. Restart it.",
    Life.NONE: "Radiary is [bold]not running[/]; start it with `radiary run`",
}
_NEWEST = 10
"""Filed exports that `status` shows."""
err = Console(stderr=True, highlight=False, soft_wrap=True)


def line(event: Event) -> str:
    """One fact for a person: when (local time), what, which export by the first 12 digits of its digest."""
    return f"{event.at.astimezone():%Y-%m-%d %H:%M:%S}  {event.type:<10} {sentence(event)}"


def sentence(event: Event) -> str:  # noqa: C901, PLR0912 - one case for every fact
    """What happened, in words."""
    match event:
        case Opened():
            return f"a new ledger, Radiary {event.radiary}"
        case Chronicled():
            return f"{event.date}: {_count(len(event.pictures), 'picture')}"
        case Queued():
            return f"{event.export[:12]}  {event.kind}, {_size(event.size)}" if event.size else f"{event.export[:12]}  once more"
        case Started():
            return f"{event.export[:12]}  attempt {event.attempt}"
        case Filed():
            return f"{event.export[:12]}  {filed(event)}"
        case Rescaled():
            return "shown anew, since more of a series came: " + "; ".join(study.folder for study in event.studies)
        case Rebuilt():
            return f"from the library: {_count(len(event.studies), 'exam')}"
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
    parts = [_study(study) for study in event.studies]
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
    return text + (f" · {_count(event.left, 'other file')} left alone" if event.left else "")


def status(
    pulse: Mapping[str, Any], queue: Queue, *, life: Life, conditions: Sequence[Condition], places: Mapping[str, Path]
) -> None:
    """The service, its queue, the newest exports; `places` is where to look, by what is there."""
    out.print(_LIVES[life])
    for condition in conditions:
        trouble = f"  [bold red]{escape(explain(condition.reason))}[/]" if condition.reason else ""
        if condition.what == WATCHED or trouble:
            what = "watches" if condition.what == WATCHED else condition.what
            out.print(f"  {what} {escape(str(condition.path))}{trouble}")
    told = {condition.reason for condition in conditions}
    for note in _notes(pulse, told) if life is not Life.NONE else ():
        out.print(f"  {note}", markup=False)
    ends = Counter(standing.conclusion.type if standing.conclusion else "pending" for standing in queue.exports.values())
    out.print("  exports: " + (", ".join(f"{count} {end}" for end, count in sorted(ends.items())) or "none yet"))
    for event in _shown(queue):
        out.print(line(event), markup=False)
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
        yield f"{_count(arriving, 'download')} still arriving, or incomplete"
    for reason, count in pulse.get("troubles", {}).items():
        yield f"{_count(count, 'download')} cannot be looked into: {explain(reason)}"
    if missing := pulse.get("missing"):
        yield f"{_count(missing, 'export')} cannot go on: it lies in no watched folder. Put it back, or use `radiary once`."
    if pulse.get("paused") and pulse["paused"] not in told:
        yield explain(pulse["paused"])
    if pulse.get("note"):
        yield str(pulse["note"])


def _shown(queue: Queue) -> Sequence[Event]:
    """What needs its owner or is not done comes first, all of it; then the newest of what was filed."""
    known = [one for one in queue.exports.values() if not isinstance(one.last, Ignored | Forgotten | Superseded)]
    filed = sorted((one.last for one in known if isinstance(one.last, Filed)), key=lambda event: event.seq)
    return [one.last for one in known if not isinstance(one.last, Filed)] + list(filed[-_NEWEST:])


def bar(console: Console) -> Progress:
    """A progress bar over an export's files."""
    return Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=console)


def shown_on(bar: Progress, task: TaskID) -> Callable[[int, int], None]:
    """What an ingest tells its progress to."""

    def show(done: int, total: int) -> None:
        bar.update(task, completed=done, total=total)

    return show


def tree(root: Path, most: int = 4) -> None:
    """A library's folders; of many files in one folder, the first few."""
    grown = Tree(f"[bold]{root.name}[/]")
    _grow(grown, root, most)
    out.print(grown)


def _grow(branch: Tree, folder: Path, most: int) -> None:
    entries = sorted(one for one in folder.iterdir() if not one.name.startswith("."))
    files = [one for one in entries if one.is_file()]
    for path in (one for one in entries if one.is_dir()):
        _grow(branch.add(f"[bold]{path.name}[/]"), path, most)
    for path in files[:most]:
        branch.add(path.name)
    if len(files) > most:
        branch.add(f"[dim]… and {len(files) - most} more[/]")


def _study(study: FiledStudy) -> str:
    pictures = sum(series.pictures for series in study.series)
    if study.modality == "DOC" and study.held and not pictures:
        return f"private shelf: {study.folder} · {', '.join(sorted({series.label for series in study.series}))}"
    new = "" if study.added == pictures else f", {study.added} new"
    place = "private shelf: " if study.held else ""
    return f"{place}{study.folder} · {len(study.series)} series · {_count(pictures, 'picture')}{new}"


def _counted(reasons: Mapping[str, int]) -> str:
    return "".join(f" {count} × {SENTENCES.get(reason, reason)};" for reason, count in reasons.items()).rstrip(";")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _size(size: float) -> str:
    for unit in ("bytes", "KB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"
