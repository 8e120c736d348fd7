"""Files and folders that go to another place, which may be on another disk: behind a link of their owner's, say."""

import errno
import os
import shutil
from pathlib import Path

from radiary.files import private


def move(source: Path, target: Path) -> None:
    """Rename, or copy, put on the disk and rename where the two are on different file systems; `target` is whole or not there."""
    try:
        source.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        _carry(source, target)


def _carry(source: Path, target: Path) -> None:
    draft = target.with_name(f".{target.name}.moving")
    if source.is_dir():
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(source, draft, symlinks=True)
        private.sync_all(draft)
    else:
        shutil.copy2(source, draft)
        with draft.open("rb") as file:
            os.fsync(file.fileno())
    draft.replace(target)
    private.sync(target.parent)
    if source.is_dir():
        shutil.rmtree(source)
    else:
        source.unlink()
