"""Papers, their values and their parts as `radiary papers` lists and shows them."""

import json
import sys
from typing import Any

from radiary.commands.held import cut_papers
from radiary.commands.held.papers import HeldPaper, HeldPapers
from radiary.commands.paper_arguments import PaperArguments, one_paper
from radiary.commands.speaking import console, paper_sentences
from radiary.commands.speaking.spoken import count, say
from radiary.documents import kinds
from radiary.state.paper_facts import PaperFact


def listed(held: HeldPapers, asked: PaperArguments) -> int:
    """All papers, and how many are left to look at."""
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


def _row(paper: HeldPaper, fact: PaperFact | None) -> dict[str, Any]:
    confirmed = len(fact.values) if fact else None
    return {
        "paper": paper.name,
        "date": paper.study.date,
        "kind": paper.kind,
        "person": paper.study.patient,
        "hers": paper.is_hers,
        "confirmed": confirmed,
        "folder": paper.study.folder,
    }


def rows(held: HeldPapers, asked: PaperArguments) -> int:
    """What was read of one paper, row by row."""
    paper = one_paper(held, asked)
    reading, fact = held.read(paper), held.standing().get(paper.uid)
    rows = {value.row for value in fact.values} if fact else set[int]()
    if asked.as_json:
        return _json({**_row(paper, fact), "rows": sorted(rows), "read": paper_sentences.for_programs(reading)})
    console.out.print(f"{paper.path}", markup=False, soft_wrap=True)
    pages = count("%(number)s page", "%(number)s pages", reading.pages)
    scan = say(", a scan: every value is to be looked at") if reading.is_scan else ""
    said = held.described(paper)
    day = (said.day if said else reading.day) or say("no date")
    at = f" {reading.time}" if reading.time and day == reading.day else ""
    console.out.print(f"{said.kind if said else reading.kind}, {day}{at}, {pages}{scan}", markup=False)
    for number, value in enumerate(reading.values, 1):
        known = f"  [{say('confirmed')}]" if number in rows else ""
        console.out.print(f"{number:3}  {paper_sentences.in_words(value)}{known}", markup=False, soft_wrap=True)
    for medicine in reading.medicines:
        console.out.print(f"     {paper_sentences.medicine_in_words(medicine)}", markup=False, soft_wrap=True)
    return 0


def series_listed(held: HeldPapers, asked: PaperArguments) -> int:
    """The values that are confirmed, series by series."""
    known = held.series()
    if asked.as_json:
        return _json({"series": [paper_sentences.series_for_programs(one) for one in known]})
    for series in known:
        unit = series.unit or say("no unit")
        called = paper_sentences.called(series.section, series.name)
        console.out.print(f"{series.code}  {called} ({unit}), {series.person}", markup=False)
        for point in series.points:
            value = point.value
            before = ", ".join(paper_sentences.printed(one.value) for one in point.history)
            older = f"  ({say('before: %(values)s', values=before)})" if point.history else ""
            at = f"{value.day or say('no date')} {value.time}".strip()
            console.out.print(f"    {at}  {paper_sentences.printed(value)} {value.flag}{older}", markup=False)
    if not known:
        console.say("No values are confirmed yet.")
    return 0


def cuttings_listed(held: HeldPapers, asked: PaperArguments) -> int:
    """Parts of pages that stand in the chronicle."""
    shown = cut_papers.listed(held)
    if asked.as_json:
        return _json({"cuttings": shown})
    for one in shown:
        console.out.print(cut_papers.in_words(one), markup=False)
    if not shown:
        console.say("No part of a paper is shown.")
    return 0


def kinds_listed(_held: HeldPapers, asked: PaperArguments) -> int:
    """All that a paper can be."""
    if asked.as_json:
        return _json({"kinds": kinds.names()})
    console.out.print("\n".join(kinds.names()), markup=False)
    return 0


def _json(told: object) -> int:
    sys.stdout.write(json.dumps(told, indent=1) + "\n")
    return 0
