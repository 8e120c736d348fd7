import errno
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

import exports
from conftest import export_at
from radiary.chronicle import folder as chronicle_folder
from radiary.chronicle.site import Site
from radiary.files import private
from radiary.ingest.attempt import Attempts
from radiary.ingest.chronicling import Chronicling
from radiary.model.errors import ChronicleReadOnly, LibraryFull, PeopleDamaged, Stopping, WorkersUnavailable
from radiary.model.events import Event, Queued
from radiary.model.nouns import Export
from radiary.state import ledger


@pytest.fixture
def export(attempts: Attempts, tmp_path: Path) -> Export:
    found = export_at(exports.zipped(tmp_path / "a.zip", exports.ct_files(2)))
    attempts.queue.fold(attempts.ledger.append(Queued(export=found.digest, kind="zip", size=1))[0])
    return found


def types(tmp_path: Path) -> list[str]:
    return [event.type for event in ledger.read(tmp_path / "state" / "ledger.jsonl")]


def ingest(attempts: Attempts, export: Export) -> Event:
    return attempts.ingest(export, lambda _done, _total: None)


def chronicling(attempts: Attempts, place: Path, news: Callable[[], Iterable[Event]]) -> Chronicling:
    bench = attempts.bench
    return Chronicling(Site(place / "chronicle"), news, bench.library.root, bench.people, bench.pool)


def chronicled(attempts: Attempts, place: Path, news: Callable[[], Iterable[Event]]) -> str | None:
    return attempts.chronicle(chronicling(attempts, place, news))


def test_stopping_during_the_chronicle_is_no_error(
    attempts: Attempts, export: Export, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ingest(attempts, export)
    attempts.bench.pool.stop()
    with pytest.raises(Stopping):
        chronicled(attempts, tmp_path, lambda: ledger.read(tmp_path / "state" / "ledger.jsonl"))
    assert caplog.text == ""


def test_the_chronicle_is_written_once_per_exam_and_hers_from_then_on(attempts: Attempts, export: Export, tmp_path: Path) -> None:
    ingest(attempts, export)
    path = tmp_path / "state" / "ledger.jsonl"
    tells = chronicling(attempts, tmp_path, lambda: list(ledger.read(path)))

    def tell() -> str | None:
        return attempts.chronicle(tells)

    assert tell() is None
    assert types(tmp_path)[-1] == "chronicled"
    data = tmp_path / "chronicle" / "chronicle.yml"
    hers = data.read_text().replace('title: "CT"', 'title: "the day it began"')
    data.write_text(hers)
    before = types(tmp_path)
    assert tell() is None
    assert (data.read_text(), types(tmp_path)) == (hers, before)
    data.write_text("- date: [broken")
    assert "line" in (tell() or "")
    assert data.read_text() == "- date: [broken"
    shutil.rmtree(tmp_path / "chronicle")
    assert tell() is None
    assert 'title: "CT"' in data.read_text()
    assert types(tmp_path) == before


def test_an_odd_chronicle_is_a_note_and_not_the_end(attempts: Attempts, export: Export, tmp_path: Path) -> None:
    ingest(attempts, export)

    def broken() -> list[Event]:
        raise ZeroDivisionError("Petronella")

    note = chronicled(attempts, tmp_path, broken)
    assert "internal error" in (note or "")
    assert "Petronella" not in (note or "")


def test_what_the_disk_refuses_the_chronicle_is_no_internal_error(attempts: Attempts, export: Export, tmp_path: Path) -> None:
    ingest(attempts, export)

    def unreadable() -> list[Event]:
        return list(ledger.read(tmp_path))

    assert chronicled(attempts, tmp_path, unreadable) == ledger.UNREADABLE
    (tmp_path / "chronicle/.insertions.json").mkdir(parents=True)
    note = chronicled(attempts, tmp_path, lambda: ledger.read(tmp_path / "state/ledger.jsonl"))
    assert "`radiary doctor` may say which" in (note or "")


def test_a_chronicle_that_cannot_be_written_since_people_are_not_known_says_so(
    attempts: Attempts, export: Export, tmp_path: Path
) -> None:
    ingest(attempts, export)
    (tmp_path / "state/people").write_bytes(b"")
    note = chronicled(attempts, tmp_path, lambda: ledger.read(tmp_path / "state/ledger.jsonl"))
    assert note == PeopleDamaged.sentence()


def test_a_chronicle_whose_pictures_cannot_be_made_blames_the_workers_and_not_its_folder(
    attempts: Attempts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lacking(*_: object, **__: object) -> None:
        raise WorkersUnavailable

    monkeypatch.setattr(chronicle_folder, "tell", lacking)
    assert chronicled(attempts, tmp_path, list) == WorkersUnavailable.sentence()


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (errno.ENOSPC, LibraryFull.sentence()),
        (errno.EROFS, ChronicleReadOnly.sentence()),
        (errno.EIO, "The chronicle's folder cannot be written to just now; it is tried again."),
    ],
)
def test_what_keeps_the_chronicle_from_being_written_is_told_as_what_it_is(
    number: int, says: str, attempts: Attempts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_place: Path) -> None:
        raise OSError(number, "x")

    monkeypatch.setattr(private, "folder", refused)
    assert chronicled(attempts, tmp_path, list) == says


