"""Which of the chronicle's files the gate has looked through: what has not changed is not read again for every new exam."""

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from radiary.chronicle.identity_gate import Gate
from radiary.files.looks import FileState, Looks


class Searched:
    """In memory only: a service that begins searches everything once, and so does one that hears of somebody new."""

    def __init__(self) -> None:
        self._gate: Gate | None = None
        self._files: dict[str, FileState | None] = {}

    def rest(self, gate: Gate, files: Iterable[str], looks: Looks) -> Iterator[tuple[str, bytes]]:
        """Each of `files` with its bytes, one after another, that was not searched with this gate."""
        if gate != self._gate:
            self._gate, self._files = gate, {}
        for path in [path for path in files if looks[path] != self._files.get(path)]:
            if looks[path] is not None:
                with contextlib.suppress(FileNotFoundError, NotADirectoryError):  # it may have gone meanwhile
                    yield path, Path(looks.drafts.get(path, path)).read_bytes()
                    self._files[path] = looks[path]

    def knows(self, gate: Gate) -> bool:
        """Whether this is the gate that was used last."""
        return gate == self._gate

    def forget(self) -> None:
        """Something was found: everything is searched again."""
        self._gate = None
