"""`make evening`: an evening in the life of a downloads folder, with everything that goes wrong in one.

Thirty downloads, hers and others', hostile, locked, nested and partial, while the library is unplugged twice, its disk is full
for a while, the clock goes back two hours and the service is killed three times. At the end every good image is filed once,
every other thing is explained or left alone, the ledger is small, and waiting has cost next to nothing.
"""

import argparse
import contextlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pyzipper

import exports
import odd_archives
from services import StartedService

FAKETIME = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1")
LEDGER = 1 << 20
"""Bytes that the ledger may have in the end."""
WAITING = 0.01
"""Share of a core that waiting may cost."""


class Evening:
    """What is dropped, and what has to become of it: images by study, and how many of what is told."""

    def __init__(self, downloads: Path, megabytes: int, chance: random.Random) -> None:
        self.downloads = downloads
        self.images = 0
        self.told = 0
        self._chance = chance
        self._study = 0
        self._noise = chance.randbytes(max(1000, megabytes * 1_000_000 // 15 // 40))
        """Each good export has 40 images or so, half of them padded with this: zips of random bytes do not shrink."""

    def hers(self, name: str, kind: str) -> None:
        files = self._images(40)
        path = self.downloads / (name.replace(".zip", ".tar.gz") if kind == "tar.gz" else name)
        if kind == "folder":
            for part, data in files.items():
                (path / part).parent.mkdir(parents=True, exist_ok=True)
                (path / part).write_bytes(data)
        elif kind == "tar.gz":
            odd = odd_archives.tarred(*files.items())
            path.write_bytes(odd_archives.gzipped(odd) if hasattr(odd_archives, "gzipped") else odd)
        elif kind == "nested":
            path.write_bytes(odd_archives.zipped(("disc/inner.zip", odd_archives.zipped(*files.items())), ("readme.txt", b"x")))
        else:
            exports.zipped(path, files)

    def _images(self, count: int) -> dict[str, bytes]:
        self._study += 1
        self.images += count
        made = {}
        for number in range(1, count + 1):
            one = exports.slice_of_ct(number)
            one.StudyInstanceUID = f"{exports.ROOT}.{self._study}"
            one.SeriesInstanceUID = f"{exports.ROOT}.{self._study}.1"
            one.SOPInstanceUID = f"{exports.ROOT}.{self._study}.1.{number}"
            one.StudyDate = f"2024{self._study % 12 + 1:02d}01"
            made[f"DICOM/S{self._study}/IM{number}"] = exports.written(one)
        made[f"VIEWER/S{self._study}.bin"] = self._noise * 20
        return made

    def others(self) -> None:
        """Nothing may become of these, and nothing be said of them."""
        for number in range(3):
            exports.zipped(self.downloads / f"holiday {number}.zip", {f"IMG_{n}.jpg": self._noise for n in range(10)})
        (self.downloads / "page.zip").write_text("<html>")
        (self.downloads / "game.zip").write_bytes(odd_archives.zipped(("game.bin", self._noise))[:-40])
        (self.downloads / "bomb.zip").write_bytes(odd_archives.zipped(("noughts.txt", bytes(200_000_000))))
        with pyzipper.AESZipFile(self.downloads / "statement.zip", "w", encryption=pyzipper.WZ_AES) as locked:
            locked.setpassword(b"x")
            locked.writestr("2024.pdf", "%PDF")
        (self.downloads / "letter.pdf").write_bytes(b"%PDF")

    def in_need(self) -> None:
        """Hers, but something has to be done about them: each is told once."""
        with pyzipper.AESZipFile(self.downloads / "locked.zip", "w", encryption=pyzipper.WZ_AES) as locked:
            locked.setpassword(b"geheim")
            locked.writestr("DICOM/IM1", exports.written(exports.slice_of_ct()))
        files = {"raw": exports.written(exports.dataset(sop_class=exports.RAW))}
        exports.zipped(self.downloads / "no pictures.zip", files)
        self.told += 2

    def arriving(self) -> None:
        """Not complete, and never taken for it."""
        whole = exports.zipped(self.downloads.parent / "whole.zip", exports.ct_files(20)).read_bytes()
        (self.downloads / "later.zip.crdownload").write_bytes(whole)
        (self.downloads / "soon.zip").touch()
        (self.downloads / "soon.Kx8sPdoe.zip.part").write_bytes(whole[:5000])
        (self.downloads / "paused.zip").write_bytes(whole)
        (self.downloads / "paused.zip.aria2").write_bytes(b"x")


@contextmanager
def disk(place: Path, megabytes: int) -> Iterator[None]:
    """A disk of its own, if we may make one."""
    place.mkdir()
    is_mounted = os.geteuid() == 0
    if is_mounted:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(place)], check=True)
    try:
        yield
    finally:
        if is_mounted:
            subprocess.run(["umount", "-l", str(place)], check=True)


def cpu(service: StartedService) -> float:
    """Seconds of the processor that the service and its workers have used, those that ended included."""
    assert service.process is not None
    main = psutil.Process(service.process.pid)
    return sum(sum(one.cpu_times()[:4]) for one in (main, *main.children(recursive=True)))


def waited(service: StartedService, seconds: float) -> float:
    """The share of a core that so many seconds cost, once what is under way has ended."""
    time.sleep(8)
    before = cpu(service)
    time.sleep(seconds)
    return (cpu(service) - before) / seconds


