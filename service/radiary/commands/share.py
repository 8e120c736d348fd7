"""`radiary share`: chosen exams as a copy that may be given away."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from radiary.chronicle import identity_gate, spoken
from radiary.chronicle.identity_gate import Gate
from radiary.chronicle.site import site_of
from radiary.chronicle.story import folded
from radiary.commands.speaking import console
from radiary.commands.speaking import spoken as spoken_here
from radiary.dicom.wall import identity_forms
from radiary.ingest.text_engine import TextEngine
from radiary.language import Language, marked, sentence
from radiary.library.shelf import Library
from radiary.model.errors import Mistaken, NotShared, explain
from radiary.service import wiring
from radiary.settings import Settings
from radiary.share import choosing, making, page, selecting
from radiary.share.choosing import Selection, Shareable
from radiary.share.days import Days
from radiary.share.exam_copy import Form
from radiary.share.making import Order, Sources
from radiary.state import ledger
from radiary.state.folder import State
from radiary.state.people import People
from radiary.state.queue import Queue
from radiary.state.queue import folded as queue_of
from radiary.workers.pool import Pool


def share(
    settings: Settings,
    exams: Sequence[str],
    *,
    thread: str | None,
    target: Path,
    days: Literal["relative", "true"],
    pictures: Form,
) -> int:
    """Make a copy of what is named, and say what it holds. Raises NotShared, Unusable and NotNow."""
    target = target.expanduser().absolute()
    _refuse_own_folders(settings, target)
    selection = _selected(settings, exams, thread)
    order = Order(
        selection.exams, target, days_are_relative=days == "relative", form=pictures, language=Language(settings.spoken)
    )
    pool, reader = wiring.pool(settings), wiring.pool(settings)
    try:
        if trouble := TextEngine(reader).trouble():
            raise NotShared(
                sentence(
                    "Nothing was shared, for text in pictures cannot be looked for: it %(why)s.", why=sentence(explain(trouble))
                )
            )
        with console.bar(console.err, is_passing=True) as bar:
            task = bar.add_task("", total=None)
            account = making.make(
                order,
                _sources(settings, selection, exams, thread=thread, pools=(pool, reader)),
                lambda what, done, total: bar.update(task, description=spoken_here.translated(what), completed=done, total=total),
            )
    finally:
        pool.close()
        reader.close()
    _tell(order, selection, account)
    return 0


def _selected(settings: Settings, exams: Sequence[str], thread: str | None) -> Selection:
    """What is named, as it stands now. Raises NotShared, Unusable and NotNow."""
    queue = _queue(State(settings.state))
    held = [study.folder for (_, held), study in queue.studies.items() if held]
    trash = [event.folder for event in queue.trash.values()]
    return choosing.chosen(shareable(settings), exams, thread, held=held, trash=trash)


def shareable(settings: Settings) -> Shareable:
    """What may leave the house as it stands now, and what her file seals. Raises NotShared, Unusable and NotNow."""
    state = State(settings.state)
    ledger.refuse_lost(state.ledger)
    queue, site = _queue(state), site_of(settings)
    people = _people(state, queue)
    codes = people.codes() if people else {}
    story = folded(ledger.read(state.ledger), codes, site.language)
    return selecting.shareable(story, queue.chronicled, site, library=Library(settings.library))


def _queue(state: State) -> Queue:
    return queue_of(ledger.read(state.ledger))


def _people(state: State, queue: Queue) -> People | None:
    key = state.key(queue.key) if queue.key is not None else None
    return People(state.folder / "people", key) if key else None


def _sources(
    settings: Settings, selection: Selection, exams: Sequence[str], *, thread: str | None, pools: tuple[Pool, Pool]
) -> Sources:
    state = State(settings.state)
    queue = _queue(state)
    people = _people(state, queue)

    def gate(days: Days) -> Gate:
        return _gate(people, selection, days, Language(settings.spoken))

    held = {study.uid: sum(one.pictures for one in study.series) for (_, held), study in queue.studies.items() if held}
    return Sources(
        library=Library(settings.library),
        pool=pools[0],
        reader=pools[1],
        gate=gate,
        picks=queue.picks,
        held=held,
        is_unchanged=lambda: _selected(settings, exams, thread) == selection,
    )


def _gate(people: People | None, selection: Selection, days: Days, language: Language) -> Gate:
    """Looks for everybody known; a true day of an exam in the copy names nobody, though somebody was born on it."""
    identities = [one for known in people.all() for one in known.identities.values()] if people else []
    shown = {one.date for one in selection.exams if one.date} if not days.are_relative else set()
    known = " ".join(form for day in sorted(shown) for form in _forms(day, language))
    others = people.others() if people else []
    return identity_gate.gate_against(identities, known.encode(), others, spoken=spoken.words(language))


def _forms(day: str, language: Language) -> list[str]:
    parts = identity_forms.dates(day)
    return [
        day,
        language.day(day),
        language.short_day(day),
        *(sign.join(one) for one in parts for sign in ("", " ", "-", ".", "/")),
    ]


def _refuse_own_folders(settings: Settings, target: Path) -> None:
    """A copy in a folder of Radiary's would be taken for something of Radiary's."""
    resolved = target.parent.resolve() / target.name
    for place in (settings.library, settings.private, settings.state, settings.chronicle):
        if resolved.is_relative_to(place.resolve()):
            raise Mistaken("This place is in a folder of Radiary's own. Name another one, beside it, or on a stick.")


def _tell(order: Order, selection: Selection, account: page.Account) -> None:
    console.say("Written: %(place)s", place=order.target)
    left_out = {"lettered": account.lettered, "private": account.held, "damaged": account.unreadable, "sealed": selection.sealed}
    console.answer(exams=len(selection.exams), people=account.people, dates=account.dates, left_out=left_out)
    left = {
        marked("  left out: %(pictures)s in which something looked like writing"): account.lettered,
        marked("  left out: %(pictures)s on your private shelf"): account.held,
        marked("  left out: %(pictures)s not as they were filed"): account.unreadable,
    }
    for why, number in left.items():
        if number:
            console.say(why, pictures=spoken_here.count("%(number)s picture", "%(number)s pictures", number))
    if selection.sealed:
        exams = spoken_here.count("%(number)s exam", "%(number)s exams", selection.sealed)
        console.say("  left out: %(exams)s that you sealed; the copy says nothing of them", exams=exams)
    if account.people > 1:
        console.say("  These exams come from %(number)s patient numbers; `radiary people` says more.", number=account.people)
    console.say("  `%(file)s` in it says what it holds. Look at it before you give it away.", file=page.HOLDS)
