"""The files of a folder on the disk, and what of it cannot be had, by reason."""

import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from radiary.model.errors import Reason

_LONG = 900
"""Characters of a path from which on it may be longer than the system takes (1,024 bytes on macOS, 4,096 on Linux)."""


@dataclass
class Tree:
    """What lies below a folder: its regular files, sorted by relative path, and what is left out."""

    files: list[Path] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


def walked(top: Path) -> Tree:
    """Everything below a folder. Links are not followed; one that leads to what is taken anyway, or nowhere, is no loss."""
    tree = Tree()
    waiting = [str(top)]
    while waiting:
        place = waiting.pop()
        try:
            with os.scandir(place) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    else:
                        _take(entry, top, tree)
        except FileNotFoundError:
            continue
        except PermissionError:
            tree.left_out[Reason.FOLDER_UNREADABLE] += 1
        except OSError:
            tree.left_out[Reason.FOLDER_TOO_DEEP if len(place) > _LONG else Reason.FOLDER_UNREADABLE] += 1
    tree.files.sort()
    return tree


def _take(entry: os.DirEntry[str], top: Path, tree: Tree) -> None:
    try:
        if entry.is_file(follow_symlinks=False):
            if len(entry.path) > _LONG:
                entry.stat(follow_symlinks=False)
            tree.files.append(Path(entry.path))
        elif not entry.is_symlink():
            tree.left_out[Reason.SPECIAL_FILE] += 1
        elif _leads_elsewhere(entry.path, top):
            tree.left_out[Reason.LINK_NOT_FOLLOWED] += 1
    except FileNotFoundError:
        pass
    except OSError:
        tree.left_out[Reason.FOLDER_TOO_DEEP if len(entry.path) > _LONG else Reason.FILE_UNREADABLE] += 1


def _leads_elsewhere(link: str, top: Path) -> bool:
    """Whether there is something behind a link that is not in the folder anyway."""
    target = Path(os.path.realpath(link))
    return target.exists() and not target.is_relative_to(Path(os.path.realpath(top)))
