"""A real scheduler and two workers on loopback; the library is the file system that they share."""

import asyncio
import gc
import os
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import exports
import misbehaving
from clusters import LocalCluster, until_there_are
from conftest import export_at
from radiary.ingest import member_batches, pipeline
from radiary.ingest.bench import Bench
from radiary.model.errors import ClusterOffline, Reason
from radiary.model.events import Filed
from radiary.model.nouns import Export, NotDicom, Skipped, Task, Wanted
from radiary.state.queue import Queue
from radiary.workers import dask as clustering
from radiary.workers import pool as pool_module
from radiary.workers.dask import Cluster
from radiary.workers.pool import Pool
from radiary.workers.process import process
from services import SOON
from signs import once, until

WORKERS = 2


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    """Dask leaves its sockets to a scheduler that died to the garbage collector: it finds them here, not in another test file."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCluster]:
    with LocalCluster(tmp_path_factory.mktemp("cluster"), WORKERS) as made:
        until_there_are(made.address, WORKERS)
        yield made


@pytest.fixture
def pool(cluster: LocalCluster) -> Iterator[Pool]:
    made = Pool(Cluster(cluster.address).executor, WORKERS)
    yield made
    made.close()


@pytest.fixture
def export(tmp_path: Path) -> Export:
    files = exports.ct_files(40) | {"read me.txt": b"hello"}
    return export_at(exports.zipped(tmp_path / "a.zip", files))


@pytest.fixture
def task(export: Export, tmp_path: Path) -> Task:
    trays = [tmp_path / name for name in ("library tray", "private tray")]
    for tray in trays:
        tray.mkdir()
    return Task(export, bytes(32), *trays, Wanted())


def has_begun(task: Task) -> Callable[[], bool]:
    """Whether work that never ends is under way."""
    return (task.library_tray / "begun").exists


def filed(bench: Bench, pool: Pool, export: Export) -> dict[str, bytes]:
    """Every file of the library, by its path."""
    end = pipeline.ingest(export, replace(bench, pool=pool, searches_text=False), Queue())
    assert isinstance(end, Filed)
    root = bench.library.root
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def expected(bench: Bench, export: Export, tmp_path: Path) -> dict[str, bytes]:
    from radiary.library.shelf import Library

    pool = Pool(process, 2)
    elsewhere = replace(bench, library=Library(tmp_path / "local"), shelf=Library(tmp_path / "local private"))
    found = filed(elsewhere, pool, export)
    pool.close()
    return found


def test_the_library_is_byte_for_byte_what_processes_make(
    bench: Bench, pool: Pool, export: Export, expected: dict[str, bytes]
) -> None:
    assert filed(bench, pool, export) == expected


def test_a_machine_that_dies_costs_a_retry(bench: Bench, export: Export, expected: dict[str, bytes], tmp_path: Path) -> None:
    """One of two dies as soon as some of the members are done: both have more in hand by then."""
    done: list[int] = []
    with LocalCluster(tmp_path / "cluster", 2) as own, pytest.MonkeyPatch.context() as patched:
        until_there_are(own.address, 2)
        pool = Pool(Cluster(own.address).executor, 4)

        def kill(one: int, _all: int) -> None:
            if not done:
                own.kill_a_machine()
            done.append(one)

        patched.setattr(member_batches, "_develop", misbehaving.develops_slowly)
        end = pipeline.ingest(export, replace(bench, pool=pool, searches_text=False), Queue(), progress=kill)
        pool.close()
    assert isinstance(end, Filed)
    root = bench.library.root
    assert {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()} == expected


def test_when_all_machines_are_gone_it_is_tried_again_later(
    bench: Bench, export: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The only one dies as soon as some of the members are done."""
    monkeypatch.setattr(clustering, "_ABSENT_SECONDS", 3)
    done: list[int] = []
    with LocalCluster(tmp_path / "cluster", 1) as own:
        until_there_are(own.address, 1)
        pool = Pool(Cluster(own.address).executor, 2)

        def kill(one: int, _all: int) -> None:
            done.append(one)
            own.kill_a_machine()

        with pytest.raises(ClusterOffline):
            pipeline.ingest(export, replace(bench, pool=pool, searches_text=False), Queue(), progress=kill)
        pool.close()
    assert done
    assert list(bench.library.root.rglob("*.png")) == []


def test_a_scheduler_that_dies_and_comes_back_is_used_again(tmp_path: Path) -> None:
    own = LocalCluster(tmp_path / "cluster", 1)
    shared = Cluster(own.address)
    pools = [Pool(shared.executor, 1), Pool(shared.executor, 1)]
    with own:
        until_there_are(own.address, 1)
        assert all(one.call(os.getpid) for one in pools)
    for one in pools:
        with pytest.raises(ClusterOffline):
            one.call(os.getpid)
        member_batches.release(one)
    pools[1].close()
    with own:
        until_there_are(own.address, 1)
        assert all(one.call(os.getpid) for one in pools)
        for one in pools:
            one.close()


