"""The three lines that `radiary status` begins with: what runs, what waits for its owner, what was filed last."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from radiary.announcing.time_left import about
from radiary.chronicle import mentioned, told_papers
from radiary.commands.checks.conditions import WATCHED, Condition, Life
from radiary.commands.speaking.spoken import count, explain, headed, listed, moment, printable, say, translated
from radiary.language import marked
from radiary.model import errors
from radiary.model.events import AwaitingOwner, Filed, FiledStudy, Rejected
from radiary.state.queue import Queue

_LIVES = {
    Life.RUNNING: marked("Radiary is running"),
    Life.SILENT: marked("Radiary does not answer: it was started, but gave no sign of life for a while. Restart it."),
    Life.NONE: marked("Radiary is not running; start it with %(command)s"),
}
_SHOWN = 3
"""Exams of the newest download that are named, and downloads and folders of which the same is said."""
_HINDRANCES = 3
"""Sentences about what keeps the service from its work that are told where there are many."""


def runs(life: Life, pulse: Mapping[str, Any], conditions: Sequence[Condition], *, is_paused: bool, start: str) -> str:
    """The service, what it watches, and what it is at; where it does not run, what would `start` it."""
    how = say(_LIVES[life], command=start)
    if life is Life.SILENT:
        return how
    if is_paused:
        return say("%(how)s; it is paused, and `radiary resume` has it go on.", how=how)
    watched = ", ".join(str(one.path) for one in conditions if one.what == WATCHED)
    if life is Life.NONE:
        return f"{how}."
    if working := pulse.get("working"):
        left = translated(about(working.get("seconds_left")))
        at = {"export": working["export"], "done": working["done"], "total": working["total"]}
        return say("%(how)s, at work on %(export)s: %(done)s of %(total)s files%(left)s.", how=how, left=left, **at)
    return say("%(how)s and watches %(folders)s.", how=how, folders=watched)


def waits(
    queue: Queue, conditions: Sequence[Condition], *, gone: int, papers: int, hindered: Iterable[str] = (), is_short: bool = False
) -> str:
    """What only its owner can settle, each with how.

    `gone` exams were deleted by hand, `papers` are not confirmed, `hindered` is what the service is: of much, the first is told
    where it `is_short`.
    """
    settled = list(dict.fromkeys(_waiting(queue, conditions, gone, papers)))
    hindrances = [one for one in dict.fromkeys(one.rstrip(".") for one in hindered) if one not in settled]
    if is_short and (left := len(hindrances) - _HINDRANCES) > 1:
        more = count("%(number)s more (%(how)s)", "%(number)s more (%(how)s)", left, how="`radiary status --all`")
        hindrances = [*hindrances[:_HINDRANCES], more]
    known = [*settled, *hindrances]
    return say("Waits for you: %(what)s.", what=listed(known)) if known else say("Nothing waits for you.")


def hindrances(
    pulse: Mapping[str, Any], told: Collection[str | None], names: Mapping[str, str] = MappingProxyType({})
) -> Iterator[str]:
    """What keeps the service from its work, as it said last, but for reasons that were `told`; by `names` of downloads."""
    yield from _of_downloads(pulse, names)
    if pulse.get("paused") and pulse["paused"] not in told:
        yield explain(pulse["paused"])
    if pulse.get("refused"):
        yield say("A decision about an exam was not carried out: %(why)s", why=translated(pulse["refused"]))
    if pulse.get("stuck"):
        yield translated(pulse["stuck"])
    note = pulse.get("note")
    if note and note not in {errors.explain(reason) for reason in told if reason}:
        yield translated(note)


def _of_downloads(pulse: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[str]:
    """What hinders single downloads, not all of them."""
    for reason, times in pulse.get("troubles", {}).items():
        called = sorted(printable(names[mark]) for mark in pulse.get("troubled", {}).get(reason, ()) if mark in names)
        yield count(
            "%(number)s download%(called)s cannot be looked into: %(why)s",
            "%(number)s downloads%(called)s cannot be looked into: %(why)s",
            times,
            called=f" ({_some(called)})" if called else "",
            why=explain(reason),
        )
    if missing := pulse.get("missing"):
        yield count(
            "%(number)s export cannot go on: it lies in no watched folder. Put it back, or use `radiary once`.",
            "%(number)s exports cannot go on: they lie in no watched folder. Put them back, or use `radiary once`.",
            missing,
        )
    if unmoved := pulse.get("unmoved"):
        yield count(
            "%(number)s download that is done with cannot be moved or deleted, as `after` in the settings asks: allow Radiary to "
            "write where it lies, and in the folders `done`, `duplicate`, `failed` and `waiting` there, or set `after` to keep.",
            "%(number)s downloads that are done with cannot be moved or deleted, as `after` in the settings asks: allow Radiary "
            "to write where they lie, and in the folders `done`, `duplicate`, `failed` and `waiting` there, or set `after` to "
            "keep.",
            unmoved,
        )


def _waiting(queue: Queue, conditions: Sequence[Condition], gone: int, papers: int) -> Iterator[str]:
    yield from _folders(conditions)
    lasts = [standing.last for standing in queue.exports.values()]
    if locked := sum(isinstance(one, AwaitingOwner) for one in lasts):
        yield count("%(number)s download locked (`radiary unlock`)", "%(number)s downloads locked (`radiary unlock`)", locked)
    if rejected := sum(isinstance(one, Rejected) and one.is_failure for one in lasts):
        how = say("(`radiary status --all` says why; `radiary retry` or `radiary forget`)")
        yield count("%(number)s download not filed %(how)s", "%(number)s downloads not filed %(how)s", rejected, how=how)
    if held := queue.held_pictures():
        yield count("%(number)s held picture (`radiary review`)", "%(number)s held pictures (`radiary review`)", held)
    if papers:
        how = "(`radiary papers`)"
        yield count("%(number)s paper to look at %(how)s", "%(number)s papers to look at %(how)s", papers, how=how)
    if gone:
        how = "(`radiary remove --gone`)"
        yield count("%(number)s exam deleted by hand %(how)s", "%(number)s exams deleted by hand %(how)s", gone, how=how)


def _folders(conditions: Sequence[Condition]) -> Iterator[str]:
    """Why folders cannot be used, each reason once with those that it holds for."""
    troubled = dict[str, list[str]]()
    for condition in conditions:
        if condition.reason:
            troubled.setdefault(condition.reason, []).append(str(condition.path))
    for reason, places in troubled.items():
        yield f"{_some(places)}: {explain(reason).rstrip('.')}"


def _some(names: Sequence[str]) -> str:
    """The first of several, and how many more there are."""
    return translated(mentioned.some(names[:_SHOWN], len(names)))


def last(queue: Queue) -> str:
    """The newest exams that are there still."""
    filed = sorted((one.last for one in queue.exports.values() if isinstance(one.last, Filed)), key=_seq, reverse=True)
    standing = ((event, there) for event in filed if (there := [one for one in event.studies if _is_there(one, queue)]))
    newest, studies = next(standing, (None, []))
    if newest is None:
        return say("What was filed is not in the library any more.") if filed else say("Nothing was filed yet.")
    shown, left = [study(one) for one in studies[:_SHOWN]], len(studies) - _SHOWN
    more = [count("%(number)s more exam", "%(number)s more exams", left)] if left > 0 else []
    return say("Filed last, %(when)s: %(what)s.", when=moment(newest.at), what=listed([*shown, *more]))


def _is_there(filed: FiledStudy, queue: Queue) -> bool:
    """Whether an exam was not taken out since; what was decided about held pictures may have moved it."""
    return any((filed.uid, is_held) in queue.studies for is_held in (False, True))


def _seq(event: Filed) -> int:
    return event.seq


def study(filed: FiledStudy) -> str:
    """Its folder, and how much there is."""
    told = _told(filed)
    return headed(say("private shelf"), told) if filed.held else told


def is_paper(filed: FiledStudy) -> bool:
    """Whether it is a paper, which is no exam, and has pages in place of pictures."""
    return filed.modality == told_papers.MODALITY and filed.held and not any(series.pictures for series in filed.series)


def _told(filed: FiledStudy) -> str:
    pictures = sum(series.pictures for series in filed.series)
    if is_paper(filed):
        return f"{filed.folder} · {', '.join(sorted({say(told_papers.named(series.label)) for series in filed.series}))}"
    new = "" if filed.added == pictures else say(", %(number)s new", number=filed.added)
    series = count("%(number)s series", "%(number)s series", len(filed.series))
    return f"{filed.folder} · {series} · {count('%(number)s picture', '%(number)s pictures', pictures)}{new}"
