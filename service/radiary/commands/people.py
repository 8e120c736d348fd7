"""`radiary people`: who is who. Codes, dates and counts only: names stay in the private record."""

import argparse
import json
import re
import sys

from radiary.commands import console
from radiary.model.errors import Unusable
from radiary.settings import Settings
from radiary.state import ledger, same_person
from radiary.state.folder import State
from radiary.state.people import People
from radiary.state.queue import Queue, folded

_CODE = re.compile(r"[A-Z0-9-]{1,16}")


def people(asked: argparse.Namespace, settings: Settings) -> int:
    """Show everybody, or merge, split or rename codes."""
    state = State(settings.state)
    queue = folded(ledger.read(state.ledger))
    if queue.beginning is None:
        console.out.print("Nobody yet: nothing has been filed.")
        return 0
    record = People(state.folder / "people", state.key(queue.beginning.key))
    wanted = {"merge": 2, "split": 1, "rename": 2}.get(asked.does)
    if wanted is not None and len(asked.codes) != wanted:
        raise Unusable(f"`radiary people {asked.does}` takes {wanted} code{'s' if wanted > 1 else ''}.")
    if asked.does == "merge":
        record.merge(asked.codes[0], asked.codes[1])
        said = f"{asked.codes[0]} is {asked.codes[1]} from now on."
    elif asked.does == "split":
        said = f"They are {', '.join(record.split(asked.codes[0]))} from now on."
    elif asked.does == "rename":
        said = _renamed(record, *asked.codes)
    else:
        return _shown(record, queue, as_json=asked.json)
    state.ask("chronicle", "people")
    console.out.print(f"{said} Copies that are filed already keep the code they have inside.", markup=False)
    return 0


def _renamed(record: People, code: str, new: str) -> str:
    from radiary.dicom.wall import own_words  # here: most commands do without pydicom

    new = new.upper()
    if not _CODE.fullmatch(new):
        raise Unusable("A code has at most 16 letters A to Z, digits and hyphens.")
    if any(own_words.in_identity(who).occur_in(new) for one in record.all() for who in one.identities.values()):
        raise Unusable("This code holds a part of somebody's name, number or birth date, and would stand in every file.")
    record.rename(code, new)
    return f"{code} is {new} from now on."


def _shown(record: People, queue: Queue, *, as_json: bool) -> int:
    codes = record.codes()
    exams: dict[str, list[str]] = {}
    for study in queue.studies.values():
        exams.setdefault(codes.get(study.patient, study.patient), []).append(study.date or "undated")
    known = record.all()
    alike = same_person.pairs({one.code: list(one.identities.values()) for one in known})
    if as_json:
        rows = [{"code": one.code, "identities": len(one.identities), "exams": sorted(exams.get(one.code, []))} for one in known]
        sys.stdout.write(json.dumps({"people": rows, "alike": [list(pair) for pair in alike]}, indent=1) + "\n")
        return 0
    for person in known:
        dates = sorted(exams.get(person.code, []))
        span = (
            f"{len(dates)} exams, {dates[0]} to {dates[-1]}"
            if len(dates) > 1
            else f"one exam, {dates[0]}"
            if dates
            else "no exam"
        )
        console.out.print(f"{person.code}  {span}, {len(person.identities)} spelling(s) of name and number", markup=False)
    for code, other, reason in alike:
        console.out.print(f"{code} and {other} may be one person: {reason}. If so: radiary people merge {code} {other}")
    return 0
