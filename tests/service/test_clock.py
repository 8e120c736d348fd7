from types import SimpleNamespace

import pytest

from radiary.service import clock
from radiary.service.clock import WallClock


@pytest.mark.parametrize("set_by", [-7200.0, 7200.0, -2.0])
def test_a_clock_that_was_set_is_noticed_once_and_one_that_goes_on_is_not(set_by: float, monkeypatch: pytest.MonkeyPatch) -> None:
    now = SimpleNamespace(wall=1e9, monotonic=500.0)
    monkeypatch.setattr(clock, "time", SimpleNamespace(time=lambda: now.wall, monotonic=lambda: now.monotonic))
    made = WallClock()
    for seconds in (1, 3600, 0.1):
        now.wall, now.monotonic = now.wall + seconds, now.monotonic + seconds
        assert not made.was_set()
    now.wall += set_by
    assert [made.was_set(), made.was_set()] == [True, False]


def test_a_clock_that_is_kept_right_by_small_steps_was_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    now = SimpleNamespace(wall=1e9)
    monkeypatch.setattr(clock, "time", SimpleNamespace(time=lambda: now.wall, monotonic=lambda: 500.0))
    made = WallClock()
    for _ in range(10):
        now.wall += 0.5
        assert not made.was_set()
