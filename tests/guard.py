"""One line that keeps harm away, and how it is known to be needed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Guard:
    """`file` is below `service/radiary` and holds `old` once; `tests` are files or node ids below `tests`."""

    what: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]
