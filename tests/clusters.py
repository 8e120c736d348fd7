"""A real cluster on loopback: a scheduler and workers as processes of their own."""

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

from services import PATIENCE
from signs import until


class LocalCluster:
    """`dask scheduler` and as many `dask worker` as asked for, each with a nanny and one thread; a context manager."""

    def __init__(self, place: Path, workers: int) -> None:
        self._place = place
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{port}"
        self._started: list[subprocess.Popen[bytes]] = []
        self._wanted = [["scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]]
        self._wanted += [self._worker(number) for number in range(workers)]

    def _worker(self, number: int) -> list[str]:
        place = ["--local-directory", str(self._place / f"worker{number}")]
        return ["worker", self.address, "--host", "127.0.0.1", "--nthreads", "1", "--no-dashboard", *place]

    def __enter__(self) -> "LocalCluster":
        self._place.mkdir(exist_ok=True)
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "DASK_CONFIG": str(self._place)}
        with (self._place / "log").open("ab") as log:
            for words in self._wanted:
                line = [sys.executable, "-m", "dask", *words]
                self._started.append(subprocess.Popen(line, stdout=log, stderr=log, env=environment, start_new_session=True))
        return self

    def __exit__(self, *_: object) -> None:
        for process in reversed(self._started):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    @property
    def log(self) -> str:
        return (self._place / "log").read_text(errors="replace")

    @property
    def has_an_old_client(self) -> bool:
        """Whether who was connected to a former scheduler of this cluster is connected to this one."""
        clients = re.findall(r"Receive client connection: (\S+)", self.log)
        return len(set(clients)) < len(clients)

    def kill_a_machine(self) -> None:
        """The last worker and its nanny, at once."""
        os.killpg(self._started[-1].pid, signal.SIGKILL)

    def kill_the_scheduler(self) -> None:
        os.killpg(self._started[0].pid, signal.SIGKILL)

    def silence_the_scheduler(self) -> None:
        os.killpg(self._started[0].pid, signal.SIGSTOP)


def until_there_are(address: str, workers: int) -> None:
    import distributed

    with distributed.Client(address, timeout=PATIENCE, set_as_default=False) as client:
        until(lambda: len(client.nthreads()) >= workers)
