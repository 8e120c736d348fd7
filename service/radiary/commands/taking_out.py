"""`radiary remove` and `radiary restore`: exams, series and pictures out of the library, and back."""

import json
import re
import secrets
import sys
from collections.abc import Callable, Iterable, Sequence

from radiary.commands.absent import gone, in_trash, still_out
from radiary.commands.exams import named
from radiary.commands.speaking import console, fact_sentences, spoken
from radiary.ingest.taking_out import Removal, Wish
from radiary.language import sentence
from radiary.library import layout, whereabouts
from radiary.library.shelf import Library
from radiary.model.errors import AlreadyRunning, LibraryOffline, Mistaken
from radiary.model.events import FiledStudy, Removed
from radiary.model.records import StudyRecord
from radiary.settings import Settings
from radiary.state import ledger
from radiary.state.folder import State
from radiary.state.queue import Queue, folded


def remove(
    settings: Settings, exams: Sequence[str], *, series: str | None, picture: str | None, all_gone: bool, as_json: bool
) -> int:
    """Take out what is named; with `--gone`, all that its owner deleted by hand."""
    queue = folded(ledger.read(State(settings.state).ledger))
    if all_gone:
        wishes = [Removal(does="gone", study=one.uid, held=one.held) for one in gone(settings, queue)]
    else:
        if not exams or (len(exams) > 1 and (series is not None or picture is not None)):
            raise Mistaken("Name an exam by its folder, its code or its date, and one only with --series or --picture.")
        studies = {(study.uid, study.held): study for name in exams for study in named(settings, queue, name)}
        wishes = [wish for study in studies.values() for wish in _wishes(settings, study, series, picture=picture)]
        if not wishes:
            raise Mistaken(_none_such(settings, studies.values(), series))
    if as_json:
        return _done_and_said(wishes, settings)
    if not wishes:
        console.say("Nothing was deleted by hand.")
        return 0
    if done(wishes, settings):
        days = spoken.count("%(number)s day", "%(number)s days", settings.trash_days)
        back = spoken.say(" `radiary restore` brings it back within %(days)s.", days=days)
        console.say("Taken out: %(number)s.%(back)s", number=len(wishes), back="" if all_gone else back)
    if any(wish.study in queue.chronicled for wish in wishes):
        console.say("If your `chronicle.yml` tells of it, delete its entry there: Radiary never changes your words.")
    return 0


def restore(settings: Settings, exams: Sequence[str], *, as_json: bool) -> int:
    """Bring back what is named; without any name, say what there is."""
    queue = folded(ledger.read(State(settings.state).ledger))
    if not exams:
        there = in_trash(settings, queue)
        if as_json:
            sys.stdout.write(json.dumps([json.loads(event.line) for event in there], indent=1) + "\n")
            return 0
        for event in there:
            console.out.print(f"{event.trash[:10]}  {fact_sentences.sentence(event)}", markup=False)
        if not there:
            console.say("Nothing was taken out.")
        return 0
    events = {(event.held, event.trash): event for name in exams for event in _taken_out(queue, name)}
    wishes = [Removal(does="restore", study=one.study, held=one.held, trash=one.trash) for one in events.values()]
    if as_json:
        return _done_and_said(wishes, settings)
    if done(wishes, settings):
        console.say("Restored: %(number)s.", number=len(wishes))
    if cut_short := len(queue.cut_short()):
        console.say(
            "Something was left out of %(exports)s because you had taken it out. The service looks into what of that still "
            "lies in a watched folder; `radiary once FILE` does it at once.",
            exports=spoken.count("%(number)s export", "%(number)s exports", cut_short),
        )
    return 0


def _done_and_said(wishes: Sequence[Removal], settings: Settings) -> int:
    """Carry them out, and say so to a program."""
    is_done = not wishes or done(wishes, settings, says=lambda _note: None)
    said = {"done": is_done, "wishes": [json.loads(one.model_dump_json()) for one in wishes]}
    sys.stdout.write(json.dumps(said, indent=1) + "\n")
    return 0


def _taken_out(queue: Queue, name: str) -> list[Removed]:
    """What was taken out of an exam, the newest first, so that parts find their exam."""
    taken_out = [event for event in still_out(queue) if layout.is_called(event.folder, name)]
    if not taken_out:
        raise Mistaken(sentence("Nothing of an exam %(name)r was taken out; `radiary restore` alone shows what was.", name=name))
    if len({one.study for one in taken_out}) > 1:
        folders = ", ".join(sorted({one.folder for one in taken_out}))
        raise Mistaken(sentence("More than one exam is called so; name one of %(folders)s.", folders=folders))
    return sorted(taken_out, key=lambda event: -event.seq)


def _wishes(settings: Settings, study: FiledStudy, series: str | None, *, picture: str | None) -> list[Removal]:
    if series is None and picture is None:
        return [Removal(does="remove", study=study.uid, held=study.held)]
    record = _record(settings, study)
    parts = _parts(record, series, picture) if record else []
    return [Removal(does="remove", study=study.uid, held=study.held, series=one, instance=other) for one, other in parts]


def _record(settings: Settings, study: FiledStudy) -> StudyRecord | None:
    """An exam as it stands. Raises LibraryOffline."""
    home = Library(settings.private if study.held else settings.library)
    if not home.is_marked:
        raise LibraryOffline
    place = whereabouts.place(home, study.uid, study.folder)
    return home.standing(place) if place else None


def _none_such(settings: Settings, studies: Iterable[FiledStudy], series: str | None) -> str:
    """What is said of a series or a picture that an exam does not have."""
    records = [record for study in studies if (record := _record(settings, study))]
    files = [file for record in records for one in record.series for instance in one.instances for file in instance.files]
    folders = sorted({file.path.partition("/")[0] for file in files})
    if series is None or not folders or any(_parts(record, series, None) for record in records):
        return sentence("There is no such series or picture in this exam.")
    return sentence("There is no series %(name)r in this exam. Its series: %(series)s.", name=series, series=", ".join(folders))


def _parts(record: StudyRecord, series: str | None, picture: str | None) -> Sequence[tuple[str, str]]:
    """UIDs of the series by its number or folder (`3`, `003-chest`), or of the instance by a picture's name."""
    chosen = [
        one
        for one in record.series
        if series is None
        or (re.fullmatch(r"\d+", series) and one.number == int(series))
        or any(file.path.startswith(f"{series}/") for instance in one.instances for file in instance.files)
    ]
    if picture is None:
        return [(one.uid, "") for one in chosen]
    name = picture.rpartition("/")[2]
    return [
        (one.uid, instance.uid)
        for one in chosen
        for instance in one.instances
        if any(file.path.rpartition("/")[2] == name for file in instance.files)
    ]


def _say(text: str) -> None:
    console.out.print(spoken.translated(text), markup=False)


def done(wishes: Sequence[Wish], settings: Settings, *, says: Callable[[str], None] = _say) -> bool:
    """Carry them out at once, or leave them to the service that runs; whether they are done. Raises Mistaken and NotNow."""
    from radiary.service import wiring  # here: other commands do without the whole house

    try:
        with wiring.started(settings) as parts, console.busy("Radiary is at it …"):
            parts.bench.open(parts.queue)
            try:
                for wish in wishes:
                    parts.attempts.decide(wish)
            finally:
                note = parts.chronicle()
    except AlreadyRunning:
        for wish in wishes:
            State(settings.state).ask("review", secrets.token_hex(8), wish.model_dump_json().encode())
        says(sentence("The service does it within seconds; `radiary log` shows it, or `radiary status` why not."))
        return False
    if note:
        says(note)
    return True
