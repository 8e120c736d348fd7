import os
from types import SimpleNamespace

import psutil
import pytest

from misbehaving import manners
from radiary import kindness
from radiary.engine import Engine
from radiary.process import process


@pytest.mark.parametrize(
    ("disk", "place"),
    [("normal", (psutil.IOPRIO_CLASS_NONE, 4)), ("low", (psutil.IOPRIO_CLASS_BE, 7)), ("idle", (psutil.IOPRIO_CLASS_IDLE, 0))],
)
def test_workers_step_back_and_nobody_else_does(disk: kindness.Disk, place: tuple[int, int]) -> None:
    before = manners()
    pool = Engine(lambda: process(0, 7, disk), 1)
    niceness, *at_disk = pool.call(manners)
    pool.close()
    assert niceness == before[0] + 7
    assert tuple(at_disk) == place or disk == "normal"
    assert manners() == before


def test_a_system_that_lets_nobody_step_back_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "nice", refused)
    monkeypatch.setattr(psutil.Process, "ionice", refused)
    kindness.be(10, "low")


@pytest.mark.parametrize(("plugged", "is_so"), [(True, False), (False, True), (None, False), ("no battery", False)])
def test_only_a_computer_that_surely_lives_on_its_battery_saves_it(
    plugged: object, is_so: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    battery = None if plugged == "no battery" else SimpleNamespace(power_plugged=plugged)
    monkeypatch.setattr(psutil, "sensors_battery", lambda: battery, raising=False)
    assert kindness.is_on_battery() is is_so
