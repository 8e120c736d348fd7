"""`radiary people`: who is who. Codes, dates and counts only: names stay in the private record."""

import json
import re
import sys
from collections.abc import Sequence

from radiary.commands import console, summary
from radiary.model.errors import Mistaken
from radiary.settings import Settings
from radiary.state import ledger, same_person
from radiary.state.folder import State
from radiary.state.people import People
from radiary.state.queue import Queue, folded

_CODE = re.compile(r"[A-Z0-9-]{1,16}")


def people(settings: Settings, does: str, codes: Sequence[str], *, as_json: bool) -> int:
    """Show everybody, or merge, split or rename codes."""
    state = State(settings.state)
    queue = folded(ledger.read(state.ledger))
    if queue.beginning is None:
        console.out.print("Nobody yet: nothing has been filed.")
        return 0
    record = People(state.folder / "people", state.key(queue.beginning.key))
    wanted = {"merge": 2, "split": 1, "rename": 2}.get(does)
    if wanted is not None and len(codes) != wanted:
        raise Mistaken(f"`radiary people {does}` takes {wanted} code{'s' if wanted > 1 else ''}.")
    if does == "merge":
        record.merge(codes[0], codes[1])
        said = f"{codes[0]} is {codes[1]} from now on."
    elif does == "split":
        said = f"They are {', '.join(record.split(codes[0]))} from now on."
    elif does == "rename":
        said = _renamed(record, *codes)
    else:
        return _shown(record, queue, as_json=as_json)
    state.ask("chronicle", "people")
    console.out.print(f"{said} Copies that are filed already keep the code they have inside.", markup=False)
    return 0


def _renamed(record: People, code: str, new: str) -> str:
    from radiary.dicom.wall import own_words  # here: most commands do without pydicom

    new = new.upper()
    if not _CODE.fullmatch(new):
        raise Mistaken("A code has at most 16 letters A to Z, digits and hyphens.")
    if any(own_words.in_identity(who).occur_in(new) for one in record.all() for who in one.identities.values()):
        raise Mistaken("This code holds a part of somebody's name, number or birth date, and would stand in every file.")
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
        spellings = summary.count(len(person.identities), "spelling")
        console.out.print(f"{person.code}  {span}, {spellings} of name and number", markup=False)
    for code, other, reason in alike:
        console.out.print(f"{code} and {other} may be one person: {reason}. If so: radiary people merge {code} {other}")
    return 0
