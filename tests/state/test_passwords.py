"""Passwords of archives lie sealed in the state folder, as people do."""

from pathlib import Path

import pytest

from radiary.model.errors import Unusable
from radiary.state.folder import State


def test_no_password_stands_in_the_file(tmp_path: Path) -> None:
    State(tmp_path).passwords.add("geheim-1981")
    assert b"geheim" not in (tmp_path / "passwords").read_bytes()
    assert State(tmp_path).passwords.all() == ("geheim-1981",)


def test_a_file_of_an_older_radiary_is_read_and_sealed(tmp_path: Path) -> None:
    State(tmp_path).key(None)
    (tmp_path / "passwords").write_text("geheim\nzweites\n")
    (tmp_path / "passwords").chmod(0o600)
    assert State(tmp_path).passwords.all() == ("geheim", "zweites")
    assert b"geheim" not in (tmp_path / "passwords").read_bytes()
    assert (tmp_path / "passwords").stat().st_mode & 0o777 == 0o600
    assert State(tmp_path).passwords.all() == ("geheim", "zweites")


def test_a_file_of_another_key_gives_none_and_is_not_written_over(tmp_path: Path) -> None:
    State(tmp_path).passwords.add("geheim")
    (tmp_path / "key").write_text("11" * 32)
    before = (tmp_path / "passwords").read_bytes()
    assert State(tmp_path).passwords.all() == ()
    with pytest.raises(Unusable, match="damaged"):
        State(tmp_path).passwords.add("another")
    assert (tmp_path / "passwords").read_bytes() == before


@pytest.mark.parametrize(
    ("content", "mode"), [(b"", 0o600), (bytes(80), 0o600), (b"Radiary passwords 2\nrubbish", 0o600), (b"geheim\n", 0o644)]
)
def test_a_file_that_gives_none_is_not_written_over(content: bytes, mode: int, tmp_path: Path) -> None:
    path = tmp_path / "passwords"
    path.write_bytes(content)
    path.chmod(mode)
    assert State(tmp_path).passwords.all() == ()
    assert not State(tmp_path).passwords.are_at_hand()
    with pytest.raises(Unusable, match="unlock --forget"):
        State(tmp_path).passwords.add("another")
    assert path.read_bytes() == content


def test_a_folder_in_their_place_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "passwords").mkdir()
    with pytest.raises(Unusable, match="put it back from a backup"):
        State(tmp_path).passwords.add("another")


def test_a_lost_key_is_said_and_none_is_made_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "ledger.jsonl").write_text("{}\n")
    with pytest.raises(Unusable, match="key"):
        State(tmp_path).passwords.add("geheim")
    assert not (tmp_path / "key").exists()
    assert not (tmp_path / "passwords").exists()
