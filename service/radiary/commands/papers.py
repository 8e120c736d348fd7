"""`radiary papers`: the papers (PDF) on the private shelf; what they say, for their owner's eyes; what she confirms."""

import json
import secrets
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from radiary.commands import chronicle, confirmed_papers, console, cut_papers, paper_sentences, spoken
from radiary.commands.confirmed_papers import ConfirmedRow
from radiary.commands.held_papers import HeldPaper, HeldPapers
from radiary.commands.spoken import count, say
from radiary.documents import kinds, series
from radiary.ingest.taking_out import Description, Removal
from radiary.model.errors import AlreadyRunning, Mistaken, RadiaryError
from radiary.settings import Settings
from radiary.state.folder import State
from radiary.state.paper_facts import PaperFact

_JOINED = 2
"""Series that `join` takes."""


@dataclass(frozen=True)
class PaperArguments:
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
    page: int | None = None
    part: str | None = None


def papers(settings: Settings, asked: PaperArguments) -> int:
    """List, show, confirm, describe or discard papers. Raises Mistaken and Unusable."""
    held = HeldPapers(settings)
    try:
        return _DOES[asked.does](held, asked)
    finally:
        held.close()


def _listed(held: HeldPapers, asked: PaperArguments) -> int:
    known = held.all()
    standing = held.standing() if known else {}
    rows = [_row(one, standing.get(one.uid)) for one in known]
    if asked.as_json:
        return _json({"papers": rows})
    for row in rows:
        number, day, person = row["confirmed"], row["date"] or say("no date"), row["person"] or say("whose?")
        confirmed = count("%(number)s value confirmed", "%(number)s values confirmed", number or 0)
        state = say("not confirmed yet") if number is None else confirmed
        state = state if row["hers"] else say("not yours")
        console.out.print(f"{row['paper']}  {day}  {row['kind']}  {person}  {state}", markup=False)
    left = len(held.left()) if rows else 0
    told = say("%(number)s of %(all)s left to look at.", number=left, all=len(rows)) if rows else say("No papers yet.")
    console.out.print(told, markup=False)
    return 0


def _row(one: HeldPaper, fact: PaperFact | None) -> dict[str, Any]:
    confirmed = len(fact.values) if fact else None
    return {
        "paper": one.name,
        "date": one.study.date,
        "kind": one.kind,
        "person": one.study.patient,
        "hers": one.is_hers,
        "confirmed": confirmed,
        "folder": one.study.folder,
    }


def _shown(held: HeldPapers, asked: PaperArguments) -> int:
    one = _one(held, asked)
    reading, fact = held.read(one), held.standing().get(one.uid)
    rows = {value.row for value in fact.values} if fact else set[int]()
    if asked.as_json:
        return _json({**_row(one, fact), "rows": sorted(rows), "read": paper_sentences.for_programs(reading)})
    console.out.print(f"{one.path}", markup=False, soft_wrap=True)
    pages = count("%(number)s page", "%(number)s pages", reading.pages)
    scan = say(", a scan: every value is to be looked at") if reading.is_scan else ""
    said = held.described(one)
    day = (said.day if said else reading.day) or say("no date")
    at = f" {reading.time}" if reading.time and day == reading.day else ""
    console.out.print(f"{said.kind if said else reading.kind}, {day}{at}, {pages}{scan}", markup=False)
    for number, value in enumerate(reading.values, 1):
        known = f"  [{say('confirmed')}]" if number in rows else ""
        console.out.print(f"{number:3}  {paper_sentences.in_words(value)}{known}", markup=False, soft_wrap=True)
    for medicine in reading.medicines:
        console.out.print(f"     {paper_sentences.medicine_in_words(medicine)}", markup=False, soft_wrap=True)
    return 0


def _confirmed(held: HeldPapers, asked: PaperArguments) -> int:
    known = [held.named(name) for name in asked.names]
    if asked.every:
        known = held.left()
        if not known:
            return _listed(held, asked)
    if not known:
        raise Mistaken("Name the papers, as `radiary papers` shows them, or give --all.")
    confirmed, done, is_refused = 0, [], False
    for one in known:
        try:
            reading = held.read(one)
            if reading.is_scan and not asked.rows:
                console.say("%(paper)s: a scan: name each row that is as printed, --row 1 --row 2 …", paper=one.name)
                continue
            rows = [ConfirmedRow(row=row) for row in asked.rows] or confirmed_papers.as_read(reading)
            kept = [row for row in rows if row.row not in asked.without]
            fact = confirmed_papers.confirmed(one, reading, held.described(one), kept)
        except RadiaryError as error:
            console.out.print(f"{one.name}: {spoken.error(error)}", markup=False)
            is_refused = True
            continue
        held.facts.add(fact)
        confirmed += len(fact.values)
        done.append(one.name)
    console.answer(papers=done, values=confirmed, left=[one.name for one in known if one.name not in done])
    if done:
        values = count("%(number)s value", "%(number)s values", confirmed)
        of_papers = count("%(number)s paper", "%(number)s papers", len(done))
        console.say("Confirmed: %(values)s of %(papers)s.", values=values, papers=of_papers)
        _followed(held)
    return int(is_refused and not asked.every)  # of all, those that cannot be read stay to be looked at


def _withdrawn(held: HeldPapers, asked: PaperArguments) -> int:
    one = _one(held, asked)
    held.facts.add(PaperFact(does="withdrawn", paper=one.uid))
    console.say("Its values are not confirmed any more.")
    console.answer(done=True)
    _followed(held)
    return 0


