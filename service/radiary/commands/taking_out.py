"""`radiary remove` and `radiary restore`: exams, series and pictures out of the library, and back."""

import argparse
import re
import secrets
from collections.abc import Sequence

from radiary.commands import console
from radiary.ingest.taking_out import Removal, Wish
from radiary.library import layout, trash, whereabouts
from radiary.library.shelf import Library
from radiary.model.errors import AlreadyRunning, LibraryOffline, Unusable
from radiary.model.events import FiledStudy, Removed
from radiary.model.records import StudyRecord
from radiary.settings import Settings
from radiary.state import ledger
from radiary.state.folder import State
from radiary.state.queue import Queue, folded


def remove(asked: argparse.Namespace, settings: Settings) -> int:
    """Take out what is named; with `--gone`, all that its owner deleted by hand."""
    queue = folded(ledger.read(State(settings.state).ledger))
    if asked.gone:
        wishes = [Removal(does="gone", study=one.uid, held=one.held) for one in gone(settings, queue)]
    else:
        if not asked.exams or ((asked.series or asked.picture) and len(asked.exams) > 1):
            raise Unusable("Name an exam by its folder, its code or its date, and one only with --series or --picture.")
        studies = {(study.uid, study.held): study for name in asked.exams for study in _named(queue, name)}
        wishes = [wish for study in studies.values() for wish in _wishes(settings, study, asked.series, asked.picture)]
        if not wishes:
            raise Unusable("There is no such series or picture in this exam.")
    if not wishes:
        console.out.print("Nothing was deleted by hand.")
        return 0
    if done(wishes, settings):
        days = f" `radiary restore` brings it back within {settings.trash_days} days." if not asked.gone else ""
        console.out.print(f"Taken out: {len(wishes)}.{days}")
    if any(wish.study in queue.chronicled for wish in wishes):
        console.out.print("If your `chronicle.yml` tells of it, delete its entry there: Radiary never changes your words.")
    return 0


def restore(asked: argparse.Namespace, settings: Settings) -> int:
    """Bring back what is named; without any name, say what there is."""
    queue = folded(ledger.read(State(settings.state).ledger))
    if not asked.exams:
        there = in_trash(settings, queue)
        for event in there:
            console.out.print(f"{event.trash[:10]}  {console.sentence(event)}", markup=False)
        if not there:
            console.out.print("Nothing was taken out.")
        return 0
    events = {(event.held, event.trash): event for name in asked.exams for event in _taken_out(queue, name)}
    wishes = [Removal(does="restore", study=one.study, held=one.held, trash=one.trash) for one in events.values()]
    if done(wishes, settings):
        console.out.print(f"Restored: {len(wishes)}.")
    return 0


def gone(settings: Settings, queue: Queue) -> list[FiledStudy]:
    """Studies that were deleted by hand: their library or shelf is there, and they are nowhere in it. Raises NotNow."""
    missing = []
    for home, is_held in ((Library(settings.library), False), (Library(settings.private), True)):
        known = [study for study in queue.studies.values() if study.held == is_held]
        if home.is_marked:
            uids = whereabouts.gone(home, {study.uid: study.folder for study in known})
            missing += [study for study in known if study.uid in uids]
    return missing


def in_trash(settings: Settings, queue: Queue) -> list[Removed]:
    """What was taken out and can be had back."""
    homes = {False: Library(settings.library), True: Library(settings.private)}
    return [event for event in queue.trash.values() if trash.is_there(homes[event.held], event.trash)]


def _named(queue: Queue, name: str) -> list[FiledStudy]:
    """Both sides of an exam: of the library and of the shelf."""
    known = [one for one in queue.studies.values() if layout.is_called(one.folder, name)]
    if not known:
        raise Unusable(f"There is no exam {name!r}; `radiary status` and `radiary log` show their folders.")
    if len({one.uid for one in known}) > 1:
        folders = ", ".join(sorted({one.folder for one in known}))
        raise Unusable(f"More than one exam is called so; name one of {folders}.")
    return known


def _taken_out(queue: Queue, name: str) -> list[Removed]:
    """What was taken out of an exam, the newest first, so that parts find their exam."""
    found = [event for event in queue.trash.values() if layout.is_called(event.folder, name)]
    if not found:
        raise Unusable(f"Nothing of an exam {name!r} was taken out; `radiary restore` alone shows what was.")
    if len({one.study for one in found}) > 1:
        raise Unusable(f"More than one exam is called so; name one of {', '.join(sorted({one.folder for one in found}))}.")
    return sorted(found, key=lambda event: -event.seq)


def _wishes(settings: Settings, study: FiledStudy, series: str | None, picture: str | None) -> list[Removal]:
    if not series and not picture:
        return [Removal(does="remove", study=study.uid, held=study.held)]
    home = Library(settings.private if study.held else settings.library)
    if not home.is_marked:
        raise LibraryOffline
    place = whereabouts.place(home, study.uid, study.folder)
    record = home.standing(place) if place else None
    parts = _parts(record, series, picture) if record else []
    return [Removal(does="remove", study=study.uid, held=study.held, series=one, instance=other) for one, other in parts]


def _parts(record: StudyRecord, series: str | None, picture: str | None) -> Sequence[tuple[str, str]]:
    """UIDs of the series by its number or folder (`3`, `003-chest`), or of the instance by a picture's name."""
    chosen = [
        one
        for one in record.series
        if not series
        or (re.fullmatch(r"\d+", series) and one.number == int(series))
        or any(file.path.startswith(f"{series}/") for instance in one.instances for file in instance.files)
    ]
    if not picture:
        return [(one.uid, "") for one in chosen]
    name = picture.rpartition("/")[2]
    return [
        (one.uid, instance.uid)
        for one in chosen
        for instance in one.instances
        if any(file.path.rpartition("/")[2] == name for file in instance.files)
    ]


def done(wishes: Sequence[Wish], settings: Settings) -> bool:
    """Carry them out at once, or leave them to the service that runs; whether they are done. Raises Unusable and NotNow."""
    from radiary.service import wiring  # here: other commands do without the whole house

    try:
        with wiring.started(settings) as opened:
            opened.bench.open(opened.queue)
            try:
                for wish in wishes:
                    opened.attempts.decide(wish)
            finally:
                note = opened.chronicle()
    except AlreadyRunning:
        for wish in wishes:
            State(settings.state).ask("review", secrets.token_hex(8), wish.model_dump_json().encode())
        console.out.print("The service does it within seconds; `radiary log` shows it.")
        return False
    if note:
        console.out.print(note, markup=False)
    return True
