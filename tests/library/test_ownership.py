from pathlib import Path

import pytest

from members import filed, staged
from radiary.library.marks import Mark
from radiary.library.ownership import Claim, trouble
from radiary.library.shelf import Library
from radiary.model.errors import LibraryAhead, LibraryOfAnotherKey, LibraryUnknown

LINES = {5: "five"}


def claim(key: str = "mine", *studies: str) -> Claim:
    return Claim(key, lambda seq, line: LINES.get(seq) == line, lambda: (5, "five"), lambda: studies)


def test_the_library_of_another_key_is_refused_and_left_as_it_is(shelf: Library) -> None:
    shelf.keep_mark(Mark("other", 5, "five"))
    with pytest.raises(LibraryOfAnotherKey):
        claim().check(shelf)
    assert shelf.mark() == Mark("other", 5, "five")
    assert trouble(shelf, claim("")) == LibraryOfAnotherKey


@pytest.mark.parametrize("mark", [Mark("mine", 6, "six"), Mark("mine", 5, "another five")])
def test_a_library_that_is_newer_than_the_ledger_is_refused(shelf: Library, mark: Mark) -> None:
    shelf.keep_mark(mark)
    with pytest.raises(LibraryAhead):
        claim().check(shelf)


def test_a_marker_of_an_earlier_version_is_completed_when_its_studies_are_known_or_there_are_none(shelf: Library) -> None:
    claim().check(shelf)
    assert shelf.mark() == Mark("mine", 5, "five")
    uid = filed(shelf, *staged(shelf, "a"), None)[0].uid
    shelf.keep_mark(Mark())
    claim("mine", uid).check(shelf)
    assert shelf.mark() == Mark("mine", 5, "five")


def test_a_library_of_studies_that_nobody_here_knows_is_refused(shelf: Library) -> None:
    filed(shelf, *staged(shelf, "a"), None)
    with pytest.raises(LibraryUnknown):
        claim("mine", "2.25.77").check(shelf)
    assert shelf.mark() == Mark()


def test_a_state_folder_without_a_key_claims_nothing(shelf: Library) -> None:
    claim("").check(shelf)
    assert shelf.mark() == Mark()


def test_a_library_that_is_away_is_no_trouble(tmp_path: Path) -> None:
    assert trouble(Library(tmp_path / "away"), claim()) is None


def test_what_was_looked_at_is_not_looked_up_again_until_it_changes(shelf: Library) -> None:
    asked = []
    mine = Claim("mine", lambda seq, _line: bool(asked.append(seq)) or seq == 5, lambda: (5, "five"), list)
    shelf.keep_mark(Mark("mine", 5, "five"))
    mine.check(shelf)
    mine.check(shelf)
    assert asked == [5]
    shelf.keep_mark(Mark("mine", 9, "nine"))
    with pytest.raises(LibraryAhead):
        mine.check(shelf)
