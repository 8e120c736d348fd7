"""What the frames of a clip show together, kept in the tray for the search: to load them all again takes a third of its time.

It goes with the tray.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from radiary.files import private
from radiary.files.disk_errors import on_disk
from radiary.library import tray

if TYPE_CHECKING:
    from radiary.dicom.text.frames_together import Gathering, Together


def place(folder: Path, member: int) -> Path:
    """Where it lies in a tray, if it was kept."""
    return tray.place(folder, member, "frames.npy")


def keep(gathering: "Gathering", names: Sequence[str], folder: Path, member: int) -> None:
    """Write what frames show together into a tray, in the order of their names, if it was gathered of all. Raises NotNow."""
    from radiary.dicom.text import frames_together

    if (together := gathering.together(names)) is not None:
        with on_disk(), private.emptied(place(folder, member)) as file:
            file.write(frames_together.packed(together))


def kept(path: Path, frames: int) -> "Together | None":
    """What lies in a tray of so many frames; None where it was not kept."""
    from radiary.dicom.text import frames_together

    try:
        together = frames_together.unpacked(path.read_bytes())
    except (OSError, ValueError, EOFError):  # then the pictures tell
        return None
    return together if len(together.steps) == frames else None
