from pathlib import Path

import numpy as np
import pytest

from radiary.ingest import kept_rows


@pytest.mark.parametrize("kind", ["<i2", "<u2"])
def test_rows_that_are_kept_come_back_as_they_were_and_are_their_owners_alone(tmp_path: Path, kind: str) -> None:
    rows = np.arange(-6, 6).astype(kind).reshape(3, 4)
    kept_rows.keep(rows, tmp_path, 7)
    place = kept_rows.place(tmp_path, 7)
    kept = kept_rows.kept(place)
    assert kept is not None
    assert (kept == rows).all()
    assert kept.dtype == rows.dtype
    assert place.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("damage", [b"", b"half a file", None])
def test_rows_that_are_not_there_or_damaged_are_none(tmp_path: Path, damage: bytes | None) -> None:
    place = kept_rows.place(tmp_path, 7)
    if damage is not None:
        place.write_bytes(damage)
    assert kept_rows.kept(place) is None
