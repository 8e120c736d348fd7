"""`radiary export`: what its owner released, for other programs."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

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
        released = held.released()
        text = interchange.table(released) if form == "csv" else _bundle(held, released)
    finally:
        held.close()
    if str(path) == "-":
        sys.stdout.write(text)
        return 0
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
    return 0


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