def test_a_page_that_somebody_changed_is_written_anew(attempts: Attempts, export: Export, tmp_path: Path) -> None:
    ingest(attempts, export)
    path = tmp_path / "state" / "ledger.jsonl"
    tells = chronicling(attempts, tmp_path, lambda: list(ledger.read(path)))
    attempts.chronicle(tells)
    hers = tmp_path / "chronicle/chronicle.yml"
    years = (f"- date: {year}-03-01\n  events:\n    - title: a day\n      notes: {'words ' * 9000}\n" for year in (2001, 2002))
    hers.write_text("".join(years) + hers.read_text())
    attempts.chronicle(tells)
    (page,) = (tmp_path / "chronicle").glob("chronicle-2001*.html")
    whole = page.read_bytes()
    page.write_bytes(whole + b"<!-- -->")
    attempts.chronicle(tells)
    assert page.read_bytes() == whole


def test_a_page_to_look_through_follows_a_patients_new_code(attempts: Attempts, export: Export, tmp_path: Path) -> None:
    ingest(attempts, export)
    path = tmp_path / "state" / "ledger.jsonl"
    tells = chronicling(attempts, tmp_path, lambda: list(ledger.read(path)))
    attempts.chronicle(tells)
    (data,) = (tmp_path / "chronicle/viewer").glob("exam-*.js")
    before = data.read_bytes()
    (person,) = attempts.bench.people.all()
    attempts.bench.people.rename(person.code, "P-MINE")
    attempts.chronicle(tells)
    assert data.read_bytes() != before


