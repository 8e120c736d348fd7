"""Files in a tray: where the workers put what they make of an export's members, until its studies are published."""

import contextlib
import hashlib
import secrets
from collections.abc import Iterable
from pathlib import Path

from radiary.files import private
from radiary.files.disk_errors import on_disk
from radiary.model.nouns import Piece
from radiary.model.records import FileRecord


def place(tray: Path, member: int, path: str) -> Path:
    """Where in the tray a member's file lies; `path` is where it will stand in its study.

    One folder for all: making one for each member and removing it takes longer than writing its picture.
    """
    return tray / f"{member}-{path.rpartition('/')[2]}"


def put(tray: Path, member: int, path: str, *, parts: Iterable[Piece]) -> FileRecord:
    """Write one file of a member into the tray, piece by piece; it stands at its place there whole, or not at all.

    A worker that was taken for dead may still be writing the same file. It is on the disk only once its study is published.
    """
    digest, size = hashlib.sha256(), 0
    target = place(tray, member, path)
    draft = target.with_name(f".{secrets.token_hex(4)}-{target.name}")
    with on_disk():
        file = private.created(draft)
    try:
        for part in parts:
            digest.update(part)
            size += len(part)
            with on_disk():
                file.write(part)
        with on_disk():
            file.close()
            draft.replace(target)
    finally:
        with contextlib.suppress(OSError):  # of a full disk, which would be told a second time, as an error of ours
            file.close()
    return FileRecord(path=path, sha256=digest.hexdigest(), size=size)
