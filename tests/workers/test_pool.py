"""The pool's own behaviour, with real processes that really die."""

import multiprocessing
import operator
import os
import signal
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

import exports
import misbehaving
from conftest import KEY, export_at
from radiary.archives import zips
from radiary.ingest import member_batches
from radiary.model.errors import GaveUp, LibraryFull, Reason, Stopping, WorkersUnavailable
from radiary.model.nouns import NotDicom, Outcome, Placed, Skipped, Task, Wanted
from radiary.workers.pool import Crash, Pool
from radiary.workers.process import process
from services import SOON
from signs import once


@pytest.fixture
def task(tmp_path: Path) -> Task:
    for name in ("library", "private"):
        (tmp_path / name).mkdir()
    export = export_at(exports.zipped(tmp_path / "a.zip", exports.ct_files(20)))
    return Task(export, KEY, tmp_path / "library", tmp_path / "private", Wanted(copies=False))


def has_begun(task: Task) -> Callable[[], bool]:
    """Whether work that never ends is under way."""
    return (task.library_tray / "begun").exists


def test_workers_get_ready_before_there_is_work(task: Task) -> None:
    pool = Pool(process, 2)
    member_batches.prepare(pool)
    before = {child.pid for child in multiprocessing.active_children()}
    assert len(before) >= 2
    assert isinstance(member_batches.developed(pool, task, [0])[0], Placed)
    assert {child.pid for child in multiprocessing.active_children()} == before
    pool.close()


def test_a_pool_of_processes_gives_what_one_process_gives(task: Task, pool: Pool) -> None:
    processes = Pool(process, 2)
    done: list[int] = []
    found = member_batches.developed(processes, task, range(20), progress=done.append)
    processes.close()
    assert found == member_batches.developed(pool, task, range(20))
    assert all(isinstance(one, Placed) for one in found.values())
    assert done[-1] == 20
    assert done == sorted(done)


