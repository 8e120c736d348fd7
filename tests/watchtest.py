"""`make watchtest`: what a downloads folder goes through, against the real watcher; every file found, none taken early."""

import mmap
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import exports
from radiary.watch.inbox import Inbox

QUIET = 0.6
PATIENCE = 120


class Watcher:
    """The inbox as the service drives it: events wake, scans decide. Notes when each thing was taken, and how large it was."""

    def __init__(self, *roots: Path, polling: bool = False) -> None:
        self.wake, self.stop = threading.Event(), threading.Event()
        self.taken: dict[str, tuple[float, int]] = {}
        self.inbox = Inbox(roots, quiet=QUIET, ignore=(), own=(), polling=polling, wake=self.wake, clock=time.monotonic)
        self.inbox.start()
        self.thread = threading.Thread(target=self._live)
        self.thread.start()

    def _live(self) -> None:
        while not self.stop.is_set():
            self.wake.clear()
            found = self.inbox.scan()
            for one in found.ready:
                self.taken[one.path.name] = time.monotonic(), sum(row[2] for row in one.fingerprint)
                self.inbox.taken(one)
            self.wake.wait(QUIET / 4 if found.arriving else 1)
            self.stop.wait(0.1)

    def has(self, names: set[str]) -> bool:
        deadline = time.monotonic() + PATIENCE
        while not names <= set(self.taken) and time.monotonic() < deadline:
            time.sleep(0.05)
        return names <= set(self.taken)

    def end(self) -> None:
        self.stop.set()
        self.wake.set()
        self.thread.join()
        self.inbox.stop()


@contextmanager
def watching(root: Path, **options: bool) -> Iterator[Watcher]:
    made = Watcher(root, **options)
    try:
        yield made
    finally:
        made.end()


IMAGE = exports.written(exports.slice_of_ct())


def burst(root: Path) -> bool:
    with watching(root) as watcher:
        for number in range(20_000):
            (root / f"IM{number}").write_bytes(IMAGE[:200])
        return watcher.has({f"IM{number}" for number in range(20_000)})


def _tree(place: Path) -> Path:
    for number in range(1000):
        folder = place / f"S{number // 100}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"IM{number}").write_bytes(IMAGE)
    return place


def moved_tree(root: Path) -> bool:
    made = _tree(root.parent / "made")
    with watching(root) as watcher:
        made.rename(root / "cd")
        return watcher.has({"cd"}) and watcher.taken["cd"][1] == 1000 * len(IMAGE)


def copied_tree(root: Path) -> bool:
    made = _tree(root.parent / "made")
    with watching(root) as watcher:
        subprocess.run(["cp", "-r", str(made), str(root / "cd")], check=True)
        return watcher.has({"cd"}) and watcher.taken["cd"][1] == 1000 * len(IMAGE)


def chromium(root: Path) -> bool:
    with watching(root) as watcher:
        partial = exports.zipped(root / "a.zip.crdownload", exports.ct_files(3))
        time.sleep(3 * QUIET)
        early = bool(watcher.taken)
        partial.rename(root / "a.zip")
        return watcher.has({"a.zip"}) and not early


def firefox(root: Path) -> bool:
    with watching(root) as watcher:
        (root / "a.zip").touch()
        partial = exports.zipped(root / "a.zip.part", exports.ct_files(3))
        time.sleep(3 * QUIET)
        early = bool(watcher.taken)
        partial.replace(root / "a.zip")
        return watcher.has({"a.zip"}) and not early


