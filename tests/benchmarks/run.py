"""How fast: Radiary beside the tools that people run by hand, turn by turn in one run, on inputs that it makes.

cd tests && python -m benchmarks.run [--turns 3] [--only CT]

Two rows are ours. *Pictures*: zip → PNG of de-identified objects, without copies. *Ingest*: all of it, with
copies, digests, the search for text in pictures, and everything on the disk. The peers convert and do nothing else.
This process stays small: what it starts begins with its memory, and the ingest's coordinator is measured in it.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks import spending
from benchmarks.columns import COLUMNS, Column
from pictures.peers import installed
from radiary.archives import source
from radiary.dicom.text import extra
from radiary.ingest.attempt import Attempts
from radiary.ingest.bench import Bench
from radiary.library.shelf import Library
from radiary.model.events import Filed, Queued
from radiary.model.nouns import Wanted
from radiary.state.ledger import Ledger
from radiary.state.people import People
from radiary.state.queue import Queue
from radiary.workers.pool import Pool
from radiary.workers.process import process

BUILD = Path(__file__).parents[2] / "build"
INPUTS, WORK = BUILD / "bench" / "inputs", BUILD / "bench" / "work"
KEY = bytes(range(32))
CORES = len(os.sched_getaffinity(0))
PICTURES, INGEST = "Radiary: pictures", "Radiary: ingest"
SCRIPTS = ("script", "script in 2 processes", "dicom2jpg")
DCMTK = "DCMTK in 2 processes"
FORGETTING = 6
"""Seconds: what is made right after much was deleted takes several times as long on ext4, which does not use an inode again
within five seconds and looks far for another one."""


@dataclass(frozen=True)
class Turn:
    """One run of one tool over one input; bytes of memory of the largest process of each kind."""

    seconds: float
    cpu: float
    bytes: int
    memory: int
    coordinator: int = 0
    reader: int = 0

    def rate(self, pictures: int) -> float:
        """Pictures a second."""
        return pictures / self.seconds


class Radiary:
    """Pools that stay alive, as the service's do while there is work."""

    def __init__(self) -> None:
        self.pool, self.scout, self.reader = Pool(process, CORES), Pool(process, 1), Pool(process, CORES)

    def ingest(self, one: Column, place: Path, *, is_whole: bool, inputs: Path = INPUTS) -> Turn:
        """One export from drop to ledger."""
        homes = Library(place / "library"), Library(place / "private")
        people, scratch = People(place / "people", KEY), place / "scratch"
        searches = is_whole and extra.is_installed()
        bench = Bench(
            pool=self.pool,
            scouts=(self.scout,),
            reader=self.reader,
            library=homes[0],
            shelf=homes[1],
            people=people,
            key=KEY,
            wanted=Wanted(copies=is_whole),
            scratch=scratch,
            searches_text=searches,
        )
        place.mkdir(exist_ok=True)
        ledger = Ledger(place / "ledger.jsonl")
        attempts = Attempts(bench, ledger, Queue(), most=1)
        path = one.path(inputs)
        export = source.export(path, source.fingerprint(path), None)
        attempts.queue.fold(ledger.append(Queued(export=export.digest, kind="zip", size=export.size))[0])
        before, own, began = _cpu(), spending.own_cpu(), time.monotonic()
        for pid in (*spending.workers(), os.getpid()):
            spending.forget_peak(pid)
        end = attempts.ingest(export, lambda _done, _total: None)
        seconds, after = time.monotonic() - began, _cpu()
        cpu = sum(after[pid] - before.get(pid, 0) for pid in after) + spending.own_cpu() - own
        ledger.close()
        assert isinstance(end, Filed), end
        assert end.pictures == one.pictures, end
        workers, readers = (spending.most_memory(pool, os.getpid) for pool in (self.pool, self.reader))
        return Turn(seconds, cpu, _size(place), workers, spending.memory_of(os.getpid()), readers if searches else 0)

    def close(self) -> None:
        for pool in (self.pool, self.scout, self.reader):
            pool.close()


def _cpu() -> dict[int, float]:
    return {pid: spending.cpu_of(pid) for pid in spending.workers()}


def _size(place: Path) -> int:
    return sum(path.stat().st_size for path in place.rglob("*") if path.is_file())


def peer(tool: str, one: Column, place: Path) -> Turn | None:
    """One conversion by another tool; None where it fails or makes no picture of some frame."""
    target = place / "out"
    target.mkdir()
    try:
        if tool == DCMTK:
            return _by_dcmtk(one, place, target)
        program = [str(installed()), "-W", "ignore", str(Path(__file__).with_name("converting.py"))]
        spent, said = spending.of_command([*program, tool, str(one.path(INPUTS)), str(target)])
    except (OSError, subprocess.CalledProcessError):
        return None
    found = json.loads(said.splitlines()[-1])
    return Turn(found["seconds"], spent.cpu, found["bytes"], spent.memory) if found["pictures"] >= one.pictures else None


def _by_dcmtk(one: Column, place: Path, target: Path) -> Turn | None:
    """As a person would: unpack everything, then as many processes as there are cores."""
    began, own = time.monotonic(), spending.own_cpu()
    with zipfile.ZipFile(one.path(INPUTS)) as opened:
        opened.extractall(place / "unpacked")
    unpacking = spending.own_cpu() - own
    window = "" if one.name in ("US clip", "public files") else "+Wi 1"
    program = "dcml2pnm" if one.name == "CT JPEG-LS" else "dcmj2pnm"
    options = f"--write-png --all-frames {window}"
    line = f"ls {place}/unpacked | xargs -P{CORES} -I@ {program} {options} {place}/unpacked/@ {target}/@"
    spent, _ = spending.of_command(["sh", "-c", line])
    seconds, made = time.monotonic() - began, len(list(target.iterdir()))
    return Turn(seconds, spent.cpu + unpacking, _size(target), spent.memory) if made >= one.pictures else None


