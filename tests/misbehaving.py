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


def dies_on_seven_beside_another(task: Task, indices: Sequence[int]) -> list[Outcome]:
    """Seven tells whether the other task is under way, and dies.

    The other one lasts until seven has come a third time, or until a file says that this is not waited for any more.
    """
    tray = task.library_tray
    if 7 in indices:
        with (tray / "told").open("a") as told:
            told.write(f"{(tray / 'under way').exists()}\n")
        os.kill(os.getpid(), 9)
    (tray / "under way").touch()
    while len((tray / "told").read_text().splitlines()) < 3 and not (tray / "enough").exists():
        time_limit.sign()
        time.sleep(0.01)
    (tray / "under way").unlink()
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
    """As a clip whose every frame is quick: it takes longer than the time limit, of which none takes more than a half."""
    for _ in range(3):
        time_limit.set_to(task.patience)
        time.sleep(task.patience / 2)
    return [NotDicom() for _ in indices]


def is_killed_late(task: Task, indices: Sequence[int]) -> list[Outcome]:
    """As a long clip that is killed from outside, once, after more than the time limit."""
    time.sleep(task.patience)
    dies_once(task.library_tray / "killed")
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


def never_ends(task: Task, _indices: Sequence[int] = ()) -> list[Outcome]:
    """A file says that it has begun."""
    (task.library_tray / "begun").touch()
    time.sleep(1000)
    return []


def chatters(_task: Task, indices: Sequence[int]) -> list[Outcome]:
    os.write(2, b"codec says: PETRONELLA")
    os.write(1, b"codec says: PETRONELLA")
    return [NotDicom() for _ in indices]


def complains() -> None:
    raise ValueError("PETRONELLA")


def fails_at_first(task: Task, indices: Sequence[int]) -> list[Outcome]:
    """The first batch fails as soon as another one is at work; files say which of the others are."""
    tray = task.library_tray
    if 0 in indices:
        while not list(tray.iterdir()):
            time.sleep(0.01)
        raise LibraryFull
    mark = tray / str(indices[0])
    mark.touch()
    time.sleep(1)
    mark.rename(f"{mark} has ended")
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


def notes_and_dies_from(place: Path, number: int, first: int) -> int:
    """Leaves a mark of its own; from one number on it takes its process with it."""
    (place / f"{number}-{len(list(place.glob(f'{number}-*')))}").touch()
    if number >= first:
        os._exit(1)
    return number
