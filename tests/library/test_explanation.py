"""A library tells how it is read without Radiary: once."""

import re
from pathlib import Path

from radiary.library import explanation
from radiary.library.marks import Mark
from radiary.library.shelf import Library

MARK = Mark("mine", 5, "five")


def test_a_new_library_is_explained_once_it_is_somebodys(tmp_path: Path) -> None:
    library = Library(tmp_path / "library")
    library.open(is_new=True)
    readme = library.root / explanation.NAME
    assert not readme.exists()
    assert library.keep_mark(MARK)
    assert readme.read_text() == explanation.TEXT
    assert readme.stat().st_mode & 0o777 == 0o600
    assert library.mark() == MARK


def test_an_older_library_is_explained_with_what_comes_next(tmp_path: Path) -> None:
    (tmp_path / ".radiary").write_text(
        '{"made by": "Radiary", "version": 1, "key": "mine", "ledger": {"seq": 4, "hash": "four"}}'
    )
    library = Library(tmp_path)
    library.keep_mark(MARK)
    assert (tmp_path / explanation.NAME).exists()


def test_what_its_owner_deleted_or_wrote_stays_so(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.open(is_new=True)
    readme = tmp_path / explanation.NAME
    readme.write_text("my own words")
    library.keep_mark(MARK)
    assert readme.read_text() == "my own words"
    readme.unlink()
    library.keep_mark(MARK)
    assert not readme.exists()


def test_it_speaks_of_the_folders_that_there_are() -> None:
    from radiary.library import layout, shelf, trash

    for name in (layout.STUDY_FILE, shelf._TRAYS, trash._TRASH, shelf._MARKER):
        assert re.search(rf"(?<![\w.]){re.escape(name)}", explanation.TEXT), name
