"""`radiary papers`: the papers (PDF) on the private shelf; what they say, for their owner's eyes; what she confirms."""

import json
import secrets
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from radiary.commands import console
from radiary.commands.held_papers import HeldPaper, HeldPapers, confirmed
from radiary.documents import kinds
from radiary.documents.reading import NO_DATE, NO_UNIT, SCAN, UNDECIDED, UNKNOWN_UNIT, Reading, Value
from radiary.documents.series import Series
from radiary.ingest.taking_out import Description, Removal
from radiary.model.errors import AlreadyRunning, Mistaken, RadiaryError
from radiary.settings import Settings
from radiary.state.folder import State
from radiary.state.paper_facts import PaperFact

_DOUBTS = {
    UNDECIDED: "a thousand or a decimal",
    UNKNOWN_UNIT: "a unit that is not known",
    NO_UNIT: "no unit",
    NO_DATE: "no date",
    SCAN: "read from a picture",
}
_JOINED = 2
"""Series that `join` takes."""


@dataclass(frozen=True)
class Asked:
    """What is to be done, and with which papers, series or rows."""

    does: str
    names: Sequence[str]
    every: bool
    rows: Sequence[int]
    without: Sequence[int]
    kind: str | None
    date: str | None
    person: str | None
    as_json: bool


def papers(settings: Settings, asked: Asked) -> int:
    """List, show, confirm, describe or discard papers. Raises Mistaken and Unusable."""
    held = HeldPapers(settings)
    try:
        return _DOES[asked.does](held, asked)
    finally:
        held.close()


def _listed(held: HeldPapers, asked: Asked) -> int:
    known = held.all()
    standing = held.standing() if known else {}
    rows = [_row(one, standing.get(one.uid)) for one in known]
    if asked.as_json:
        return _json({"papers": rows})
    for row in rows:
        state = f"{row['confirmed']} values confirmed" if row["confirmed"] is not None else "not confirmed yet"
        console.out.print(f"{row['paper']}  {row['date'] or 'no date'}  {row['kind']}  {row['person'] or 'whose?'}  {state}")
    left = sum(row["confirmed"] is None for row in rows)
    console.out.print(f"{left} of {len(rows)} left to look at." if rows else "No papers yet.", markup=False)
    return 0


def _row(one: HeldPaper, fact: PaperFact | None) -> dict[str, Any]:
    confirmed = len(fact.values) if fact else None
    return {
        "paper": one.name,
        "date": one.study.date,
        "kind": one.kind,
        "person": one.study.patient,
        "confirmed": confirmed,
        "folder": one.study.folder,
    }


def _shown(held: HeldPapers, asked: Asked) -> int:
    one = _one(held, asked)
    reading = held.read(one)
    if asked.as_json:
        return _json({**_row(one, held.standing().get(one.uid)), "read": _told(reading)})
    console.out.print(f"{one.path}", markup=False, soft_wrap=True)
    pages = f"{reading.pages} page{'' if reading.pages == 1 else 's'}"
    scan = ", a scan: every value is to be looked at" if reading.is_scan else ""
    console.out.print(f"{reading.kind}, {reading.day or 'no date'} {reading.time}, {pages}{scan}", markup=False)
    for number, value in enumerate(reading.values, 1):
        console.out.print(f"{number:3}  {_in_words(value)}", markup=False, soft_wrap=True)
    return 0


def _in_words(value: Value) -> str:
    number = f"{value.comparator}{value.number}" if value.number is not None else value.word
    flag = f" {value.flag}" if value.flag else ""
    bounds = f" [{value.range}]" if value.range else ""
    doubts = "".join(f" ({_DOUBTS[doubt]}?)" for doubt in value.doubts)
    day = f" on {value.day}" if value.day else ""
    return f"{value.section}: {value.name} {number} {value.unit}{flag}{bounds}{day}{doubts}"


def _told(reading: Reading) -> dict[str, Any]:
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
            "page": one.page + 1,
            "box": one.box,
            "doubts": one.doubts,
        }
        for one in reading.values
    ]
    told = {"kind": reading.kind, "date": reading.day and str(reading.day), "time": reading.time, "pages": reading.pages}
    return {**told, "scan": reading.is_scan, "status": reading.status, "number": reading.number, "values": values}


def _confirmed(held: HeldPapers, asked: Asked) -> int:
    known = [held.named(name) for name in asked.names]
    if asked.every:
        standing = held.standing()
        known = [one for one in held.all() if one.uid not in standing]
    if not known:
        raise Mistaken("Name the papers, as `radiary papers` shows them, or give --all.")
    count = 0
    for one in known:
        try:
            reading = held.read(one)
            if reading.is_scan and not asked.rows:
                console.out.print(f"{one.name}: a scan: name each row that is as printed, --row 1 --row 2 …", markup=False)
                continue
            rows = set(asked.rows or range(1, len(reading.values) + 1)) - set(asked.without)
            fact = confirmed(one, reading, held.described(one), rows)
        except RadiaryError as error:
            console.out.print(f"{one.name}: {error}", markup=False)
            continue
        held.facts.add(fact)
        count += len(fact.values)
    console.out.print(f"Confirmed: {count} value{'' if count == 1 else 's'} of {len(known)} paper(s).", markup=False)
    return 0


