"""`radiary verify`: the ledger's chain, every file's digest, and the sealed pictures of papers' parts."""

import json
from collections.abc import Sequence

from radiary.commands.absent import gone
from radiary.commands.checks import cuttings, records
from radiary.commands.speaking import console, spoken, summary
from radiary.language import sentence
from radiary.library.ownership import claim_of, trouble
from radiary.library.shelf import Library
from radiary.model.errors import LibraryOffline
from radiary.model.events import FiledStudy
from radiary.settings import Settings
from radiary.state import ledger
from radiary.state.folder import State
from radiary.state.queue import Queue, folded

_LEDGER_ADVICE = sentence(
    "Stop the service and put the state folder back from a backup. The library itself is not harmed by this."
)
_GONE_ADVICE = sentence("`radiary remove --gone` makes that final; `radiary once` on its export brings it back.")
_ADVICE_OF_TROUBLE = sentence("Nothing is filed or changed until then. The service and `radiary once` do not start meanwhile.")
_LIBRARY_ADVICE = sentence(
    "What is missing comes back with `radiary once` on its export. A file that changed: delete it, then do the same. A file that "
    "is none of Radiary's: move it elsewhere."
)


def verify(settings: Settings, *, as_json: bool) -> int:
    """Print what is not as it was written; 1 when there is anything. Raises LibraryOffline."""
    state = State(settings.state)
    if state.pulse().get("working") and state.is_locked() and not as_json:
        console.remark("The service is at work; what it is filing just now may be reported.")
    sentences, advice = ledger.faults(state.ledger), _LEDGER_ADVICE
    studies: list[FiledStudy] = []
    queue = Queue()
    if not sentences:
        queue = folded(ledger.read(state.ledger))
        studies, advice = list(queue.studies.values()), _LIBRARY_ADVICE
        sentences = [
            sentence(reason.sentence()) for home in _homes(settings) if (reason := trouble(home, claim_of(state, queue)))
        ]
        sentences, advice = (sentences, _ADVICE_OF_TROUBLE) if sentences else (_faults(settings, state, queue), advice)
    is_known = not sentences or advice is _LIBRARY_ADVICE
    away = gone(settings, queue) if is_known else []
    notes = [sentence("%(folder)s was deleted by hand.", folder=one.folder) for one in away]
    if as_json:
        print(json.dumps({"sound": not sentences, "faults": sentences, "notes": notes}, indent=1))
    elif sentences:
        console.out.print("\n".join(map(spoken.translated, [*sentences, "", advice])), markup=False)
    else:
        _say_sound([one for one in studies if one not in away])
    if notes and not as_json:
        console.out.print("\n".join(map(spoken.translated, [*notes, _GONE_ADVICE])), markup=False)
    return 1 if sentences else 0


def _say_sound(studies: Sequence[FiledStudy]) -> None:
    """What was checked: papers are no exams, and one that is partly held is one."""
    papers = [one for one in studies if summary.is_paper(one)]
    uids = {one.uid for one in studies if not summary.is_paper(one)}
    exams = spoken.count("%(number)s exam", "%(number)s exams", len(uids))
    if not papers:
        console.say("Checked the ledger and every file of %(exams)s: everything is as it was written.", exams=exams)
        return
    console.say(
        "Checked the ledger and every file of %(exams)s and %(papers)s: everything is as it was written.",
        exams=exams,
        papers=spoken.count("%(number)s paper", "%(number)s papers", len(papers)),
    )


def _homes(settings: Settings) -> tuple[Library, Library]:
    return Library(settings.library), Library(settings.private)


def _faults(settings: Settings, state: State, queue: Queue) -> list[str]:
    with console.busy("Every file is being checked …"):
        return [*_library_faults(settings, queue), *cuttings.faults(state, queue)]


def _library_faults(settings: Settings, queue: Queue) -> list[str]:
    library, shelf = _homes(settings)
    if queue.studies and not library.is_marked:
        raise LibraryOffline
    homes = (library, False), (shelf, True)
    return [one for home, held in homes for one in records.of_home(home, queue, is_held=held, reads_files=True)]
