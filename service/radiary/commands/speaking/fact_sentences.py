"""Each fact of the ledger as a sentence for a person. No names, no identifiers, no source file names."""

from collections.abc import Mapping
from types import MappingProxyType

from radiary.chronicle import told_papers
from radiary.commands.speaking import spoken, summary
from radiary.commands.speaking.spoken import count, explain, listed
from radiary.language import marked
from radiary.model.errors import SENTENCES
from radiary.model.events import (
    AwaitingOwner,
    Chronicled,
    Deferred,
    Described,
    Event,
    Failed,
    Filed,
    Forgotten,
    Ignored,
    LookedAgain,
    Opened,
    Picked,
    PutAway,
    Queued,
    Rebuilt,
    Rejected,
    Removed,
    Rescaled,
    Restored,
    Reviewed,
    Started,
    Superseded,
)

_TYPES = (
    *(marked("opened"), marked("chronicled"), marked("queued"), marked("started"), marked("filed"), marked("rescaled")),
    *(marked("rebuilt"), marked("put-away"), marked("reviewed"), marked("picked"), marked("described"), marked("looked-again")),
    *(marked("removed"), marked("restored"), marked("forgotten"), marked("superseded"), marked("failed"), marked("rejected")),
    *(marked("ignored"), marked("waiting"), marked("deferred"), marked("pending")),
)
"""What facts are called: in English, as in the ledger."""
_EXPORTS = {"zip": marked("zip"), "archive": marked("archive"), "folder": marked("folder"), "file": marked("file")}
"""What a download is."""
_DECISIONS = {
    ("released", False): marked("a held picture was released"),
    ("released", True): marked("a held picture was released by a second yes"),
    ("blanked", False): marked("a held picture was blanked"),
    ("blanked", True): marked("a held picture was blanked by a second yes"),
    ("kept", False): marked("a held picture was kept"),
    ("undone", False): marked("a decision about a held picture was undone"),
}
_REMOVED = {
    ("paper", True): marked("a paper was taken out"),
    ("picture", True): marked("a picture was taken out"),
    ("series", True): marked("a series was taken out"),
    ("exam", True): marked("an exam was taken out"),
    ("picture", False): marked("a picture was deleted by hand"),
    ("series", False): marked("a series was deleted by hand"),
    ("exam", False): marked("an exam was deleted by hand"),
}
_OfExport = Queued | Started | Filed | PutAway | Forgotten | Superseded | Failed | Rejected | Ignored | AwaitingOwner | Deferred
"""What is said of one export, whose digits stand before it."""
_OfLibrary = Opened | Chronicled | Rescaled | Rebuilt | LookedAgain
_OfHer = Reviewed | Picked | Described | Removed | Restored
"""What its owner decided."""


def longest_type() -> int:
    """How wide the column is in which facts say what they are."""
    return spoken.longest(*_TYPES)


def sentence(event: Event, exams: Mapping[str, str] = MappingProxyType({})) -> str:
    """What happened, in words; `exams` are the folders of studies, of which some facts know the UID alone."""
    if isinstance(event, _OfExport):
        return f"{event.export[:12]}  {_of_export(event)}"
    if isinstance(event, Picked | Reviewed) and event.study in exams:
        return spoken.headed(exams[event.study], _decided(event))
    return _decided(event) if isinstance(event, _OfHer) else _of_library(event)


def _of_export(event: _OfExport) -> str:
    match event:
        case Queued():
            return f"{spoken.say(_EXPORTS[event.kind])}, {_size(event.size)}" if event.size else spoken.say("once more")
        case Started():
            return spoken.say("attempt %(number)s", number=event.attempt)
        case Filed():
            return filed(event)
        case PutAway():
            is_deleted = event.into == "deleted"
            return spoken.say("the download was deleted") if is_deleted else spoken.say("moved to %(folder)s/", folder=event.into)
        case Forgotten():
            return spoken.say("as its owner wished")
        case Superseded():
            return spoken.say("not there any more, or another download stands in its place")
        case Failed():
            return spoken.say("internal error: %(error)s", error=event.error)
        case Rejected():
            return explain(event.reason) + _counted(event.skipped)
        case Ignored() | AwaitingOwner() | Deferred():
            return explain(event.reason)


