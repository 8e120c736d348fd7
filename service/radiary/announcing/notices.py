"""What facts mean for a person who did not ask. Others may see the screen: no kind of exam, no name, no finding."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from radiary.language import Language
from radiary.model.events import AwaitingOwner, Event, Filed, FiledStudy, Rejected

_KINDS = ("new", "more", "paper", "held", "locked", "rejected", "denied")
"""In the order in which they are told."""


@dataclass(frozen=True)
class Denied:
    """One of Radiary's folders is closed to it; which one, nobody else is to read."""


def matters(event: Event) -> bool:
    """Whether a person may want to hear of it."""
    return isinstance(event, Filed | AwaitingOwner) or (isinstance(event, Rejected) and event.is_failure)


def notices(events: Iterable[Event | Denied], language: Language, sealed: Collection[str] | None) -> list[str]:
    """Sentences; `sealed` are the days and folders of exams that their owner sealed, None while that is not known."""
    counted: Counter[str] = Counter()
    days: set[str] = set()
    for kind, number, day in (one for event in events for one in _tellings(event, sealed)):
        counted[kind] += number
        days |= {day} if kind == "new" else set()
    if counted["new"] == 1 and (day := days.pop()):
        first = [language.say("A new exam of %(day)s is filed.", day=language.short_day(day))]
        del counted["new"]
    else:
        first = []
    return first + [_sentence(kind, counted[kind], language) for kind in _KINDS if counted[kind]]


def _sentence(kind: str, number: int, language: Language) -> str:
    match kind:
        case "new":
            return language.count("A new exam is filed.", "%(number)s new exams are filed.", number)
        case "more":
            return language.count("An exam has new pictures.", "%(number)s exams have new pictures.", number)
        case "paper":
            return language.count(
                "A new paper is on your private shelf.", "%(number)s new papers are on your private shelf.", number
            )
        case "held":
            return language.count("A picture waits for your look.", "%(number)s pictures wait for your look.", number)
        case "locked":
            return language.count("A download waits for you.", "%(number)s downloads wait for you.", number)
        case "denied":
            return language.say("Radiary may not read or write in one of its folders: `radiary status` says which.")
        case _:
            return language.count("A download could not be filed.", "%(number)s downloads could not be filed.", number)


def _tellings(event: Event | Denied, sealed: Collection[str] | None) -> Iterator[tuple[str, int, str]]:
    """Kind, number, and the day of an exam where it may be said."""
    if isinstance(event, Denied):
        yield "denied", 1, ""
    elif isinstance(event, AwaitingOwner):
        yield "locked", 1, ""
    elif isinstance(event, Rejected):
        yield "rejected", 1, ""
    elif isinstance(event, Filed):
        for study in event.studies:
            yield from _of_study(study, sealed)


def _of_study(study: FiledStudy, sealed: Collection[str] | None) -> Iterator[tuple[str, int, str]]:
    pictures = sum(series.pictures for series in study.series)
    if study.held:
        is_paper = study.modality == "DOC" and not pictures
        if is_paper or study.added:
            yield ("paper", 1, "") if is_paper else ("held", study.added, "")
        return
    is_new = study.added == pictures
    if study.added and not {study.date, study.folder} & set(sealed or ()) and (is_new or sealed is not None):
        yield ("new" if is_new else "more"), 1, (study.date or "") if sealed is not None else ""
