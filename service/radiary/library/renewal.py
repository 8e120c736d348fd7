"""Some files of a study that stands become others, under the same names: all of them and `study.json`, or none."""

import errno
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from radiary.files import moving, private
from radiary.files.disk_errors import on_disk
from radiary.files.exchange import exchange
from radiary.library import layout
from radiary.model import records
from radiary.model.records import StudyRecord

_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EACCES, errno.EXDEV})


def renew(study: Path, files: Mapping[str, Path], record: StudyRecord, *, made: Path) -> None:
    """Put `files`, by their paths in the folder `study`, and its new record in the place of what stands there. Raises NotNow.

    `made` is a tray on the same file system. The whole study is made there once more, what stays the same by links, and changes
    places with the one that stands. Where links or that cannot be had, one file after another is replaced, the record last;
    what is cut short then is made anew once more.
    """
    anew = made / "renewed"
    with on_disk():
        is_linked = _linked(study, anew)
        for path, file in files.items():
            moving.move(file, (anew if is_linked else study) / path)
        if is_linked and _exchanged(study, anew, record):
            _bring_over(anew, study)
            return
        for path in files if is_linked else ():
            (anew / path).replace(study / path)
        private.sync_all(study)
        private.replace(study / layout.STUDY_FILE, records.written(record))


def _linked(study: Path, anew: Path) -> bool:
    """Make a folder of the same files; False on a file system without links."""
    for path in _below(study):
        target = anew / path.relative_to(study)
        private.folder(target.parent)
        if _is_folder(path):
            private.folder(target)
            continue
        try:
            os.link(path, target, follow_symlinks=False)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            return False
    return True


def _exchanged(study: Path, anew: Path, record: StudyRecord) -> bool:
    (anew / layout.STUDY_FILE).unlink()
    private.write(anew / layout.STUDY_FILE, records.written(record))
    anew.chmod(study.stat().st_mode & 0o777)
    private.sync_all(anew)
    if not exchange(anew, study):
        return False
    private.sync(study.parent)
    return True


def _bring_over(old: Path, study: Path) -> None:
    """What somebody put into the old folder meanwhile is hers."""
    for path in _below(old):
        target = study / path.relative_to(old)
        if not target.exists() and not target.is_symlink():
            private.folder(target if _is_folder(path) else target.parent)
            if not _is_folder(path):
                path.replace(target)


def _below(folder: Path) -> Iterator[Path]:
    """Files, folders, and links to either, which are not followed."""
    return (Path(place, name) for place, folders, names in os.walk(folder) for name in (*folders, *names))


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()
