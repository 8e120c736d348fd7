"""The three lines that `radiary status` begins with: what runs, what waits for its owner, what was filed last."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from radiary.announcing.time_left import about
from radiary.commands.conditions import WATCHED, Condition, Life
from radiary.model.errors import explain
from radiary.model.events import AwaitingOwner, Filed, FiledStudy, Rejected
from radiary.state.queue import Queue

_LIVES = {
    Life.RUNNING: "Radiary is running",
    Life.SILENT: "Radiary does not answer: it was started, but gave no sign of life for a while. Restart it.",
    Life.NONE: "Radiary is not running; start it with `radiary run`",
}


def runs(life: Life, pulse: Mapping[str, Any], conditions: Sequence[Condition], *, is_paused: bool) -> str:
    """The service, what it watches, and what it is at."""
    if life is Life.SILENT:
        return _LIVES[life]
    if is_paused:
        return f"{_LIVES[life]}; it is paused, and `radiary resume` has it go on."
    watched = ", ".join(str(one.path) for one in conditions if one.what == WATCHED)
    if life is Life.NONE:
        return f"{_LIVES[life]}."
    if working := pulse.get("working"):
        left = about(working.get("seconds_left"))
        return f"{_LIVES[life]}, at work on {working['export']}: {working['done']} of {working['total']} files{left}."
    return f"{_LIVES[life]} and watches {watched}."


def waits(queue: Queue, conditions: Sequence[Condition], gone: int) -> str:
    """What only its owner can settle, each with how; `gone` exams were deleted by hand."""
    told = list(dict.fromkeys(_waiting(queue, conditions, gone)))
    return f"Waits for you: {'; '.join(told)}." if told else "Nothing waits for you."


def _waiting(queue: Queue, conditions: Sequence[Condition], gone: int) -> Iterator[str]:
    for condition in conditions:
        if condition.reason:
            yield explain(condition.reason).rstrip(".")
    lasts = [standing.last for standing in queue.exports.values()]
    if locked := sum(isinstance(one, AwaitingOwner) for one in lasts):
        yield f"{count(locked, 'download')} locked (`radiary unlock`)"
    if rejected := sum(isinstance(one, Rejected) for one in lasts):
        yield f"{count(rejected, 'download')} not filed (`radiary status --all` says why; `radiary retry` or `radiary forget`)"
    if held := sum(series.pictures for study in queue.studies.values() if study.held for series in study.series):
        yield f"{count(held, 'held picture')} (`radiary review`)"
    if gone:
        yield f"{count(gone, 'exam')} deleted by hand (`radiary remove --gone`)"


def last(queue: Queue) -> str:
    """The newest exam."""
    newest = max((one.last for one in queue.exports.values() if isinstance(one.last, Filed)), key=_seq, default=None)
    if newest is None:
        return "Nothing was filed yet."
    return f"Filed last, {newest.at.astimezone():%Y-%m-%d %H:%M}: {'; '.join(study(one) for one in newest.studies)}."


def _seq(event: Filed) -> int:
    return event.seq


def study(filed: FiledStudy) -> str:
    """Its folder, and how much there is."""
    pictures = sum(series.pictures for series in filed.series)
    if filed.modality == "DOC" and filed.held and not pictures:
        return f"private shelf: {filed.folder} · {', '.join(sorted({series.label for series in filed.series}))}"
    new = "" if filed.added == pictures else f", {filed.added} new"
    place = "private shelf: " if filed.held else ""
    return f"{place}{filed.folder} · {len(filed.series)} series · {count(pictures, 'picture')}{new}"


def count(number: int, noun: str) -> str:
    """A number of things, the noun as it must be."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
