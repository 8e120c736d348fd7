"""Stand-ins for the work of a pool's process, importable there: they die, dawdle and chatter as codecs do."""

import ctypes
import os
import resource
import time
from collections.abc import Sequence
from pathlib import Path

import psutil

from radiary.ingest import member
from radiary.model.errors import LibraryFull
from radiary.model.nouns import NotDicom, Outcome, Task
from radiary.workers import time_limit


def dies_on_seven(_task: Task, indices: Sequence[int]) -> list[Outcome]:
    if 7 in indices:
        os.kill(os.getpid(), 9)
    return [NotDicom() for _ in indices]


def dies_on_seven_and_tells(task: Task, indices: Sequence[int]) -> list[Outcome]:
    """What it tells is how many other tasks are under way."""
    if 7 in indices:
        with (task.library_tray / "told").open("a") as told:
            told.write(f"{len(list(task.library_tray.glob('busy*')))}\n")
        os.kill(os.getpid(), 9)
    busy = task.library_tray / f"busy{indices[0]}"
    busy.touch()
    time.sleep(1.5)
    busy.unlink()
    return [NotDicom() for _ in indices]


def hangs_on_seven(task: Task, indices: Sequence[int]) -> list[Outcome]:
    time_limit.set_to(task.patience)
    if 7 in indices:
        ctypes.PyDLL(None).sleep(1000)  # holds the interpreter's lock, as codecs do
    return [NotDicom() for _ in indices]


def dies_once(marker: Path) -> bool:
    if not marker.exists():
        marker.touch()
        os.kill(os.getpid(), 9)
    return True


def takes_its_time(task: Task, indices: Sequence[int]) -> list[Outcome]:
    """As a clip whose every frame is quick."""
    for _ in range(10):
        time_limit.set_to(task.patience)
        time.sleep(0.2)
    return [NotDicom() for _ in indices]


def devours_on_seven(_task: Task, indices: Sequence[int]) -> list[Outcome]:
    if 7 in indices:
        library = ctypes.CDLL(None)
        library.malloc.restype = ctypes.c_void_p
        grabbed = [library.malloc(ctypes.c_size_t(1 << 28)) for _ in range(8)]
        if None in grabbed:
            os.abort()  # what C++ makes of memory that it does not get
    return [NotDicom() for _ in indices]


def develops_slowly(task: Task, indices: Sequence[int]) -> list[Outcome]:
    time.sleep(0.2)
    return member.developed(task, indices)


def dawdles(_task: Task, indices: Sequence[int]) -> list[Outcome]:
    time.sleep(0.2)
    return [NotDicom() for _ in indices]


def never_ends(_task: Task, indices: Sequence[int]) -> list[Outcome]:
    time.sleep(1000)
    return [NotDicom() for _ in indices]


def chatters(_task: Task, indices: Sequence[int]) -> list[Outcome]:
    os.write(2, b"codec says: PETRONELLA")
    os.write(1, b"codec says: PETRONELLA")
    return [NotDicom() for _ in indices]


def complains() -> None:
    raise ValueError("PETRONELLA")


def fails_at_first(task: Task, indices: Sequence[int]) -> list[Outcome]:
    """The first batch fails as soon as another one is at work."""
    begun = task.library_tray / "begun"
    if 0 in indices:
        while not begun.exists():
            time.sleep(0.01)
        raise LibraryFull
    begun.touch()
    time.sleep(0.3)
    for index in indices:
        (task.library_tray / str(index)).touch()
    return [NotDicom() for _ in indices]


def manners() -> tuple[int, int, int]:
    """Niceness, class and level at the disk of the process that is asked."""
    disk = psutil.Process().ionice()
    return os.getpriority(os.PRIO_PROCESS, 0), int(disk.ioclass), int(disk.value)


def notes_and_dies(marks: Path, number: int) -> int:
    """Leaves a mark for each time that it was called; the seventh dies of it every time."""
    with (marks / str(number)).open("a") as mark:
        mark.write("x")
    if number == 7:
        os.kill(os.getpid(), 9)
    return number


def all_die(_items: list[int]) -> list[int]:
    os.kill(os.getpid(), 9)
    return []


def all_are_late(_items: list[int]) -> list[int]:
    is_late(0.5, 20)
    return []


def is_late(seconds: float, for_seconds: float) -> None:
    time_limit.set_to(seconds)
    time.sleep(for_seconds)


def refuses(error: type[Exception]) -> None:
    raise error


def descriptors() -> list[str]:
    return [str(Path(f"/proc/self/fd/{number}").readlink()) for number in (1, 2)]


def data_limit() -> int:
    return resource.getrlimit(resource.RLIMIT_DATA)[0]


def misses_a_part() -> None:
    raise ModuleNotFoundError("No module named 'radiary'")


def misses_a_part_for_all(_items: list[int]) -> list[int]:
    misses_a_part()
    return []
