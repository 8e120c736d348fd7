"""Which of the chronicle's files the gate has looked through: what has not changed is not read again for every new exam."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from radiary.chronicle.identity_gate import Gate


class Searched:
    """In memory only: a service that begins searches everything once, and so does one that hears of somebody new."""

    def __init__(self) -> None:
        self._gate: Gate | None = None
        self._files: set[tuple[str, int, int]] = set()

    def rest(self, gate: Gate, files: Mapping[str, Path | str]) -> Iterator[tuple[str, bytes]]:
        """Each of `files` with its name and its bytes, one after another, that was not searched with this gate."""
        if gate != self._gate:
            self._gate, self._files = gate, set()
        for name, path in files.items():
            try:
                status = os.stat(path)  # noqa: PTH116 - asked of every picture in every run
            except (FileNotFoundError, NotADirectoryError):
                continue
            known = name, status.st_mtime_ns, status.st_size
            if known not in self._files:
                yield name, Path(path).read_bytes()
                self._files.add(known)

    def knows(self, gate: Gate) -> bool:
        """Whether this is the gate that was used last."""
        return gate == self._gate

    def forget(self) -> None:
        """Something was found: everything is searched again."""
        self._gate = None
