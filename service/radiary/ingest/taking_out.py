"""What its owner took out of library or shelf, or has back: an exam, a series, a picture; none comes back by itself."""

import datetime
from collections.abc import Collection, Mapping
from functools import partial
from typing import Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter

from radiary.ingest.bench import Bench
from radiary.ingest.decisions import Decision
from radiary.language import marked
from radiary.library import assemble, trash, whereabouts
from radiary.library.shelf import Library
from radiary.model.errors import Mistaken, OnlyTakenOut, Reason
from radiary.model.events import FiledStudy, Removed, Restored
from radiary.model.nouns import CtWindow, NotDicom, Outcome, Placed, Skipped
from radiary.model.records import StudyRecord
from radiary.state.queue import Queue

_EMPTIED = marked("It is not in the trash any more. `radiary once --again` on its export files it again.")


class Removal(BaseModel):
    """A wish about a study or a part of it, by pseudonymous UIDs; `trash` is what is wanted back."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    does: Literal["remove", "gone", "restore"]
    study: str
    held: bool
    series: str = ""
    instance: str = ""
    trash: str = ""


class Description(BaseModel):
    """What a held paper is, by its pseudonymous UID: its kind, its day as its owner sees it, the code of whom it is about."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    paper: str
    kind: str
    day: datetime.date | None
    person: str
    is_hers: bool = True


class Picking(BaseModel):
    """Whether a picture is to stand for its exam, by pseudonymous UIDs and the number of its frame."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    study: str
    instance: str
    frame: int = 1
    is_wanted: bool


class Windowing(BaseModel):
    """In which further windows the pictures of an exam are wanted, by its pseudonymous UID."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    study: str
    windows: frozenset[CtWindow]


Wish = Decision | Removal | Description | Picking | Windowing
WISH: TypeAdapter[Wish] = TypeAdapter(Wish)


def carried_out(wish: Removal, bench: Bench, queue: Queue) -> Removed | Restored:
    """Carry it out; the fact to write down. Raises Mistaken and NotNow."""
    home = bench.present(is_held=wish.held)
    if wish.does == "restore":
        return _restored(wish, home, queue)
    known = queue.studies.get((wish.study, wish.held))
    if known is None:
        raise Mistaken("There is no such exam; `radiary log` shows those that were filed.")
    place = whereabouts.place(home, known.uid, known.folder)
    if place is None:
        left = _left(wish, known, home, queue)
        if (wish.series or wish.instance) and left is None:
            raise Mistaken("The exam is not there any more, so nothing of it can be taken out. `radiary verify` says more.")
        home.leave(known.folder)
        return _fact(wish, known, trash=left or "")
    if wish.does == "gone":
        raise Mistaken("The exam stands in the library again.")
    return _removed(wish, known, home, place=place, queue=queue)


def _left(wish: Removal, known: FiledStudy, home: Library, queue: Queue) -> str | None:
    """The name of what was put into the trash for this wish before a crash, of which no fact tells."""
    return trash.left_by_a_crash(home, known.uid, queue.in_trash(is_held=wish.held), is_meant=partial(_is_meant, wish, known))


def _is_meant(wish: Removal, known: FiledStudy, record: StudyRecord) -> bool:
    """Whether what lies in the trash is all of what a wish is about: of the whole exam, as the ledger knows it."""
    if wish.series or wish.instance:
        return _instances(record, wish) == {one.uid for series in record.series for one in series.instances}
    there = assemble.filed(record, known.folder, added=0)
    return {one.uid: one.pictures for one in there.series} == {one.uid: one.pictures for one in known.series}


def _removed(wish: Removal, known: FiledStudy, home: Library, *, place: str, queue: Queue) -> Removed:
    record = home.standing(place)
    if record is None:
        raise Mistaken("The exam's folder has no sound `study.json`; `radiary verify` says more.")
    goes, stays = trash.parted(record, _instances(record, wish))
    name = (
        trash.put(home, place, today=datetime.datetime.now(tz=datetime.UTC).date(), goes=goes, stays=stays)
        if goes.series
        else _left(wish, known, home, queue)
    )
    if name is None:
        raise Mistaken("There is no such series or picture in this exam.")
    standing = (assemble.filed(stays, known.folder, added=0),) if stays.series else ()
    return _fact(wish, known, trash=name, studies=standing)


def _fact(wish: Removal, known: FiledStudy, *, trash: str, studies: tuple[FiledStudy, ...] = ()) -> Removed:
    return Removed(
        study=wish.study,
        held=wish.held,
        series=wish.series,
        instance=wish.instance,
        folder=known.folder,
        trash=trash,
        studies=studies,
    )


def _instances(record: StudyRecord, wish: Removal) -> set[str]:
    return {
        one.uid
        for series in record.series
        for one in series.instances
        if wish.series in ("", series.uid) and wish.instance in ("", one.uid)
    }


def _restored(wish: Removal, home: Library, queue: Queue) -> Restored:
    gone = queue.trash.get((wish.held, wish.trash))
    if gone is None:
        raise Mistaken(_EMPTIED)
    folder = whereabouts.place(home, gone.study, gone.folder) or trash.stood_at(home, wish.trash) or gone.folder
    if trash.is_there(home, wish.trash):
        record = trash.take_back(home, wish.trash, folder)
    else:
        record = _standing_again(home, gone, folder)
    return Restored(
        study=gone.study,
        held=gone.held,
        series=gone.series,
        instance=gone.instance,
        trash=wish.trash,
        studies=(assemble.filed(record, gone.folder, added=0),),
    )


def _standing_again(home: Library, gone: Removed, folder: str) -> StudyRecord:
    """The record of an exam that came back before a crash, and no fact tells of it. Raises Mistaken where it did not."""
    record = home.standing(folder)
    there = {uid for series in record.series for uid in (series.uid, *(one.uid for one in series.instances))} if record else ()
    if record is None or (gone.part and gone.part not in there):
        raise Mistaken(_EMPTIED)
    return record


def set_aside(outcomes: Mapping[int, Outcome], removed: Mapping[tuple[str, bool], Collection[str]]) -> dict[int, Outcome]:
    """The outcomes, what its owner took out as skipped. Raises OnlyTakenOut where nothing else is left."""
    judged = {
        index: Skipped(Reason.TAKEN_OUT) if isinstance(one, Placed) and _is_taken_out(one, removed) else one
        for index, one in outcomes.items()
    }
    reasons = {one.reason if isinstance(one, Skipped) else "" for one in judged.values() if not isinstance(one, NotDicom)}
    if Reason.TAKEN_OUT in reasons and reasons <= {Reason.TAKEN_OUT, Reason.DIRECTORY, Reason.OWN_COPY}:
        raise OnlyTakenOut
    return judged


def _is_taken_out(placed: Placed, removed: Mapping[tuple[str, bool], Collection[str]]) -> bool:
    return not {"", placed.facts.series, placed.record.uid}.isdisjoint(
        removed.get((placed.facts.study, placed.hold is not None), ())
    )
