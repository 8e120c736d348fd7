from pathlib import Path

import pytest

from radiary.chronicle.own_days import own_days
from radiary.chronicle.sealed import sealed_at
from radiary.chronicle.site import Site
from radiary.chronicle.yaml_days import read

HERS = (
    "- date: 2024-01-01\n  events:\n    - title: not yet\n      folder: 2024-01-01/CT-a\n      sealed: true\n- date: 2024-01-02\n"
)


def site(tmp_path: Path) -> Site:
    folder = tmp_path / "site/_data"
    folder.mkdir(parents=True)
    (folder / "chronicle.yml").write_text(HERS)
    return Site(tmp_path / "chronicle", folder / "chronicle.yml")


def test_what_she_sealed_is_known_by_its_day_and_its_folder(tmp_path: Path) -> None:
    assert sealed_at(site(tmp_path)) == {"2024-01-01", "2024-01-01/CT-a"}


def test_while_her_file_cannot_be_read_or_its_disk_is_away_it_is_not_known(tmp_path: Path) -> None:
    made = site(tmp_path)
    made.data.write_text("- date: [")
    assert sealed_at(made) is None
    (tmp_path / "site").rename(tmp_path / "away")
    assert sealed_at(made) is None


@pytest.mark.parametrize(
    ("word", "is_sealed"),
    [("true", True), ("'true'", True), ("'Yes'", True), ("ja", True), ("1", True), ("until she knows", True), ("[x]", True),
     ("false", False), ("'false'", False), ("'No'", False), ("", False), ("0", False)],
)  # fmt: skip
def test_whatever_she_writes_behind_sealed_but_no_closes_an_entry_or_a_whole_day(
    tmp_path: Path, word: str, is_sealed: bool
) -> None:
    made = site(tmp_path)
    for own in (
        f"- date: 2024-01-01\n  events:\n    - title: mine\n      sealed: {word}\n",
        f"- date: 2024-01-01\n  events:\n    - title: mine\n      Sealed: {word}\n",
        f"- date: 2024-01-01\n  sealed: {word}\n  events:\n    - title: mine\n    - words\n",
    ):
        made.data.write_text(own)
        assert sealed_at(made) == ({"2024-01-01"} if is_sealed else set())
        assert all(event.is_sealed == is_sealed for day in own_days(read(own)) for event in day.events)


def test_who_wrote_nothing_sealed_nothing(tmp_path: Path) -> None:
    assert sealed_at(Site(tmp_path / "chronicle")) == set()
