import random

from radiary.service.backoff import BackOff


def test_pauses_double_with_jitter_up_to_five_minutes() -> None:
    made, now, pauses = BackOff(random.Random(1)), 0.0, []
    for _ in range(9):
        made.begin("a", now)
        assert not made.is_over("a", now)
        pauses.append(made.remaining(now))
        now += 1000
    for pause, least in zip(pauses, [5, 10, 20, 40, 80, 160, 300, 300, 300], strict=True):
        assert pause is not None
        assert least <= pause <= least * 1.2


def test_one_things_pause_is_not_anothers_and_ends_with_success() -> None:
    made = BackOff()
    made.begin("a", 0)
    assert made.is_over("b", 0)
    assert made.remaining(0) is not None
    made.end("a")
    assert made.is_over("a", 0)
    assert made.remaining(0) is None


def test_what_works_resumes_nothing_else() -> None:
    made = BackOff()
    made.begin("", 0)
    made.end("b")
    assert not made.is_over("", 0)
