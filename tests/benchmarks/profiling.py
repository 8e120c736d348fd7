"""Milliseconds of every stage for each picture, in one process: what a stage calls of another one counts there."""

import functools
import json
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from inspect import isgeneratorfunction
from pathlib import Path
from typing import Any
from unittest.mock import patch

from conftest import KEY, export_at
from radiary.archives import archive
from radiary.dicom import develop, dicom_copy
from radiary.dicom.read import header
from radiary.dicom.render import codecs, encode, grayscale, pixels
from radiary.dicom.wall import facts
from radiary.ingest import member
from radiary.library import tray
from radiary.model.nouns import Policy, Task, Wanted

STAGES: list[tuple[str, Any, str]] = [
    ("inflate", archive.Zip, "read"),
    ("inflate", archive.Zip, "head"),
    ("read", header, "read"),
    ("de-identify", develop, "deidentify"),
    ("facts", facts, "facts_of"),
    ("decode", pixels, "frames"),
    ("decode", codecs, "decoded"),
    ("show", grayscale, "view"),
    ("show", pixels, "picture"),
    ("PNG", encode, "png"),
    ("copy", dicom_copy.Copy, "add"),
    ("copy", dicom_copy.Copy, "written"),
    ("write", tray, "put"),
]


class Clock:
    """Seconds by stage, each without what it called."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self._stages = ["rest"]
        self._since = time.perf_counter()

    @contextmanager
    def on(self, stage: str) -> Iterator[None]:
        """Time what happens inside."""
        self._turn()
        self._stages.append(stage)
        try:
            yield
        finally:
            self._turn()
            self._stages.pop()

    def _turn(self) -> None:
        now = time.perf_counter()
        self.seconds[self._stages[-1]] += now - self._since
        self._since = now

    def timed(self, stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """A function, or a generator between its yields, on the clock."""

        @functools.wraps(work)
        def call(*arguments: Any, **named: Any) -> Any:
            with self.on(stage):
                return work(*arguments, **named)

        @functools.wraps(work)
        def iterate(*arguments: Any, **named: Any) -> Iterator[Any]:
            found = work(*arguments, **named)
            while True:
                with self.on(stage):
                    try:
                        one = next(found)
                    except StopIteration:
                        return
                yield one

        return iterate if isgeneratorfunction(work) else call


def profile(path: Path, place: Path, pictures: int) -> dict[str, float]:
    """Milliseconds a picture by stage, of the second of two runs."""
    for home in ("library", "private"):
        (place / home).mkdir(parents=True)
    task = Task(export_at(path), KEY, place / "library", place / "private", Wanted(), policy=Policy(), searches_text=True)
    clock = Clock()
    with warnings.catch_warnings(), archive.opened(task.export) as opened:
        indices = [one.index for one in opened.members()]
        member.developed(task, indices)
        with ExitStack() as stack:
            for stage, owner, name in STAGES:
                stack.enter_context(patch.object(owner, name, clock.timed(stage, getattr(owner, name))))
            clock._turn()
            clock.seconds.clear()
            member.developed(task, indices)
            clock._turn()
    member.kept_open.close()
    return {stage: 1000 * seconds / pictures for stage, seconds in clock.seconds.most_common()}


if __name__ == "__main__":
    print(json.dumps(profile(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))))