def _of_library(event: _OfLibrary) -> str:
    match event:
        case Opened():
            return spoken.say("a new ledger, Radiary %(version)s", version=event.radiary)
        case Chronicled():
            return spoken.headed(event.date, count("%(number)s picture", "%(number)s pictures", len(event.pictures)))
        case Rescaled():
            return _rescaled(event)
        case Rebuilt():
            exams = count("%(number)s exam", "%(number)s exams", len(event.studies))
            return spoken.say("from the library: %(exams)s", exams=exams)
        case LookedAgain():
            held = _counted(event.held) or f" {spoken.say('none')}"
            return spoken.say("looked for text at last: %(number)s cleared, still held:%(held)s", number=event.cleared, held=held)


def _decided(event: _OfHer) -> str:
    match event:
        case Reviewed():
            return _reviewed(event)
        case Picked():
            return spoken.say("a picture was picked") if event.is_wanted else spoken.say("a picture is not to be picked")
        case Described():
            kind = spoken.say(told_papers.named(event.kind))
            if not event.date:
                return spoken.say("a paper of no known day: %(kind)s", kind=kind)
            return spoken.say("a paper of %(day)s: %(kind)s", day=event.date, kind=kind)
        case Removed():
            what = "paper" if _is_paper(event) else "picture" if event.instance else "series" if event.series else "exam"
            return spoken.headed(event.folder, spoken.say(_REMOVED[what, bool(event.trash)]))
        case Restored():
            back = spoken.say("what was taken out is back")
            return spoken.headed(event.studies[0].folder, back) if event.studies else back


def _is_paper(event: Removed) -> bool:
    """Whether it was no part of an exam: a paper by itself stands in a folder of its own."""
    return bool(event.trash) and event.folder.rpartition("/")[2].startswith("DOC-")


def _rescaled(event: Rescaled) -> str:
    folders = listed(study.folder for study in event.studies)
    if not event.windows:
        return spoken.say("shown anew, since more of a series came: %(folders)s", folders=folders)
    names, folder = ", ".join(event.windows), event.studies[0].folder
    return spoken.say("%(folder)s: shown in further windows (%(windows)s)", folder=folder, windows=names)


def _reviewed(event: Reviewed) -> str:
    if event.decision == "doubted":
        why = listed(map(explain, event.doubts))
        return spoken.say("a held picture was stopped by a second look: %(why)s", why=why)
    is_second = event.is_confirmed and (event.decision, True) in _DECISIONS
    return spoken.say(_DECISIONS[event.decision, is_second])


def filed(event: Filed) -> str:
    """What was filed, what is held, what was skipped, in words."""
    say = spoken.say
    parts = [summary.study(study) for study in event.studies]
    text = listed(parts)
    people = len({study.patient for study in event.studies})
    if people > 1:
        text += say(" · scans of %(number)s people, or of one under several numbers (see `radiary people`)", number=people)
    if event.held:
        text += say(" · on the private shelf, for your eyes only:%(why)s", why=_counted(event.held))
    if event.skipped:
        text += say(" · skipped:%(why)s", why=_counted(event.skipped))
    if event.noted:
        text += say(" · filed, though not as it came:%(why)s", why=_counted(event.noted))
    left = count(" · %(number)s other file left alone", " · %(number)s other files left alone", event.left)
    return text + (left if event.left else "")


def _counted(reasons: Mapping[str, int]) -> str:
    said = {reason: spoken.say(SENTENCES.get(reason, reason)) for reason in reasons}
    return "".join(f" {times} × {said[reason]};" for reason, times in reasons.items()).rstrip(";")


def _size(size: float) -> str:
    for unit in (marked("bytes"), marked("KB"), marked("MB")):
        if size < 1000:
            return f"{size:.0f} {spoken.say(unit)}"
        size /= 1000
    return f"{size:.1f} {spoken.say('GB')}"