def slow(root: Path) -> bool:
    whole = exports.zipped(root.parent / "whole.zip", exports.ct_files(8)).read_bytes()
    with watching(root) as watcher:
        with (root / "a.zip").open("wb") as file:
            for start in range(0, len(whole), len(whole) // 6 + 1):
                file.write(whole[start : start + len(whole) // 6 + 1])
                file.flush()
                time.sleep(1.5 * QUIET if start else 0.1)
        return watcher.has({"a.zip"}) and watcher.taken["a.zip"][1] == len(whole)


def reopened(root: Path) -> bool:
    """Closed after every piece, and stalled longer than the quiet period: only the missing end tells."""
    whole = exports.zipped(root.parent / "whole.zip", exports.ct_files(8)).read_bytes()
    with watching(root) as watcher:
        for start in range(0, len(whole), len(whole) // 5 + 1):
            with (root / "a.zip").open("ab") as file:
                file.write(whole[start : start + len(whole) // 5 + 1])
            time.sleep(2 * QUIET)
        return watcher.has({"a.zip"}) and watcher.taken["a.zip"][1] == len(whole)


def mapped(root: Path) -> bool:
    with watching(root) as watcher:
        path = root / "IM1"
        path.write_bytes(IMAGE)
        with path.open("r+b") as file, mmap.mmap(file.fileno(), 0) as memory:
            time.sleep(3 * QUIET)
            early = bool(watcher.taken)
            memory[-1] = 1
            done = time.monotonic()
        return watcher.has({"IM1"}) and not early and watcher.taken["IM1"][0] >= done


def already_there(root: Path) -> bool:
    names = {f"{number}.zip" for number in range(40)}
    stop = threading.Event()

    def drop() -> None:
        for name in sorted(names):
            exports.zipped(root / name, exports.ct_files(1))
            stop.wait(0.01)

    dropper = threading.Thread(target=drop)
    dropper.start()
    time.sleep(0.1)
    with watching(root) as watcher:
        dropper.join()
        return watcher.has(names)


def recreated(root: Path) -> bool:
    with watching(root) as watcher:
        exports.zipped(root / "a.zip", exports.ct_files(1))
        first = watcher.has({"a.zip"})
        shutil.rmtree(root)
        root.mkdir()
        exports.zipped(root / "b.zip", exports.ct_files(1))
        return first and watcher.has({"b.zip"})


def renamed(root: Path) -> bool:
    with watching(root) as watcher:
        time.sleep(QUIET)
        root.rename(root.with_name("elsewhere"))
        time.sleep(2 * QUIET)
        root.mkdir()
        exports.zipped(root / "a.zip", exports.ct_files(1))
        return watcher.has({"a.zip"})


def mounted_over(root: Path) -> bool:
    if os.geteuid() != 0:
        return recreated(root)
    with watching(root) as watcher:
        exports.zipped(root / "a.zip", exports.ct_files(1))
        first = watcher.has({"a.zip"})
        subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(root)], check=True)
        try:
            exports.zipped(root / "b.zip", exports.ct_files(1))
            over = watcher.has({"b.zip"})
        finally:
            watcher.end()
            subprocess.run(["umount", str(root)], check=True)
    with watching(root) as again:
        exports.zipped(root / "c.zip", exports.ct_files(1))
        return first and over and again.has({"c.zip"})


def linked(root: Path) -> bool:
    (root.parent / "link").symlink_to(root)
    with watching(root.parent / "link") as watcher:
        time.sleep(QUIET)
        exports.zipped(root / "a.zip", exports.ct_files(1))
        return watcher.has({"a.zip"})


def handler_error(root: Path) -> bool:
    """The observer's thread is killed by an error: only scans are left."""
    with watching(root) as watcher:
        time.sleep(QUIET)

        def fails(*_: object) -> None:
            raise RuntimeError("handler error")

        threading.excepthook = lambda _failed: None
        watcher.inbox._observer.dispatch_events = fails  # type: ignore[method-assign]
        exports.zipped(root / "a.zip", exports.ct_files(1))
        return watcher.has({"a.zip"})


def no_inotify(root: Path) -> bool:
    from radiary.watch import inbox

    def spent(*_: object, **__: object) -> None:
        raise OSError(24, "inotify instance limit reached")

    real, inbox.Observer = inbox.Observer, spent  # type: ignore[assignment,misc]
    try:
        with watching(root) as watcher:
            exports.zipped(root / "a.zip", exports.ct_files(1))
            return watcher.has({"a.zip"})
    finally:
        inbox.Observer = real  # type: ignore[misc]


SCENARIOS: list[Callable[[Path], bool]] = [
    burst, moved_tree, copied_tree, chromium, firefox, slow, reopened, mapped, already_there, recreated, renamed, mounted_over,
    linked, handler_error, no_inotify,
]  # fmt: skip


def main(chosen: list[str]) -> int:
    bad = 0
    for scenario in SCENARIOS:
        if chosen and scenario.__name__ not in chosen:
            continue
        with tempfile.TemporaryDirectory() as place:
            root = Path(place) / "downloads"
            root.mkdir()
            began = time.monotonic()
            is_good = scenario(root)
            bad += not is_good
            print(f"{'ok' if is_good else 'FAILED':7} {time.monotonic() - began:6.1f} s  {scenario.__name__}", flush=True)
    print(f"{len(SCENARIOS) - bad} passed, {bad} failed")
    return bad


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
