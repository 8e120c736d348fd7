"""Which passages of her file were without a fault when they were looked at last: `radiary status` reads the others alone.

A file of ours, `.sound.json`, that holds digests of passages, and the times of the folders in which their pictures lie. It may be
deleted: then everything is looked at.
"""

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from radiary.chronicle import listed_pictures, misspelt_keys, repeated_keys, unread_days
from radiary.chronicle.own_days import own_days
from radiary.chronicle.yaml_days import Days
from radiary.chronicle.yaml_passages import cut, one_day
from radiary.files import private
from radiary.library import layout

_Folders = Mapping[str, int]
"""Times of change by folder below the root of her pictures, in ns."""
_FAULTS: tuple[Callable[[str, Days], Iterator[object]], ...] = (
    *(repeated_keys.in_passage, unread_days.in_passage),
    misspelt_keys.in_passage,
)
_KINDS = b"3"
"""Which faults were asked for; another number with each further one, for else it is never asked of what stands."""


def are_sound(text: str, images: Path, record: Path | None) -> bool:
    """Whether each passage is one day, and all pictures that it lists are there; what is found out stays in `record`, if any."""
    frame, passages = cut(text)
    if not passages or any(misspelt_keys.around(frame)):
        return False
    known, kept = _read(record) if record else {}, dict[str, _Folders]()
    times = dict[str, int]()
    for passage in passages:
        digest = hashlib.blake2b(passage.encode(), digest_size=16, person=_KINDS).hexdigest()
        folders = known.get(digest)
        if folders is None or any(_time(images, folder, times) != time for folder, time in folders.items()):
            folders = _looked_at(passage, images, times)
        if folders is None:
            return False
        kept[digest] = folders
    if record and kept != known:
        _keep(kept, record)
    return True


def _looked_at(passage: str, images: Path, times: dict[str, int]) -> _Folders | None:
    """The folders of a passage's pictures; None where something is wrong with it."""
    days = one_day(passage)
    if not days or any(one for each in _FAULTS for one in each(passage, days)):
        return None
    pictures = list(listed_pictures.listed(own_days(days), images))
    folders = {f"{folder}/{name}".rpartition("/")[0] for folder, name in pictures}
    stood = {folder: _time(images, folder, times) for folder in folders}
    return stood if all(listed_pictures.is_picture(listed_pictures.place(images, *one)) for one in pictures) else None


def _time(images: Path, folder: str, times: dict[str, int]) -> int:
    """When something was last put into a folder, or taken out of it; 0 of one that is not there."""
    if folder not in times:
        try:
            times[folder] = os.stat(f"{images}/{folder or layout.UNDATED}").st_mtime_ns  # noqa: PTH116 - asked of every day
        except OSError:
            times[folder] = 0
    return times[folder]


def _read(record: Path) -> dict[str, _Folders]:
    try:
        known = json.loads(record.read_bytes())
        return {digest: {folder: int(time) for folder, time in folders.items()} for digest, folders in known.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _keep(kept: Mapping[str, _Folders], record: Path) -> None:
    with contextlib.suppress(OSError):  # everything is looked at once more
        private.replace(record, json.dumps(kept).encode())
