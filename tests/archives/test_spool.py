import os
from pathlib import Path

import pytest

from radiary.archives import spool
from radiary.archives.spool import Spool
from radiary.model.errors import LibraryFull


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten bytes are much."""
    monkeypatch.setattr(spool, "IN_MEMORY", 10)


def test_what_is_small_touches_no_disk(tmp_path: Path) -> None:
    one = Spool(tmp_path / "there is no such folder")
    one.write(b"abc")
    one.write(memoryview(b"def"))
    assert b"".join(one.pieces()) == b"abcdef"
    one.close()


@pytest.mark.usefixtures("small")
def test_what_is_large_comes_back_in_its_order_and_has_no_name(tmp_path: Path) -> None:
    one = Spool(tmp_path)
    said = [bytes([number]) * 4 for number in range(7)]
    for piece in said:
        one.write(piece)
    assert list(tmp_path.iterdir()) == []
    assert b"".join(one.pieces()) == b"".join(said)
    one.close()


@pytest.mark.usefixtures("small")
def test_a_full_disk_is_told_as_one_and_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "TemporaryFile", lambda **_: os.fdopen(os.open("/dev/full", os.O_RDWR), "r+b"))
    one = Spool(tmp_path)
    with pytest.raises(LibraryFull):
        one.write(bytes(100_000))
    one.close()
    other = Spool(tmp_path)
    other.write(bytes(11))
    with pytest.raises(LibraryFull):
        list(other.pieces())
    other.close()
