"""Errors out of foreign readers: the disk's own, and what a damaged archive makes them ask of it."""

import errno


def is_of_the_disk(error: BaseException) -> bool:
    """Whether an error is one of the disk. Readers raise OSError for damage, too, and seek where no file has a byte (EINVAL)."""
    return isinstance(error, OSError) and error.errno not in {None, errno.EINVAL}
