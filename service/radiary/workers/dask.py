"""Many machines: the same middle on a `dask.distributed` cluster (extra `radiary[dask]`), through its Executor.

The files travel over a shared file system that has the same paths everywhere; only positions and small facts go through the
scheduler. A worker machine that dies costs a retry: Dask gives its work to others, and what kills one worker after another comes
back as a broken executor, as a process of our own that died does. A scheduler that dies is no fault of the work's: what was under
way ends in ClusterOffline, and the next piece of work gets a new connection.
"""

import contextlib
import logging
import threading
import time
import traceback
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, InvalidStateError
from typing import Any, cast

from radiary.model.errors import ClusterOffline
from radiary.workers import process
from radiary.workers.priority import Disk

_ANSWER_SECONDS = 10
"""Seconds in which a scheduler answers."""
_ABSENT_SECONDS = 30
"""Seconds without any worker after which what is under way is given up, to be tried again later."""
_POLL_SECONDS = 2
"""Seconds between looks for workers."""
_DEFAULT_CAPACITY = 2
"""Pieces of work at once while nobody can say how many workers there are."""


class Cluster:
    """One connection to the scheduler at `address`, open while an executor of it is."""

    def __init__(self, address: str, niceness: int = 0, disk: Disk = "normal") -> None:
        self._address = address
        self._priority = niceness, disk
        self._lock = threading.Lock()
        self._client: Any = None
        self._stream: Any = None
        self._open = 0
        self._under_way: set[Future[Any]] = set()

    def executor(self) -> Executor:
        """One more executor over the same connection. Raises ClusterOffline."""
        with self._lock:
            if not self.has(self._client):
                self._discard()
                self._client = self._connected()
                self._stream = self._client.scheduler_comm
                threading.Thread(target=self._watch, args=(self._client,), daemon=True).start()
            self._open += 1
            return _SlotExecutor(self, self._client)

    def has(self, client: Any) -> bool:
        """Whether this connection is the one in use and has had the same scheduler all the time.

        Dask connects to the successor of a scheduler that died, whose workers lack our plugin: they log what they are given.
        """
        is_ours = client is not None and client is self._client
        return is_ours and client.status == "running" and client.scheduler_comm is self._stream

    def _discard(self) -> None:
        client, self._client, self._open = self._client, None, 0
        if client is not None:
            _close(client)

    def capacity(self) -> int:
        """How many pieces of work the cluster takes at once."""
        try:
            executor = self.executor()
        except ClusterOffline:
            return _DEFAULT_CAPACITY
        threads = _threads(self._client)
        executor.shutdown()
        return threads or _DEFAULT_CAPACITY

    def _connected(self) -> Any:
        # Imported here: only who has a cluster needs its 50 MB.
        import distributed

        _silence()
        client: Any = None
        try:
            client = cast("Any", distributed).Client(self._address, timeout=_ANSWER_SECONDS, set_as_default=False)
            client.wait_for_workers(1, timeout=_ANSWER_SECONDS)  # those that died a moment ago are coming back
            client.register_plugin(_plugin(*self._priority), name="radiary")
        except Exception:  # noqa: BLE001 - no scheduler, no certificates, workers without Radiary: whatever it says
            if client is not None:
                _close(client)
            raise ClusterOffline from None
        return client

    def _watch(self, client: Any) -> None:
        """Give up what is under way when all workers are gone for long, which Dask itself would wait for without end."""
        seen = time.monotonic()
        while client is self._client:
            time.sleep(_POLL_SECONDS)
            if not self._under_way or _threads(client):
                seen = time.monotonic()
            elif time.monotonic() - seen > _ABSENT_SECONDS:
                for future in list(self._under_way):
                    _end(future, ClusterOffline())

    def begun(self) -> Future[Any]:
        """A piece of work that is under way."""
        future: Future[Any] = Future()
        future.set_running_or_notify_cancel()
        self._under_way.add(future)
        future.add_done_callback(self._under_way.discard)
        return future

    def let_go(self, client: Any) -> None:
        """An executor of this connection was closed; with the last one the connection is."""
        with self._lock:
            if client is not self._client:
                return
            self._open -= 1
            if not self._open:
                self._discard()


