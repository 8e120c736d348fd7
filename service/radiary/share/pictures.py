"""Copies pictures out of the library: decoded and written anew, so that nothing but what is seen goes along."""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from radiary.files import private
from radiary.share.exam_copy import Form, Picture
from radiary.workers.pool import Pool

_TOGETHER = 8
"""Pictures that a worker gets at once."""
_Job = tuple[str, str, str, Form]


def copied(
    study: Path, pictures: Sequence[Picture], tree: Path, form: Form, *, pool: Pool, progress: Callable[[int], None]
) -> dict[str, bool]:
    """Copy an exam's pictures into `tree`; whether each one, by its path, was as it was filed. Raises Stopping and NotNow."""
    for folder in sorted({(tree / one.target).parent for one in pictures}):
        private.folder(folder)
    jobs = [(str(study / one.source), one.sha256, str(tree / one.target), form) for one in pictures]
    made = pool.run(_copy_each, jobs, together=_TOGETHER, progress=progress)
    return {one.source: is_made is True for one, is_made in zip(pictures, made, strict=True)}


def _copy_each(jobs: list[_Job]) -> list[bool]:
    return [_copy(*job) for job in jobs]


def _copy(source: str, sha256: str, target: str, form: Form) -> bool:
    """Write a picture anew; False for one that is gone, or not as it was filed."""
    # Imported here, in a process of the pool: Pillow and numpy are no part of the idle service.
    from radiary.dicom.render import encode

    try:
        data = Path(source).read_bytes()
    except OSError:
        return False
    if hashlib.sha256(data).hexdigest() != sha256:
        return False
    pixels = encode.pixels_of(data)
    with private.emptied(Path(target)) as file:  # a worker that died may have begun it
        file.write(encode.shared(pixels, form))
    return True
