"""Work that remembers between calls, in a process of its own: with the process it gives back all memory that it took.

What it wants done by the workers, it asks its parent for, which has the pool.
"""

import multiprocessing
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Generic, NamedTuple, ParamSpec, TypeVar

from radiary.model.errors import GaveUp, Stopping, WorkersUnavailable
from radiary.workers import process
from radiary.workers.pool import Pool, Workers
from radiary.workers.priority import Disk

Result = TypeVar("Result")
Given = ParamSpec("Given")
_GRACE_SECONDS = 2
"""How long an idle process has for its end."""


class _Asked(NamedTuple):
    """What the process wants of its parent's pool."""

    way: str
    work: Callable[..., Any]
    arguments: tuple[Any, ...]
    together: int


class _Said(NamedTuple):
    """An answer, either way: a result, or what was raised instead."""

    result: Any
    error: Exception | None

    def taken(self) -> Any:
        """The result. Raises what was raised."""
        if self.error is not None:
            raise self.error
        return self.result


class OwnProcess(Generic[Given, Result]):
    """Calls what `make` gives, with the pool's `Workers`, in a process that is started when it is needed, and steps back behind
    other programs by `niceness` and `disk`. For one thread.
    """

    def __init__(
        self, make: Callable[[Workers], Callable[Given, Result]], pool: Pool, niceness: int = 0, disk: Disk = "normal"
    ) -> None:
        self._make, self._pool, self._priority = make, pool, (niceness, disk)
        self._open: tuple[BaseProcess, Connection] | None = None

    def __call__(self, *arguments: Given.args, **named: Given.kwargs) -> Result:
        """What the work gives.

        Raises what the work raises, Stopping, GaveUp when its process dies, and WorkersUnavailable where none can be started.
        """
        try:
            connection = self._opened()
            connection.send((arguments, named))
            while isinstance(said := self._heard(connection), _Asked):
                connection.send(self._answer(said))
        except (EOFError, BrokenPipeError, ConnectionError):
            self.kill()
            self._pool.refuse_when_stopping()
            raise GaveUp from None
        except BaseException:
            self.kill()  # it waits for an answer that will not come
            raise
        result: Result = said.taken()
        return result

    def close(self) -> None:
        """End the process, which has nothing in hand; the next call starts another."""
        if self._open is not None:
            self._open[1].close()
            self._open[0].join(_GRACE_SECONDS)
        self.kill()

    def kill(self) -> None:
        """End the process at once."""
        if self._open is not None:
            (child, connection), self._open = self._open, None
            connection.close()
            child.kill()
            child.join(_GRACE_SECONDS)

    def _opened(self) -> Connection:
        if self._open is None:
            context = multiprocessing.get_context("spawn")
            try:
                ours, theirs = context.Pipe()
                child = context.Process(target=_serve, args=(theirs, self._make, *self._priority), daemon=True)
                child.start()
            except OSError:
                raise WorkersUnavailable from None
            theirs.close()
            self._open = child, ours
        return self._open[1]

    def _heard(self, connection: Connection) -> _Asked | _Said:
        while not connection.poll(1):
            self._pool.refuse_when_stopping()
        heard: _Asked | _Said = connection.recv()
        return heard

    def _answer(self, asked: _Asked) -> _Said:
        """What the pool has done. Raises Stopping."""
        try:
            if asked.way == "each":
                return _Said(self._pool.each(asked.work, asked.arguments, together=asked.together), None)
            return _Said(self._pool.call(asked.work, *asked.arguments), None)
        except Stopping:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, who asked has to know
            return _Said(None, error)


class _AskedFor:
    """The parent's pool, for the process."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def each(self, work: Callable[..., Result], calls: Sequence[tuple[Any, ...]], *, together: int = 1) -> list[Result | None]:
        """As the pool's."""
        results: list[Result | None] = self._ask(_Asked("each", work, tuple(calls), together))
        return results

    def call(self, work: Callable[..., Result], *arguments: Any) -> Result:
        """As the pool's."""
        result: Result = self._ask(_Asked("call", work, arguments, 1))
        return result

    def _ask(self, asked: _Asked) -> Any:
        self._connection.send(asked)
        return self._connection.recv().taken()


def _serve(connection: Connection, make: Callable[[Workers], Callable[..., Any]], niceness: int, disk: Disk) -> None:
    """In the process: one call after another, until the parent has no more."""
    process.begin(niceness, disk)
    work = make(_AskedFor(connection))
    while True:
        try:
            arguments, named = connection.recv()
        except EOFError:
            return
        try:
            said = _Said(work(*arguments, **named), None)
        except Exception as error:  # noqa: BLE001 - whatever it is, who called has to know
            said = _Said(None, error)
        connection.send(said)
