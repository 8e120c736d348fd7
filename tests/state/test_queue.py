from radiary.model.events import (
    AwaitingOwner,
    Deferred,
    Event,
    Failed,
    Filed,
    FiledStudy,
    Forgotten,
    Ignored,
    PutAway,
    Queued,
    Rejected,
    Reviewed,
    Started,
)
from radiary.state.queue import folded

A, B = "a" * 64, "b" * 64


def queued(digest: str) -> Event:
    return Queued(export=digest, kind="zip", size=1)


def filed(digest: str) -> Event:
    return Filed(export=digest, studies=(), pictures=0, held={}, skipped={}, left=0)


def test_what_was_queued_and_has_no_conclusion_is_pending_in_order() -> None:
    queue = folded([queued(A), queued(B), Started(export=A, attempt=1)])
    assert queue.pending() == [A, B]
    queue.fold(filed(A))
    assert queue.pending() == [B]
    assert queue.exports[A].conclusion is not None
    assert queue.exports[B].conclusion is None


def test_every_ending_is_a_conclusion() -> None:
    ends = [filed(A), Ignored(export=A, reason="x"), Rejected(export=A, reason="x"), AwaitingOwner(export=A, reason="x")]
    for end in ends:
        assert folded([queued(A), end]).pending() == []


def test_a_crash_costs_an_attempt_and_a_full_disk_does_not() -> None:
    start = Started(export=A, attempt=1)
    assert folded([queued(A), start, start]).exports[A].attempts == 2
    assert folded([queued(A), start, Deferred(export=A, reason="x")]).exports[A].attempts == 0
    assert folded([queued(A), start, Failed(export=A, error="x")]).exports[A].attempts == 1


def test_an_export_queued_again_starts_anew() -> None:
    queue = folded([queued(A), Started(export=A, attempt=1), Rejected(export=A, reason="x"), queued(A)])
    assert queue.pending() == [A]
    assert queue.exports[A].attempts == 0


def test_what_its_owner_wants_to_hear_no_more_of_is_not_pending() -> None:
    assert folded([queued(A), queued(B), Forgotten(export=A)]).pending() == [B]


def test_putting_a_download_away_changes_nothing_of_how_it_ended() -> None:
    queue = folded([queued(A), filed(A), PutAway(export=A, into="done")])
    assert queue.pending() == []
    assert queue.exports[A].conclusion == filed(A)


def test_a_pause_that_was_said_twice_gives_back_one_attempt_only() -> None:
    start, pause = Started(export=A, attempt=1), Deferred(export=A, reason="x")
    assert folded([queued(A), start, start, start, pause]).exports[A].attempts == 2
    assert folded([queued(A), pause, pause, start]).exports[A].attempts == 1


def test_an_export_that_waits_can_be_queued_again_as_it_was() -> None:
    again = folded([queued(A), AwaitingOwner(export=A, reason="x")]).exports[A].queued
    assert again == queued(A)


def test_a_study_from_which_everything_was_taken_back_stands_no_more() -> None:
    one = FiledStudy(uid="s", folder="f", date=None, patient="P", modality="CT", held=False, series=(), added=1)
    stands = Filed(export=A, studies=(one,), pictures=1, held={}, skipped={}, left=0)
    taken = Reviewed(study="s", instance="i", decision="undone", studies=(), is_gone=True)
    assert folded([queued(A), stands]).folders() == {("s", False): "f"}
    assert folded([queued(A), stands, taken]).folders() == {}
