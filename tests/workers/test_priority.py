import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from misbehaving import manners
from radiary.workers import priority
from radiary.workers.pool import Pool
from radiary.workers.process import process


@pytest.mark.parametrize(
    ("disk", "place"),
    [("normal", (psutil.IOPRIO_CLASS_NONE, 4)), ("low", (psutil.IOPRIO_CLASS_BE, 7)), ("idle", (psutil.IOPRIO_CLASS_IDLE, 0))],
)
def test_workers_step_back_and_nobody_else_does(disk: priority.Disk, place: tuple[int, int]) -> None:
    before = manners()
    pool = Pool(lambda: process(0, 7, disk), 1)
    niceness, *at_disk = pool.call(manners)
    pool.close()
    assert niceness == max(before[0], 7)
    assert tuple(at_disk) == place or disk == "normal"
    assert manners() == before


def test_a_system_that_lets_nobody_step_back_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "setpriority", refused)
    monkeypatch.setattr(psutil.Process, "ionice", refused)
    priority.step_back(10, "low")


def test_who_was_started_further_back_stays_there() -> None:
    code = (
        "import os; from radiary.workers import priority; os.nice(15); before = os.nice(0);"
        "priority.step_back(10, 'normal'); print(os.nice(0) - before)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "0\n"


LAPTOP = {"AC": {"type": "Mains", "online": "0"}, "BAT0": {"type": "Battery", "status": "Discharging"}}
MOUSE = {"hidpp_battery_0": {"type": "Battery", "scope": "Device", "status": "Discharging"}}


@pytest.mark.parametrize(
    ("supplies", "is_so"),
    [
        (LAPTOP, True),
        (LAPTOP | MOUSE, True),
        (LAPTOP | {"AC": {"type": "Mains", "online": "1"}}, False),
        ({"BAT0": {"type": "Battery", "status": "Full"}}, False),
        (MOUSE, False),
        ({}, False),
    ],
)
def test_only_a_computer_that_surely_lives_on_its_battery_saves_it(
    supplies: dict[str, dict[str, str]], is_so: bool, tmp_path: Path
) -> None:
    for name, said in supplies.items():
        (tmp_path / name).mkdir()
        for about, what in said.items():
            (tmp_path / name / about).write_text(f"{what}\n")
    assert priority.is_on_battery(tmp_path) is is_so


def test_a_system_that_lists_no_supplies_has_no_battery(tmp_path: Path) -> None:
    assert not priority.is_on_battery(tmp_path / "nowhere")
