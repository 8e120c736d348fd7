"""Pictures of papers' parts beside the page: what is there is what their owner shows, and nothing else."""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

from radiary.chronicle.told_cuttings import FOLDER, ShownCutting
from radiary.files import private
from radiary.language import sentence
from radiary.model.errors import Unusable

_OURS = re.compile(r"[0-9a-f]{8}\.png")
"""Names of pictures that Radiary made: codes. Others in their folder are somebody's own."""
_LOST = sentence(
    "A part of a paper that you showed as a picture is missing in the state folder, or damaged. Put it back from a backup, or "
    "cut it out again in `radiary review`."
)


def write(shown: Sequence[ShownCutting], folder: Path) -> tuple[list[ShownCutting], str | None]:
    """Write what is shown and take away what is not any more: what is there now, and what she should know. Raises OSError."""
    place = folder / FOLDER
    wanted = {one.file: one for one in shown}
    for path in place.iterdir() if place.is_dir() else ():
        if _OURS.fullmatch(path.name) and path.name not in wanted:
            path.unlink()
    if wanted:
        private.folder(place)
    there = [one for one in shown if _is(place / one.file, one.digest) or _written(one, place)]
    if not wanted and place.is_dir() and not any(place.iterdir()):
        place.rmdir()
    return there, None if len(there) == len(shown) else _LOST


def _written(cutting: ShownCutting, place: Path) -> bool:
    """Whether the picture that was searched is to be had, and stands there now."""
    try:
        png = cutting.png()
    except Unusable:
        png = b""
    is_whole = hashlib.sha256(png).hexdigest() == cutting.digest
    if is_whole:
        private.replace(place / cutting.file, png)
    else:
        (place / cutting.file).unlink(missing_ok=True)
    return is_whole


def _is(path: Path, digest: str) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest
