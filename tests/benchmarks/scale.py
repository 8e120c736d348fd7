"""What grows with what is there already: ingest, ledger, status, chronicle, start and replay, at 10, 1,000 and 10,000 exports.

cd tests && python -m benchmarks.scale [--largest 10000]

Each row is one piece of work on a library of that size, in milliseconds; the exponent is that of its growth over the last
tenfold: 0 does not grow, 1 grows as the library does.
"""

import argparse
import contextlib
import json
import math
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks import shelves, spending
from radiary.service import wiring
from radiary.settings import Settings
from radiary.state import ledger
from radiary.state.folder import State
from radiary.state.queue import folded
from services import StartedService

BUILD = Path(__file__).parents[2] / "build"
WORK = BUILD / "scale"
TIMES, IDLE, QUIET = 3, 20, 0.5
"""Turns of each piece of work; seconds for which the idle service is watched; its quiet period in seconds."""


def settings_in(place: Path) -> Settings:
    """A house of its own."""
    (place / "downloads").mkdir(parents=True, exist_ok=True)
    names = ("library", "private", "chronicle", "state")
    return Settings(watch=(place / "downloads",), **{name: place / name for name in names}, workers=2)


_IDLE_SHARE = 0.02
"""Of a core: less is waiting."""


def milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)


def measured(settings: Settings) -> dict[str, float]:
    """The best of some times for each piece of work."""
    found: dict[str, list[float]] = {}
    service = StartedService(settings.library.parent, workers=2, **{"quiet-seconds": QUIET})

    def note(what: str, value: float) -> None:
        found.setdefault(what, []).append(value)

    for turn in range(TIMES):
        began = time.perf_counter()
        with wiring.started(settings) as opened:
            note("open: lock and replay", 1000 * (time.perf_counter() - began))
            note("chronicle, after a start" if turn else "chronicle from nothing", milliseconds(opened.chronicle))
            opened.bench.pool.call(os.getpid)
            export = shelves.queued(opened.ledger, opened.queue, shelves.one_more(settings.watch[0], turn))
            queued = opened.queue.exports[export.digest].last
            note("append one event", milliseconds(partial(opened.ledger.append, queued)))
            note("ingest of 10 slices", milliseconds(partial(opened.attempts.ingest, export, lambda _done, _total: None)))
            note("chronicle after it", milliseconds(opened.chronicle))
            assert opened.queue.exports[export.digest].conclusion is not None
        note("status", milliseconds(lambda: service.command("status")))
        note("status --json", milliseconds(lambda: service.command("status", "--json")))
    return {what: min(values) for what, values in found.items()} | _served(service)


def _served(service: StartedService) -> dict[str, float]:
    """The service: how long to its readiness, what it takes while it waits, and how soon a dropped export is filed."""
    ready = milliseconds(service.start)
    with service_stopped(service):
        assert service.process is not None
        _until_idle(service.process.pid)
        before = spending.cpu_of(service.process.pid)
        time.sleep(IDLE)
        share = (spending.cpu_of(service.process.pid) - before) / IDLE
        memory = spending.memory_of(service.process.pid, "VmRSS")
        ledger = service.folder / "state/ledger.jsonl"
        known = ledger.stat().st_size
        shelves.one_more(service.downloads, 99)
        filed = milliseconds(lambda: service.wait(lambda: _has_filed(ledger, known)))
    return {
        "service ready": ready,
        "dropped → filed, behind the quiet period": filed - 1000 * QUIET,
        "idle: % of a core": 100 * share,
        "idle: MB": memory / 1e6,
    }


def _has_filed(ledger: Path, start: int) -> bool:
    """Whether an export was filed behind an offset: a long ledger takes too long to read over and over."""
    with ledger.open("rb") as file:
        file.seek(start)
        return b'"type":"filed"' in file.read()


def _until_idle(pid: int) -> None:
    """Five seconds, and until the chronicle is written, which a start begins with: no more than a minute."""
    spent, deadline = -1.0, time.monotonic() + 60
    while time.monotonic() < deadline and spending.cpu_of(pid) - spent > _IDLE_SHARE * 5:
        spent = spending.cpu_of(pid)
        time.sleep(5)


@contextlib.contextmanager
def service_stopped(service: StartedService) -> Iterator[None]:
    """The service is ended, whatever happens."""
    try:
        yield
    finally:
        service.stop()


def replayed(count: int) -> dict[str, float]:
    """Folding a ledger of so many events."""
    place = WORK / f"replay-{count}"
    place.mkdir(parents=True)
    state = State(place)
    shelves.ledger_of(state.ledger, count)
    return {
        "fold": milliseconds(lambda: folded(ledger.read(state.ledger))),
        "verify the chain": milliseconds(lambda: ledger.faults(state.ledger)),
    }


def table(rows: dict[int, dict[str, float]], what: str) -> list[str]:
    sizes = sorted(rows)
    lines = ["", f"| {what} | {' | '.join(f'{size:,}' for size in sizes)} | exponent |", f"|---|{'--:|' * (len(sizes) + 1)}"]
    for name in rows[sizes[-1]]:
        values = [rows[size][name] for size in sizes]
        growth = math.log(max(values[-1], 1e-3) / max(values[-2], 1e-3), sizes[-1] / sizes[-2])
        lines.append(f"| {name} | {' | '.join(f'{value:,.1f}' for value in values)} | {growth:.2f} |")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--largest", type=int, default=10_000, help="exports in the largest library")
    arguments = parser.parse_args()
    shutil.rmtree(WORK, ignore_errors=True)
    sizes = [size for size in (10, 1_000, 10_000) if size <= arguments.largest]
    rows = {}
    for size in sizes:
        settings = settings_in(WORK / str(size))
        shelves.filled(settings, size)
        rows[size] = measured(settings)
        print(f"  {size} exports done", file=sys.stderr, flush=True)
    replays = {count: replayed(count) for count in (100_000, 1_000_000) if count <= 100 * arguments.largest}
    print("\n".join([*table(rows, "ms, exports in the library"), *(table(replays, "ms, events") if len(replays) > 1 else [])]))
    (BUILD / "bench-scale.json").write_text(json.dumps({"exports": rows, "events": replays}, indent=1) + "\n")
    shutil.rmtree(WORK)


if __name__ == "__main__":
    main()
