"""Worker processes of a forked command: forked, too, by Python's fork server, which has imported what workers import.

Each is a process of its own that has nothing of its command but what a spawned one would have.
"""

import errno
import os
import socket
from multiprocessing import context, forkserver, popen_spawn_posix, reduction, resource_tracker
from typing import Any

_IMPORTED = (
    "forked_workers jinja2 onnxruntime radiary.chronicle.series_pictures radiary.dicom.hidden_values radiary.dicom.render.encode"
    " radiary.dicom.text.engine radiary.ingest.admission radiary.ingest.member radiary.viewer.folder radiary.workers.process"
    " remembered loaded_networks frozen_memory"
).split()


_received = reduction.recvfds


def _received_or_nothing(connection: socket.socket, count: int) -> list[int]:
    """What a command sends with its wish for a worker: one that is killed before it does, or as it does, would end the server."""
    try:
        return _received(connection, count)
    except (EOFError, OSError, RuntimeError, AssertionError):
        raise ConnectionAbortedError(errno.ECONNABORTED, "who asked is gone") from None


reduction.recvfds = _received_or_nothing


class _Worker(context.ForkServerProcess):
    """Has its command's environment; what else a spawned one would have, the fork server gives.

    Where that one has ended, which only the process that commands are forked from can begin anew, it is spawned.
    """

    @staticmethod
    def _Popen(process_obj: Any) -> Any:  # noqa: N802 - multiprocessing's name
        try:
            return context.ForkServerProcess._Popen(process_obj)  # type: ignore[attr-defined]
        except (EOFError, OSError):
            return popen_spawn_posix.Popen(process_obj)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._environment = {**os.environ}

    def run(self) -> None:
        os.environ.clear()
        os.environ.update(self._environment)
        super().run()


class _Workers(context.ForkServerContext):
    Process = _Worker


def prepare() -> None:
    """In the process that commands are forked from: start the fork server."""
    forkserver.set_forkserver_preload(_IMPORTED)
    forkserver.ensure_running()


def use() -> None:
    """In a command: what it wants spawned is forked."""
    forkserver._forkserver.ensure_running = lambda: None  # type: ignore[method-assign]  # it does, and is no child of this process
    tracker = resource_tracker._resource_tracker  # type: ignore[attr-defined]
    tracker._fd = tracker._pid = None  # a command that is killed leaves what is its own to its own
    context._concrete_contexts["spawn"] = _Workers()  # type: ignore[attr-defined]
