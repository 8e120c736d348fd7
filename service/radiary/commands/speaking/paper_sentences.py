"""What papers and series say, as sentences for a terminal and as data for programs."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from radiary.commands.speaking import console, spoken
from radiary.documents.reading import NO_DATE, NO_UNIT, SCAN, UNDECIDED, UNKNOWN_UNIT, Medicine, Reading, Value
from radiary.documents.series import Series
from radiary.language import sentence
from radiary.state.paper_facts import ConfirmedValue

DOUBTS = {
    UNDECIDED: sentence("a thousand or a decimal"),
    UNKNOWN_UNIT: sentence("a unit that is not known"),
    NO_UNIT: sentence("no unit"),
    NO_DATE: sentence("no date"),
    SCAN: sentence("read from a picture"),
}
"""Why a value is to be looked at closely."""


def printed(value: Value | ConfirmedValue) -> str:
    """A value as it is said: its number with what stands before it, or its word."""
    return f"{value.comparator}{value.number}" if value.number is not None else value.word


def in_words(value: Value) -> str:
    """A value with all that is printed beside it."""
    flag = f" {value.flag}" if value.flag else ""
    bounds = f" [{value.range}]" if value.range else ""
    doubts = "".join(f" ({spoken.translated(DOUBTS[doubt])}?)" for doubt in value.doubts)
    day = spoken.say(" on %(day)s", day=f"{value.day} {value.time}".strip()) if value.day else ""
    return f"{called(value.section, value.name)} {printed(value)} {value.unit}{flag}{bounds}{day}{doubts}"


def called(section: str, name: str) -> str:
    """A test by its section, where the paper has one, and its name."""
    return f"{section}: {name}" if section else name


def medicine_in_words(medicine: Medicine) -> str:
    """A medicine as its plan says it."""
    called = medicine.name or ", ".join(medicine.substances) or spoken.say("package %(number)s (PZN)", number=medicine.number)
    also = f" ({', '.join(medicine.substances)})" if medicine.name and medicine.substances else ""
    told = f"{called}{also} {medicine.strength}".strip()
    dose = f"{medicine.schedule} {medicine.unit}".strip()
    return spoken.listed(filter(None, (told, medicine.form, dose, medicine.note, medicine.reason)))


def for_programs(reading: Reading) -> dict[str, Any]:
    """A reading for programs."""
    values = [
        {
            "name": one.name,
            "section": one.section,
            "value": None if one.number is None else str(one.number),
            "word": one.word,
            "comparator": one.comparator,
            "unit": one.unit,
            "low": None if one.low is None else str(one.low),
            "high": None if one.high is None else str(one.high),
            "range": one.range,
            "flag": one.flag,
            "date": (one.day or reading.day or "") and str(one.day or reading.day),
            "time": one.time,
            "page": one.page + 1,
            "box": one.box,
            "doubts": one.doubts,
        }
        for one in reading.values
    ]
    told = {"kind": reading.kind, "date": reading.day and str(reading.day), "time": reading.time, "pages": reading.pages}
    medication = [asdict(one) for one in reading.medicines]
    return {
        **told,
        "medication": medication,
        "scan": reading.is_scan,
        "status": reading.status,
        "number": reading.number,
        "values": values,
    }


def show_series(names: Iterable[str]) -> None:
    """On the owner's terminal, what each of some series is called."""
    for name in names:
        console.out.print(f"  {name}", markup=False, soft_wrap=True)


def series_for_programs(series: Series) -> dict[str, Any]:
    """A series for programs."""
    points = [
        {
            "date": point.value.day and str(point.value.day),
            "time": point.value.time,
            "value": None if point.value.number is None else str(point.value.number),
            "comparator": point.value.comparator,
            "word": point.value.word,
            "flag": point.value.flag,
            "range": point.value.range,
            "history": [printed(version.value) for version in point.history],
        }
        for point in series.points
    ]
    named = {"series": series.code, "person": series.person, "name": series.name, "section": series.section, "unit": series.unit}
    return {**named, "laboratory": series.laboratory, "points": points}
