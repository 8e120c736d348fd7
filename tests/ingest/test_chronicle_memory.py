"""What is remembered of the chronicle from one process to the next, on an exam that is really filed."""

from collections.abc import Callable
from pathlib import Path

import pytest

import exports
from conftest import export_at
from radiary.chronicle import book, day_view
from radiary.chronicle.site import Site
from radiary.ingest import chronicle_memory
from radiary.ingest.attempt import Attempts
from radiary.ingest.chronicle_memory import Keeper
from radiary.ingest.chronicling import Chronicling
from radiary.language import Language
from radiary.model.events import Queued
from radiary.state.ledger import Follower

Tells = Callable[..., int]


@pytest.fixture
def filed(attempts: Attempts, tmp_path: Path) -> None:
    export = export_at(exports.zipped(tmp_path / "a.zip", exports.ct_files(2)))
    attempts.queue.fold(attempts.ledger.append(Queued(export=export.digest, kind="zip", size=1))[0])
    attempts.ingest(export, lambda _done, _total: None)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The dates of days that were made."""
    days: list[str] = []
    view = day_view.view

    def noted(day: object, *arguments: object, **named: object) -> object:
        days.append(getattr(day, "date", ""))
        return view(day, *arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(book.day_view, "view", noted)
    return days


@pytest.fixture
def process(attempts: Attempts, filed: None, tmp_path: Path, made: list[str]) -> Tells:
    """Runs the chronicle once as a process of its own would, from its beginning to its end; how many days it made."""

    def run(key: bytes = b"k" * 32, code: str = "en") -> int:
        made.clear()
        bench, follower = attempts.bench, Follower(tmp_path / "state/ledger.jsonl")
        keeper = Keeper(tmp_path / "state/chronicle.memory", key, follower)
        site = Site(tmp_path / "chronicle", language=Language(code))
        tells = Chronicling(site, follower.news, bench.library.root, bench.people, bench.pool, keeper=keeper)
        attempts.chronicle(tells)
        assert not (tmp_path / "state/chronicle.memory").exists()
        tells.close()
        return len(made)

    return run


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_process_goes_on_where_the_last_one_ended(process: Tells, tmp_path: Path) -> None:
    assert process() == 1
    process()
    before = contents(tmp_path / "chronicle")
    assert process() == 0
    assert contents(tmp_path / "chronicle") == before


def test_the_memory_can_be_read_with_the_key_alone(process: Tells, tmp_path: Path) -> None:
    process()
    kept = (tmp_path / "state/chronicle.memory").read_bytes()
    assert b"CT" in (tmp_path / "chronicle/chronicle.yml").read_bytes()
    assert b"radiary" not in kept
    assert b"scan1.jpg" not in kept
    assert (tmp_path / "state/chronicle.memory").stat().st_mode & 0o777 == 0o600


def test_with_another_key_language_or_program_everything_is_made_anew(
    process: Tells, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    process()
    process()  # the first one wrote pictures, beside which a day looks anew
    assert process() == 0
    assert "Series 1" in (tmp_path / "chronicle/index.html").read_text()
    assert process(code="nl") == 1
    assert "Series 1" not in (tmp_path / "chronicle/index.html").read_text()
    assert process(code="nl", key=b"o" * 32) == 1
    monkeypatch.setattr(chronicle_memory, "_program", lambda: iter([("radiary/page.css", 1, 2)]))
    assert process(code="nl", key=b"o" * 32) == 1


def test_a_damaged_memory_costs_a_beginning_and_nothing_else(process: Tells, tmp_path: Path) -> None:
    process()
    process()
    kept = tmp_path / "state/chronicle.memory"
    kept.write_bytes(kept.read_bytes()[:-1])
    assert process() == 1
    assert process() == 0


def test_of_another_ledger_nothing_is_remembered(process: Tells, tmp_path: Path) -> None:
    process()
    process()
    ledger = tmp_path / "state/ledger.jsonl"
    lines = ledger.read_bytes().splitlines(keepends=True)
    ledger.write_bytes(b"".join([*lines[:-1], lines[-1].replace(b'"title":"', b'"title":"The ')]))
    assert process() == 1


@pytest.mark.parametrize("folder", ["viewer", "sheets"])
def test_a_folder_that_changed_in_between_is_looked_through(folder: str, process: Tells, tmp_path: Path) -> None:
    process()
    process()  # the first one wrote pictures, beside which a day looks anew
    assert process() == 0
    (page,) = (
        path
        for path in (tmp_path / "chronicle" / folder).iterdir()
        if path.suffix in (".js", ".jpg") and "-" in path.name and "group" not in path.name
    )
    page.rename(page.with_suffix(".old"))
    page.write_bytes(b"an older state")
    assert process() == 1
    assert page.read_bytes() != b"an older state"


def test_what_was_in_the_way_of_a_run_leaves_no_memory(process: Tells, tmp_path: Path) -> None:
    process()
    data = tmp_path / "chronicle/chronicle.yml"
    hers = data.read_text()
    data.write_text("- date: [broken")
    process()
    assert not (tmp_path / "state/chronicle.memory").exists()
    data.write_text(hers)
    assert process() == 1


def test_a_page_that_was_changed_in_between_is_written_anew(process: Tells, tmp_path: Path) -> None:
    process()
    hers = tmp_path / "chronicle/chronicle.yml"
    years = "".join(
        f"- date: {year}-03-01\n  events:\n    - title: a day\n      notes: {'words ' * 9000}\n" for year in (2001, 2002)
    )
    hers.write_text(years + hers.read_text())
    process()
    process()
    (page,) = (tmp_path / "chronicle").glob("chronicle-2001*.html")
    whole = page.read_bytes()
    page.write_bytes(whole + b"<!-- -->")
    process()
    assert page.read_bytes() == whole


def test_a_page_to_look_through_follows_a_patients_new_code(process: Tells, attempts: Attempts, tmp_path: Path) -> None:
    process()
    process()
    (data,) = (tmp_path / "chronicle/viewer").glob("exam-*.js")
    before = data.read_bytes()
    (person,) = attempts.bench.people.all()
    attempts.bench.people.rename(person.code, "P-MINE")
    process()
    assert data.read_bytes() != before
