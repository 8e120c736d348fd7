"""An instance's pictures and its copy in the tray, loaded as they are asked for, in workers."""

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from radiary.dicom.hidden_values import Shown

Groups = tuple[tuple[Path, ...], ...]
"""An instance's pictures: what belongs together is searched together, as the frames of a clip are."""


class Frames(Sequence["NDArray[np.uint8]"]):
    """Pictures that are loaded as they are asked for: a long clip does not fit into memory."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = paths

    def __len__(self) -> int:
        return len(self._paths)

    def __getitem__(self, place: Any) -> Any:
        from radiary.dicom.render import encode

        return encode.pixels_of(self._paths[place].read_bytes())


def hidden(copy: Path, *, is_clip: bool = False) -> "Iterator[Shown]":
    """The values of a copy as its pictures do not show them, as far as it can be read."""
    from radiary.dicom import hidden_values
    from radiary.dicom.read.pixel_matrix import Undecodable
    from radiary.dicom.wall import deidentify

    with contextlib.suppress(Undecodable, ValueError), copy.open("rb") as file:
        data = file if is_clip else file.read()  # a clip may be larger than memory
        yield from hidden_values.pictures(deidentify.readmitted(data, is_blanked=False))


def stored(path: Path) -> "NDArray[np.generic] | None":
    """The values of a slice's copy, or of its picture; None where there are none of one frame."""
    from radiary.dicom import hidden_values
    from radiary.dicom.read.pixel_matrix import Undecodable
    from radiary.dicom.wall import deidentify

    if path.suffix == ".png":
        picture: NDArray[np.uint8] = Frames([path])[0]
        return picture
    with contextlib.suppress(Undecodable, ValueError):
        return hidden_values.stored(deidentify.readmitted(path.read_bytes(), is_blanked=False))
    return None
