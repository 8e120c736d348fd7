"""What it costs to wait: passes over folders of other people's files, and intake while a bomb and a backup are looked into.

Beside each pass stands what listing the same folder and asking for every file's size and times costs in the same run.
"""

import os
import sys
import tempfile
import threading
import time
import zipfile
from itertools import pairwise
from pathlib import Path

import psutil

import exports
import odd_archives
from radiary.service.rescans import Rescans
from radiary.watch.inbox import Inbox
from services import StartedService

_FILES = (1_000, 20_000, 100_000)
_BACKUP = 800
"""Megabytes of a backup of photographs."""


def listed(place: Path) -> float:
    """Seconds of the processor for the least that a pass has to do."""
    before = time.process_time()
    with os.scandir(place) as entries:
        for entry in entries:
            entry.stat()
    return time.process_time() - before


def passes(place: Path, count: int) -> None:
    """Print seconds of the processor of an idle pass, and what memory grew by over ten of them."""
    inbox = Inbox([place], quiet=5, ignore=(), own=(), polling=False, wake=threading.Event(), clock=lambda: 0.0)
    inbox.start()
    inbox.scan()
    memory, spent = psutil.Process().memory_info().rss, []
    for _ in range(10):
        before = time.process_time()
        inbox.scan()
        spent.append(time.process_time() - before)
    grown = (psutil.Process().memory_info().rss - memory) / 1e6
    inbox.stop()
    least = min(listed(place) for _ in range(3))
    rescans = Rescans(60)
    rescans.note(0, min(spent))
    every = 60 if rescans.are_due(60) else 120
    spending = (
        f"pass {min(spent) * 1000:7.1f} ms of CPU, {min(spent) / least:4.1f} × listing them, {min(spent) / every:.2%} of a core"
    )
    print(f"{count:>8,} files: {spending} at one every {every} s, {grown:+.1f} MB in ten passes", flush=True)


def intake(folder: Path) -> None:
    """Print how long a small export takes alone, and while a nested bomb and a large backup are looked into."""
    with StartedService(folder, workers=2, **{"quiet-seconds": 0.5}) as service:
        alone = _dropped(service, "alone", study=1)
        (service.downloads / "bomb.zip").write_bytes(_bomb())
        with zipfile.ZipFile(service.downloads / "photos.zip", "w") as backup:
            for number in range(_BACKUP // 4):
                backup.writestr(f"IMG{number}", os.urandom(4 << 20))
        time.sleep(1)
        beside = _dropped(service, "beside", study=2)
    print(f"drop to filed: {alone:.1f} s alone, {beside:.1f} s beside a bomb and {_BACKUP} MB of photographs", flush=True)


def _bomb() -> bytes:
    """27 KB that unpack to 20 GB, two archives deep."""
    inner = odd_archives.zipped(("noughts", bytes(200_000_000)))
    return odd_archives.zipped(*((f"{number}.zip", inner) for number in range(100)))


def _dropped(service: StartedService, name: str, study: int) -> float:
    filed = len(service.facts("filed"))
    exports.zipped(service.downloads / f"{name}.zip", exports.ct_files(5, study=study))
    began = time.monotonic()
    service.wait(lambda: len(service.facts("filed")) > filed)
    return time.monotonic() - began


def main() -> int:
    with tempfile.TemporaryDirectory() as place:
        root = Path(place) / "downloads"
        root.mkdir()
        for fewer, count in pairwise((0, *_FILES)):
            for number in range(fewer, count):
                (root / f"{number}.txt").write_bytes(b"x")
            passes(root, count)
    with tempfile.TemporaryDirectory() as place:
        intake(Path(place))
    return 0


if __name__ == "__main__":
    sys.exit(main())
