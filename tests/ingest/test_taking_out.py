import errno
from pathlib import Path

import pytest

import exports
from conftest import export_at
from radiary.ingest.attempt import Attempts
from radiary.ingest.taking_out import Picking, Removal, Windowing, Wish
from radiary.library import trash
from radiary.model.errors import LibraryOffline, Mistaken, OnlyTakenOut
from radiary.model.events import Event, Filed, FiledStudy, Queued, Rejected, Removed, Restored


def ingested(attempts: Attempts, path: Path) -> Event:
    export = export_at(path)
    attempts.tell(Queued(export=export.digest, kind=export.kind, size=export.size))
    return attempts.ingest(export, lambda _done, _total: None)


@pytest.fixture
def study(attempts: Attempts, tmp_path: Path) -> FiledStudy:
    """An exam of two series that was filed."""
    files = {**exports.ct_files(2), "s2": exports.written(exports.slice_of_ct(1, series=2))}
    end = ingested(attempts, exports.zipped(tmp_path / "a.zip", files))
    assert isinstance(end, Filed)
    return end.studies[0]


def cut_short(attempts: Attempts, wish: Removal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Carry a wish out on a full disk: everything is done but its fact."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patched:
        patched.setattr(attempts.ledger, "append", full)
        with pytest.raises(OSError, match="full"):
            attempts.decide(wish)


def removed(attempts: Attempts, wish: Removal) -> Removed:
    fact = attempts.decide(wish)
    assert isinstance(fact, Removed)
    return fact


@pytest.mark.parametrize("part", ["whole", "series"])
def test_what_came_back_before_a_crash_is_written_down_at_the_next_try(
    part: str, attempts: Attempts, study: FiledStudy, monkeypatch: pytest.MonkeyPatch
) -> None:
    series = study.series[1].uid if part == "series" else ""
    name = removed(attempts, Removal(does="remove", study=study.uid, held=False, series=series)).trash
    wish = Removal(does="restore", study=study.uid, held=False, trash=name)
    cut_short(attempts, wish, monkeypatch)
    fact = attempts.decide(wish)
    assert isinstance(fact, Restored)
    assert [one.series for one in fact.studies] == [study.series]
    assert not attempts.queue.trash


def test_a_part_that_the_trash_lost_is_not_said_to_be_back(attempts: Attempts, study: FiledStudy) -> None:
    name = removed(attempts, Removal(does="remove", study=study.uid, held=False, series=study.series[1].uid)).trash
    (attempts.bench.library.root / ".trash" / name).rename(attempts.bench.library.root / "elsewhere")
    with pytest.raises(Mistaken):
        attempts.decide(Removal(does="restore", study=study.uid, held=False, trash=name))


def test_a_part_that_went_before_a_crash_is_written_down_and_can_be_had_back(
    attempts: Attempts, study: FiledStudy, monkeypatch: pytest.MonkeyPatch
) -> None:
    wish = Removal(does="remove", study=study.uid, held=False, series=study.series[1].uid)
    cut_short(attempts, wish, monkeypatch)
    fact = removed(attempts, wish)
    assert [len(one.series) for one in fact.studies] == [1]
    assert trash.is_there(attempts.bench.library, fact.trash)
    attempts.decide(Removal(does="restore", study=study.uid, held=False, trash=fact.trash))
    assert attempts.queue.studies[study.uid, False].series == study.series


def test_a_part_in_the_trash_is_not_taken_for_the_exam_that_was_deleted_by_hand(
    attempts: Attempts, study: FiledStudy, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_short(attempts, Removal(does="remove", study=study.uid, held=False, series=study.series[1].uid), monkeypatch)
    (attempts.bench.library.root / study.folder).rename(attempts.bench.library.root / ".deleted")
    assert removed(attempts, Removal(does="gone", study=study.uid, held=False)).trash == ""


def test_a_whole_exam_that_went_before_a_crash_can_be_had_back(
    attempts: Attempts, study: FiledStudy, monkeypatch: pytest.MonkeyPatch
) -> None:
    wish = Removal(does="remove", study=study.uid, held=False)
    cut_short(attempts, wish, monkeypatch)
    attempts.decide(Removal(does="restore", study=study.uid, held=False, trash=removed(attempts, wish).trash))
    assert (attempts.bench.library.root / study.folder / "study.json").exists()


def test_one_side_of_an_exam_that_was_settled_bars_only_itself(attempts: Attempts, tmp_path: Path) -> None:
    held = exports.written(exports.slice_of_ct(9, series=2, BurnedInAnnotation="YES"))
    end = ingested(attempts, exports.zipped(tmp_path / "a.zip", {**exports.ct_files(1), "held": held}))
    assert isinstance(end, Filed)
    attempts.decide(Removal(does="remove", study=end.studies[0].uid, held=True))
    end = ingested(attempts, exports.zipped(tmp_path / "b.zip", {**exports.ct_files(2), "held": held}))
    assert isinstance(end, Filed)
    assert [(one.held, one.added) for one in end.studies] == [(False, 1)]
    assert end.skipped == {"taken-out": 1}
    end = ingested(attempts, exports.zipped(tmp_path / "c.zip", {"held": held}))
    assert isinstance(end, Rejected)
    assert end.reason == OnlyTakenOut.reason()


@pytest.mark.parametrize("wished", ["remove", "restore", "pick", "windows"])
def test_what_is_wished_of_a_library_that_is_away_waits_until_it_is_back(
    wished: str, attempts: Attempts, study: FiledStudy, tmp_path: Path
) -> None:
    picture = attempts.bench.library.study(study.folder).series[0].instances[0].uid
    name = removed(attempts, Removal(does="remove", study=study.uid, held=False, series=study.series[1].uid)).trash
    wishes: dict[str, Wish] = {
        "remove": Removal(does="remove", study=study.uid, held=False),
        "restore": Removal(does="restore", study=study.uid, held=False, trash=name),
        "pick": Picking(study=study.uid, instance=picture, is_wanted=True),
        "windows": Windowing(study=study.uid, windows=frozenset({"lung"})),
    }
    library = attempts.bench.library.root
    library.rename(tmp_path / "unplugged")
    library.mkdir()
    with pytest.raises(LibraryOffline):
        attempts.decide(wishes[wished])
    library.rmdir()
    (tmp_path / "unplugged").rename(library)
    assert attempts.decide(wishes[wished]).type


@pytest.mark.parametrize("hers", ["2024-01-01/the knee", "Mother/knee \udcff"])
def test_an_exam_that_its_owner_renamed_comes_back_under_her_name(hers: str, attempts: Attempts, study: FiledStudy) -> None:
    root = attempts.bench.library.root
    (root / hers).parent.mkdir(exist_ok=True)
    (root / study.folder).rename(root / hers)
    name = removed(attempts, Removal(does="remove", study=study.uid, held=False)).trash
    assert not (root / hers).exists()
    attempts.decide(Removal(does="restore", study=study.uid, held=False, trash=name))
    assert (root / hers / "study.json").exists()
    assert not (root / study.folder).exists()
    assert not list((root / ".trash").iterdir())


@pytest.mark.parametrize("said", ["2024-01-01/taken", "../outside", "/outside"])
def test_an_exam_comes_back_where_it_was_filed_if_its_owners_place_is_none_or_taken(
    said: str, attempts: Attempts, study: FiledStudy
) -> None:
    root = attempts.bench.library.root
    (root / study.folder).rename(root / "2024-01-01/taken")
    name = removed(attempts, Removal(does="remove", study=study.uid, held=False)).trash
    (root / "2024-01-01/taken").mkdir(parents=True)
    (root / f".trash/.stood-{name}").write_text(said)
    attempts.decide(Removal(does="restore", study=study.uid, held=False, trash=name))
    assert (root / study.folder / "study.json").exists()
