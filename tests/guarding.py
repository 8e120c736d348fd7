"""`make guards`: takes each guard of `guards.py` away, in a copy, and runs the tests that must notice.

A guard is killed when one of its tests fails. An error on the way to a test, no test at all, or no end is no failed test.
"""

import argparse
import importlib.util
import os
import queue
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import psutil

from guard import Guard
from guards import GUARDS

ROOT = Path(__file__).parents[1]
WORKERS = 2
LONGEST = 240
"""Seconds after which one guard's tests are ended."""


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
        line = [sys.executable, "-m", "pytest", "-q", "--no-header", "-p", "no:cacheprovider", f"--basetemp={self.place / 'tmp'}"]
        with subprocess.Popen(
            [*line, *(options or ("-x",)), *(f"tests/{one}" for one in tests)],
            cwd=self.place,
            env=os.environ | {"PYTHONPATH": str(self.place / "service")},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as running:
            try:
                said, _ = running.communicate(timeout=LONGEST if not options else None)
            except subprocess.TimeoutExpired:
                for one in (*psutil.Process(running.pid).children(recursive=True), running):
                    one.kill()
                return f"no end within {LONGEST} s"
        failed = re.findall(r"^FAILED (\S+)", said, re.MULTILINE)
        if running.returncode == 1 and failed:
            return "killed" if not options else f"these fail: {', '.join(failed)}"
        return "passed" if running.returncode == 0 else f"no failed test, but exit status {running.returncode}:\n{said[-2000:]}"

    @staticmethod
    def _put(path: Path, text: str) -> None:
        """Python takes a compiled file for the right one when size and second are."""
        path.write_text(text)
        Path(importlib.util.cache_from_source(str(path))).unlink(missing_ok=True)


def run(guards: Sequence[Guard]) -> int:
    if not guards:
        print("There is no such guard.")
        return 1
    began = time.monotonic()
    tests = sorted({one for guard in guards for one in guard.tests})
    with tempfile.TemporaryDirectory(prefix="guards-") as name:
        free: queue.SimpleQueue[Workshop] = queue.SimpleQueue()
        for number in range(WORKERS):
            free.put(Workshop(Path(name) / str(number)))

        def taken_away(guard: Guard) -> tuple[str, float]:
            shop, since = free.get(), time.monotonic()
            try:
                return shop.without(guard), time.monotonic() - since
            finally:
                free.put(shop)

        shop = free.get()
        whole = shop.ending(tests, f"--numprocesses={WORKERS}", "--dist=loadfile")
        free.put(shop)
        if whole != "passed":
            print(f"With every guard in its place, {whole}")
            return 1
        print(f"{time.monotonic() - began:5.0f} s  with every guard in its place, all tests pass", flush=True)
        survivors = []
        with ThreadPoolExecutor(WORKERS) as workers:
            ends = {workers.submit(taken_away, guard): guard for guard in guards}
            for end in as_completed(ends):
                guard, (found, seconds) = ends[end], end.result()
                if found != "killed":
                    survivors.append(guard)
                    found = "SURVIVED" if found == "passed" else f"SURVIVED ({found})"
                print(f"{seconds:5.1f} s  {found:8}  {guard.file}: {guard.what}", flush=True)
    print(f"{len(guards) - len(survivors)} of {len(guards)} killed in {time.monotonic() - began:.0f} s")
    print("".join(f"SURVIVED {guard.file}: {guard.what}\n" for guard in survivors), end="")
    return int(bool(survivors))


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--only", metavar="WORD", default="", help="guards with this word in their promise, file or tests")
    word = asked.parse_args().only
    sys.exit(run([one for one in GUARDS if word in f"{one.what} {one.file} {' '.join(one.tests)}"]))
