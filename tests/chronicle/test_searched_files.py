from pathlib import Path

from radiary.chronicle import identity_gate
from radiary.chronicle.searched_files import Searched
from radiary.files.looks import Looks
from radiary.model.nouns import Identity

SHE, HE = (
    identity_gate.gate_against([Identity("Synthetica^Petronella", "", "", "")], b""),
    identity_gate.gate_against([Identity("Fictus^Otto", "", "", "")], b""),
)


def searched_now(known: Searched, who: identity_gate.Gate, folder: Path) -> list[str]:
    paths = [str(path) for path in sorted(folder.iterdir())]
    return [path.rpartition("/")[2] for path, _ in known.rest(who, paths, Looks({}))]


def test_a_file_is_searched_once_and_again_when_it_changes(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"one")
    (tmp_path / "b").write_bytes(b"two")
    known = Searched()
    assert searched_now(known, SHE, tmp_path) == ["a", "b"]
    assert searched_now(known, SHE, tmp_path) == []
    (tmp_path / "b").write_bytes(b"another one")
    assert searched_now(known, SHE, tmp_path) == ["b"]


def test_all_files_are_searched_for_somebody_new_and_after_something_was_found(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"one")
    known = Searched()
    searched_now(known, SHE, tmp_path)
    assert searched_now(known, HE, tmp_path) == ["a"]
    known.forget()
    assert searched_now(known, HE, tmp_path) == ["a"]
