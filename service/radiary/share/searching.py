"""Looks for text in every picture of a copy, as it lies there; what may show some does not go out."""

import hashlib
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from radiary.ingest import text_search
from radiary.ingest.tray_pictures import Groups
from radiary.model.nouns import Treatment
from radiary.model.records import FileRecord, StudyRecord
from radiary.share.exam_copy import CopiedPicture
from radiary.workers.pool import Pool

_AT_ONCE = 16
"""Instances searched between two signs of progress."""


def doubtful(
    pictures: Sequence[CopiedPicture], tree: Path, *, pool: Pool, reader: Pool, progress: Callable[[int], None]
) -> set[str]:
    """The UIDs of instances whose pictures may show text. Raises Stopping and NotNow."""
    instances: dict[str, list[CopiedPicture]] = {}
    for picture in pictures:
        instances.setdefault(picture.instance, []).append(picture)
    uids, doubted, done = list(instances), set[str](), 0
    for start in range(0, len(uids), _AT_ONCE):
        some = uids[start : start + _AT_ONCE]
        groups = [_groups(instances[uid], tree) for uid in some]
        slices = [instances[uid][0].is_slice for uid in some]
        sweeps = [instances[uid][0].sweeps for uid in some]
        treatments = text_search.treatments_of(groups, slices, pool=pool, reader=reader, sweeps=sweeps)
        doubted |= {uid for uid, treatment in zip(some, treatments, strict=True) if treatment != Treatment()}
        done += sum(len(instances[uid]) for uid in some)
        progress(done)
    return doubted


def _groups(pictures: Sequence[CopiedPicture], tree: Path) -> Groups:
    """What belongs together is searched together, as the frames of a clip are: the pictures of one window each."""
    windows: dict[str, list[Path]] = {}
    for picture in pictures:
        windows.setdefault(picture.window, []).append(tree / picture.target)
    return tuple(tuple(paths) for paths in windows.values())


def drawings(study: Path, record: StudyRecord, doubted: Collection[str], *, pool: Pool) -> set[str]:
    """Which of the doubted are our own drawings of a recording, an ECG say, proven so: drawn once more, they are the same.

    What stands written in those, the names of leads and the scale, is Radiary's. Raises Stopping and NotNow.
    """
    every = [one for series in record.series for one in series.instances if one.uid in doubted]
    asked = [one for one in every if one.copy is not None and len(one.pictures) == 1]
    calls = [(study, one.copy, one.pictures[0]) for one in asked]
    proven = pool.each(_is_drawn, calls)
    return {one.uid for one, is_drawn in zip(asked, proven, strict=True) if is_drawn}


def _is_drawn(study: Path, copy: FileRecord, picture: FileRecord) -> bool:
    """Whether a picture shows, pixel by pixel, what is drawn of the recording in its copy; both are as they were filed."""
    # Imported here, in a process of the pool.
    from radiary.dicom.render import encode, waveform
    from radiary.dicom.wall import deidentify

    filed, shown = ((study / file.path).read_bytes() for file in (copy, picture))
    if [hashlib.sha256(one).hexdigest() for one in (filed, shown)] != [copy.sha256, picture.sha256]:
        return False
    sheet = waveform.drawn(deidentify.readmitted(filed, is_blanked=False).dataset)
    return sheet is not None and sheet.tobytes() == encode.pixels_of(shown).tobytes()
