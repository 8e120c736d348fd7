"""`make leaks SEED=…`: everything planted, through the whole service, and nothing of it to be found again.

Prints category × planted × leaked, then text burned into pictures, then what is useful and must have stayed.
"""

import argparse
import random
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from leaks import burned, papers, running, telling, utility
from leaks.burned import Stain
from leaks.making import Planted
from leaks.planting import planted
from leaks.searching import Leak, Searcher
from leaks.utility import Fault
from services import Service, StartedService


@dataclass(frozen=True)
class Findings:
    """What one run brought to light."""

    export: Planted
    files: dict[str, bytes]
    leaks: list[Leak]
    kept: list[Leak]
    stains: list[Stain]
    faults: list[Fault]


def findings(folder: Path, seed: int, size: str, *, kind: type[Service] = StartedService, is_read: bool = True) -> Findings:
    """Plant, run, search; a second run with the same key must give the same pseudonyms."""
    export = planted(seed, size)
    service = running.serve(export, folder / "first", kind)
    files = dict(running.files(folder / "first"))
    written = burned.numbered((name, data) for name, data in files.items() if name.startswith("library/"))
    shelf = ((path.as_posix(), path.read_bytes()) for path in (folder / "first/private").rglob("*") if path.is_file())
    held = set(burned.numbered(shelf))
    searcher = Searcher(export.tokens)
    found = searcher.leaks(files.items())
    loose = {name: data for name, data in files.items() if name.startswith("chronicle/") and name.endswith((".jpg", ".png"))}
    stains = burned.stains(export, written, loose)
    if is_read:
        stains += burned.read_stains(export, written, loose)
    faults = utility.faults(export, written, held, searcher)
    faults += _second(export, folder, utility.pseudonyms(written))
    papers.let_out(service)
    after = searcher.leaks(running.files(folder / "first"))
    found += papers.beyond([leak for leak in after if not leak.token.is_kept])
    faults += papers.untold(after)
    leaks, kept = [leak for leak in found if not leak.token.is_kept], [leak for leak in found if leak.token.is_kept]
    return Findings(export, files, leaks, kept, stains, faults)


def _second(export: Planted, folder: Path, before: dict[int, tuple[str, ...]]) -> list[Fault]:
    """Another library, the same key."""
    key = bytes.fromhex((folder / "first/state/key").read_text())
    with running.bench(folder / "second", key) as bench:
        after = utility.pseudonyms(burned.numbered(running.ingested(export, bench)))
    return [Fault("pseudonyms of a second run", f"object {number}") for number in before if before[number] != after.get(number)]


def told(found: Findings) -> str:
    """The whole report."""
    lines = [telling.table(found.export, [*found.leaks, *found.kept]), ""]
    lines += telling.places(found.leaks, found.files) or ["no token leaked"]
    lines += ["", telling.stained(found.export, found.stains), ""]
    lines += [f"{one.kind}: {one.text} {one.how}: {one.place}" for one in found.stains]
    return "\n".join([*lines, "", *telling.lost(found.faults)])


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seed", type=int, default=None)
    asked.add_argument("--size", choices=("short", "full"), default="full")
    given = asked.parse_args()
    seed = given.seed if given.seed is not None else random.SystemRandom().randrange(10**6)
    print(f"seed {seed}", flush=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as place:
        found = findings(Path(place), seed, given.size)
    print(told(found))
    leaked = sum(telling.counted(found.leaks).values())
    texts = len({(one.kind, one.text) for one in found.stains})
    spent = time.monotonic() - began
    print(f"\nseed {seed}: {leaked} tokens and {texts} burned-in texts leaked, {len(found.faults)} things lost, {spent:.0f} s")
    return 1 if found.leaks or found.stains or found.faults else 0


if __name__ == "__main__":
    sys.exit(main())
