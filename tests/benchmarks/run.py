"""How fast: Radiary beside the tools that people run by hand, turn by turn in one run, on inputs that it makes.

cd tests && python -m benchmarks.run [--turns 3] [--only CT]

Two rows are ours. *Pictures*: zip → PNG of de-identified objects, without copies. *Ingest*: all of it, with
copies, digests, the search for text in pictures, and everything on the disk. The peers convert and do nothing else.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks import inputs, spending
from benchmarks.inputs import Input
from benchmarks.profiling import profile
from conftest import KEY, export_at
from pictures.peers import installed
from radiary.disk.ledger import Ledger
from radiary.disk.library import Library
from radiary.disk.people import People
from radiary.engine import Engine
from radiary.events import Filed, Queued
from radiary.model import Wanted
from radiary.pipeline import Bench
from radiary.process import process
from radiary.queue import Queue
from radiary.worker import Worker

BUILD = Path(__file__).parents[2] / "build"
CORES = len(os.sched_getaffinity(0))
PICTURES, INGEST = "Radiary: pictures", "Radiary: ingest"
SCRIPTS = ("script", "script in 2 processes", "dicom2jpg")
DCMTK = "DCMTK dcmj2pnm"
AIMS = {
    PICTURES: {
        "CT": 3.5,
        "MR": 2.5,
        "mammogram": 2,
        "US clip": 5,
        "CT JPEG-LS": 2,
        "CT JPEG lossless": 2.5,
        "CT JPEG 2000": 1.15,
    },
    INGEST: {"CT": 2, "MR": 2, "mammogram": 1.5, "US clip": 1.5, "CT JPEG-LS": 1.5, "CT JPEG lossless": 1.5, "CT JPEG 2000": 1},
}


@dataclass(frozen=True)
class Turn:
    """One run of one tool over one input."""

    seconds: float
    cpu: float
    memory: int
    bytes: int

    def rate(self, pictures: int) -> float:
        """Pictures a second."""
        return pictures / self.seconds


class Radiary:
    """Pools that stay alive, as the service's do while there is work."""

    def __init__(self) -> None:
        self.engine, self.scout, self.reader = Engine(process, CORES), Engine(process, 1), Engine(process, CORES)

    def ingest(self, one: Input, place: Path, *, is_whole: bool) -> Turn:
        """One export from drop to ledger."""
        homes = Library(place / "library"), Library(place / "private")
        bench = Bench(
            self.engine,
            self.scout,
            self.reader,
            *homes,
            People(place / "people", KEY),
            KEY,
            Wanted(copies=is_whole),
            scratch=place / "scratch",
            looks=is_whole,
        )
        ledger = Ledger(place / "ledger.jsonl")
        worker = Worker(bench, ledger, Queue(), attempts=1)
        export = export_at(one.path)
        worker.queue.fold(ledger.append(Queued(export=export.digest, kind="zip", size=export.size))[0])
        before, own, began = _cpu(), spending.own_cpu(), time.monotonic()
        for pid in spending.workers():
            spending.forget_peak(pid)
        end = worker.ingest(export, lambda _done, _total: None)
        seconds = time.monotonic() - began
        after = _cpu()
        cpu = sum(after[pid] - before.get(pid, 0) for pid in after) + spending.own_cpu() - own
        ledger.close()
        assert isinstance(end, Filed), end
        assert end.pictures == one.pictures, end
        written = sum(path.stat().st_size for path in place.rglob("*") if path.is_file())
        return Turn(seconds, cpu, max(spending.memory_of(pid) for pid in spending.workers()), written)

    def close(self) -> None:
        for engine in (self.engine, self.scout, self.reader):
            engine.close()


def _cpu() -> dict[int, float]:
    return {pid: spending.cpu_of(pid) for pid in spending.workers()}


def peer(tool: str, one: Input, place: Path) -> Turn | None:
    """One conversion by another tool; None where it fails or makes no picture of some frame."""
    target = place / "out"
    target.mkdir()
    try:
        if tool == DCMTK:
            return _by_dcmtk(one, place, target)
        line = [
            str(installed()),
            "-W",
            "ignore",
            str(Path(__file__).with_name("converting.py")),
            tool,
            str(one.path),
            str(target),
        ]
        spent, said = spending.of_command(line)
    except (OSError, subprocess.CalledProcessError):
        return None
    found = json.loads(said.splitlines()[-1])
    return Turn(found["seconds"], spent.cpu, spent.memory, found["bytes"]) if found["pictures"] >= one.pictures else None


