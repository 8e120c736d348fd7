import pytest

from radiary.announcing.notices import matters, notices
from radiary.language import ENGLISH, Language
from radiary.model.events import AwaitingOwner, Event, Filed, Rejected, Started
from stories import filed, series

DAY = "2026-10-27"


def an_exam(uid: str = "CT-a", day: str | None = DAY, *, added: int = 3, held: bool = False, modality: str = "CT") -> Filed:
    """A filed fact of one study of three pictures."""
    event = filed(uid, day, series("S1"), held=held, modality=modality)
    assert isinstance(event, Filed)
    return event.changed(studies=(event.studies[0].changed(added=added),))


def a_paper() -> Filed:
    event = an_exam("DOC-a", held=True, modality="DOC", added=0)
    return event.changed(studies=(event.studies[0].changed(series=(series("S1", pictures=0),)),))


REJECTED = Rejected(export="a" * 64, reason="unreadable")
OWN_COPY = Rejected(export="b" * 64, reason="only-own-copies")
TAKEN_OUT = Rejected(export="c" * 64, reason="only-taken-out")
LOCKED = AwaitingOwner(export="a" * 64, reason="encrypted")


@pytest.mark.parametrize(
    ("events", "said"),
    [
        ([an_exam()], ["A new exam of 27 October 2026 is filed."]),
        ([an_exam(day=None)], ["A new exam is filed."]),
        ([an_exam("CT-a"), an_exam("CT-b")], ["2 new exams are filed."]),
        ([an_exam(added=1)], ["An exam has new pictures."]),
        ([an_exam(added=0)], []),
        ([an_exam(held=True)], ["3 pictures wait for your look."]),
        ([an_exam(held=True, added=1)], ["A picture waits for your look."]),
        ([an_exam(held=True, added=0)], []),
        ([a_paper()], ["A new paper is on your private shelf."]),
        ([LOCKED], ["A download waits for you."]),
        ([REJECTED, REJECTED], ["2 downloads could not be filed."]),
        ([LOCKED, an_exam()], ["A new exam of 27 October 2026 is filed.", "A download waits for you."]),
    ],
)
def test_facts_are_told_in_neutral_words(events: list[Event], said: list[str]) -> None:
    assert notices(events, ENGLISH, set()) == said


@pytest.mark.parametrize("seal", [DAY, f"{DAY}/CT-a"])
@pytest.mark.parametrize("added", [1, 3])
def test_nothing_is_said_of_what_its_owner_sealed(seal: str, added: int) -> None:
    assert notices([an_exam(added=added)], ENGLISH, {seal}) == []


def test_while_it_is_not_known_what_is_sealed_no_day_is_said_and_nothing_of_an_exam_that_was_there() -> None:
    assert notices([an_exam()], ENGLISH, None) == ["A new exam is filed."]
    assert notices([an_exam(added=1)], ENGLISH, None) == []


def test_neither_the_kind_of_an_exam_nor_anybody_is_named() -> None:
    said = " ".join(notices([an_exam(), an_exam(held=True), REJECTED, LOCKED], ENGLISH, set()))
    assert not {"CT", "P-A", "chest", "a" * 12} & set(said.replace(".", "").split())


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("nl", "Een nieuw onderzoek van 27 oktober 2026 is opgeslagen."),
        ("fr", "Un nouvel examen du 27 octobre 2026 est classé."),
        ("de", "Eine neue Untersuchung vom 27. Oktober 2026 ist abgelegt."),
    ],
)
def test_it_is_told_in_the_languages_of_the_chronicle(code: str, said: str) -> None:
    assert notices([an_exam()], Language(code), set()) == [said]


def test_what_is_under_way_is_nobodys_notice() -> None:
    assert matters(LOCKED)
    assert not matters(Started(export="a" * 64, attempt=1))


@pytest.mark.parametrize("event", [OWN_COPY, TAKEN_OUT])
def test_what_holds_nothing_new_is_no_failure_to_be_told(event: Rejected) -> None:
    assert not matters(event)
    assert matters(REJECTED)
