"""Whether a file or a folder is in other hands than its owner's."""

import contextlib
import grp
import os
import pwd
import stat
from pathlib import Path

ITS_OWNER = "another user of this computer, whose it is"


def who_may_write(path: Path) -> str:
    """Who else may change it, in words; nothing for nobody. Of what cannot be looked at nothing is said.

    In a folder such as /tmp, which is sticky, only the owner of a file replaces it. A group of one's own, as many systems give to
    each person, is nobody else.
    """
    try:
        status = path.stat()
    except OSError:
        return ""
    if stat.S_ISDIR(status.st_mode) and status.st_mode & stat.S_ISVTX:
        return ""
    if os.geteuid() not in (0, status.st_uid) and status.st_uid != 0:
        return ITS_OWNER
    if status.st_mode & stat.S_IWOTH:
        return "everybody on this computer"
    if status.st_mode & stat.S_IWGRP and not _is_private(status.st_gid, status.st_uid):
        return "a group of users of this computer"
    return ""


def _is_private(group: int, owner: int) -> bool:
    """Whether nobody but a file's owner, and root, is in a group."""
    if group == 0:
        return True
    listed: list[str] = []
    with contextlib.suppress(KeyError):  # in a container, numbers may have no names
        listed = grp.getgrgid(group).gr_mem
    people = pwd.getpwall()
    own = {one.pw_name for one in people if one.pw_uid in (0, owner)}
    return own.issuperset({*listed, *(one.pw_name for one in people if one.pw_gid == group)})
