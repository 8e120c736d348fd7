import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import psutil
import pytest

from counting import Counter, Counts
from radiary.model.errors import GaveUp, LibraryFull, Stopping
from radiary.workers.own_process import OwnProcess
from radiary.workers.pool import Pool
from radiary.workers.process import process

_PARENT = """
import counting
from radiary.workers import own_process, pool, process
if __name__ == "__main__":
    counts = own_process.OwnProcess(counting.Counter, pool.Pool(process.process, 1))
    print(counts("place"), flush=True)
    counts("wait")
"""


@pytest.fixture
def pool() -> Iterator[Pool]:
    made = Pool(process, 1)
    yield made
    made.close()


@pytest.fixture
def counts(pool: Pool) -> Iterator[Counts]:
    made: Counts = OwnProcess(Counter, pool)
    yield made
    made.kill()


def test_it_remembers_from_call_to_call_in_a_process_of_its_own(counts: Counts) -> None:
    assert [counts("count"), counts("count")] == [1, 2]
    assert counts("place") not in (os.getpid(), None)


def test_what_it_wants_done_the_workers_of_its_parent_do(counts: Counts) -> None:
    assert counts("each") == [2, 4, None]
    assert counts("call") not in (counts("place"), os.getpid())


@pytest.mark.parametrize("wish", ["full", "fail"])
def test_what_is_raised_there_is_raised_here_and_it_goes_on(wish: str, counts: Counts) -> None:
    with pytest.raises(LibraryFull):
        counts(wish)
    assert counts("count") == 2


def test_one_that_dies_is_given_up_and_the_next_call_starts_another(counts: Counts) -> None:
    with pytest.raises(GaveUp):
        counts("die")
    assert counts("count") == 1


def test_closed_it_is_gone_with_what_it_remembered(counts: Counts) -> None:
    place = counts("place")
    assert isinstance(place, int)
    counts.close()
    assert not psutil.pid_exists(place)
    assert counts("count") == 1


def test_when_the_service_ends_nobody_waits_for_it(counts: Counts, pool: Pool) -> None:
    place = counts("place")
    assert isinstance(place, int)
    threading.Timer(1, pool.stop).start()
    began = time.monotonic()
    with pytest.raises(Stopping):
        counts("wait")
    assert time.monotonic() - began < 10
    assert not psutil.pid_exists(place)


def test_it_ends_with_a_parent_that_is_killed() -> None:
    known = {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen([sys.executable, "-c", _PARENT], stdout=subprocess.PIPE, text=True, env=os.environ | known) as parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
    psutil.wait_procs([child], timeout=10)
    assert not child.is_running() or child.status() == psutil.STATUS_ZOMBIE
