from pathlib import Path

import numpy as np
import pytest

from radiary.dicom.text import frames_together
from radiary.dicom.text.frames_together import Gathering
from radiary.ingest import kept_frames


def gathered() -> Gathering:
    gathering = Gathering()
    for place in range(4):
        gathering.add(str(place), np.random.default_rng(place).integers(0, 255, (40, 60)).astype("u1"))
    return gathering


def test_what_was_kept_of_frames_comes_back_and_is_its_owners_alone(tmp_path: Path) -> None:
    names = [str(place) for place in range(4)]
    kept_frames.keep(gathered(), names, tmp_path, 7)
    place = kept_frames.place(tmp_path, 7)
    kept, together = kept_frames.kept(place, 4), gathered().together(names)
    assert kept is not None
    assert together is not None
    assert frames_together.packed(kept) == frames_together.packed(together)
    assert place.stat().st_mode & 0o777 == 0o600
    assert kept_frames.kept(place, 5) is None


def test_nothing_is_kept_that_was_not_gathered_of_all(tmp_path: Path) -> None:
    kept_frames.keep(gathered(), ["0", "1"], tmp_path, 7)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("damage", [b"", b"half a file", None])
def test_what_is_not_there_or_damaged_is_none(tmp_path: Path, damage: bytes | None) -> None:
    place = kept_frames.place(tmp_path, 7)
    if damage is not None:
        place.write_bytes(damage)
    assert kept_frames.kept(place, 4) is None
