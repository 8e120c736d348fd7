import pytest

from radiary.announcing.time_left import about, seconds_left


@pytest.mark.parametrize(
    ("done", "total", "elapsed", "left"),
    [(0, 10, 60.0, None), (5, 10, 4.9, None), (5, 10, 5.0, 5), (1, 100, 10.0, 990), (10, 10, 60.0, 0)],
)
def test_what_is_left_takes_as_long_as_what_was_done(done: int, total: int, elapsed: float, left: int | None) -> None:
    assert seconds_left(done, total, elapsed) == left


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (None, ""),
        (0, ", less than a minute left"),
        (59, ", less than a minute left"),
        (60, ", about 1 minute left"),
        (200, ", about 3 minutes left"),
        (5400, ", about 2 hours left"),
    ],
)
def test_it_is_told_as_roughly_as_it_is_known(seconds: int | None, said: str) -> None:
    assert about(seconds) == said
