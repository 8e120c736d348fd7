"""Released series for other programs: a table (CSV), and a FHIR R4 (4.0.1) Bundle; codes for people, never a name or a page."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from radiary.documents import units
from radiary.documents.series import Point, Series
from radiary.model.events import FiledStudy

_COLUMNS = (
    "date", "time", "person", "name", "section", "comparator", "value", "word", "unit", "low", "high", "range", "flag",
    "series",
)  # fmt: skip
BEGINS = {"csv": ",".join(_COLUMNS).encode() + b"\n", "fhir": b'{\n "resourceType": "Bundle",\n "type": "collection",'}
"""How what Radiary wrote in each form begins."""
_UCUM = "http://unitsofmeasure.org"
_FLAGS = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation"
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""With these a cell begins that a spreadsheet would calculate."""


@dataclass(frozen=True, slots=True)
class PaperOfDay:
    """A paper as it may go out: its UID, whose it is, of what kind and day."""

    uid: str
    person: str
    kind: str
    day: str | None
    form: str = "application/pdf"
    """Its media type."""


def table(series: Sequence[Series]) -> str:
    """One row a value, dates as YYYY-MM-DD, decimals with a point."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for trend in series:
        for point in trend.points:
            value = point.value
            numbers = (value.comparator, value.number, value.word, value.unit, value.low, value.high, value.range, value.flag)
            row = (value.day, value.time, trend.person, trend.name, trend.section, *numbers, trend.code)
            writer.writerow([_cell(part) for part in row])
    return file.getvalue()


def _cell(part: object) -> str:
    text = "" if part is None else str(part)
    return f"'{text}" if text.startswith(_FORMULAS) and not isinstance(part, Decimal) else text


def bundle(series: Sequence[Series], studies: Sequence[FiledStudy], papers: Sequence[PaperOfDay], *, at: str) -> dict[str, Any]:
    """A collection of resources; `at` is the time of its making (ISO 8601 with its zone)."""
    people = {one.person for one in series} | {one.patient for one in studies} | {one.person for one in papers}
    resources = [{"resourceType": "Patient", "id": _id(person)} for person in sorted(people)]
    resources += [_study(one) for one in studies]
    by_paper: dict[str, list[str]] = {}
    for trend in series:
        for number, point in enumerate(trend.points, 1):
            resources.append(_observation(trend, point, f"{trend.code}-{number}"))
            by_paper.setdefault(point.paper, []).append(f"{trend.code}-{number}")
    for paper in papers:
        resources.append(_reference(paper, at))
        if paper.uid in by_paper:
            resources.append(_report(paper, by_paper[paper.uid]))
    entries = [{"fullUrl": f"urn:radiary:{one['resourceType']}:{one['id']}", "resource": one} for one in resources]
    return {"resourceType": "Bundle", "type": "collection", "timestamp": at, "entry": entries}


def _id(person: str) -> str:
    return person or "unknown"


def _subject(person: str) -> Mapping[str, str]:
    return {"reference": f"Patient/{_id(person)}"}


def _study(study: FiledStudy) -> dict[str, Any]:
    modality = {"system": "http://dicom.nema.org/resources/ontology/DCM", "code": study.modality}
    made: dict[str, Any] = {
        "resourceType": "ImagingStudy",
        "id": study.folder.rpartition("-")[2],
        "status": "available",
        "subject": _subject(study.patient),
        "modality": [modality],
        "numberOfSeries": len(study.series),
    }
    return made | ({"started": study.date} if study.date else {})


def _observation(series: Series, point: Point, name: str) -> dict[str, Any]:
    value = point.value
    made: dict[str, Any] = {
        "resourceType": "Observation",
        "id": name,
        "status": "amended" if point.is_amended else "final",
        "code": {"text": series.name},
        "subject": _subject(series.person),
    }
    if value.day:
        made["effectiveDateTime"] = value.day.isoformat()
    if value.number is None:
        made["valueString"] = value.word
    else:
        made["valueQuantity"] = _quantity(value.number, value.unit, value.comparator)
    if value.flag:
        made["interpretation"] = [{"coding": [{"system": _FLAGS, "code": value.flag}]}]
    if value.range:
        sides = {"low": value.low, "high": value.high}
        bounds = {side: _quantity(bound, value.unit) for side, bound in sides.items() if bound is not None}
        made["referenceRange"] = [{**bounds, "text": value.range}]
    return made


def _quantity(number: Decimal, unit: str, comparator: str = "") -> dict[str, Any]:
    """A quantity; a UCUM code only where the spelling of the unit is known."""
    whole = number == number.to_integral_value()
    made: dict[str, Any] = {"value": int(number) if whole else float(number)}
    code = units.code(unit)
    made |= {"unit": unit} if unit else {}
    made |= {"system": _UCUM, "code": code} if code else {}
    return made | ({"comparator": comparator} if comparator else {})


def _report(paper: PaperOfDay, observations: Sequence[str]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "resourceType": "DiagnosticReport",
        "id": f"report-{_short(paper.uid)}",
        "status": "final",
        "code": {"text": paper.kind.replace("-", " ")},
        "subject": _subject(paper.person),
        "result": [{"reference": f"Observation/{one}"} for one in observations],
    }
    return made | ({"effectiveDateTime": paper.day} if paper.day else {})


def _reference(paper: PaperOfDay, at: str) -> dict[str, Any]:
    attachment = {"contentType": paper.form} | ({"creation": paper.day} if paper.day else {})
    return {
        "resourceType": "DocumentReference",
        "id": f"paper-{_short(paper.uid)}",
        "status": "current",
        "type": {"text": paper.kind.replace("-", " ")},
        "subject": _subject(paper.person),
        "date": at,
        "content": [{"attachment": attachment}],
    }


def _short(uid: str) -> str:
    return uid.rpartition(".")[2][-40:]
