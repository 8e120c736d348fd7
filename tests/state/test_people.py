import errno
import fcntl
import threading
from pathlib import Path

import pytest

from conftest import KEY
from radiary.files import private
from radiary.model.errors import Mistaken, PeopleDamaged, StateFull, StateUnwritable
from radiary.model.nouns import Identity, Person
from radiary.state.people import People

ONE, OTHER = Identity("Synthetica^Petronella", "19810704", "5512", ""), Identity("Doe^Jane", "19500101", "7", "")


@pytest.fixture
def people(tmp_path: Path) -> People:
    made = People(tmp_path / "people", KEY)
    made.learn({"P-A": ONE, "P-B": OTHER}, {"P-A": "20240101"})
    return made


def test_what_was_learned_is_known_and_learned_once(people: People) -> None:
    people.learn({"P-A": OTHER}, {"P-A": "20200101"})
    assert people.known() == {"P-A": Person("P-A", "20240101", "P-A"), "P-B": Person("P-B", None, "P-B")}
    assert people.all()[0].identities["P-A"] == ONE


def test_nobody_is_missing_of_whose_papers_it_is_not_known_whose_they_are(people: People, tmp_path: Path) -> None:
    assert not people.lacks(["P-A", "", "P-B"])
    assert people.lacks(["P-A", "P-C"])
    assert not People(tmp_path / "new", KEY).lacks([""])


def test_no_name_can_be_read_in_the_file_and_it_is_her_own(people: People, tmp_path: Path) -> None:
    written = (tmp_path / "people").read_bytes().lower()
    assert b"synthetica" not in written
    assert b"1981" not in written
    assert (tmp_path / "people").stat().st_mode & 0o777 == 0o600


def test_another_key_or_a_damaged_file_is_a_sentence(people: People, tmp_path: Path) -> None:
    with pytest.raises(PeopleDamaged, match="people"):
        People(tmp_path / "people", bytes(32)).all()
    (tmp_path / "people").write_bytes(b"x" * 100)
    with pytest.raises(PeopleDamaged, match="backup"):
        people.all()


def test_two_that_are_merged_are_one_and_old_codes_lead_to_her(people: People) -> None:
    people.merge("P-B", "P-A")
    assert people.known() == {"P-A": Person("P-A", "20240101", "P-A"), "P-B": Person("P-A", "20240101", "P-A")}
    people.rename("P-A", "ME")
    assert people.codes() == {"P-A": "ME", "P-B": "ME"}


def test_a_split_makes_two_again(people: People) -> None:
    people.merge("P-B", "P-A")
    assert people.split("P-A") == ["P-A", "P-B"]
    assert {one.code for one in people.known().values()} == {"P-A", "P-B"}


def test_codes_that_nobody_has_or_that_are_taken_are_sentences(people: People) -> None:
    for change in (
        lambda: people.merge("P-X", "P-A"),
        lambda: people.split("P-X"),
        lambda: people.rename("P-A", "P-B"),
        lambda: people.merge("P-A", "P-A"),
    ):
        with pytest.raises(Mistaken):
            change()


def test_a_code_that_somebody_once_had_is_taken_and_dates_move_by_the_first_one(people: People) -> None:
    people.rename("P-A", "ME")
    assert people.known()["P-A"].root == "P-A"
    with pytest.raises(Mistaken, match="had"):
        people.rename("P-B", "P-A")
    assert people.split("ME") == ["P-A"]
    assert people.codes()["ME"] == "P-A"


def test_whoever_learns_waits_for_whoever_is_at_it(people: People, tmp_path: Path) -> None:
    with (tmp_path / "people.lock").open("r+b") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        learning = threading.Thread(target=people.learn, args=({"P-C": Identity("Roe^Rita", "", "", "")}, {}))
        learning.start()
        learning.join(0.5)
        assert learning.is_alive()
        assert [one.code for one in people.all()] == ["P-A", "P-B"]
    learning.join()
    assert [one.code for one in people.all()] == ["P-A", "P-B", "P-C"]


def test_two_that_are_merged_count_days_from_the_earlier_first_one(people: People) -> None:
    people.learn({"P-C": Identity("Roe^Rita", "", "", "")}, {"P-C": "20230101"})
    people.merge("P-C", "P-A")
    assert people.known()["P-A"].first_day == people.known()["P-C"].first_day == "20230101"


def test_a_single_bit_that_changed_is_noticed(people: People, tmp_path: Path) -> None:
    path = tmp_path / "people"
    sealed = path.read_bytes()
    for place in range(len(sealed)):
        path.write_bytes(sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :])
        with pytest.raises(PeopleDamaged):
            people.all()


def test_names_of_everybody_else_are_remembered_once_and_sealed(tmp_path: Path) -> None:
    people = People(tmp_path / "people", bytes(32))
    assert people.others() == []
    people.hear_of(["Fictus^Otto", "Fictus^Otto", "Hand^Peter"])
    people.learn({"P-A": ONE}, {})
    people.hear_of(["Hand^Peter"])
    assert people.others() == ["Fictus^Otto", "Hand^Peter"]
    assert [one.code for one in people.all()] == ["P-A"]
    assert b"Fictus" not in (tmp_path / "people").read_bytes()


def test_a_folder_that_cannot_be_written_to_is_called_so_and_asked_before_work(people: People, tmp_path: Path) -> None:
    people.try_out()
    (tmp_path / "people.trial").mkdir()
    with pytest.raises(StateUnwritable):
        people.try_out()
    (tmp_path / "people.lock").unlink()
    (tmp_path / "people.lock").mkdir()
    with pytest.raises(StateUnwritable):
        people.learn({"P-C": OTHER}, {})


def test_a_full_disk_is_no_fault_of_what_was_to_be_learned(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(private, "replace", full)
    with pytest.raises(StateFull):
        people.learn({"P-C": OTHER}, {})
    with pytest.raises(StateFull):
        people.try_out()