def lived(place: Path, megabytes: int, chance: random.Random) -> list[str]:
    """What is not as it has to be."""
    folder, found = place / "home", list[str]()
    folder.mkdir()
    with disk(place / "disk", 400 + 2 * megabytes):
        service = StartedService(folder, workers=2, library=place / "disk/library", **{"quiet-seconds": 0.5, "rescan-seconds": 2})
        clock, environment = place / "clock", dict[str, str]()
        clock.write_text("+0")
        if FAKETIME.exists():
            environment = {"LD_PRELOAD": str(FAKETIME), "FAKETIME_TIMESTAMP_FILE": str(clock), "FAKETIME_NO_CACHE": "1",
                           "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1"}  # fmt: skip
        evening = Evening(service.downloads, megabytes, chance)
        service.start()
        evening.others()
        for number in range(4):
            evening.hers(f"first {number}.zip", "zip")
        evening.in_need()
        service.wait_for("filed", 2)
        service.stop(9)
        service.start()
        found += _unplugged(service, evening, place, "second")
        service.stop(9)
        service.start(**environment)
        clock.write_text("-2h")
        evening.hers("in the past.zip", "tar.gz")
        filed = len(service.facts("filed"))
        service.wait(lambda: len(service.facts("filed")) > filed)
        service.stop(9)
        service.start()
        found += _full(service, evening, place)
        found += _unplugged(service, evening, place, "third")
        evening.arriving()
        service.wait(lambda: not _pending(service))
        time.sleep(8)
        share = waited(service, 20)
        found += [f"waiting for nothing cost {share:.1%} of a core"] if share > WAITING else []
        service.stop()
        return found + _faults(service, evening, place / "disk/library")


def _pending(service: StartedService) -> bool:
    ends = {}
    for fact in service.facts():
        if "export" in fact and fact["type"] != "put-away":
            ends[fact["export"]] = fact["type"]
    done = [kind for kind in ends.values() if kind in ("filed", "rejected", "waiting", "superseded")]
    return len(done) < len(ends) or ends == {} or len([kind for kind in ends.values() if kind == "filed"]) < 15


def _unplugged(service: StartedService, evening: Evening, place: Path, name: str) -> list[str]:
    """The library goes while exports come, for half a minute, and comes back."""
    (place / "disk/library").rename(place / "disk/away")
    known = len(service.facts())
    for number, kind in enumerate(("zip", "nested", "folder")):
        evening.hers(f"{name} {number}.zip" if kind != "folder" else f"{name} folder", kind)
    service.wait(lambda: service.pulse().get("paused") == "library-offline" and not service.pulse().get("working"))
    share = waited(service, 20)
    facts = len(service.facts()) - known
    (place / "disk/away").rename(place / "disk/library")
    print(f"unplugged: {facts} facts, {share:.2%} of a core", flush=True)
    return [f"{facts} facts while the library was away"] * (facts > 12) + [
        f"waiting for the library cost {share:.1%} of a core"
    ] * (share > WAITING)


def _full(service: StartedService, evening: Evening, place: Path) -> list[str]:
    """The disk is full for a minute."""
    if os.geteuid() != 0:
        print("the disk was not filled: only root may make one", flush=True)
        return []
    service.wait(lambda: not service.pulse().get("working") and not service.pulse().get("paused"))
    print(shutil.disk_usage(place / "disk"), flush=True)
    with contextlib.suppress(OSError), (place / "disk/ballast").open("wb") as ballast:
        while True:
            ballast.write(bytes(1 << 20))
            ballast.flush()
    known = len(service.facts())
    for number in range(4):
        evening.hers(f"full {number}.zip", "zip")
    service.wait(lambda: service.pulse().get("paused") == "library-full" and not service.pulse().get("working"))
    share = waited(service, 50)
    facts = len(service.facts()) - known
    (place / "disk/ballast").unlink()
    kinds = Counter((fact["type"], fact.get("reason", "")) for fact in service.facts()[known:])
    print(f"full: {facts} facts, {share:.2%} of a core, {dict(kinds)}", flush=True)
    return [f"{facts} facts while the disk was full"] * (facts > 20) + [f"waiting for room cost {share:.1%} of a core"] * (
        share > WAITING
    )


def _faults(service: StartedService, evening: Evening, library: Path) -> list[str]:
    found = []
    pictures = len(list(library.glob("2*/*/*/*.png")))
    if pictures != evening.images:
        found.append(f"{evening.images} images were dropped and {pictures} pictures stand")
    filed = [fact["export"] for fact in service.facts("filed")]
    found += [f"{len(filed) - len(set(filed))} exports were filed twice"] * (len(filed) != len(set(filed)))
    told = {fact["export"] for fact in service.facts() if fact["type"] in ("rejected", "waiting", "ignored")}
    found += [f"{len(told)} exports were told of, where {evening.told} are to be"] * (len(told) != evening.told)
    size = (service.folder / "state/ledger.jsonl").stat().st_size
    print(f"{pictures} pictures, {len(filed)} exports filed, {len(told)} told of, ledger {size:,} bytes", flush=True)
    found += [f"the ledger has {size:,} bytes"] * (size > LEDGER)
    verified = service.command("verify")
    return found + [verified.stdout] * bool(verified.returncode)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--megabytes", type=int, default=2000)
    asked.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    given = asked.parse_args()
    print(f"seed {given.seed}", flush=True)
    with tempfile.TemporaryDirectory() as place:
        found = lived(Path(place), given.megabytes, random.Random(given.seed))
    print("\n".join(found) or "every good image filed once, everything else explained or left alone")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
