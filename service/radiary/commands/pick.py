"""`radiary pick`: which pictures stand for an exam, and a selection of them for other programs."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from radiary.commands.speaking import console, spoken
from radiary.dicom import key_objects
from radiary.ingest.taking_out import Picking
from radiary.language import marked, nearest, sentence
from radiary.library import frame_runs, layout, picks, whereabouts
from radiary.library.picks import Pick
from radiary.library.shelf import Library
from radiary.model.errors import LibraryOffline, Mistaken, NotShared
from radiary.model.events import FiledStudy
from radiary.model.records import StudyRecord
from radiary.settings import Settings
from radiary.share import choosing, draft, file_set
from radiary.state import ledger
from radiary.state.folder import State
from radiary.state.queue import Queue, folded

DOES = ("list", "add", "remove")
"""What is done; the first, where an exam is named without a word."""
_WHY = (marked("key object"), marked("proposed"), marked("yours"))
"""Why a picture stands for its exam."""
_UNPICKED = marked("Not picked: %(pictures)s. `radiary pick list` shows what is.")
_NUMBERS = sentence("Name pictures as the contact sheet numbers them: SERIES/PICTURE, such as 3/21, or by their files' names.")
_UNCOPIED = sentence("No DICOM copy stands beside these pictures (`copies` is none), so that no selection can be written.")
"""How a picture is named, in a sentence."""


def pick(settings: Settings, does: str, names: Sequence[str], *, dicom: Path | None) -> int:
    """Show picks, change them, or write them out. Raises Mistaken and NotNow."""
    queue = folded(ledger.read(State(settings.state).ledger))
    if does not in DOES:
        does, names = DOES[0], (does, *names)
    if dicom is not None:
        if does != DOES[0]:
            raise Mistaken("`--dicom` writes what is picked: pick it first, without this option.")
        return _written(settings, queue, names, dicom.expanduser().absolute())
    if does == "list":
        return _listed(settings, queue, names)
    return _changed(settings, queue, names, is_wanted=does == "add")


def _changed(settings: Settings, queue: Queue, names: Sequence[str], *, is_wanted: bool) -> int:
    """Have pictures picked, or not any more; those of which it is so already are said. Raises Mistaken and NotNow."""
    if len(names) < 2:
        raise Mistaken(sentence("Name an exam, and pictures of it. %(how)s", how=_NUMBERS))
    study, record, _ = _one(settings, queue, names[0])
    named = {one.place: one for one in (_picture(record, name) for name in names[1:])}
    hers = queue.picks.get(study.uid, {})
    stands = {one.place for one in picks.picked(record, hers)}
    chosen = {place: one for place, one in named.items() if (not hers.get(place) if is_wanted else place in stands)}
    others = ", ".join(_called(one) for place, one in named.items() if place not in chosen)
    if not chosen and not is_wanted:
        raise Mistaken(sentence(_UNPICKED, pictures=others))
    wishes = [Picking(study=study.uid, instance=uid, frame=frame, is_wanted=is_wanted) for uid, frame in chosen]
    from radiary.commands import taking_out  # here: a look needs no more of the house

    is_done = not wishes or taking_out.done(wishes, settings)
    console.answer(done=is_done, picked=is_wanted, pictures=[_called(one) for one in chosen.values()])
    if is_done and wishes:
        console.say("Picked: %(number)s." if is_wanted else "Not picked any more: %(number)s.", number=len(wishes))
    if others:
        console.say("Picked already: %(pictures)s." if is_wanted else _UNPICKED, pictures=others)
    return 0


def _listed(settings: Settings, queue: Queue, names: Sequence[str]) -> int:
    """Each exam's picks; of those that are named, also the numbers on its sheet."""
    rows = []
    for study, record, _ in _exams(settings, queue, names):
        console.out.print(study.folder, markup=False)
        picked = picks.picked(record, queue.picks.get(study.uid, {}))
        pictures = [{"picture": _called(one), "why": one.why, "file": one.file.path} for one in picked]
        rows.append({"exam": study.uid, "folder": study.folder, "pictures": pictures})
        for one in picked:
            why = spoken.say(one.why).ljust(spoken.longest(*_WHY))
            console.out.print(f"  {_called(one):<8} {why}  {one.file.path}", markup=False)
        for series in record.series if names else ():
            count = sum(len(one.pictures) for one in series.instances)
            if count:
                number = "–" if series.number is None else series.number
                label = {"series": number, "last": count, "label": series.label}
                console.say("  series %(series)s: pictures 1 to %(last)s, %(label)s", **label)
    if not rows:
        console.say("There is no exam in the library.")
    console.answer(exams=rows)
    return 0


def _called(pick: Pick) -> str:
    return f"{pick.series.number if pick.series.number is not None else pick.file.path.partition('/')[0]}/{pick.number}"