@pytest.mark.parametrize("trouble", [OSError(errno.ENOSPC, "full"), LibraryFull()])
def test_what_a_run_could_not_put_there_is_put_there_by_the_next_one(
    attempts: Attempts, export: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    ingest(attempts, export)
    path = tmp_path / "state" / "ledger.jsonl"
    tells = chronicling(attempts, tmp_path, lambda: list(ledger.read(path)))
    attempts.chronicle(tells)
    (sheet,), (data,) = (tmp_path / "chronicle/sheets").glob("*.jpg"), (tmp_path / "chronicle/viewer").glob("exam-*.js")
    before = sheet.read_bytes(), data.read_bytes()
    more = export_at(exports.zipped(tmp_path / "b.zip", {"more": exports.written(exports.slice_of_ct(1, series=2))}))
    attempts.queue.fold(attempts.ledger.append(Queued(export=more.digest, kind="zip", size=1))[0])
    ingest(attempts, more)
    with monkeypatch.context() as patch:
        patch.setattr(private, "move_all", _raising(trouble))
        assert attempts.chronicle(tells) is not None
    attempts.chronicle(tells)
    assert sheet.read_bytes() != before[0]
    assert data.read_bytes() != before[1]


@pytest.mark.parametrize("count", range(3))
def test_whatever_a_run_that_was_cut_short_put_there_the_next_one_puts_the_rest(
    attempts: Attempts, export: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    ingest(attempts, export)
    path, put = tmp_path / "state" / "ledger.jsonl", private.move_all
    tells = chronicling(attempts, tmp_path, lambda: list(ledger.read(path)))
    attempts.chronicle(tells)
    more = export_at(exports.zipped(tmp_path / "b.zip", {"more": exports.written(exports.slice_of_ct(1, study=2))}))
    attempts.queue.fold(attempts.ledger.append(Queued(export=more.digest, kind="zip", size=1))[0])
    ingest(attempts, more)

    def cut_short(moves: Mapping[Path, Path], tree: Path) -> None:
        if tree.name == "viewer":
            put(dict([*moves.items()][:count]), tree)
            raise OSError(errno.ENOSPC, "full")
        put(moves, tree)

    with monkeypatch.context() as patch:
        patch.setattr(private, "move_all", cut_short)
        assert attempts.chronicle(tells) == LibraryFull.sentence()
    assert attempts.chronicle(tells) is None
    (group,) = (tmp_path / "chronicle/viewer").glob("group-*")
    assert group.read_text().count("radiary.choice(") == 2
    assert len([*(tmp_path / "chronicle/viewer").glob("exam-*")]) == 4


def test_what_could_not_be_drawn_is_drawn_by_the_next_run(
    attempts: Attempts, export: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(attempts, export)
    path = tmp_path / "state" / "ledger.jsonl"
    tells = chronicling(attempts, tmp_path, lambda: list(ledger.read(path)))
    attempts.chronicle(tells)
    (sheet,), (data,) = (tmp_path / "chronicle/sheets").glob("*.jpg"), (tmp_path / "chronicle/viewer").glob("exam-*.js")
    before = sheet.read_bytes(), data.read_bytes()
    more = export_at(exports.zipped(tmp_path / "b.zip", {"more": exports.written(exports.slice_of_ct(1, series=2))}))
    attempts.queue.fold(attempts.ledger.append(Queued(export=more.digest, kind="zip", size=1))[0])
    ingest(attempts, more)
    with monkeypatch.context() as patch:
        patch.setattr(attempts.bench.pool, "each", lambda _, calls: [None for _ in calls])
        attempts.chronicle(tells)
    assert (sheet.read_bytes(), data.read_bytes()) == before
    attempts.chronicle(tells)
    assert sheet.read_bytes() != before[0]
    assert data.read_bytes() != before[1]


def test_a_link_to_what_could_not_be_drawn_comes_with_it(
    attempts: Attempts, export: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(attempts, export)
    path = tmp_path / "state" / "ledger.jsonl"
    tells = chronicling(attempts, tmp_path, lambda: list(ledger.read(path)))
    with monkeypatch.context() as patch:
        patch.setattr(attempts.bench.pool, "each", lambda _, calls: [None for _ in calls])
        attempts.chronicle(tells)
    assert "sheets/" not in (tmp_path / "chronicle/index.html").read_text()
    attempts.chronicle(tells)
    assert "sheets/" in (tmp_path / "chronicle/index.html").read_text()


def test_a_page_to_look_through_that_is_gone_is_made_again(attempts: Attempts, export: Export, tmp_path: Path) -> None:
    ingest(attempts, export)
    path = tmp_path / "state" / "ledger.jsonl"
    tells = chronicling(attempts, tmp_path, lambda: list(ledger.read(path)))
    attempts.chronicle(tells)
    (page,) = (tmp_path / "chronicle/viewer").glob("exam-*.html")
    page.unlink()
    attempts.chronicle(tells)
    assert page.exists()
    assert page.name in (tmp_path / "chronicle/index.html").read_text()


def test_a_list_of_what_may_be_set_side_by_side_that_is_gone_is_made_again(
    attempts: Attempts, export: Export, tmp_path: Path
) -> None:
    ingest(attempts, export)
    path = tmp_path / "state" / "ledger.jsonl"
    tells = chronicling(attempts, tmp_path, lambda: list(ledger.read(path)))
    attempts.chronicle(tells)
    (group,) = (tmp_path / "chronicle/viewer").glob("group-*")
    whole = group.read_bytes()
    for following in (tells, chronicling(attempts, tmp_path, lambda: list(ledger.read(path)))):
        group.unlink()
        attempts.chronicle(following)
        assert group.read_bytes() == whole


def test_a_page_to_look_through_that_goes_since_its_place_tells_whose_it_is_is_led_to_no_more(
    attempts: Attempts, export: Export, tmp_path: Path
) -> None:
    ingest(attempts, export)
    path = tmp_path / "state" / "ledger.jsonl"
    tells = chronicling(attempts, tmp_path, lambda: list(ledger.read(path)))
    attempts.chronicle(tells)
    (study,) = (tmp_path / "library").glob("*/*/study.json")
    study.parent.rename(study.parent.with_name("Petronella"))
    attempts.chronicle(tells)
    assert not [*(tmp_path / "chronicle/viewer").glob("exam-*")]
    page = (tmp_path / "chronicle/index.html").read_text()
    assert "sheets/" in page
    assert "viewer/" not in page


def _raising(error: Exception) -> Callable[..., None]:
    def refuse(*_: object, **__: object) -> None:
        raise error

    return refuse
