"""Which exams a copy is made of, by date, folder, code or thread: never what she sealed, or has on her shelf alone."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from radiary.chronicle import mentioned
from radiary.chronicle.joined_story import Joined
from radiary.chronicle.own_days import OwnDay, OwnEvent
from radiary.chronicle.story import Exam, Story
from radiary.language import nearest, sentence
from radiary.library import layout
from radiary.model.errors import Mistaken

_NAMED, _LONG = 5, 60
"""Threads that a sentence names, and letters of each."""


@dataclass(frozen=True)
class Chosen:
    """An exam that is to be shared, and its day (empty where it has none)."""

    date: str
    exam: Exam


@dataclass(frozen=True)
class Shareable:
    """Every exam that may be shared, in the order of days; those that may not, by UID; and threads, in small letters."""

    exams: tuple[Chosen, ...]
    sealed: Mapping[str, Chosen]
    threads: Mapping[str, tuple[str, ...]]
    """UIDs of the exams of each thread."""


@dataclass(frozen=True)
class Selection:
    """What was chosen; `sealed` counts the exams of the same days that were left out."""

    exams: tuple[Chosen, ...]
    sealed: int = 0


def shareable(story: Story, told: Joined, sealed_days: Collection[str], *, closed: Collection[str] = ()) -> Shareable:
    """What of a story may be shared: exams of its open events, and those without an entry; none that is `closed`.

    An exam whose entry was not found may be the one of a sealed event, of its day or moved to another: it is taken for sealed.
    """
    is_open = {exam.study for day in told.days for event in day.events for exam in event.exams}
    is_open |= {
        exam.study for date, exam in told.unlinked if date not in sealed_days and not _may_be_sealed(exam, story, told.lost_seals)
    }
    is_open.difference_update(closed)
    every = [Chosen(day.date, exam) for day in story.days for exam in day.exams]
    threads: dict[str, list[str]] = {}
    for event in (event for day in told.days for event in day.events if event.own):
        for thread in event.own.threads if event.own else ():
            threads.setdefault(thread.casefold(), []).extend(exam.study for exam in event.exams)
    return Shareable(
        tuple(one for one in every if one.exam.study in is_open),
        {one.exam.study: one for one in every if one.exam.study not in is_open},
        {thread: tuple(studies) for thread, studies in threads.items()},
    )


def closed_by_a_picture(story: Story, sealed: Iterable[OwnDay]) -> set[str]:
    """Exams of which a picture is listed under a sealed event, whatever open one tells of the others: they go out whole."""
    made = {(day.date, one.name): exam.study for day in story.days for exam in day.exams for one in exam.pictures if one.name}
    listed = [(event.folder, day.date, one.name) for day in sealed for event in day.events for one in event.pictures]
    found = (made.get((folder, name)) or made.get((date, name)) for folder, date, name in listed)
    return {study for study in found if study}


def _may_be_sealed(exam: Exam, story: Story, lost_seals: Iterable[OwnEvent]) -> bool:
    """Whether an exam that had an entry may be that of a sealed event: one that lists pictures, or is called as the exam is."""
    titles = (exam.title, story.titles.get(exam.study))
    return exam.study in story.written and any(event.pictures or event.title in titles for event in lost_seals)


def chosen(known: Shareable, names: Sequence[str], thread: str | None, *, held: Iterable[str], trash: Iterable[str]) -> Selection:
    """What was asked for; `held` and `trash` are folders of exams there. Raises Mistaken for what is not there, or stays."""
    wanted: dict[str, Chosen] = {}
    sealed = 0
    for name in names:
        exams = [one for one in known.exams if is_called(one, name)]
        closed = [one for one in known.sealed.values() if is_called(one, name)]
        if not exams:
            raise Mistaken(_why_not(name, known, closed, held=held, trash=trash))
        wanted.update({one.exam.study: one for one in exams})
        sealed += len(closed)
    if thread is not None:
        wanted.update(_of_thread(known, thread))
    if not wanted:
        raise Mistaken("Name what is to be shared: exams by date, folder or code, or a `--thread` of your file.")
    in_order = sorted(wanted.values(), key=lambda one: (not one.date, one.date, one.exam.folder))
    return Selection(tuple(in_order), sealed)


def is_called(chosen: Chosen, name: str) -> bool:
    """By where it was filed, or by where its owner moved it since."""
    return layout.is_called(chosen.exam.folder, name) or layout.is_called(chosen.exam.place, name)


def _of_thread(known: Shareable, thread: str) -> dict[str, Chosen]:
    studies = known.threads.get(" ".join(thread.split()).casefold())
    if studies is None:
        raise Mistaken(_no_thread(thread, sorted(known.threads)))
    exams = {one.exam.study: one for one in known.exams if one.exam.study in studies}
    if not exams:
        raise Mistaken("No exam is in this thread of your file. Name exams by date, folder or code.")
    return exams


def _no_thread(name: str, threads: Sequence[str]) -> str:
    """What is to be said of a thread that is not there: the one that is like it, else some of those that are."""
    like = nearest(" ".join(name.split()), [one for one in threads if len(one) <= _LONG])
    if like:
        return sentence("Your file has no thread of this name.%(like)s", like=like)
    there = mentioned.some([one if len(one) <= _LONG else f"{one[:_LONG]}…" for one in threads[:_NAMED]], len(threads))
    return sentence("Your file has no thread of this name. It has: %(threads)s.", threads=there or sentence("none"))


def is_sealed(name: str) -> str:
    """Why a sealed exam leaves no house."""
    return sentence(
        "This exam is sealed in your file: %(name)s. Take `sealed: true` out of its entry first, if it is to be shared.",
        name=name,
    )


def is_taken_out(name: str) -> str:
    """Why an exam that lies in the trash is not there."""
    return sentence("The exam %(name)r was taken out; `radiary restore` shows what was, and brings it back.", name=name)


def _why_not(name: str, known: Shareable, closed: Sequence[Chosen], *, held: Iterable[str], trash: Iterable[str]) -> str:
    if closed:
        return is_sealed(name)
    if any(layout.is_called(folder, name) for folder in held):
        return sentence(
            "This exam is on your private shelf alone: %(name)s. `radiary review` shows it; what is there is never shared.",
            name=name,
        )
    if any(layout.is_called(folder, name) for folder in trash):
        return is_taken_out(name)
    folders = [folder for one in known.exams for folder in (one.exam.folder, one.exam.place)]
    like = nearest(name, [word for folder in folders for word in layout.names(folder)])
    shown = sentence(" `radiary status` and `radiary log` show their folders.")
    return sentence("There is no exam %(name)r.%(like)s", name=name, like=like or shown)