def measured(columns: list[Column], turns: int) -> dict[str, dict[str, Turn]]:
    """By column and tool, the fastest of its turns; tools take turns, so that a busy minute hits them all."""
    ours, found = Radiary(), {one.name: dict[str, Turn]() for one in columns}
    peers = [*SCRIPTS, *([DCMTK] if shutil.which("dcmj2pnm") else [])]
    try:
        for turn in range(turns + 1):  # the first one warms up
            for one in columns:
                for tool in (PICTURES, INGEST, *(peers if turn else ())):
                    took = _took(ours, tool, one)
                    best = found[one.name].get(tool)
                    if turn and took is not None and (best is None or took.seconds < best.seconds):
                        found[one.name][tool] = took
                print(f"  turn {turn} of {turns}: {one.name}", file=sys.stderr, flush=True)
            _clear()
    finally:
        ours.close()
    return found


def _took(ours: Radiary, tool: str, one: Column) -> Turn | None:
    place = _fresh()
    return ours.ingest(one, place, is_whole=tool == INGEST) if tool in (PICTURES, INGEST) else peer(tool, one, place)


def _fresh() -> Path:
    """A new folder."""
    WORK.mkdir(parents=True, exist_ok=True)
    place = WORK / f"{len(list(WORK.iterdir())):03d}"
    place.mkdir()
    return place


def _clear() -> None:
    shutil.rmtree(WORK, ignore_errors=True)
    os.sync()
    time.sleep(FORGETTING)


def tables(columns: list[Column], found: dict[str, dict[str, Turn]]) -> list[str]:
    """Markdown: a table for every column, its tools by speed against the fastest peer."""
    lines = []
    for one in columns:
        turns = found[one.name]
        fastest = max((turn.rate(one.pictures) for tool, turn in turns.items() if tool not in (PICTURES, INGEST)), default=0)
        lines += ["", f"{one.name}: {one.pictures} pictures", ""]
        lines += ["| tool | pictures/s | CPU ms/picture | peak MB | MB written | × the fastest peer | aim |"]
        lines += ["|---|--:|--:|--:|--:|--:|--:|"]
        aims = {PICTURES: one.alone, INGEST: one.whole}
        for tool in (PICTURES, INGEST, *SCRIPTS, DCMTK):
            if tool not in turns:
                lines.append(f"| {tool} | fails | | | | | |")
                continue
            turn = turns[tool]
            ratio = f"{turn.rate(one.pictures) / fastest:.2f}" if fastest else "alone"
            speed = f"{turn.rate(one.pictures):.1f} | {1000 * turn.cpu / one.pictures:.1f}"
            lines.append(f"| {tool} | {speed} | {_memory(turn)} | {turn.bytes / 1e6:.1f} | {ratio} | {aims.get(tool) or ''} |")
    return [*lines, "", "Peak memory of ours: coordinator + a attempts (+ a reader of text)."]


def _memory(turn: Turn) -> str:
    return " + ".join(f"{size / 1e6:.0f}" for size in (turn.coordinator, turn.memory, turn.reader) if size)


def stages(columns: list[Column]) -> tuple[dict[str, dict[str, float]], list[str]]:
    """Milliseconds a picture by stage of the ingest in one process, and the table of it."""
    found: dict[str, dict[str, float]] = {}
    for one in columns:
        found[one.name] = json.loads(_alone("benchmarks.profiling", str(one.path(INPUTS)), str(_fresh()), str(one.pictures)))
    names = sorted({stage for times in found.values() for stage in times}, key=_by_sum(found))
    lines = ["", f"| ms a picture, one process | {' | '.join(names)} |", f"|---|{'--:|' * len(names)}"]
    lines += [f"| {column} | {' | '.join(f'{times.get(name, 0):.2f}' for name in names)} |" for column, times in found.items()]
    return found, lines


def _by_sum(found: dict[str, dict[str, float]]) -> Callable[[str], float]:
    return lambda name: -sum(times.get(name, 0) for times in found.values())


def _alone(module: str, *arguments: str) -> str:
    """What a module of these says in a process of its own."""
    line = [sys.executable, "-W", "ignore", "-m", module, *arguments]
    return subprocess.run(line, check=True, stdout=subprocess.PIPE, text=True).stdout


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--only", action="append", default=[], help="a column; may be given again")
    arguments = parser.parse_args()
    columns = [one for one in COLUMNS if not arguments.only or one.name in arguments.only]
    _alone("benchmarks.inputs", str(INPUTS))
    installed()
    _clear()
    found = measured(columns, arguments.turns)
    profiles, lines = stages(columns)
    print("\n".join([*tables(columns, found), *lines]))
    result: dict[str, Any] = {"cores": CORES, "turns": arguments.turns, "stages": profiles}
    result["columns"] = {
        one.name: {"pictures": one.pictures, "tools": {t: asdict(r) for t, r in found[one.name].items()}} for one in columns
    }
    (BUILD / "bench.json").write_text(json.dumps(result, indent=1) + "\n")
    shutil.rmtree(WORK, ignore_errors=True)


if __name__ == "__main__":
    main()
