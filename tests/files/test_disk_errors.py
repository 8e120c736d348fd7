import errno
import os

import pytest

from radiary.files import disk_errors
from radiary.model.errors import LibraryFull, LibraryOffline, LibraryReadOnly


@pytest.mark.parametrize(
    ("number", "kind"),
    [(errno.ENOSPC, LibraryFull), (errno.EDQUOT, LibraryFull), (errno.EROFS, LibraryReadOnly), (errno.EACCES, LibraryReadOnly),
     (errno.ENOENT, LibraryOffline), (errno.ENOTCONN, LibraryOffline), (errno.ETIMEDOUT, LibraryOffline),
     (errno.EHOSTDOWN, LibraryOffline)],
)  # fmt: skip
def test_the_disks_errors_say_what_to_do(number: int, kind: type[Exception]) -> None:
    with pytest.raises(kind), disk_errors.on_disk():
        raise OSError(number, os.strerror(number))


def test_other_errors_are_not_taken_for_the_disks() -> None:
    with pytest.raises(FileExistsError), disk_errors.on_disk():
        raise FileExistsError(errno.EEXIST, "exists")


@pytest.mark.parametrize(
    "number",
    [errno.ENOENT, errno.ENOTDIR, errno.ENXIO, errno.ENODEV, errno.EIO, errno.ESTALE, errno.ENOTCONN, errno.ETIMEDOUT,
     errno.EHOSTDOWN, errno.EHOSTUNREACH, errno.ENETDOWN, errno.ENETUNREACH],
)  # fmt: skip
def test_a_disk_that_is_unplugged_and_a_share_that_is_out_of_reach_are_waited_for(number: int) -> None:
    with pytest.raises(LibraryOffline), disk_errors.on_disk():
        raise OSError(number, os.strerror(number))