def _withdrawn(held: HeldPapers, asked: Asked) -> int:
    one = _one(held, asked)
    held.facts.add(PaperFact(does="withdrawn", paper=one.uid))
    console.out.print("Its values are not confirmed any more.")
    return 0


def _described(held: HeldPapers, asked: Asked) -> int:
    one = _one(held, asked)
    said = held.described(one)
    try:
        day = date.fromisoformat(asked.date) if asked.date else said.day if said else held.read(one).day
    except ValueError:
        raise Mistaken("A date is written as 2024-03-05.") from None
    kind, person = asked.kind or one.kind, asked.person.upper() if asked.person else one.study.patient
    if kind not in kinds.names():
        raise Mistaken("There is no such kind; `radiary papers kinds` shows them.")
    if asked.person and person not in held.people().values():
        raise Mistaken("Nobody has this code; `radiary people` shows them.")
    held.facts.add(PaperFact(does="described", paper=one.uid, person=person, kind=kind, day=day))
    return _wished(held.settings, Description(paper=one.study.uid, kind=kind, day=day, person=person))


def _discarded(held: HeldPapers, asked: Asked) -> int:
    one = _one(held, asked)
    status = _wished(held.settings, Removal(does="remove", study=one.study.uid, held=True, instance=one.uid))
    console.out.print("`radiary restore` brings it back.")
    return status


def _wished(settings: Settings, wish: Description | Removal) -> int:
    """Carry it out at once, or leave it to the service that runs. Raises Mistaken and NotNow."""
    from radiary.service import wiring  # here: a look at papers does without the whole house

    try:
        with wiring.started(settings) as opened:
            opened.bench.open(opened.queue)
            opened.attempts.decide(wish)
            console.out.print("Done.")
    except AlreadyRunning:
        State(settings.state).ask("review", secrets.token_hex(8), wish.model_dump_json().encode())
        console.out.print("The service does it within seconds; `radiary log` shows it.")
    return 0


def _series(held: HeldPapers, asked: Asked) -> int:
    known = held.series()
    if asked.as_json:
        return _json({"series": [_of_series(one) for one in known]})
    for one in known:
        console.out.print(f"{one.code}  {one.section}: {one.name} ({one.unit or 'no unit'}), {one.person}", markup=False)
        for point in one.points:
            value = point.value
            number = f"{value.comparator}{value.number}" if value.number is not None else value.word
            older = f"  (before: {', '.join(str(v.value.number) for v in point.history)})" if point.history else ""
            console.out.print(f"    {value.day or 'no date'}  {number} {value.flag}{older}", markup=False)
    return 0


def _of_series(one: Series) -> dict[str, Any]:
    points = [
        {
            "date": point.value.day and str(point.value.day),
            "value": None if point.value.number is None else str(point.value.number),
            "comparator": point.value.comparator,
            "word": point.value.word,
            "flag": point.value.flag,
            "range": point.value.range,
            "history": [None if v.value.number is None else str(v.value.number) for v in point.history],
        }
        for point in one.points
    ]
    named = {"series": one.code, "person": one.person, "name": one.name, "section": one.section, "unit": one.unit}
    return {**named, "laboratory": one.laboratory, "points": points}


def _joined(held: HeldPapers, asked: Asked) -> int:
    known = {one.code for one in held.series()}
    if len(asked.names) != _JOINED or not set(asked.names) <= known or len(set(asked.names)) != _JOINED:
        raise Mistaken("`radiary papers join` takes two series, by the digits that `radiary papers series` shows.")
    held.facts.add(PaperFact(does="joined", series=(asked.names[0], asked.names[1])))
    console.out.print("They are one series from now on.")
    return 0


def _let_out(held: HeldPapers, asked: Asked) -> int:
    """Release series, so that `radiary export` takes them, or keep them again."""
    known = {one.code for one in held.series()}
    names = sorted(known) if asked.every else asked.names
    if not names or not set(names) <= known:
        raise Mistaken("Name the series by the digits that `radiary papers series` shows, or give --all.")
    does: Literal["released", "kept"] = "released" if asked.does == "release" else "kept"
    held.facts.add(*(PaperFact(does=does, series=(name, "")) for name in names))
    out = "may go out by `radiary export`" if does == "released" else "are kept"
    console.out.print(f"{len(names)} series {out} from now on.", markup=False)
    return 0


def _kinds(_held: HeldPapers, asked: Asked) -> int:
    if asked.as_json:
        return _json({"kinds": kinds.names()})
    console.out.print("\n".join(kinds.names()), markup=False)
    return 0


def _one(held: HeldPapers, asked: Asked) -> HeldPaper:
    if len(asked.names) != 1:
        raise Mistaken("Name one paper, as `radiary papers` shows it.")
    return held.named(asked.names[0])


def _json(told: object) -> int:
    sys.stdout.write(json.dumps(told, indent=1) + "\n")
    return 0


_DOES = {
    "list": _listed,
    "show": _shown,
    "confirm": _confirmed,
    "withdraw": _withdrawn,
    "set": _described,
    "discard": _discarded,
    "series": _series,
    "join": _joined,
    "release": _let_out,
    "keep": _let_out,
    "kinds": _kinds,
}
