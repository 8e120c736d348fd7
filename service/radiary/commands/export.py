"""`radiary export`: what its owner released, for other programs."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from radiary.chronicle import identity_gate, released_values
from radiary.commands.held.papers import HeldPapers
from radiary.commands.speaking import console
from radiary.commands.speaking.spoken import count
from radiary.documents import interchange
from radiary.documents.interchange import PaperOfDay
from radiary.documents.series import Series
from radiary.files import private
from radiary.language import sentence
from radiary.model.errors import Mistaken
from radiary.settings import Settings
from radiary.share import named_places


def export(settings: Settings, form: str, path: Path) -> int:
    """Write released series as a table; with exams and papers by date and kind as a FHIR Bundle. Raises Mistaken."""
    if str(path) == "-" and console.is_answering():
        raise Mistaken("With --json, what was written is told: name a file, not the terminal.")
    if str(path) != "-":
        _refuse_place(path, form)
    held = HeldPapers(settings)
    try:
        let_out = held.released()
        released = _naming_nobody(let_out, held)
        text = interchange.table(released) if form == "csv" else _bundle(held, released)
    finally:
        held.close()
    if str(path) == "-":
        sys.stdout.write(text)
        return _stopped(let_out, released)
    with named_places.writing_to(path):
        private.replace(path.expanduser().absolute(), text.encode())
    values = sum(len(one.points) for one in released)
    console.say(
        "Written: %(values)s of %(series)s that you released.",
        values=count("%(number)s value", "%(number)s values", values),
        series=count("%(number)s series", "%(number)s series", len(released)),
    )
    console.answer(values=values, series=len(released))
    return _stopped(let_out, released)


def _refuse_place(path: Path, form: str) -> None:
    """Raises Mistaken for what cannot be written to, and for a file that is none of Radiary's: that stays as it is."""
    target = path.expanduser().absolute()
    named_places.refuse_without_folder(target.parent)
    begins = interchange.BEGINS[form]
    with named_places.writing_to(path):
        is_other = target.exists() and (not target.is_file() or _first(target, len(begins)) not in (begins, b""))
    if is_other:
        raise Mistaken(sentence("%(file)s is there already, and Radiary did not write it. Name another file.", file=path))


def _first(path: Path, size: int) -> bytes:
    with path.open("rb") as file:
        return file.read(size)


def _naming_nobody(let_out: list[Series], held: HeldPapers) -> list[Series]:
    """Those series in which nobody is named who is known, as in the chronicle."""
    gate = identity_gate.gate_against(held.everybody(), b"", held.others())
    return [one for one in let_out if not gate.stops({"": interchange.table([one]).encode()}, ())]


def _stopped(let_out: list[Series], released: list[Series]) -> int:
    """The status, and what is said of series that are left out."""
    if len(released) == len(let_out):
        return 0
    console.remark(released_values.STOPPED)
    return 1


def _bundle(held: HeldPapers, released: list[Series]) -> str:
    people = held.people()
    exams = [one for one in held.queue.studies.values() if not one.held]
    papers = [
        PaperOfDay(one.uid, people.get(one.study.patient, one.study.patient), kind=one.kind, day=one.study.date, form=one.form)
        for one in held.all()
        if one.is_hers
    ]
    made = interchange.bundle(released, exams, papers, at=datetime.now(tz=UTC).isoformat(timespec="seconds"))
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"
