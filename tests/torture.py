"""`make torture KILLS=500 SEED=…`: the real service, killed with -9 at random moments while exports of many kinds come in.

Afterwards nothing may be lost, doubled, partial or left in scratch or tray, every export is filed exactly once, the chain
is valid, and no file stands in the library that the ledger does not know.
"""

import argparse
import gzip
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import exports
import odd_archives
from services import StartedService

KINDS = ("zip", "folder", "tar.gz", "nested zip", "loose", "more slices", "same again", "two studies")

_LONGEST = 30
"""Seconds after which a service is killed that has written nothing new."""
_DIGITS = exports.BIRTH_DATE
"""Eight digits turn up by chance in one of some thousand pseudonymous UIDs of 39 digits."""


class Drops:
    """Makes exports and remembers which instances must stand in the end."""

    def __init__(self, downloads: Path, chance: random.Random) -> None:
        self.downloads = downloads
        self.chance = chance
        self.studies = 0
        self.slices: Counter[int] = Counter()
        self.exports = 0
        self.last: bytes = b""

    def drop(self) -> None:
        kind = self.chance.choice(KINDS)
        self.exports += kind != "same again" or not self.last
        name, number = f"Synthetica {self.exports}-{self.chance.random():.6f}", self.chance.randint(2, 14)
        if kind == "same again" and self.last:
            (self.downloads / f"{name}.zip").write_bytes(self.last)
            return
        files = self._files(1 if kind == "loose" else number, grow=kind == "more slices")
        if kind == "two studies":
            files |= self._files(number, grow=False)
        if kind == "folder":
            (self.downloads / name).mkdir()
            for part, data in files.items():
                (self.downloads / name / part.replace("/", " ")).write_bytes(data)
        elif kind == "loose":
            _, data = files.popitem()
            (self.downloads / name).write_bytes(data)
        elif kind == "tar.gz":
            (self.downloads / f"{name}.tar.gz").write_bytes(gzip.compress(odd_archives.tarred(*files.items())))
        else:
            packed = odd_archives.zipped(*files.items())
            self.last = packed = odd_archives.zipped(("inner.zip", packed)) if kind == "nested zip" else packed
            (self.downloads / f"{name}.zip.crdownload").write_bytes(packed)
            (self.downloads / f"{name}.zip.crdownload").rename(self.downloads / f"{name}.zip")

    def _files(self, count: int, *, grow: bool) -> dict[str, bytes]:
        if not grow or not self.studies:
            self.studies += 1
        first = self.slices[self.studies] + 1
        self.slices[self.studies] += count
        return {
            f"DICOM/S{self.studies}/IM{number}": exports.written(_slice(self.studies, number))
            for number in range(first, first + count)
        }


def _slice(study: int, number: int) -> exports.Dataset:
    made = exports.slice_of_ct(number)
    made.StudyInstanceUID = f"{exports.ROOT}.{study}"
    made.SeriesInstanceUID = f"{exports.ROOT}.{study}.1"
    made.SOPInstanceUID = f"{exports.ROOT}.{study}.1.{number}"
    made.StudyDate = f"20{study % 20:02d}0101"  # A date still to come is not believed, and filed as undated.
    return made


def faults(service: StartedService, drops: Drops) -> list[str]:
    """What is not as it has to be."""
    found = []
    filed = Counter(fact["export"] for fact in service.facts("filed"))
    queued = Counter(fact["export"] for fact in service.facts("queued"))
    found += [f"{digest[:12]} was filed {count} times" for digest, count in filed.items() if count != 1]
    found += [f"{digest[:12]} was queued {count} times" for digest, count in queued.items() if count != 1]
    found += [f"{digest[:12]} was lost" for digest in queued if digest not in filed]
    if len(filed) != drops.exports:
        found.append(f"{drops.exports} exports were dropped and {len(filed)} filed")
    verified = service.command("verify")
    if verified.returncode:
        found.append(verified.stdout)
    pictures = len(list((service.folder / "library").glob("2*/*/*/*.png")))
    if pictures != sum(drops.slices.values()):
        found.append(f"{sum(drops.slices.values())} slices were dropped and {pictures} pictures stand")
    for place in (service.folder / "state/scratch", service.folder / "library/.tray", service.folder / "private/.tray"):
        found += [f"{one.relative_to(service.folder)} was left behind" for one in place.rglob("*") if one.is_file()]
    leaks = exports.leaks(*(service.folder / name for name in ("library", "private", "chronicle", "state")))
    return found + [leak for leak in leaks if not leak.startswith(_DIGITS)]


def _end(service: StartedService, chance: random.Random, *, by_fact: bool) -> Callable[[], bool]:
    """Whether it is time to kill: within three seconds, or soon after the next fact of some kind, however late that comes."""
    began, lasts = time.monotonic(), chance.uniform(0, 3)
    if not by_fact:
        return lambda: time.monotonic() - began > lasts
    kind = chance.choice(("queued", "started", "filed", "chronicled"))
    known, comes, soon = len(service.facts(kind)), list[float](), chance.uniform(0, 0.3)

    def is_over() -> bool:
        if not comes and len(service.facts(kind)) > known:
            comes.append(time.monotonic())
        return time.monotonic() - began > _LONGEST or bool(comes and time.monotonic() - comes[0] > soon)

    return is_over


def torture(folder: Path, kills: int, seed: int, after: str) -> list[str]:
    chance = random.Random(seed)
    service = StartedService(folder, workers=2, attempts=100, after=after, **{"quiet-seconds": 0.2, "rescan-seconds": 1})
    drops = Drops(service.downloads, chance)
    for number in range(kills):
        service.start()
        is_over = _end(service, chance, by_fact=number % 2 == 1)
        while not is_over():
            if len(service.facts("queued")) - len(service.facts("filed")) < 3 and chance.random() < 0.2:
                drops.drop()
            time.sleep(0.02)
        service.stop(signal.SIGKILL)
        if (number + 1) % 25 == 0:
            print(f"{number + 1} kills, {drops.exports} exports, {len(service.facts('filed'))} filed", flush=True)
    service.start()
    deadline = time.monotonic() + 900
    while len(service.facts("filed")) < drops.exports and time.monotonic() < deadline:
        time.sleep(0.1)
    time.sleep(2)
    service.stop()
    return faults(service, drops)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--kills", type=int, default=15)
    asked.add_argument("--seed", type=int, default=None)
    asked.add_argument("--after", choices=("keep", "sort", "delete"), default="keep")
    given = asked.parse_args()
    seed = given.seed if given.seed is not None else random.SystemRandom().randrange(10**6)
    print(f"seed {seed}", flush=True)
    with tempfile.TemporaryDirectory() as place:
        found = torture(Path(place), given.kills, seed, given.after)
    print("\n".join(found) or f"{given.kills} kills: nothing lost, doubled, partial or left behind")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