def _exams(settings: Settings, queue: Queue, names: Sequence[str]) -> Iterator[tuple[FiledStudy, StudyRecord, Path]]:
    """Exams of the library by name, or all, with their records and folders. Raises Mistaken and NotNow."""
    home = Library(settings.library)
    known = sorted((one for one in queue.studies.values() if not one.held), key=lambda one: one.folder)
    if known and not home.is_marked:
        raise LibraryOffline
    for name in names:
        if not any(layout.is_called(one.folder, name) for one in known):
            if any(layout.is_called(one.folder, name) for one in queue.trash.values()):
                raise Mistaken(choosing.is_taken_out(name))
            like = nearest(name, [word for one in known for word in layout.names(one.folder)])
            shown = sentence(" `radiary pick list` shows them.")
            raise Mistaken(sentence("There is no exam %(name)r in the library.%(like)s", name=name, like=like or shown))
    wanted = [one for one in known if not names or any(layout.is_called(one.folder, name) for name in names)]
    places = whereabouts.places(home, {one.uid: one.folder for one in wanted})
    for exam in wanted:
        record = home.standing(places[exam.uid]) if exam.uid in places else None
        if record is not None:
            yield exam, record, home.root / places[exam.uid]


def _one(settings: Settings, queue: Queue, name: str) -> tuple[FiledStudy, StudyRecord, Path]:
    exams = list(_exams(settings, queue, [name]))
    if len(exams) != 1:
        folders = ", ".join(study.folder for study, _, _ in exams) or sentence("none that is there")
        raise Mistaken(sentence("%(name)r is not the name of one exam; name one of: %(folders)s.", name=name, folders=folders))
    return exams[0]


def _picture(record: StudyRecord, name: str) -> Pick:
    """By `3/21`, `003-chest/21` or a file's name. Raises Mistaken."""
    series, _, number = name.rpartition("/")
    every = [one for each in record.series for one in picks.of_series(each)]
    if re.fullmatch(r"\d+", number) and series:
        called = [one for one in every if one.number == int(number) and _is_of(one, series)]
    else:
        called = [one for one in every if one.file.path.rpartition("/")[2] == number]
    if len(called) > 1:
        folders = ", ".join(sorted({one.file.path.partition("/")[0] for one in called}))
        several = sentence(
            "%(name)s may be one of several; name the folder of its series: %(folders)s.", name=name, folders=folders
        )
        raise Mistaken(several)
    if not called:
        raise Mistaken(sentence("There is no picture %(name)s in this exam. %(how)s", name=name, how=_NUMBERS))
    return called[0]


def _is_of(pick: Pick, series: str) -> bool:
    return pick.file.path.startswith(f"{series}/") or (series.isdecimal() and pick.series.number == int(series))


def _written(settings: Settings, queue: Queue, names: Sequence[str], target: Path) -> int:
    """A folder as a disc has it: copies, a selection of each exam, a DICOMDIR over all. Raises Mistaken, NotShared and NotNow."""
    if draft.is_zip(target):
        raise Mistaken("A DICOMDIR stands in a folder. Name one that is not there yet.")
    from radiary.commands.share import shareable  # here: a look needs no more of the house

    known = shareable(settings)
    copies, selections, sealed = [], [], 0
    for study, record, folder in _exams(settings, queue, names):
        chosen = picks.picked(record, queue.picks.get(study.uid, {}))
        if study.uid in known.sealed and names:
            raise Mistaken(choosing.is_sealed(study.folder))
        if study.uid in known.sealed:
            sealed += study.uid in queue.picks
        elif names or study.uid in queue.picks:
            sound = _sound(record, folder)
            copies += list(sound.values())
            selections += _selection(chosen, sound)
    if not selections:
        unpicked = sentence("Nothing is picked yet. Name exams, or pick something first.")
        raise NotShared(_UNCOPIED) if copies or names else Mistaken(unpicked)
    with draft.beside(target) as made:
        with made.writing():
            left = file_set.write(copies, selections, made.tree)
        made.appear()
    written = spoken.count("%(number)s copy", "%(number)s copies", len(copies) - left)
    selected = spoken.count("%(number)s selection", "%(number)s selections", len(selections))
    console.say("Written: %(place)s, %(copies)s and %(selections)s", place=target, copies=written, selections=selected)
    console.answer(copies=len(copies) - left, selections=len(selections), sealed=sealed, without_place=left)
    if sealed:
        console.say("  left out: %(number)s that you sealed", number=sealed)
    if left:
        console.say("  left out: %(number)s of a kind that has no place in a DICOMDIR", number=left)
    return 0


def _sound(record: StudyRecord, folder: Path) -> dict[str, Path]:
    """The copies of a study that are as they were filed, by UID of the instance."""
    sound = {}
    for image in (one for series in record.series for one in series.instances if one.copy is not None):
        path = folder / image.copy.path if image.copy else folder
        if path.is_file() and image.copy and hashlib.sha256(path.read_bytes()).hexdigest() == image.copy.sha256:
            sound[image.uid] = path
    return sound


def _selection(chosen: Sequence[Pick], copies: dict[str, Path]) -> list[file_set.Object]:
    """One selection; none where no pick has a copy."""
    frames: dict[str, list[int]] = {}
    instances = {one.uid: one for pick in chosen for one in pick.series.instances}
    for uid, number in (one.place for one in chosen if one.place[0] in copies):
        frames.setdefault(uid, []).append(frame_runs.in_copy(instances[uid], number))
    shown = {uid: sorted(of) for uid, of in frames.items() if len(instances[uid].pictures) > 1}
    return [key_objects.for_patient([file_set.header(copies[uid]) for uid in frames], shown)] if frames else []
