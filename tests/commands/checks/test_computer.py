import sys
from datetime import UTC, datetime, timedelta
from importlib import metadata
from pathlib import Path

import pytest

from radiary.commands.checks import computer
from radiary.model.events import Opened

NOW = datetime(2026, 11, 28, tzinfo=UTC)


def test_a_clock_that_is_behind_is_told() -> None:
    last = Opened(radiary="1", key="a" * 64, at=NOW)
    assert computer.clock(None, NOW).verdict == "well"
    assert computer.clock(last, NOW - timedelta(minutes=9)).verdict == "well"
    assert computer.clock(last, NOW - timedelta(minutes=11)).verdict == "note"
    assert computer.clock(None, datetime(1970, 1, 2, tzinfo=UTC)).verdict == "bad"


def test_where_the_system_gives_no_notices_it_is_told_how_downloads_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = (tmp_path,)
    assert computer.notices_of_changes(folders, polling=False, seconds=60).verdict == "well"
    monkeypatch.setattr(computer.listening, "trouble", lambda _folder: "No space left on device")
    told = computer.notices_of_changes(folders, polling=False, seconds=60)
    assert (told.verdict, "every 60 seconds" in told.sentence, "sysctl" in told.sentence) == ("note", True, True)
    assert computer.notices_of_changes(folders, polling=True, seconds=60).verdict == "well"


def test_a_package_that_is_missing_or_too_old_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    there = next(iter(computer.packages()))
    assert (there.what, there.verdict) == ("packages", "well")
    wanted = ["numpy>=999", "no-such-package>=1", "rich>=1", "other>=1; extra == 'x'"]
    monkeypatch.setattr(metadata, "requires", lambda _name: wanted)
    told = next(iter(computer.packages()))
    assert told.verdict == "bad"
    assert "no-such-package is missing, numpy" in told.sentence
    assert "other" not in told.sentence


def test_an_optional_package_that_is_broken_is_told_from_one_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "keyring.py").write_text("raise RuntimeError('Petronella')")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "keyring", raising=False)
    told = {one.what: one for one in computer.packages()}["system keyring"]
    assert (told.verdict, "broken (RuntimeError)" in told.sentence, "Petronella" in told.sentence) == ("bad", True, False)
    monkeypatch.setitem(computer._EXTRAS, "system keyring", ("no_such_module", "keyring", "nothing"))
    told = {one.what: one for one in computer.packages()}["system keyring"]
    assert (told.verdict, "not installed" in told.sentence) == ("note", True)
