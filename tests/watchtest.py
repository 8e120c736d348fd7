"""`make watchtest`: what a downloads folder goes through, against the real watcher; every file found, none taken early."""

import mmap
import os
import shutil
import signal
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
                self.taken[one.path.name] = time.monotonic(), sum(row[0] for row in one.fingerprint)
                self.inbox.taken(one)
            waits = [seconds for seconds in (found.again, QUIET / 4 if found.arriving else None, 1.0) if seconds is not None]
            self.wake.wait(min(waits))
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
        watcher.inbox._listening._observer.dispatch_events = fails  # type: ignore[method-assign]
        exports.zipped(root / "a.zip", exports.ct_files(1))
        return watcher.has({"a.zip"})


def no_inotify(root: Path) -> bool:
    from radiary.watch import listening

    def spent(*_: object, **__: object) -> None:
        raise OSError(24, "inotify instance limit reached")

    real, listening.Observer = listening.Observer, spent  # type: ignore[assignment,misc]
    try:
        with watching(root) as watcher:
            exports.zipped(root / "a.zip", exports.ct_files(1))
            return watcher.has({"a.zip"})
    finally:
        listening.Observer = real  # type: ignore[misc]


def firefox_random(root: Path) -> bool:
    """Since Firefox 98: an empty file of the final name, and another name for what grows."""
    with watching(root) as watcher:
        (root / "a.zip").touch()
        partial = exports.zipped(root / "a.Kx8sPdoe.zip.part", exports.ct_files(3))
        time.sleep(12 * QUIET)
        early = bool(watcher.taken)
        partial.replace(root / "a.zip")
        return watcher.has({"a.zip"}) and not early


def aria2(root: Path) -> bool:
    """Paused: both ends of the file are there, a hole is in it, and the program's own file stands beside it."""
    whole = exports.zipped(root.parent / "whole.zip", exports.ct_files(8)).read_bytes()
    with watching(root) as watcher:
        (root / "a.zip.aria2").write_bytes(b"c")
        (root / "a.zip").write_bytes(whole[:3000] + bytes(len(whole) - 6000) + whole[-3000:])
        time.sleep(12 * QUIET)
        early = bool(watcher.taken)
        (root / "a.zip").write_bytes(whole)
        (root / "a.zip.aria2").unlink()
        return watcher.has({"a.zip"}) and not early


def safari(root: Path) -> bool:
    with watching(root) as watcher:
        (root / "a.zip.download").mkdir()
        inside = exports.zipped(root / "a.zip.download/a.zip", exports.ct_files(3))
        time.sleep(12 * QUIET)
        early = bool(watcher.taken)
        inside.rename(root / "a.zip")
        shutil.rmtree(root / "a.zip.download")
        return watcher.has({"a.zip"}) and not early


def icloud(root: Path) -> bool:
    with watching(root) as watcher:
        (root / ".a.zip.icloud").write_bytes(b"bplist00")
        time.sleep(3 * QUIET)
        early = bool(watcher.taken)
        (root / ".a.zip.icloud").unlink()
        exports.zipped(root / "a.zip", exports.ct_files(1))
        return watcher.has({"a.zip"}) and not early


