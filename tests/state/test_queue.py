from radiary.model.events import AwaitingOwner, Deferred, Event, Failed, Filed, Ignored, Queued, Rejected, Started
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
