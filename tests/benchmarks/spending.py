"""What processes cost: CPU seconds and the most memory of this one and of those it started (Linux: /proc)."""

import multiprocessing
import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from radiary.workers.pool import Pool

_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Spent:
    """Wall and CPU seconds; bytes of memory of the largest process."""

    wall: float
    cpu: float
    memory: int


def cpu_of(pid: int) -> float:
    """CPU seconds that a living process has taken."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK


def memory_of(pid: int, what: str = "VmHWM") -> int:
    """Bytes: the most that a living process has had in memory, or with VmRSS what it has now."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{what}:")), 0)


def forget_peak(pid: int) -> None:
    """Let the peak of a living process count from now on."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")


def workers() -> list[int]:
    """The processes of all pools of this one."""
    return [child.pid for child in multiprocessing.active_children() if child.pid is not None]


def most_memory(pool: Pool, ask: Callable[[], int]) -> int:
    """Bytes: the peak of the largest worker of an pool; `ask` gives a worker's process id."""
    return max((memory_of(pid) for pid in pool.each(ask, [()] * 8) if pid is not None), default=0)


def of_command(line: list[str]) -> tuple[Spent, str]:
    """What a command costs, and its output. Raises CalledProcessError."""
    with tempfile.TemporaryFile("w+") as output:
        began = time.monotonic()
        process = subprocess.Popen(line, stdout=output, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        said = output.read()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, line[0])
    return Spent(time.monotonic() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024), said


def own_cpu() -> float:
    """CPU seconds of this process."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime
