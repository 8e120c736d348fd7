import os
from pathlib import Path

import pytest

from radiary.files import private


def test_everything_written_is_its_owners_alone(tmp_path: Path) -> None:
    made = private.folder(tmp_path / "a" / "b")
    private.write(made / "file", b"1")
    private.replace(made / "other", b"2")
    assert {(tmp_path / "a").stat().st_mode & 0o777, made.stat().st_mode & 0o777} == {0o700}
    assert {one.stat().st_mode & 0o777 for one in made.iterdir()} == {0o600}


def test_write_never_overwrites_and_replace_does_at_once(tmp_path: Path) -> None:
    private.write(tmp_path / "file", b"1")
    with pytest.raises(FileExistsError):
        private.write(tmp_path / "file", b"2")
    (tmp_path / ".file.draft").write_bytes(b"left by a crash")
    private.replace(tmp_path / "file", b"3")
    assert (tmp_path / "file").read_bytes() == b"3"
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("count", [1, 40])
def test_many_files_come_to_their_places_and_are_private(tmp_path: Path, count: int) -> None:
    moves = {}
    for number in range(count):
        place = private.folder(tmp_path / str(number % 3))
        draft = place / f".{number}"
        with private.emptied(draft) as file:
            file.write(str(number).encode())
        moves[place / str(number)] = draft
    first = next(iter(moves))
    first.write_bytes(b"what stood there before")
    first.chmod(0o644)
    private.move_all(moves, tmp_path)
    assert [path.read_bytes() for path in moves] == [str(number).encode() for number in range(count)]
    assert not any(path.exists() for path in moves.values())
    assert [oct(path.stat().st_mode & 0o777) for path in moves] == ["0o644", *["0o600"] * (count - 1)]


@pytest.mark.parametrize("count", [1, 40])
def test_what_its_owner_put_beside_the_files_keeps_nothing_from_the_disk(tmp_path: Path, count: int) -> None:
    for number in range(count):
        (tmp_path / str(number)).write_bytes(b"1")
    (tmp_path / "dangling").symlink_to("nowhere")
    os.mkfifo(tmp_path / "pipe")
    private.sync_all(tmp_path)


def test_a_file_may_come_piece_by_piece(tmp_path: Path) -> None:
    private.write(tmp_path / "a", iter((b"1", b"2")))
    private.replace(tmp_path / "a", iter((b"3", b"4")))
    assert (tmp_path / "a").read_bytes() == b"34"
