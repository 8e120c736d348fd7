"""Copies pictures out of the library: decoded and written anew, so that nothing but what is seen goes along."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from radiary.files import private
from radiary.share.exam_copy import CopiedPicture, Form
from radiary.workers.pool import Pool

_TOGETHER = 8
"""Pictures that a worker gets at once."""
_Job = tuple[str, str, str, Form]


def copied(
    study: Path, pictures: Sequence[CopiedPicture], tree: Path, *, form: Form, pool: Pool, progress: Callable[[int], None]
) -> dict[str, CopiedPicture]:
    """Copy an exam's pictures into `tree`; those that were as they were filed, by their paths. Raises Stopping and NotNow.

    What is too large to be written in a `form` is written in another one, and called so.
    """
    for folder in sorted({(tree / one.target).parent for one in pictures}):
        private.folder(folder)
    jobs = [(str(study / one.source), one.sha256, str(tree / one.target), form) for one in pictures]
    made = pool.run(_copy_each, jobs, together=_TOGETHER, progress=progress)
    written = zip(pictures, made, strict=True)
    return {
        one.source: replace(one, target=_called(one.target, form, was)) for one, was in written if isinstance(was, str) and was
    }


def _called(target: str, wanted: Form, written: Form) -> str:
    return target.removesuffix(wanted) + written


def _copy_each(jobs: list[_Job]) -> list[Form]:
    return [_copy(*job) for job in jobs]


def _copy(source: str, sha256: str, target: str, form: Form) -> Form:
    """Write a picture anew; the form in which it was written, none for one that is gone, or not as it was filed."""
    # Imported here, in a process of the pool: Pillow and numpy are no part of the idle service.
    from radiary.dicom.render import encode

    try:
        data = Path(source).read_bytes()
    except OSError:
        return ""
    if hashlib.sha256(data).hexdigest() != sha256:
        return ""
    pixels = encode.pixels_of(data)
    fitting = encode.form_of(pixels, form)
    with private.emptied(Path(_called(target, form, fitting))) as file:  # a worker that died may have begun it
        file.write(encode.shared(pixels, fitting))
    return fitting
