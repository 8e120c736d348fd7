"""`make guards`: takes each guard of `guards.py` away, in a copy, and runs the tests that must notice.

A guard is killed when one of its tests fails. An error on the way to a test, no test at all, or no end is no failed test.
That tests pass with every guard in its place is what `make test` shows; some are run here, too: a copy must not fail them.
Its tests run in a fork of a process that has imported other people's packages and nothing of ours: a thousand starts cost
more than the tests.
"""

import argparse
import contextlib
import importlib.util
import multiprocessing
import os
import queue
import random
import re
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import pytest

from guard import Guard
from guards import GUARDS

ROOT = Path(__file__).parents[1]
WORKERS = 2 * (os.cpu_count() or 1)
"""Guards taken away at one time, beside a run of some tests with every guard in its place: tests wait for services."""
LONGEST = 240
"""Seconds after which one guard's tests are ended."""
SOME = 60
"""Tests that are run with every guard in its place, drawn by chance; all of them when a few guards are asked for."""

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(
    "cryptography.fernet hypothesis jsonschema numpy PIL.Image psutil pydantic_settings pydicom.pixels pydicom.fileset pytest"
    " watchdog.observers yaml".split()
)


_REWRITTEN = "ignore:Module already imported:pytest.PytestAssertRewriteWarning"
"""Plugins of pytest are among what is imported before it; nobody needs their asserts explained."""


def pytest_in(place: Path, line: Sequence[str], printed: Path, status: Path) -> None:
    """In a process group of its own: pytest over a copy, what it says in a file, and how it ends in another one.

    Threads that start processes ask for each other's ends, too, and of two that ask one gets nothing.
    """
    os.setsid()
    sys.modules["__main__"].__spec__ = None  # workers that tests start are to import nothing of this command
    with printed.open("w") as out:
        os.dup2(out.fileno(), 1)
        os.dup2(out.fileno(), 2)
    os.chdir(place)
    os.environ |= {"PYTHONPATH": str(place / "service"), "PATIENCE": str(LONGEST // 3)}
    sys.path[:] = [str(place / "service"), *(one for one in sys.path if not one.startswith(str(ROOT / "tests")))]
    ending = pytest.main(list(line))
    sys.stdout.flush()
    status.write_text(str(int(ending)))
    os._exit(ending)  # it waits for no process that a failed test left


class Workshop:
    """A copy of service and tests, and the change of one guard in it for as long as its tests run."""

    def __init__(self, place: Path) -> None:
        self.place = place
        for name in ("service", "tests"):
            shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
        for path in ROOT.iterdir():
            if path.is_file():
                shutil.copy(path, place)

    def without(self, guard: Guard) -> str:
        """How its tests end while a guard is taken away: `killed`, or what happened instead."""
        path = self.place / "service/radiary" / guard.file
        whole = path.read_text()
        if whole.count(guard.old) != 1:
            return f"stands {whole.count(guard.old)} times in its file"
        try:
            self._put(path, whole.replace(guard.old, guard.new))
            return self.ending(guard.tests)
        finally:
            self._put(path, whole)

    def ending(self, tests: Sequence[str], *options: str) -> str:
        """`passed`, `killed`, or what happened instead."""
        printed, status = self.place / "printed", self.place / "status"
        status.unlink(missing_ok=True)
        line = ["-q", "--no-header", "-p", "no:cacheprovider", "-W", _REWRITTEN, f"--basetemp={self.place / 'tmp'}"]
        line += [*(options or ("-x",)), *(f"tests/{test}" for test in tests)]
        running = FORKS.Process(target=pytest_in, args=(self.place, line, printed, status))
        running.start()
        running.join(LONGEST if not options else None)
        is_ended = not running.is_alive()
        assert running.pid
        with contextlib.suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
        running.join()
        if not is_ended:
            return f"no end within {LONGEST} s"
        said = printed.read_text(errors="replace")
        failed = re.findall(r"^FAILED (\S+)", said, re.MULTILINE)
        ending = int(status.read_text()) if status.exists() else None
        if ending == 1 and failed:
            return "killed" if not options else f"these fail: {', '.join(failed)}"
        return "passed" if ending == 0 else f"no failed test, but exit status {ending}:\n{said[-2000:]}"

    @staticmethod
    def _put(path: Path, text: str) -> None:
        """Python takes a compiled file for the right one when size and second are."""
        path.write_text(text)
        Path(importlib.util.cache_from_source(str(path))).unlink(missing_ok=True)


def run(guards: Sequence[Guard]) -> int:
    if not guards:
        print("There is no such guard.")
        return 1
    began, survivors, whole = time.monotonic(), list[Guard](), ""
    for guard, found, seconds in _ends(guards):
        if guard is None:
            whole = f"{min(SOME, len(_tests(guards)))} of the tests pass" if found == "passed" else found
            print(f"{seconds:5.0f} s  with every guard in its place, {whole}", flush=True)
            continue
        if found != "killed":
            survivors.append(guard)
        ending = found if found == "killed" else f"SURVIVED ({found})"
        print(f"{seconds:5.1f} s  {ending:8}  {guard.file}: {guard.what}", flush=True)
    print(f"{len(guards) - len(survivors)} of {len(guards)} killed in {time.monotonic() - began:.0f} s")
    print("".join(f"SURVIVED {guard.file}: {guard.what}\n" for guard in survivors), end="")
    if not whole.endswith("pass"):
        print(f"With every guard in its place, {whole}")
    return int(bool(survivors) or not whole.endswith("pass"))


def _tests(guards: Sequence[Guard]) -> list[str]:
    return sorted({test for guard in guards for test in guard.tests})


def _ends(guards: Sequence[Guard]) -> Iterator[tuple[Guard | None, str, float]]:
    """How the tests of each guard end without it, and (None) some of them with every guard in its place; in seconds."""
    tests = random.sample(_tests(guards), min(SOME, len(_tests(guards))))
    with tempfile.TemporaryDirectory(prefix="guards-") as name, ThreadPoolExecutor(WORKERS + 1) as workers:
        free: queue.SimpleQueue[Workshop] = queue.SimpleQueue()
        for number in range(WORKERS + 1):
            free.put(Workshop(Path(name) / str(number)))

        def in_a_copy(guard: Guard | None) -> tuple[Guard | None, str, float]:
            shop, since = free.get(), time.monotonic()
            try:
                all_of_them = f"--numprocesses={os.cpu_count()}", "--dist=loadfile"
                found = shop.ending(tests, *all_of_them) if guard is None else shop.without(guard)
                return guard, found, time.monotonic() - since
            finally:
                free.put(shop)

        for end in as_completed([workers.submit(in_a_copy, guard) for guard in (None, *guards)]):
            yield end.result()


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--only", metavar="WORD", default="", help="guards with this word in their promise, file or tests")
    word = asked.parse_args().only
    sys.exit(run([one for one in GUARDS if word in f"{one.what} {one.file} {' '.join(one.tests)}"]))
