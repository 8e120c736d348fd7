from datetime import UTC, datetime, timedelta

from announcing.test_notices import an_exam
from radiary.commands.checks import care
from radiary.state.queue import Queue

NOW = datetime(2026, 11, 28, tzinfo=UTC)


def holding(days: int) -> Queue:
    made = Queue()
    made.fold(an_exam("CT-h", held=True).changed(at=NOW - timedelta(days=days), held={"new-kind": 3}))
    return made


def test_a_backup_that_lacks_facts_is_told() -> None:
    taken = {"at": "2026-11-01T12:00:00+00:00", "facts": 7}
    assert care.backup(taken, 7).verdict == "well"
    told = care.backup(taken, 9)
    assert (told.verdict, "of 2026-11-01, lacks 2 facts" in told.sentence) == ("note", True)
    assert care.backup({}, 9).verdict == "note"
    assert care.backup({}, 0).verdict == "well"


def test_what_is_held_for_long_is_told() -> None:
    assert care.held(Queue(), NOW).sentence == "none"
    told = care.held(holding(3), NOW)
    assert (told.verdict, told.sentence) == ("well", "3 pictures of 1 exam, some since 2026-11-25; `radiary review` shows them")
    assert care.held(holding(31), NOW).verdict == "note"


def test_what_was_filed_openly_is_not_held() -> None:
    queue = holding(3)
    queue.fold(an_exam("CT-b").changed(at=NOW - timedelta(days=99), export="b" * 64))
    assert care.held(queue, NOW).verdict == "well"