def _by_dcmtk(one: Input, place: Path, target: Path) -> Turn | None:
    """As a person would: unpack everything, then as many processes as there are cores."""
    began, own = time.monotonic(), spending.own_cpu()
    with zipfile.ZipFile(one.path) as opened:
        opened.extractall(place / "unpacked")
    unpacking = spending.own_cpu() - own
    line = f"ls {place}/unpacked | xargs -P{CORES} -I@ dcmj2pnm --write-png --all-frames +Wi 1 {place}/unpacked/@ {target}/@"
    plain = line.replace(" +Wi 1", "")
    spent, _ = spending.of_command(["sh", "-c", plain if one.name in ("US clip", "public files") else line])
    made = list(target.iterdir())
    size = sum(path.stat().st_size for path in made)
    return Turn(time.monotonic() - began, spent.cpu + unpacking, spent.memory, size) if len(made) >= one.pictures else None


def measured(columns: list[Input], turns: int) -> dict[str, dict[str, Turn]]:
    """By column and tool, the fastest of its turns; tools take turns, so that a busy minute hits them all."""
    ours, found = Radiary(), {one.name: dict[str, Turn]() for one in columns}
    peers = [*SCRIPTS, *([DCMTK] if shutil.which("dcmj2pnm") else [])]
    try:
        for turn in range(turns + 1):
            for one in columns:
                for tool in (PICTURES, INGEST, *(peers if turn else ())):
                    place = _fresh()
                    own = tool in (PICTURES, INGEST)
                    took = ours.ingest(one, place, is_whole=tool == INGEST) if own else peer(tool, one, place)
                    if (
                        turn
                        and took is not None
                        and (tool not in found[one.name] or took.seconds < found[one.name][tool].seconds)
                    ):
                        found[one.name][tool] = took
                print(f"  turn {turn}: {one.name}", file=sys.stderr, flush=True)
    finally:
        ours.close()
    return found


def _fresh() -> Path:
    place = BUILD / "bench" / "work"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    return place


def tables(columns: list[Input], found: dict[str, dict[str, Turn]]) -> list[str]:
    """Markdown: a table for every column, its tools by speed against the fastest peer."""
    lines = []
    for one in columns:
        turns = found[one.name]
        peers = [turn for tool, turn in turns.items() if tool not in (PICTURES, INGEST)]
        fastest = max((turn.rate(one.pictures) for turn in peers), default=0)
        lines += [
            "",
            f"{one.name}: {one.pictures} pictures",
            "",
            "| tool | pictures/s | CPU ms/picture | peak MB | MB written | × the fastest peer | aim |",
            "|---|--:|--:|--:|--:|--:|--:|",
        ]
        for tool in (PICTURES, INGEST, *SCRIPTS, DCMTK):
            if tool not in turns:
                lines.append(f"| {tool} | fails | | | | | |")
                continue
            turn = turns[tool]
            ratio = f"{turn.rate(one.pictures) / fastest:.2f}" if fastest else "alone"
            aim = AIMS.get(tool, {}).get(one.name, "")
            cells = f"{turn.rate(one.pictures):.1f} | {1000 * turn.cpu / one.pictures:.1f} | {turn.memory / 1e6:.0f}"
            lines.append(f"| {tool} | {cells} | {turn.bytes / 1e6:.1f} | {ratio} | {aim} |")
    return lines


def stages(columns: list[Input]) -> tuple[dict[str, dict[str, float]], list[str]]:
    """Milliseconds a picture by stage of the ingest in one process, and the table of it."""
    found = {}
    for one in columns:
        found[one.name] = profile(one.path, _fresh(), one.pictures)
    names = sorted(
        {stage for times in found.values() for stage in times}, key=lambda name: -sum(t.get(name, 0) for t in found.values())
    )
    lines = ["", f"| ms a picture, one process | {' | '.join(names)} |", f"|---|{'--:|' * len(names)}"]
    lines += [f"| {column} | {' | '.join(f'{times.get(name, 0):.2f}' for name in names)} |" for column, times in found.items()]
    return found, lines


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--only", action="append", default=[], help="a column; may be given again")
    arguments = parser.parse_args()
    columns = [one for one in inputs.made(BUILD / "bench" / "inputs") if not arguments.only or one.name in arguments.only]
    found = measured(columns, arguments.turns)
    profiles, lines = stages(columns)
    print("\n".join([*tables(columns, found), *lines]))
    result = {
        "cores": CORES,
        "turns": arguments.turns,
        "columns": {
            one.name: {"pictures": one.pictures, "tools": {t: asdict(r) for t, r in found[one.name].items()}} for one in columns
        },
        "stages": profiles,
    }
    (BUILD / "bench.json").write_text(json.dumps(result, indent=1) + "\n")
    shutil.rmtree(BUILD / "bench" / "work", ignore_errors=True)


if __name__ == "__main__":
    main()
