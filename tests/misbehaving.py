"""Stand-ins for the work of a pool's process, importable there: they die, dawdle and chatter as codecs do."""

import os
import time
from collections.abc import Sequence

from radiary.errors import LibraryFull
from radiary.model import NotDicom, Outcome, Task


def dies_on_seven(_task: Task, indices: Sequence[int]) -> list[tuple[int, Outcome]]:
    if 7 in indices:
        os.kill(os.getpid(), 9)
    return [(index, NotDicom()) for index in indices]


def dawdles(_task: Task, indices: Sequence[int]) -> list[tuple[int, Outcome]]:
    time.sleep(0.2)
    return [(index, NotDicom()) for index in indices]


def chatters(_task: Task, indices: Sequence[int]) -> list[tuple[int, Outcome]]:
    os.write(2, b"codec says: PETRONELLA")
    os.write(1, b"codec says: PETRONELLA")
    return [(index, NotDicom()) for index in indices]


def fails_at_first(task: Task, indices: Sequence[int]) -> list[tuple[int, Outcome]]:
    if 0 in indices:
        raise LibraryFull
    time.sleep(0.3)
    for index in indices:
        (task.library_tray / str(index)).touch()
    return [(index, NotDicom()) for index in indices]
