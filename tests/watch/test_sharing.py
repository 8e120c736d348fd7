from collections.abc import Iterator
from pathlib import Path

import pytest

from radiary.watch import sharing
from radiary.watch.sharing import Sharing


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Sharing, Sharing]]:
    """What two services know, on a disk that lasts wherever the tests run."""
    monkeypatch.setattr(sharing.Path, "home", lambda: tmp_path)
    made = Sharing(), Sharing()
    yield made
    for one in made:
        one.end()


def test_two_services_that_watch_one_folder_know_of_each_other(two: tuple[Sharing, Sharing], tmp_path: Path) -> None:
    first, second = two
    assert [first.is_shared(tmp_path), first.is_shared(tmp_path)] == [False, False]
    assert second.is_shared(tmp_path)
    assert first.is_shared(tmp_path)
    second.end()
    assert not first.is_shared(tmp_path)


def test_a_folder_that_is_made_anew_is_another_one(two: tuple[Sharing, Sharing], tmp_path: Path) -> None:
    folder = tmp_path / "downloads"
    folder.mkdir()
    assert not two[0].is_shared(folder)
    folder.rename(tmp_path / "before")
    assert not two[1].is_shared(folder)
    folder.mkdir()
    assert not two[1].is_shared(folder)
    assert two[0].is_shared(folder)


def test_a_disk_that_may_be_unplugged_is_not_held(tmp_path: Path) -> None:
    one, other = Sharing(), Sharing()
    for each in (one, other):
        each.lasting = frozenset()
    assert [one.is_shared(tmp_path), other.is_shared(tmp_path), one.held] == [False, False, {}]
