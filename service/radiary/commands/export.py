"""`radiary export`: what its owner released, for other programs."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from radiary.chronicle import identity_gate, released_values
from radiary.commands import console
from radiary.commands.held_papers import HeldPapers
from radiary.commands.spoken import count
from radiary.documents import interchange
from radiary.documents.interchange import PaperOfDay
from radiary.documents.series import Series
from radiary.files import private
from radiary.model.errors import Mistaken
from radiary.settings import Settings


def export(settings: Settings, form: str, path: Path) -> int:
    """Write released series as a table; with exams and papers by date and kind as a FHIR Bundle. Raises Mistaken."""
    if str(path) == "-" and console.is_answering():
        raise Mistaken("With --json, what was written is told: name a file, not the terminal.")
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
    try:
        private.replace(path.absolute(), text.encode())
    except OSError:
        raise Mistaken("The file cannot be written there.") from None
    values = sum(len(one.points) for one in released)
    console.say(
        "Written: %(values)s of %(series)s that you released.",
        values=count("%(number)s value", "%(number)s values", values),
        series=count("%(number)s series", "%(number)s series", len(released)),
    )
    console.answer(values=values, series=len(released))
    return _stopped(let_out, released)


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
