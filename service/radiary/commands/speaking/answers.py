"""What `--json` answers, for `docs/reference`: the keys of each command's object, or of each object in its list.

They stay as they are: programs are built on them. None of them holds a name, an identifier or the name of a source file.
"""

from collections.abc import Mapping

_DONE = "Whether it is done; false where a service that runs does it within seconds."
_EXPORTS = "The exports that are meant, as the ledger names them."
_NOTE = "A sentence about what is in the way, or null."

ANSWERS: Mapping[str, Mapping[str, str]] = {
    "service status": {
        "name": "What the service is called.",
        "installed": "Whether it is.",
        "file": "Its unit, or its property list.",
        "is_running": "Whether it runs.",
        "is_enabled": "Whether it starts by itself.",
    },
    "service install, uninstall": {"name": "What the service is called.", "installed": "Whether it is, now."},
    "status": {
        "running": "Whether a service holds the state folder.",
        "life": "How it is: one word.",
        "service": "What the service said last of its work.",
        "notes": "Sentences about what waits for the owner.",
        "folders": "Each with what it is, its path, and the reason why it cannot be used, or null.",
        "exports": "The last fact of each, by its digits.",
    },
    "pause": {"paused": "True."},
    "resume": {"paused": "False."},
    "once": {"exports": "How each ended: its fact, `stood` and `again`.", "note": _NOTE},
    "unlock": {"done": _DONE, "exports": _EXPORTS},
    "retry": {"done": _DONE, "exports": _EXPORTS},
    "forget": {"done": _DONE, "exports": _EXPORTS},
    "remove": {"done": _DONE, "wishes": "What is taken out, by UIDs of Radiary's own."},
    "restore EXAM": {"done": _DONE, "wishes": "What is brought back, by UIDs of Radiary's own."},
    "restore FILE": {
        "facts": "Facts in the ledger that is restored.",
        "at": "When the backup was taken.",
        "notes": "Sentences about what was put aside, settings and damage.",
    },
    "review": {
        "address": "Where the page is, at once; it is there until the command ends.",
        "pictures": "Held pictures.",
        "papers": "Papers on the private shelf.",
    },
    "review --again": {"done": _DONE, "cleared": "Pictures that were filed in the library.", "reason": "Why not, or null."},
    "explain": {
        "attribute": "What of the file it is about, in a list.",
        "what": "What became of it.",
        "why": "By which rule.",
        "files": "In how many files.",
        "value": "With --values, what stood there: for the owner's eyes.",
    },
    "people": {"people": "Code, number of spellings, days of exams.", "alike": "Two codes that may be one person, and why."},
    "people merge, split, rename": {"codes": "The codes there are instead, from now on."},
    "papers": {"papers": "Each with its digits, day, kind, person's code, values that are confirmed, and folder."},
    "papers show": {
        "paper": "Its digits.",
        "date": "Its day.",
        "kind": "What it is.",
        "person": "The code of whom it is about.",
        "hers": "Whether it is yours, as far as you said.",
        "confirmed": "How many values are confirmed, or null.",
        "folder": "Where it is on the private shelf.",
        "rows": "The rows that are confirmed, from 1.",
        "read": "What was read of it, for the owner's eyes.",
    },
    "papers series": {"series": "Each with its values."},
    "papers kinds": {"kinds": "All that a paper can be."},
    "papers confirm": {
        "papers": "The papers that are confirmed now.",
        "values": "How many values of them.",
        "left": "Papers that could not be confirmed so.",
    },
    "papers withdraw, set, not-mine, discard, join": {"done": _DONE},
    "papers release, keep": {"done": _DONE, "note": _NOTE, "series": "The digits of the series that are meant."},
    "papers cuttings": {
        "cuttings": "Parts of pages that stand in the chronicle: code, paper, page, and four sides in shares of it."
    },
    "papers cut, uncut": {"done": _DONE, "note": _NOTE, "cuttings": "The codes of the parts that are meant."},
    "release": {"series": "Each with its digits, its test, whether it is `released`, and whether for the `site`."},
    "release SERIES": {"done": _DONE, "note": _NOTE, "series": "The digits of the series that are meant."},
    "export": {"values": "Values that were written.", "series": "Series of values that were written."},
    "pick list": {"exams": "Each with its UID, folder, and `pictures`: how each is named, why it stands for the exam, its file."},
    "pick add, remove": {"done": _DONE, "picked": "Whether they stand for the exam now.", "pictures": "How they are named."},
    "pick --dicom": {
        "copies": "Copies that were written.",
        "selections": "Selections of them, one an exam.",
        "sealed": "Exams that were left out since their owner sealed them.",
        "without_place": "Copies that were left out since a DICOMDIR has no place for them.",
    },
    "windows": {"done": _DONE, "windows": "The windows that are meant.", "exams": "The UIDs of the exams that are meant."},
    "share": {
        "exams": "How many exams are in the copy.",
        "people": "How many patient numbers they come from.",
        "dates": "Dates in reports that were counted from the first day, or left out.",
        "left_out": "Pictures: `lettered`, `private`, `damaged`; exams: `sealed`.",
    },
    "chronicle": {"done": _DONE, "note": _NOTE},
    "chronicle --dry-run": {"lines": "How many lines would be added to the owner's file.", "note": _NOTE},
    "chronicle --jekyll": {"files": "Each `file` of the site, and whether it was `written`."},
    "verify": {
        "sound": "Whether nothing is missing or damaged.",
        "faults": "Sentences about what is.",
        "notes": "What else was met.",
    },
    "rebuild": {"exams": "How many exams the ledger knows anew."},
    "backup": {"facts": "Facts in the ledger that is kept.", "settings": "Whether settings are kept, too."},
    "doctor": {"what": "What was looked at, in a list.", "verdict": "How it is.", "sentence": "In words."},
}
"""By what is typed."""