def _followed(held: HeldPapers) -> None:
    """The chronicle shows what stands now, where it shows values or did."""
    if any(fact.does == "released" for fact in held.facts.all()):
        chronicle.written(held.settings)


def _described(held: HeldPapers, asked: PaperArguments) -> int:
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


def _not_hers(held: HeldPapers, asked: PaperArguments) -> int:
    """Somebody else's: it stays on the shelf, and is told nowhere."""
    one = _one(held, asked)
    said = held.described(one)
    day = said.day if said else held.read(one).day
    held.facts.add(PaperFact(does="withdrawn", paper=one.uid))
    wish = Description(paper=one.study.uid, kind=one.kind, day=day, person=one.study.patient, is_hers=False)
    return _wished(held.settings, wish)


def _discarded(held: HeldPapers, asked: PaperArguments) -> int:
    one = _one(held, asked)
    status = _wished(held.settings, Removal(does="remove", study=one.study.uid, held=True, instance=one.uid))
    console.say("`radiary restore` brings it back.")
    return status


def _wished(settings: Settings, wish: Description | Removal) -> int:
    """Carry it out at once, or leave it to the service that runs. Raises Mistaken and NotNow."""
    from radiary.service import wiring  # here: a look at papers does without the whole house

    try:
        with wiring.started(settings) as opened, console.busy("Radiary is at it …"):
            opened.bench.open(opened.queue)
            opened.attempts.decide(wish)
            opened.chronicle()  # what stands there of this paper goes, or moves to its new day
        console.say("Done.")
        is_done = True
    except AlreadyRunning:
        State(settings.state).ask("review", secrets.token_hex(8), wish.model_dump_json().encode())
        console.say("The service does it within seconds; `radiary log` shows it.")
        is_done = False
    console.answer(done=is_done)
    return 0


def _series(held: HeldPapers, asked: PaperArguments) -> int:
    known = held.series()
    if asked.as_json:
        return _json({"series": [paper_sentences.series_for_programs(one) for one in known]})
    for one in known:
        unit = one.unit or say("no unit")
        console.out.print(f"{one.code}  {one.section}: {one.name} ({unit}), {one.person}", markup=False)
        for point in one.points:
            value = point.value
            before = ", ".join(str(one.value.number) for one in point.history)
            older = f"  ({say('before: %(values)s', values=before)})" if point.history else ""
            console.out.print(
                f"    {value.day or say('no date')}  {paper_sentences.printed(value)} {value.flag}{older}", markup=False
            )
    if not known:
        console.say("No values are confirmed yet.")
    return 0


def _joined(held: HeldPapers, asked: PaperArguments) -> int:
    known = {one.code for one in held.series()}
    if len(asked.names) != _JOINED or not set(asked.names) <= known or len(set(asked.names)) != _JOINED:
        raise Mistaken("`radiary papers join` takes two series, by the digits that `radiary papers series` shows.")
    held.facts.add(PaperFact(does="joined", series=(asked.names[0], asked.names[1])))
    console.say("They are one series from now on.")
    console.answer(done=True)
    return 0


def _let_out(held: HeldPapers, asked: PaperArguments) -> int:
    """Release series into the chronicle and for `radiary export`, or keep them again."""
    known = {one.code: one.name for one in held.series()}
    names = sorted(known) if asked.every else asked.names
    if not names or not set(names) <= set(known):
        raise Mistaken("Name the series by the digits that `radiary papers series` shows, or give --all.")
    is_out = asked.does == "release"
    held.facts.add(*(series.letting_out(names, for_site=False) if is_out else series.keeping(names)))
    series_named = count("%(number)s series", "%(number)s series", len(names))
    console.say("Released from now on: %(series)s." if is_out else "Kept from now on: %(series)s.", series=series_named)
    paper_sentences.show_series([known[name] for name in names])
    return chronicle.bring_up_to_date(held.settings, series=sorted(names))


def _cut(held: HeldPapers, asked: PaperArguments) -> int:
    """A row or a part of a page into the chronicle, as a picture."""
    codes = cut_papers.by_command(held, _one(held, asked), asked.rows, asked.page, asked.part)
    return chronicle.bring_up_to_date(held.settings, cuttings=codes)


def _cuttings(held: HeldPapers, asked: PaperArguments) -> int:
    shown = cut_papers.listed(held)
    if asked.as_json:
        return _json({"cuttings": shown})
    for one in shown:
        console.out.print(cut_papers.in_words(one), markup=False)
    if not shown:
        console.say("No part of a paper is shown.")
    return 0


def _uncut(held: HeldPapers, asked: PaperArguments) -> int:
    if not asked.names:
        raise Mistaken("Name the parts by the digits that `radiary papers cuttings` shows.")
    for code in asked.names:
        cut_papers.uncut(held, code)
    console.say("Private again.")
    return chronicle.bring_up_to_date(held.settings, cuttings=list(asked.names))


def _kinds(_held: HeldPapers, asked: PaperArguments) -> int:
    if asked.as_json:
        return _json({"kinds": kinds.names()})
    console.out.print("\n".join(kinds.names()), markup=False)
    return 0


def _one(held: HeldPapers, asked: PaperArguments) -> HeldPaper:
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
    "not-mine": _not_hers,
    "discard": _discarded,
    "series": _series,
    "join": _joined,
    "release": _let_out,
    "keep": _let_out,
    "cut": _cut,
    "cuttings": _cuttings,
    "uncut": _uncut,
    "kinds": _kinds,
}
