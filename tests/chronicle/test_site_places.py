"""The places of her site, remembered while something stands in them."""

from pathlib import Path

import pytest

from radiary.chronicle import site_places


def test_a_folder_that_may_not_be_listed_keeps_no_other_one_from_being_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(folder: Path) -> bool:
        if folder == tmp_path:
            raise PermissionError
        return False

    monkeypatch.setattr(site_places, "_is_empty", refuse)
    (tmp_path / "images").mkdir()
    site_places.keep(tmp_path / "places.json", [tmp_path, tmp_path / "images"])
    assert list(site_places.read(tmp_path / "places.json")) == [str(tmp_path / "images")]
