"""Rows of the slices near the ends of a batch, kept in the tray for the comparison with slices of the batches beside it.

To read the slices' copies anew takes ten times as long. They go with the tray.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from radiary.files import private
from radiary.files.disk_errors import on_disk
from radiary.library import tray

if TYPE_CHECKING:
    from radiary.dicom.text.slice_values import Rows


def place(folder: Path, member: int) -> Path:
    """Where a member's rows lie in a tray, if they are kept."""
    return tray.place(folder, member, "rows.npy")


def keep(rows: "Rows", folder: Path, member: int) -> None:
    """Write a member's rows into a tray. Raises NotNow."""
    from radiary.dicom.text import packed_rows

    with on_disk(), private.emptied(place(folder, member)) as file:
        file.write(packed_rows.packed(rows))


def kept(path: Path) -> "Rows | None":
    """The rows that lie in a tray; None where they were not kept."""
    from radiary.dicom.text import packed_rows

    try:
        return packed_rows.unpacked(path.read_bytes())
    except (OSError, ValueError, EOFError):  # then the copy tells
        return None
