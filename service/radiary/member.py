"""What a worker process does with members: out of the archive, through the wall, into the tray.

It opens the archive itself, once for all batches of an export; only small facts travel back to the coordinator, pixels
never do.
"""

import contextlib
import warnings
from collections.abc import Sequence
from functools import partial

from radiary.dicom.deidentify import Terms
from radiary.dicom.develop import Development, develop
from radiary.dicom.matrix import Undecodable
from radiary.dicom.pseudonym import Pseudonyms
from radiary.dicom.signature import looks_like_dicom
from radiary.disk import archive, library
from radiary.disk.archive import Archive
from radiary.disk.spool import Spool
from radiary.errors import RadiaryError, Reason
from radiary.model import Content, Export, NotDicom, Outcome, Placed, Skipped, Task, Treatment
from radiary.records import FileRecord, InstanceRecord
from radiary.workers import time_limit

_in_hand: dict[Export, Archive] = {}
"""The export that this process has open, if any; `_closing` closes it."""
_closing = contextlib.ExitStack()


def release() -> None:
    """Let go of the open archive."""
    _in_hand.clear()
    _closing.close()


def develop_all(task: Task, indices: Sequence[int]) -> list[tuple[int, Outcome]]:
    """Develop some members of an export. Raises Unacceptable, Waiting and NotNow, which concern the whole export."""
    time_limit.within(task.patience)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        opened = _opened(task)
        return [(index, _outcome(task, index, opened)) for index in indices]


def _opened(task: Task) -> Archive:
    """Opening a zip of 100,000 members takes seconds, so it is opened once."""
    if task.export not in _in_hand:
        release()
        _in_hand[task.export] = _closing.enter_context(archive.opened(task.export, task.passwords, task.limits, task.scratch))
    return _in_hand[task.export]


def _outcome(task: Task, index: int, opened: Archive) -> Outcome:
    """One member's outcome; of what is no DICOM file, only the head is read. A damaged head is damage, too."""
    time_limit.within(task.patience)
    head = opened.head(index)
    if head is not None and not looks_like_dicom(head):
        return NotDicom()
    data = opened.read(index)
    if isinstance(data, Skipped):
        return data
    with contextlib.nullcontext() if isinstance(data, bytes) else data:
        return _judged(task, index, data)


def _judged(task: Task, index: int, data: Content) -> Outcome:
    terms = Terms(Pseudonyms(task.key), task.policy, task.people, task.looks)
    treatment = task.treatments.get(index, Treatment())
    try:
        return _developed(task, index, data, terms, treatment)
    except RadiaryError:
        raise
    except OSError:
        raise
    except Exception:  # noqa: BLE001 - one member's oddity, in a codec or a parser, must cost that member alone
        return Skipped(Reason.UNREADABLE_HEADER)


def _developed(task: Task, index: int, data: Content, terms: Terms, treatment: Treatment) -> Outcome:
    tick = partial(time_limit.within, task.patience)
    found = develop(data, terms, wanted=task.wanted, scales=task.scales, treatment=treatment, tick=tick)
    if not isinstance(found, Development):
        return found
    try:
        return _placed(task, index, found)
    except Undecodable as undecodable:
        return Skipped(undecodable.reason, found.facts.study)


def _placed(task: Task, index: int, found: Development) -> Placed:
    """Write an instance's files as they are made. What was written of one that proves undecodable dies with the tray."""
    tray = task.private_tray if found.hold else task.library_tray
    pictures: list[FileRecord] = []
    copies: list[FileRecord] = []
    for made in found.files(partial(time_limit.within, task.patience), lambda: Spool(tray)):
        record = library.put(tray, index, made.path, made.parts)
        (pictures if made.is_picture else copies).append(record)
    facts = found.facts
    return Placed(
        facts=facts,
        hold=found.hold,
        scale=found.scale,
        who=found.who if found.who[0] not in task.people else None,
        record=InstanceRecord(
            uid=facts.instance,
            number=facts.instance_number,
            position=facts.position,
            pixels=found.pixels,
            pictures=tuple(pictures),
            copies=tuple(copies),
            refers=facts.refers if facts.modality == "KO" else (),
        ),
    )
