"""Whether a file or a folder is in other hands than its owner's."""

import contextlib
import grp
import os
import pwd
import stat
from pathlib import Path


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
        return "another user of this computer, whose it is"
    if status.st_mode & stat.S_IWOTH:
        return "everybody on this computer"
    if status.st_mode & stat.S_IWGRP and not _is_private(status.st_gid, status.st_uid):
        return "a group of users of this computer"
    return ""


def _is_private(group: int, owner: int) -> bool:
    """Whether nobody but a file's owner, and root, is in a group."""
    if group == 0:
        return True
    with contextlib.suppress(KeyError):
        person = pwd.getpwuid(owner).pw_name
        members = {*grp.getgrgid(group).gr_mem, *(one.pw_name for one in pwd.getpwall() if one.pw_gid == group)}
        return members <= {person, "root"}
    return False
