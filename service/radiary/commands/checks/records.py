"""Whether each exam's record can be read and is what the ledger knows; `radiary verify` looks at every file besides."""

import contextlib
import os
from collections.abc import Iterator

from radiary.commands.checks.check import Check
from radiary.language import counted, sentence
from radiary.library import faults, whereabouts
from radiary.library.shelf import Library
from radiary.settings import Settings
from radiary.state.folder import State
from radiary.state.queue import Queue

_WHAT = sentence("records of exams")
_NAMED = 3
"""Faults that are told one by one."""


def check(settings: Settings, queue: Queue) -> Iterator[Check]:
    """The first faults; nothing of a place that is away, of which a check of its own tells, nor of what is filed just now."""
    state = State(settings.state)
    if state.pulse().get("working") and state.is_locked():
        return
    homes = (Library(settings.library), False), (Library(settings.private), True)
    known = [one for home, is_held in homes if _is_open(home) for one in of_home(home, queue, is_held=is_held, reads_files=False)]
    yield from (Check(_WHAT, "bad", one) for one in known[:_NAMED])
    if (more := len(known) - _NAMED) > 0:
        said = counted(
            "%(number)s more fault; `radiary verify` tells all.", "%(number)s more faults; `radiary verify` tells all.", more
        )
        yield Check(_WHAT, "bad", said)
    if not known:
        yield Check(_WHAT, "well", sentence("each can be read"))


def _is_open(home: Library) -> bool:
    """Whether a library is there and can be looked into; why it cannot, the check of its folder says."""
    with contextlib.suppress(OSError), os.scandir(home.root):
        return home.is_marked
    return False


def of_home(home: Library, queue: Queue, *, is_held: bool, reads_files: bool) -> Iterator[str]:
    """What differs from the ledger in the library, or on the private shelf; an exam that was deleted by hand is no fault."""
    known = [study for study in queue.studies.values() if study.held == is_held]
    places = whereabouts.places(home, {study.uid: study.folder for study in known})
    expected = {places[one.uid]: sum(series.pictures for series in one.series) for one in known if one.uid in places}
    yield from faults.faults(home, expected, reads_files=reads_files)
