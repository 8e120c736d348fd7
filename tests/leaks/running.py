"""The export through Radiary: the whole service as a process, or the ingest alone in this one."""

import contextlib
import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

from conftest import export_at
from leaks.making import File, Planted
from leaks.packing import pack
from leaks.planting import planted
from leaks.searching import Leak, Searcher
from radiary.dicom.wall import deidentify
from radiary.ingest import pipeline, text_search
from radiary.ingest.bench import Bench
from radiary.library.shelf import Library
from radiary.model.errors import Unacceptable
from radiary.model.nouns import Wanted
from radiary.state.people import People
from radiary.state.queue import Queue
from radiary.workers.pool import Pool
from services import Service, StartedService

EXEMPT = {
    "private": "the private shelf: what is held stays as it came, for its owner alone",
    "downloads": "the export itself, which is never changed",
    "state/key": "the secret that makes the pseudonyms",
}
"""Beginnings of paths that are not searched, and why."""
_PATIENCE = 600
_TOGETHER = 20
"""Files that are filed before it is asked whether anything of them leaks."""
_ENDS = ("filed", "rejected", "awaiting-owner")


def serve(export: Planted, folder: Path, kind: type[Service] = StartedService) -> Service:
    """Run the service on an export until everything is filed and chronicled; its commands' words are kept, too."""
    folder.mkdir(parents=True, exist_ok=True)
    service = kind(folder, **{"workers": 2, "rescan-seconds": 1})
    with service:
        for path in export.paths(folder):
            shutil.move(path, service.downloads / path.name)
        deadline = time.monotonic() + _PATIENCE
        while not _is_done(service, len(export.names)):
            assert service.process is not None
            assert service.process.poll() is None, service.log
            assert time.monotonic() < deadline, service.log
            assert "would tell who it is about" not in str(service.pulse()), "something leaked, and the gate stopped it"
            time.sleep(0.1)
        service.stop()
    for command in ("status", "log", "verify"):
        done = service.command(command)
        (folder / f"{command}.log").write_text(done.stdout + done.stderr)
    return service


def _is_done(service: Service, exports: int) -> bool:
    facts = service.facts()
    ends = [fact for fact in facts if fact["type"] in _ENDS]
    assert not [fact for fact in facts if fact["type"] == "failed"], service.log
    last = max((number for number, fact in enumerate(facts) if fact["type"] == "filed"), default=-1)
    return len(ends) >= exports and any(fact["type"] == "chronicled" for fact in facts[last + 1 :])


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Everything below a folder that is searched, by its path."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not name.startswith(tuple(EXEMPT)):
            yield name, path.read_bytes()


@contextlib.contextmanager
def bench(folder: Path, key: bytes) -> Iterator[Bench]:
    """What an ingest in this process works with."""
    pool = Pool(lambda: ThreadPoolExecutor(1), 1)
    homes = Library(folder / "library"), Library(folder / "private")
    try:
        people = People(folder / "state/people", key)
        yield Bench(
            pool=pool,
            scouts=(pool,),
            reader=pool,
            library=homes[0],
            shelf=homes[1],
            people=people,
            key=key,
            wanted=Wanted(),
            scratch=folder / "scratch",
            searches_text=True,
        )
    finally:
        pool.close()


def ingested(export: Planted, bench: Bench) -> list[tuple[str, bytes]]:
    """File an export's archives in this process; what then stands in the library."""
    for number in range(len(export.names)):
        _file(export, number, bench)
    return list(files(bench.library.root))


def _file(export: Planted, number: int, bench: Bench) -> None:
    """File one of an export's archives."""
    folder = bench.library.root.parent / "archives"
    folder.mkdir(parents=True, exist_ok=True)
    queue = Queue()
    with contextlib.suppress(Unacceptable):
        queue.fold(pipeline.ingest(export_at(pack(export, number, folder)), bench, queue))


def leaked(bench: Bench, seed: int = 1) -> set[str]:
    """Categories that leak when an export is filed in this process: what a rule of headers lets through that is switched off."""
    _forget()
    with no_text_searched():
        found = leaks_of(_searcher(seed), ingested(planted(seed), bench))
    return {leak.token.category for leak in found}


def is_leaking(bench: Bench, seed: int = 1, *, is_asked: Callable[[str], bool] = lambda _category: True) -> bool:
    """Whether anything leaks then of the categories that are asked for: known after a few files mostly, which are filed first."""
    _forget()
    export, searched = planted(seed), set[str]()
    with no_text_searched():
        for number, some in _parts(export):
            _file(replace(export, files=some), number, bench)
            written = [(name, data) for name, data in files(bench.library.root) if name not in searched]
            if any(is_asked(leak.token.category) for leak in leaks_of(_searcher(seed), written)):
                return True
            searched.update(name for name, _ in written)
    return False


def _forget() -> None:
    """What rules made of an exam before, some of them switched off, is remembered for its next slices."""
    deidentify._passage.cache_clear()


@cache
def _searcher(seed: int) -> Searcher:
    return Searcher(planted(seed).tokens)


def _parts(export: Planted) -> Iterator[tuple[int, tuple[File, ...]]]:
    """Files of each archive, some at a time, and its number."""
    for number in range(len(export.names)):
        inside = [file for file in export.files if file.archive == number]
        for first in range(0, len(inside), _TOGETHER):
            yield number, tuple(inside[first : first + _TOGETHER])


def no_text_searched() -> AbstractContextManager[Any]:
    """Text in pictures is not looked for, which takes six times as long and helps no rule of headers."""
    return mock.patch.object(text_search, "cleared", lambda _task, outcomes, *_, **__: outcomes)


def leaks_of(searcher: Searcher, written: list[tuple[str, bytes]]) -> list[Leak]:
    """What was found and should not have been."""
    return [leak for leak in searcher.leaks(written) if not leak.token.is_kept]
