"""A real scheduler and two workers on loopback; the library is the file system that they share."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import exports
import misbehaving
from clusters import LocalCluster, until_there_are
from conftest import export_at
from radiary import cluster as clustering
from radiary import pipeline
from radiary.cluster import Cluster
from radiary.errors import ClusterOffline, Reason
from radiary.events import Filed
from radiary.model import Export, NotDicom, Skipped, Task, Wanted
from radiary.pipeline import Bench
from radiary.process import process
from radiary.queue import Queue
from radiary.workers import pool as under_test
from radiary.workers.pool import Engine

LANES = 2


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCluster]:
    with LocalCluster(tmp_path_factory.mktemp("cluster"), LANES) as made:
        until_there_are(made.address, LANES)
        yield made


@pytest.fixture
def engine(cluster: LocalCluster) -> Iterator[Engine]:
    made = Engine(Cluster(cluster.address).executor, LANES)
    yield made
    made.close()


@pytest.fixture
def export(tmp_path: Path) -> Export:
    files = exports.ct_files(40) | {"read me.txt": b"hello"}
    return export_at(exports.zipped(tmp_path / "a.zip", files))


def filed(bench: Bench, engine: Engine, export: Export) -> dict[str, bytes]:
    """Every file of the library, by its path."""
    end = pipeline.ingest(export, replace(bench, engine=engine, looks=False), Queue())
    assert isinstance(end, Filed)
    root = bench.library.root
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def expected(bench: Bench, export: Export, tmp_path: Path) -> dict[str, bytes]:
    from radiary.disk.library import Library

    pool = Engine(process, 2)
    elsewhere = replace(bench, library=Library(tmp_path / "local"), shelf=Library(tmp_path / "local private"))
    found = filed(elsewhere, pool, export)
    pool.close()
    return found


def test_the_library_is_byte_for_byte_what_processes_make(
    bench: Bench, engine: Engine, export: Export, expected: dict[str, bytes]
) -> None:
    assert filed(bench, engine, export) == expected


def test_a_machine_that_dies_costs_a_retry(bench: Bench, export: Export, expected: dict[str, bytes], tmp_path: Path) -> None:
    with LocalCluster(tmp_path / "cluster", 2) as own:
        until_there_are(own.address, 2)
        engine = Engine(Cluster(own.address).executor, 4)
        done: list[int] = []

        def kill() -> None:
            while not done:
                time.sleep(0.001)
            own.kill_a_machine()

        thread = threading.Thread(target=kill)
        thread.start()
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(under_test, "_develop", misbehaving.develops_slowly)
            end = pipeline.ingest(export, replace(bench, engine=engine, looks=False), Queue(), lambda one, _all: done.append(one))
        thread.join()
        engine.close()
    assert isinstance(end, Filed)
    root = bench.library.root
    assert {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()} == expected


def test_when_all_machines_are_gone_it_is_tried_again_later(
    bench: Bench, export: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clustering, "_ABSENT", 3)
    monkeypatch.setattr(under_test, "_develop", misbehaving.develops_slowly)
    with LocalCluster(tmp_path / "cluster", 1) as own:
        until_there_are(own.address, 1)
        engine = Engine(Cluster(own.address).executor, 2)
        threading.Timer(1, own.kill_a_machine).start()
        began = time.monotonic()
        with pytest.raises(ClusterOffline):
            pipeline.ingest(export, replace(bench, engine=engine, looks=False), Queue())
        engine.close()
        assert time.monotonic() - began < 40
    assert list(bench.library.root.rglob("*.png")) == []


def test_a_scheduler_that_dies_and_comes_back_is_used_again(tmp_path: Path) -> None:
    own = LocalCluster(tmp_path / "cluster", 1)
    shared = Cluster(own.address)
    engines = [Engine(shared.executor, 1), Engine(shared.executor, 1)]
    with own:
        until_there_are(own.address, 1)
        assert all(one.call(os.getpid) for one in engines)
    for one in engines:
        with pytest.raises(ClusterOffline):
            one.call(os.getpid)
        one.release()
    engines[1].rest()
    with own:
        until_there_are(own.address, 1)
        assert all(one.call(os.getpid) for one in engines)
        for one in engines:
            one.close()


def test_the_workers_of_a_scheduler_that_was_started_anew_meanwhile_are_settled_too(tmp_path: Path) -> None:
    own = LocalCluster(tmp_path / "cluster", 1)
    engine = Engine(Cluster(own.address, 7).executor, 1)
    for _ in range(2):
        with own:
            until_there_are(own.address, 1)
            time.sleep(1)  # the connection that was there finds the new scheduler
            assert engine.call(misbehaving.manners)[0] == 7
    engine.close()


@pytest.mark.parametrize("way", ["develop", "each", "call"])
def test_the_death_of_a_scheduler_is_no_fault_of_what_was_under_way(export: Export, tmp_path: Path, way: str) -> None:
    task = Task(export, bytes(32), tmp_path / "library", tmp_path / "private", Wanted())
    ways: dict[str, Callable[[Engine], object]] = {
        "develop": lambda engine: engine.develop(task, range(1)),
        "each": lambda engine: engine.each(misbehaving.never_ends, [(task, [0])]),
        "call": lambda engine: engine.call(misbehaving.never_ends, task, [0]),
    }
    with LocalCluster(tmp_path / "cluster", 1) as own, pytest.MonkeyPatch.context() as patched:
        patched.setattr(under_test, "_develop", misbehaving.never_ends)
        patched.setattr(under_test, "_CONVICTION", 1)
        until_there_are(own.address, 1)
        engine = Engine(Cluster(own.address).executor, 1)
        threading.Timer(1, own.kill_the_scheduler).start()
        with pytest.raises(ClusterOffline):
            ways[way](engine)
        engine.close()


def test_a_member_that_kills_its_worker_costs_that_member_alone(
    engine: Engine, export: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for tray in ("library", "private"):
        (tmp_path / tray).mkdir()
    task = Task(export, bytes(32), tmp_path / "library", tmp_path / "private", Wanted())
    monkeypatch.setattr(under_test, "_develop", misbehaving.dies_on_seven)
    found = engine.develop(task, range(6, 9))
    assert found == {6: NotDicom(), 8: NotDicom(), 7: Skipped(Reason.CODEC_CRASHED)}


def test_a_scheduler_that_does_not_answer_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clustering, "_PATIENCE", 1)
    nobody = Cluster("tcp://127.0.0.1:9")
    with pytest.raises(ClusterOffline):
        nobody.executor()
    assert nobody.lanes() >= 1


def test_a_scheduler_that_is_silent_is_not_waited_for_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clustering, "_PATIENCE", 2)
    monkeypatch.setattr(clustering, "_ABSENT", 3)
    with LocalCluster(tmp_path / "cluster", 1) as own:
        until_there_are(own.address, 1)
        engine = Engine(Cluster(own.address).executor, 1)
        threading.Timer(1, own.silence_the_scheduler).start()
        with pytest.raises(ClusterOffline):
            engine.call(time.sleep, 30)
        engine.close()


def test_a_cluster_that_wants_certificates_is_waited_for() -> None:
    with pytest.raises(ClusterOffline):
        Cluster("tls://127.0.0.1:9").executor()


def test_nothing_of_an_export_stands_in_the_clusters_log(cluster: LocalCluster, engine: Engine, bench: Bench) -> None:
    path = exports.zipped(bench.scratch.parent / "PETRONELLA.zip", exports.ct_files(3))
    filed(bench, engine, export_at(path))
    with pytest.raises(ValueError, match="PETRONELLA"):
        engine.call(misbehaving.complains)
    assert not [secret for secret in exports.SECRETS if secret in cluster.log.lower()]