class _SlotExecutor(Executor):
    """One of many on the same connection."""

    def __init__(self, cluster: Cluster, client: Any) -> None:
        self._cluster = cluster
        self._client = client
        self._inner = client.get_executor(pure=False)
        self._is_open = True

    def submit(self, work: Any, /, *arguments: Any, **named: Any) -> Future[Any]:
        """Run it on some worker. It ends in BrokenExecutor when it killed them, in ClusterOffline when the scheduler died.

        Raises BrokenExecutor when this executor's connection is no longer the one in use, and ClusterOffline.
        """
        if not self._cluster.has(self._client):
            raise BrokenExecutor
        outer = self._cluster.begun()
        try:
            self._inner.submit(work, *arguments, **named).add_done_callback(lambda inner: _pass_on(inner, outer))
        except Exception:  # noqa: BLE001 - whatever it says when its connection is gone
            _end(outer, ClusterOffline())
            raise ClusterOffline from None
        return outer

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        if self._is_open:
            self._is_open = False
            with contextlib.suppress(Exception):  # whatever it says when its connection is gone
                self._inner.shutdown(wait=wait and not cancel_futures)
            self._cluster.let_go(self._client)


def _pass_on(inner: Future[Any], outer: Future[Any]) -> None:
    error = CancelledError() if inner.cancelled() else inner.exception()
    if error is None:
        with contextlib.suppress(InvalidStateError):  # it was given up meanwhile
            outer.set_result(inner.result())
    elif _is_crash(error):
        _end(outer, BrokenExecutor())
    elif isinstance(error, CancelledError) or _is_of_dask(error) or _is_lost(error):
        _end(outer, ClusterOffline())
    else:
        _end(outer, error)


def _is_crash(error: BaseException) -> bool:
    """Whether it says that one worker after another died of the work."""
    return _is_of_dask(error) and type(error).__name__ == "KilledWorker"


def _is_of_dask(error: BaseException) -> bool:
    return type(error).__module__.partition(".")[0] in ("distributed", "dask")


def _is_lost(error: BaseException) -> bool:
    """Whether Dask took a result for an error, since the machine that had it went while it was on its way."""
    frames = list(traceback.walk_tb(error.__traceback__))
    arose = frames[-1][0].f_globals.get("__name__", "") if frames else ""
    return arose == "distributed.cfexecutor" and "unpack" in str(error)


def _end(future: Future[Any], error: BaseException) -> None:
    """It ends in an error, unless it ended already."""
    with contextlib.suppress(InvalidStateError):
        future.set_exception(error)


def _threads(client: Any) -> int:
    """How many pieces of work its workers take at once; none while the scheduler does not answer."""
    try:
        return sum(client.nthreads(callback_timeout=_ANSWER_SECONDS).values())
    except Exception:  # noqa: BLE001 - whatever it says when its connection is gone
        return 0


def _close(client: Any) -> None:
    with contextlib.suppress(Exception):  # whatever it says when its scheduler is gone
        client.close()


def _silence() -> None:
    """Dask's own log names what it was given, and says on its own what our errors say in sentences."""
    for name in list(logging.root.manager.loggerDict):
        if name.startswith("distributed"):
            logging.getLogger(name).setLevel(logging.CRITICAL)


def _plugin(niceness: int, disk: Disk) -> Any:
    from distributed import WorkerPlugin

    class SetUp(WorkerPlugin):
        """Makes a worker of the cluster's what a process of ours is: silent, of low priority, keeping its memory."""

        def setup(self, worker: Any) -> None:
            del worker
            _silence()
            process.set_up(niceness, disk)

    return SetUp()