def test_the_workers_of_a_scheduler_that_was_started_anew_meanwhile_are_settled_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though the connection that was there finds the new one."""
    monkeypatch.setattr(clustering, "_ANSWER_SECONDS", SOON)
    own = LocalCluster(tmp_path / "cluster", 1)
    pool = Pool(Cluster(own.address, 7).executor, 1)
    for is_anew in (False, True):
        with own:
            until_there_are(own.address, 1)
            if is_anew:
                until(lambda: own.has_an_old_client)
            assert pool.call(misbehaving.manners)[0] == max(7, misbehaving.manners()[0])
    pool.close()


@pytest.mark.parametrize("way", ["develop", "each", "call"])
def test_the_death_of_a_scheduler_is_no_fault_of_what_was_under_way(task: Task, tmp_path: Path, way: str) -> None:
    ways: dict[str, Callable[[Pool], object]] = {
        "develop": lambda pool: member_batches.developed(pool, task, range(1)),
        "each": lambda pool: pool.each(misbehaving.never_ends, [(task,)]),
        "call": lambda pool: pool.call(misbehaving.never_ends, task),
    }
    with LocalCluster(tmp_path / "cluster", 1) as own, pytest.MonkeyPatch.context() as patched:
        patched.setattr(member_batches, "_develop", misbehaving.never_ends)
        patched.setattr(pool_module, "_CRASHES", 1)
        until_there_are(own.address, 1)
        pool = Pool(Cluster(own.address).executor, 1)
        with once(has_begun(task), own.kill_the_scheduler), pytest.raises(ClusterOffline):
            ways[way](pool)
        pool.close()


def test_a_member_that_kills_its_worker_costs_that_member_alone(pool: Pool, task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(member_batches, "_develop", misbehaving.dies_on_seven)
    found = member_batches.developed(pool, task, range(6, 9))
    assert found == {6: NotDicom(), 8: NotDicom(), 7: Skipped(Reason.CODEC_CRASHED)}


def test_a_scheduler_that_does_not_answer_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clustering, "_ANSWER_SECONDS", 1)
    nobody = Cluster("tcp://127.0.0.1:9")
    with pytest.raises(ClusterOffline):
        nobody.executor()
    assert nobody.capacity() >= 1


def test_a_scheduler_that_is_silent_is_not_waited_for_without_end(
    task: Task, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It falls silent once work is under way, and has to answer soon from then on."""
    with LocalCluster(tmp_path / "cluster", 1) as own:
        until_there_are(own.address, 1)
        pool = Pool(Cluster(own.address).executor, 1)

        def silence() -> None:
            own.silence_the_scheduler()
            monkeypatch.setattr(clustering, "_ANSWER_SECONDS", 2)
            monkeypatch.setattr(clustering, "_ABSENT_SECONDS", 3)

        with once(has_begun(task), silence), pytest.raises(ClusterOffline):
            pool.call(misbehaving.never_ends, task)
        pool.close()


def test_a_cluster_that_wants_certificates_is_waited_for() -> None:
    with pytest.raises(ClusterOffline):
        Cluster("tls://127.0.0.1:9").executor()


def test_nothing_of_an_export_stands_in_the_clusters_log(cluster: LocalCluster, pool: Pool, bench: Bench) -> None:
    path = exports.zipped(bench.scratch.parent / "PETRONELLA.zip", exports.ct_files(3))
    filed(bench, pool, export_at(path))
    with pytest.raises(ValueError, match="PETRONELLA"):
        pool.call(misbehaving.complains)
    assert not [secret for secret in exports.SECRETS if secret in cluster.log.lower()]


class Lost:
    """A future of Dask's that is lost in the moment in which its result comes."""

    status = "lost"

    async def _result(self, *, raiseit: bool) -> list[int]:
        assert not raiseit
        return [1, 2, 3, 4]


def test_a_result_that_is_lost_on_its_way_is_the_clusters_fault() -> None:
    from distributed.cfexecutor import _cascade_future

    async def come(inner: Future[Any]) -> None:
        await _cascade_future(Lost(), inner)

    inner, outer = Future[Any](), Future[Any]()
    asyncio.run(come(inner))
    clustering._pass_on(inner, outer)
    assert isinstance(outer.exception(0), ClusterOffline)


def test_an_error_of_the_work_is_no_fault_of_the_clusters() -> None:
    inner, outer = Future[Any](), Future[Any]()
    try:
        raise ValueError("nothing to unpack")
    except ValueError as error:
        inner.set_exception(error)
    clustering._pass_on(inner, outer)
    assert isinstance(outer.exception(0), ValueError)
