"""`radiary people`: who is who. Codes, dates and counts only: names stay in the private record."""

import json
import re
import sys
from collections.abc import Sequence

from radiary.commands.speaking import console
from radiary.commands.speaking.spoken import count, say, translated
from radiary.language import counted, marked
from radiary.model.errors import Mistaken
from radiary.settings import Settings
from radiary.state import ledger, same_person, soundness
from radiary.state.folder import State
from radiary.state.people import People
from radiary.state.queue import Queue, folded

_WHY = (
    marked("the same birth date and alike names"),
    marked("the same patient number, and birth date or name"),
    marked("the same name, one without a birth date"),
)
"""What `same_person` says of two codes."""
_CODE = re.compile(r"[A-Z0-9-]{1,16}")


def people(settings: Settings, does: str, codes: Sequence[str], *, as_json: bool) -> int:
    """Show everybody, or merge, split or rename codes."""
    state = State(settings.state)
    queue = folded(ledger.read(state.ledger))
    if queue.beginning is None:
        console.say("Nobody yet: nothing has been filed.")
        console.answer(people=[], alike=[])
        return 0
    record = People(state.folder / "people", state.key(queue.beginning.key))
    wanted = {"merge": 2, "split": 1, "rename": 2}.get(does)
    if wanted is not None and len(codes) != wanted:
        takes = counted(
            "`radiary people %(does)s` takes %(number)s code.",
            "`radiary people %(does)s` takes %(number)s codes.",
            wanted,
            does=does,
        )
        raise Mistaken(takes)
    if does == "merge":
        record.merge(codes[0], codes[1])
        made = [codes[1]]
        said = say("%(one)s is %(other)s from now on.", one=codes[0], other=codes[1])
    elif does == "split":
        made = record.split(codes[0])
        said = say("They are %(codes)s from now on.", codes=", ".join(made))
    elif does == "rename":
        made = [codes[1].upper()]
        said = _renamed(record, *codes)
    else:
        return listed(record, queue, as_json=as_json)
    state.ask("chronicle", "people")
    console.answer(codes=made)
    console.say("%(said)s Copies that are filed already keep the code they have inside.", said=said)
    return 0


def _renamed(record: People, code: str, new: str) -> str:
    from radiary.dicom.wall import own_words  # here: most commands do without pydicom

    new = new.upper()
    if not _CODE.fullmatch(new):
        raise Mistaken("A code has at most 16 letters A to Z, digits and hyphens.")
    if any(own_words.in_identity(who).occur_in(new) for one in record.all() for who in one.identities.values()):
        raise Mistaken("This code holds a part of somebody's name, number or birth date, and would stand in every file.")
    record.rename(code, new)
    return say("%(one)s is %(other)s from now on.", one=code, other=new)


def listed(record: People, queue: Queue, *, as_json: bool) -> int:
    """Everybody, and who may be one person."""
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
    if record.lacks(study.patient for study in queue.studies.values()):
        console.out.print(translated(soundness.UNKNOWN), markup=False)
    elif not known and queue.studies:
        console.say("Nobody yet: nothing that was filed says whom it is about.")
    elif not known:
        console.say("Nobody yet: nothing has been filed.")
    for person in known:
        dates = sorted(exams.get(person.code, []))
        spellings = count(
            "%(number)s spelling of name and number", "%(number)s spellings of name and number", len(person.identities)
        )
        console.out.print(f"{person.code}  {_span(dates)}, {spellings}", markup=False)
    for code, other, reason in alike:
        console.say(
            "%(one)s and %(other)s may be one person: %(why)s. If so: %(command)s",
            one=code,
            other=other,
            why=say(reason),
            command=f"radiary people merge {code} {other}",
        )
    return 0


def _span(dates: Sequence[str]) -> str:
    """How many exams, from when to when."""
    if len(dates) > 1 and dates[0] == dates[-1]:
        return say("%(number)s exams, %(day)s", number=len(dates), day=dates[0])
    if len(dates) > 1:
        return say("%(number)s exams, %(first)s to %(last)s", number=len(dates), first=dates[0], last=dates[-1])
    return say("one exam, %(day)s", day=dates[0]) if dates else say("no exam")
