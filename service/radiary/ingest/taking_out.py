"""What its owner took out of library or shelf, or has back: an exam, a series, a picture; none comes back by itself."""

import datetime
from collections.abc import Collection, Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter

from radiary.ingest.bench import Bench
from radiary.ingest.decisions import Decision
from radiary.library import assemble, trash, whereabouts
from radiary.library.shelf import Library
from radiary.model.errors import OnlyTakenOut, Reason, Unusable
from radiary.model.events import FiledStudy, Removed, Restored
from radiary.model.nouns import NotDicom, Outcome, Placed, Skipped
from radiary.model.records import StudyRecord
from radiary.state.queue import Queue


class Removal(BaseModel):
    """A wish about a study or a part of it, by pseudonymous UIDs; `trash` is what is wanted back."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    does: Literal["remove", "gone", "restore"]
    study: str
    held: bool
    series: str = ""
    instance: str = ""
    trash: str = ""


Wish = Decision | Removal
WISH: TypeAdapter[Wish] = TypeAdapter(Wish)


def carried_out(wish: Removal, bench: Bench, queue: Queue) -> Removed | Restored:
    """Carry it out; the fact to write down. Raises Unusable and NotNow."""
    home = bench.home(is_held=wish.held)
    if wish.does == "restore":
        return _restored(wish, home, queue)
    known = queue.studies.get((wish.study, wish.held))
    if known is None:
        raise Unusable("There is no such exam; `radiary log` shows those that were filed.")
    place = whereabouts.place(home, known.uid, known.folder)
    if place is None:
        if not home.is_marked or (wish.series or wish.instance):
            raise Unusable("The exam is not there. Connect the library's disk first.")
        name = trash.left_by_a_crash(home, known.uid, queue.trash)
        return _fact(wish, known, trash=name or "")
    if wish.does == "gone":
        raise Unusable("The exam stands in the library again.")
    return _removed(wish, known, home, place)


def _removed(wish: Removal, known: FiledStudy, home: Library, place: str) -> Removed:
    record = home.standing(place)
    if record is None:
        raise Unusable("The exam's folder has no sound `study.json`; `radiary verify` says more.")
    goes, stays = trash.parted(record, _instances(record, wish))
    if not goes.series:
        raise Unusable("There is no such series or picture in this exam.")
    name = trash.put(home, place, datetime.datetime.now(tz=datetime.UTC).date(), goes, stays)
    left = (assemble.filed(stays, known.folder, added=0),) if stays.series else ()
    return _fact(wish, known, trash=name, studies=left)


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
    gone = queue.trash.get(wish.trash)
    if gone is None or not trash.is_there(home, wish.trash):
        raise Unusable("It is not in the trash any more. `radiary once --again` on its export files it again.")
    folder = whereabouts.place(home, gone.study, gone.folder) or gone.folder
    record = trash.take_back(home, wish.trash, folder)
    return Restored(
        study=gone.study,
        held=gone.held,
        series=gone.series,
        instance=gone.instance,
        trash=wish.trash,
        studies=(assemble.filed(record, gone.folder, added=0),),
    )


def set_aside(outcomes: Mapping[int, Outcome], removed: Mapping[str, Collection[str]]) -> dict[int, Outcome]:
    """The outcomes, what its owner took out as skipped. Raises OnlyTakenOut where nothing else is left."""
    judged = {
        index: Skipped(Reason.TAKEN_OUT) if isinstance(one, Placed) and _is_taken_out(one, removed) else one
        for index, one in outcomes.items()
    }
    reasons = {one.reason if isinstance(one, Skipped) else "" for one in judged.values() if not isinstance(one, NotDicom)}
    if Reason.TAKEN_OUT in reasons and reasons <= {Reason.TAKEN_OUT, Reason.DIRECTORY, Reason.OWN_COPY}:
        raise OnlyTakenOut
    return judged


def _is_taken_out(one: Placed, removed: Mapping[str, Collection[str]]) -> bool:
    return not {"", one.facts.series, one.record.uid}.isdisjoint(removed.get(one.facts.study, ()))
