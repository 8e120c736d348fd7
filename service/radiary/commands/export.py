"""`radiary export`: what its owner released, for other programs."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from radiary.commands import console
from radiary.commands.held_papers import HeldPapers
from radiary.documents import interchange, series
from radiary.documents.interchange import PaperOfDay
from radiary.files import private
from radiary.model.errors import Mistaken
from radiary.settings import Settings


def export(settings: Settings, form: str, path: Path) -> int:
    """Write released series as a table; with exams and papers by date and kind as a FHIR Bundle. Raises Mistaken."""
    held = HeldPapers(settings)
    try:
        codes = series.released(held.facts.all())
        released = [one for one in held.series() if one.code in codes]
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
    console.out.print(f"Written: {values} values of {len(released)} series that you released.", markup=False)
    return 0


def _bundle(held: HeldPapers, released: list[series.Series]) -> str:
    people = held.people()
    exams = [one for one in held.queue.studies.values() if not one.held]
    papers = [
        PaperOfDay(one.uid, people.get(one.study.patient, one.study.patient), one.kind, one.study.date) for one in held.all()
    ]
    made = interchange.bundle(released, exams, papers, datetime.now(tz=UTC).isoformat(timespec="seconds"))
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"