def test_a_member_that_kills_its_process_costs_that_member_alone(task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(member_batches, "_develop", misbehaving.dies_on_seven)
    pool = Pool(process, 2)
    found = member_batches.developed(pool, task, range(40))
    pool.close()
    assert {index for index, one in found.items() if one != NotDicom()} == {7}
    assert found[7] == Skipped(Reason.CODEC_CRASHED)


def test_what_is_suspected_of_a_crash_is_tried_again_while_no_other_task_is_under_way(
    task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other task lasts until the suspect is tried again, or until the pool has looked around with a worker free for it."""
    monkeypatch.setattr(member_batches, "_develop", misbehaving.dies_on_seven_beside_another)
    pool, ended, looks = Pool(process, 2), list[int](), list[None]()

    def look() -> None:
        looks.extend([None] * (len(ended) > 1))  # both of them together have ended then, and seven alone
        if len(looks) > 3:
            (task.library_tray / "enough").touch()

    pool.on_sign = look
    found = member_batches.developed(pool, task, [7, 0], progress=ended.append)
    pool.close()
    assert found == {7: Skipped(Reason.CODEC_CRASHED), 0: NotDicom()}
    told = (task.library_tray / "told").read_text().splitlines()
    assert (len(told), told[-1]) == (3, "False")


def test_a_codec_that_hangs_costs_that_member_alone(task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(member_batches, "_develop", misbehaving.hangs_on_seven)
    pool = Pool(process, 2)
    found = member_batches.developed(pool, replace(task, patience=1), range(40))
    pool.close()
    assert {index: one for index, one in found.items() if one != NotDicom()} == {7: Skipped(Reason.TOO_SLOW)}
    assert len(found) == 40


def test_a_long_clip_whose_process_is_killed_from_outside_is_tried_again(task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    """Though that happens later than the time limit of one piece of work after its beginning."""
    monkeypatch.setattr(member_batches, "_develop", misbehaving.is_killed_late)
    pool = Pool(process, 1)
    assert member_batches.developed(pool, replace(task, patience=0.5), [0]) == {0: NotDicom()}
    pool.close()


def test_a_long_clip_has_the_time_limit_anew_for_every_frame(task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the limit is: on a machine on which half of a short one may take the whole, it is so with a longer one."""
    monkeypatch.setattr(member_batches, "_develop", misbehaving.takes_its_time)
    pool = Pool(process, 1)
    limits = (1, 5, 25)
    assert any(member_batches.developed(pool, replace(task, patience=one), [0]) == {0: NotDicom()} for one in limits)
    pool.close()


def test_work_whose_process_was_killed_once_is_done_again(tmp_path: Path) -> None:
    pool = Pool(process, 1)
    assert pool.each(misbehaving.dies_once, [(tmp_path / "marker",)]) == [True]
    pool.close()


def test_calls_that_one_worker_gets_at_once_start_no_second_one_and_fail_each_alone(tmp_path: Path) -> None:
    pool = Pool(process, 2)
    workers = pool.each(os.getpid, [()] * 3, together=3)
    assert len(set(workers)) == 1
    assert pool.each(operator.truediv, [(1, 2), (1, 0), (3, 2)], together=3) == [0.5, None, 1.5]
    assert pool.each(misbehaving.dies_once, [(tmp_path / "one",), (tmp_path / "two",)], together=2) == [True, True]
    pool.close()


def test_all_that_ends_is_a_sign_of_life() -> None:
    pool, ended = Pool(process, 2), list[None]()
    pool.on_sign = lambda: ended.append(None)
    pool.each(time.sleep, [(0,)] * 3)
    pool.close()
    assert len(ended) == 3


def test_a_codec_that_eats_all_memory_costs_that_member_alone(task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(member_batches, "_develop", misbehaving.devours_on_seven)
    pool = Pool(lambda: process(1 << 30), 2)
    found = member_batches.developed(pool, task, range(40))
    pool.close()
    assert {index: one for index, one in found.items() if one != NotDicom()} == {7: Skipped(Reason.CODEC_CRASHED)}


def test_work_that_crashes_again_and_again_is_given_up(task: Task) -> None:
    pool = Pool(process, 1)
    with pytest.raises(GaveUp):
        pool.call(os.abort)
    assert pool.call(abs, -7) == 7
    pool.close()


def test_an_archive_is_opened_once_for_all_batches_and_let_go_of_afterwards(
    task: Task, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    times: list[str] = []
    monkeypatch.setattr(zips, "opened", lambda *given, opened=zips.opened: times.append("opened") or opened(*given))
    member_batches.developed(pool, task, range(20))
    member_batches.developed(pool, task, range(20))
    assert times == ["opened"]
    member_batches.release(pool)
    assert not [one for one in Path("/proc/self/fd").iterdir() if one.exists() and one.resolve() == task.export.path]


def test_stopping_begins_nothing_more(task: Task, pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[int] = []

    def begins(_task: Task, indices: Sequence[int]) -> list[Outcome]:
        begun.extend(indices)
        return [NotDicom() for _ in indices]

    monkeypatch.setattr(member_batches, "_develop", begins)
    with pytest.raises(Stopping):
        member_batches.developed(pool, task, range(100), progress=lambda _done: pool.stop())
    assert begun == list(range(8))


@pytest.mark.parametrize("how", ["develop", "each", "call"])
def test_stopping_does_not_wait_for_work_that_takes_long(how: str, task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(member_batches, "_develop", misbehaving.never_ends)
    pool = Pool(process, 1)
    worker = pool.call(os.getpid)
    work: dict[str, Callable[[], object]] = {
        "develop": lambda: member_batches.developed(pool, task, range(8)),
        "each": lambda: pool.each(misbehaving.never_ends, [(task,), (task,)]),
        "call": lambda: pool.call(misbehaving.never_ends, task),
    }
    with once(has_begun(task), pool.stop), pytest.raises(Stopping):
        work[how]()
    member_batches.release(pool)
    pool.close()
    assert not psutil.pid_exists(worker)


def test_a_process_that_is_ended_when_the_service_stops_is_no_result(task: Task) -> None:
    pool = Pool(process, 1)

    def end() -> None:
        pool.stop()
        Pool(process, 1).kill()  # as another pool of the same service does

    with once(has_begun(task), end), pytest.raises(Stopping):
        pool.each(misbehaving.never_ends, [(task,)])
    pool.close()


def test_what_codecs_print_goes_nowhere(task: Task, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(member_batches, "_develop", misbehaving.chatters)
    pool = Pool(process, 1)
    assert member_batches.developed(pool, task, range(3)) == dict.fromkeys(range(3), NotDicom())
    pool.close()
    assert capfd.readouterr() == ("", "")


def test_workers_do_not_outlive_a_coordinator_that_was_killed(tmp_path: Path) -> None:
    import subprocess
    import sys

    script = tmp_path / "coordinator.py"
    script.write_text(
        "import os, time\nfrom radiary.workers.process import process\n"
        "if __name__ == '__main__':\n"
        "    pool = process()\n    print(pool.submit(os.getpid).result(), flush=True)\n    time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as coordinator:
        assert coordinator.stdout is not None
        worker = int(coordinator.stdout.readline())
        coordinator.kill()
    deadline = time.monotonic() + SOON
    while Path(f"/proc/{worker}").exists() and "Z" not in Path(f"/proc/{worker}/stat").read_text().split()[2]:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_worker_that_was_killed_from_outside_costs_nothing(task: Task) -> None:
    pool = Pool(process, 1)
    os.kill(pool.call(os.getpid), 9)
    found = member_batches.developed(pool, task, [0])
    pool.close()
    assert isinstance(found[0], Placed)


def test_an_error_of_one_batch_leaves_none_behind_at_work(task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(member_batches, "_develop", misbehaving.fails_at_first)
    pool = Pool(process, 2)
    with pytest.raises(LibraryFull):
        member_batches.developed(pool, task, range(64))
    begun = [one.name for one in task.library_tray.iterdir()]
    pool.close()
    assert begun
    assert [one for one in begun if not one.endswith("has ended")] == []


def test_a_piece_of_work_that_fails_costs_its_own_result(pool: Pool) -> None:
    assert pool.each(int, [("1",), ("x",), ("3",)]) == [1, None, 3]


def test_workers_at_rest_are_gone_and_come_back_for_more_work() -> None:
    pool = Pool(process, 2)
    try:
        before = set(pool.each(os.getpid, [(), ()]))
        assert all(_is_alive(one) for one in before if one)
        pool.close()
        assert not any(_is_alive(one) for one in before if one)
        assert not before & set(pool.each(os.getpid, [(), ()]))
    finally:
        pool.close()


def _is_alive(process_id: int) -> bool:
    return Path(f"/proc/{process_id}").exists()


def _marks(place: Path) -> dict[str, int]:
    return {one.name: one.stat().st_size for one in place.iterdir()}


def test_what_kills_its_process_is_tried_once_more_alone_and_not_a_third_time(tmp_path: Path) -> None:
    pool = Pool(process, 1)
    found = pool.each(misbehaving.notes_and_dies, [(tmp_path, number) for number in (6, 7, 8)])
    pool.close()
    assert found == [6, None, 8]
    assert _marks(tmp_path) == {"6": 1, "7": 2, "8": 1}


@pytest.mark.parametrize(("first_fatal", "begun"), [(0, 3), (1, 1 + 2 * 7)])
def test_where_nothing_is_done_before_some_crashes_the_rest_is_given_up(tmp_path: Path, first_fatal: int, begun: int) -> None:
    processes = Pool(process, 1)
    calls = [(tmp_path, number, first_fatal) for number in range(8)]
    found = processes.each(misbehaving.notes_and_dies_from, calls, most_crashes=3)
    processes.close()
    assert found == [*range(first_fatal), *[None] * (8 - first_fatal)]
    assert len(list(tmp_path.iterdir())) == begun


def test_results_come_in_the_order_of_what_was_asked_for() -> None:
    processes = Pool(process, 2)
    found = processes.run(sorted, list(range(20)), together=3)
    processes.close()
    assert found == list(range(20))


def test_a_crash_and_an_end_at_the_time_limit_are_told_apart() -> None:
    pool = Pool(process, 1)
    died = pool.run(misbehaving.all_die, [1], seconds=1000)
    late = pool.run(misbehaving.all_are_late, [1], seconds=0.5)
    pool.close()
    assert (died, late) == ([Crash.DIED], [Crash.OVERRAN])


def test_a_time_limit_ends_with_the_work_that_set_it() -> None:
    pool = Pool(process, 1)
    worker = pool.call(os.getpid)
    pool.call(misbehaving.is_late, 2, 0)
    assert pool.call(time.sleep, 3) is None
    assert pool.call(os.getpid) == worker
    pool.close()


@pytest.mark.parametrize("error", [LibraryFull, Stopping])
def test_an_error_of_ours_is_no_failed_piece_of_work(pool: Pool, error: type[Exception]) -> None:
    with pytest.raises(error):
        pool.each(misbehaving.refuses, [(error,)])
    assert pool.each(misbehaving.refuses, [(ValueError,)]) == [None]


def test_what_the_work_raises_comes_to_who_called(pool: Pool) -> None:
    with pytest.raises(ValueError, match="PETRONELLA"):
        pool.call(misbehaving.complains)


def test_a_pool_that_was_stopped_begins_nothing(pool: Pool) -> None:
    pool.stop()
    for work in (lambda: pool.call(abs, -1), lambda: pool.each(abs, [(-1,)]), lambda: pool.run(sorted, [])):
        with pytest.raises(Stopping):
            work()


def test_a_worker_is_bound_in_memory_and_says_nothing() -> None:
    pool = Pool(lambda: process(3 << 30), 1)
    assert pool.call(misbehaving.data_limit) == 3 << 30
    assert pool.call(misbehaving.descriptors) == [os.devnull] * 2
    pool.close()


def test_ctrl_c_is_the_coordinators() -> None:
    pool = Pool(process, 1)
    worker = pool.call(os.getpid)
    os.kill(worker, signal.SIGINT)
    assert pool.call(os.getpid) == worker
    pool.close()


def test_no_process_is_at_work_any_more_once_it_is_said_that_all_stops(task: Task) -> None:
    pool = Pool(process, 1)
    worker = psutil.Process(pool.call(os.getpid))
    with once(has_begun(task), pool.stop), pytest.raises(Stopping):
        pool.call(misbehaving.never_ends, task)
    was_running = worker.is_running()
    if was_running:
        worker.kill()
    pool.close()
    assert not was_running


def _no_room() -> Executor:
    raise OSError(11, "Resource temporarily unavailable")


def _dies_at_its_start() -> Executor:
    return ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), os._exit, (1,))


@pytest.mark.parametrize("make", [_no_room, _dies_at_its_start])
def test_workers_that_cannot_start_are_no_fault_of_the_work_and_it_goes_on_when_they_can(make: Callable[[], Executor]) -> None:
    ways = [make]

    def begin() -> Executor:
        return ways[-1]()

    pool = Pool(begin, 1)
    for work in (lambda: pool.call(abs, -1), lambda: pool.each(abs, [(-1,)]), lambda: pool.run(sorted, [1])):
        with pytest.raises(WorkersUnavailable):
            work()
    pool.prepare(os.getpid)
    ways.append(process)
    assert pool.call(abs, -7) == 7
    pool.close()


def test_a_part_of_the_program_that_is_missing_is_no_fault_of_the_work() -> None:
    """As while it is being upgraded."""
    pool = Pool(process, 1)
    for work in (
        lambda: pool.call(misbehaving.misses_a_part),
        lambda: pool.each(misbehaving.misses_a_part, [()]),
        lambda: pool.run(misbehaving.misses_a_part_for_all, [1]),
    ):
        with pytest.raises(WorkersUnavailable):
            work()
    worker = pool.call(os.getpid)
    with pytest.raises(WorkersUnavailable):
        pool.call(misbehaving.misses_a_part)
    assert pool.call(os.getpid) != worker, "a process that began before an upgrade ends with it"
    pool.close()


def test_a_worker_that_gets_on_with_one_long_piece_of_work_gives_signs_of_life() -> None:
    pool, signs = Pool(process, 1), list[None]()
    pool.on_sign = lambda: signs.append(None)
    pool.call(misbehaving.is_late, 1000, 0)
    pool.close()
    assert len(signs) >= 2, "one of them is that it has ended"