def half_for_long(root: Path) -> bool:
    whole = exports.zipped(root.parent / "whole.zip", exports.ct_files(8)).read_bytes()
    with watching(root) as watcher:
        (root / "a.zip").write_bytes(whole[: len(whole) // 2])
        time.sleep(7 * QUIET)
        early = bool(watcher.taken)
        (root / "a.zip").write_bytes(whole)
        return watcher.has({"a.zip"}) and not early and watcher.taken["a.zip"][1] == len(whole)


def zeros(root: Path) -> bool:
    """Room is set aside for the whole file first."""
    whole = exports.zipped(root.parent / "whole.zip", exports.ct_files(8)).read_bytes()
    with watching(root) as watcher:
        (root / "a.zip").write_bytes(bytes(len(whole)))
        time.sleep(7 * QUIET)
        early = bool(watcher.taken)
        (root / "a.zip").write_bytes(whole)
        return watcher.has({"a.zip"}) and not early


def paused_unpacking(root: Path) -> bool:
    with watching(root) as watcher:
        (root / "cd").mkdir()
        for number in range(4):
            (root / f"cd/IM{number}").write_bytes(IMAGE)
            time.sleep(5 * QUIET if number == 1 else 0.2)
        return watcher.has({"cd"}) and watcher.taken["cd"][1] == 4 * len(IMAGE)


def unpacking_may_go_on(root: Path) -> bool:
    """A folder is not to be moved for a while after it was taken, nor while a partial file of its name stands beside it."""
    with watching(root) as watcher:
        (root.parent / "cd").mkdir()
        (root.parent / "cd/IM1").write_bytes(IMAGE)
        (root.parent / "cd").rename(root / "cd")
        exports.zipped(root / "a.zip", exports.ct_files(1))
        if not watcher.has({"cd", "a.zip"}):
            return False
        soon = watcher.inbox.may_be_moved(root / "cd")
        (root / "a.zip.part").touch()
        return not soon and not watcher.inbox.may_be_moved(root / "a.zip")


def open_elsewhere(root: Path) -> bool:
    """Another program reads what was taken: it is not to be moved before that program has let go of it."""
    path = exports.zipped(root / "a.zip", exports.ct_files(1))
    reading = f"exec 3<'{path}'; echo $$; exec sleep 600"
    with watching(root) as watcher:
        shell = subprocess.Popen(["setsid", "-f", "sh", "-c", reading], stdout=subprocess.PIPE, start_new_session=True)
        assert shell.stdout is not None
        pid = int(shell.stdout.readline())
        held = watcher.has({"a.zip"}) and not watcher.inbox.may_be_moved(path)
        os.kill(pid, signal.SIGKILL)
        deadline = time.monotonic() + PATIENCE
        while not watcher.inbox.may_be_moved(path) and time.monotonic() < deadline:
            time.sleep(0.5)
        shell.stdout.close()
        shell.wait()
        return held and watcher.inbox.may_be_moved(path)


def no_leases(root: Path) -> bool:
    """A network file system refuses every lease: size and time decide."""
    from radiary.watch import writers

    real, writers._refuses_lease = writers._refuses_lease, lambda *_: True
    try:
        with watching(root) as watcher:
            exports.zipped(root / "a.zip", exports.ct_files(1))
            return watcher.has({"a.zip"})
    finally:
        writers._refuses_lease = real


def linked_archive(root: Path) -> bool:
    with watching(root) as watcher:
        (root / "a.zip").symlink_to(exports.zipped(root.parent / "elsewhere.zip", exports.ct_files(1)))
        return watcher.has({"a.zip"})


def replaced(root: Path) -> bool:
    """Another download takes the place of one that was taken."""
    with watching(root) as watcher:
        exports.zipped(root / "a.zip", exports.ct_files(1))
        first = watcher.has({"a.zip"})
        watcher.taken.clear()
        exports.zipped(root.parent / "b.zip", exports.ct_files(3)).replace(root / "a.zip")
        return first and watcher.has({"a.zip"}) and watcher.taken["a.zip"][1] == (root / "a.zip").stat().st_size


def away_and_back(root: Path) -> bool:
    """What was taken is not taken again when its folder comes back."""
    with watching(root) as watcher:
        exports.zipped(root / "a.zip", exports.ct_files(1))
        first = watcher.has({"a.zip"})
        root.rename(root.with_name("elsewhere"))
        time.sleep(3)
        watcher.taken.clear()
        root.with_name("elsewhere").rename(root)
        exports.zipped(root / "b.zip", exports.ct_files(1))
        return first and watcher.has({"b.zip"}) and set(watcher.taken) == {"b.zip"}


def one_root_missing(root: Path) -> bool:
    watcher = Watcher(root.with_name("missing"), root)
    try:
        exports.zipped(root / "a.zip", exports.ct_files(1))
        return watcher.has({"a.zip"}) and watcher.inbox.scan().away == {0: "folder-missing"}
    finally:
        watcher.end()


def a_set_in_parts(root: Path) -> bool:
    whole = exports.zipped(root.parent / "whole.zip", exports.ct_files(8)).read_bytes()
    with watching(root) as watcher:
        for number in range(3):
            (root / f"a.zip.{number + 1:03d}").write_bytes(whole[number * 4000 : (number + 1) * 4000 if number < 2 else None])
            time.sleep(4 * QUIET)
        return watcher.has({"a.zip.001"}) and watcher.taken["a.zip.001"][1] == len(whole) and len(watcher.taken) == 1


def _listing(root: Path) -> float:
    """Seconds of the processor for the least that a scan has to do, on this machine and under its present load."""
    before = time.thread_time()
    with os.scandir(root) as entries:
        for entry in entries:
            entry.stat()
    return time.thread_time() - before


def among_many(root: Path) -> bool:
    """20,000 files of other kinds: a scan of them is cheap, and a download that grows beside them keeps nobody busy."""
    for number in range(20_000):
        (root / f"{number}.txt").touch()
    listings = [_listing(root)]
    with watching(root) as watcher:
        time.sleep(2)
        began, cpu = time.monotonic(), time.process_time()
        with (root / "a.zip.part").open("wb") as file:
            while time.monotonic() - began < 10:
                file.write(b"x")
                file.flush()
                time.sleep(0.05)
        spent = time.process_time() - cpu
        exports.zipped(root / "a.zip", exports.ct_files(1))
        (root / "a.zip.part").unlink()
        is_found = watcher.has({"a.zip"})
    listings.append(_listing(root))
    times = 2 * spent / sum(listings)
    print(f"        in ten seconds as much as {times:.0f} listings")
    return is_found and times < 60


SCENARIOS: list[Callable[[Path], bool]] = [
    burst, moved_tree, copied_tree, chromium, firefox, slow, reopened, mapped, already_there, recreated, renamed, mounted_over,
    linked, handler_error, no_inotify, firefox_random, aria2, safari, icloud, half_for_long, zeros, paused_unpacking,
    unpacking_may_go_on, open_elsewhere, no_leases, linked_archive, replaced, away_and_back, one_root_missing, a_set_in_parts,
    among_many,
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
