"""Series that name no window and come in parts end as if they had come at once."""

import errno
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

import exports
from conftest import KEY, export_at
from lettering import stamped
from radiary.files import private
from radiary.ingest import pipeline, rescaling
from radiary.ingest.bench import Bench
from radiary.ingest.rescaling import Settling
from radiary.library import faults, renewal
from radiary.library.shelf import Library
from radiary.model.errors import LibraryFull
from radiary.model.events import Filed, Rescaled
from radiary.model.nouns import Wanted
from radiary.state.people import People
from radiary.state.queue import Queue
from services import Service

MR = "1.2.840.10008.5.1.4.1.1.4"


def mr(number: int, top: int, **attributes: Any) -> bytes:
    """A slice that names no window, with values from 0 to `top`."""
    made = exports.dataset(number=number, modality="MR", sop_class=MR, ImageType=["ORIGINAL", "PRIMARY", "M"], **attributes)
    return exports.written(exports.with_pixels(made, exports.ramp(16, 16, top=top), stored=12))


def clip(number: int, top: int) -> bytes:
    """Frames, each brighter than the one before."""
    made = exports.dataset(number=number, modality="MR", sop_class=MR, NumberOfFrames=3)
    return exports.written(
        exports.with_pixels(made, np.stack([exports.ramp(16, 16, top=top // n) for n in (3, 2, 1)]), stored=12)
    )


def inverse(number: int, top: int) -> bytes:
    made = exports.dataset(number=number, modality="MR", sop_class=MR)
    made = exports.with_pixels(made, exports.ramp(16, 16, top=top), stored=12)
    made.PhotometricInterpretation = "MONOCHROME1"
    return exports.written(made)


class Home:
    """A library with its ledger's view, into which exports come one after another."""

    def __init__(self, bench: Bench, folder: Path, **changes: Any) -> None:
        folder.mkdir()
        places = {"library": Library(folder / "library"), "shelf": Library(folder / "private")}
        self.bench = replace(bench, **places, people=People(folder / "people", KEY), **{"searches_text": False, **changes})
        self.folder, self.queue, self.told = folder, Queue(), list[Rescaled]()
        self.settling = Settling(self.bench, self.queue, self._tell)

    def _tell(self, event: Rescaled) -> None:
        self.told.append(event)
        self.queue.fold(event)

    def ingest(self, *files: bytes) -> Filed:
        path = exports.zipped(self.folder / "a.zip", {f"I{number}": data for number, data in enumerate(files)})
        filed = pipeline.ingest(export_at(path), self.bench, self.queue)
        self.queue.fold(filed)
        return filed

    def pictures(self) -> dict[str, bytes]:
        """Everything but the copies, which say when they were made."""
        return {
            str(path.relative_to(self.folder)): path.read_bytes()
            for home in (self.bench.library, self.bench.shelf)
            for path in sorted(home.root.glob("*/*/*/*"))
            if path.suffix != ".dcm"
        }

    def scales(self) -> set[tuple[float, float] | None]:
        """What the ledger and the studies' own records say, which is the same."""
        told = {series.scale for study in self.queue.studies.values() for series in study.series}
        homes = {False: self.bench.library, True: self.bench.shelf}
        assert {one.scale for s in self.queue.studies.values() for one in homes[s.held].study(s.folder).series} == told
        return told

    def is_sound(self) -> bool:
        expected = {
            study.folder: sum(series.pictures for series in study.series)
            for study in self.queue.studies.values()
            if not study.held
        }
        return list(faults.faults(self.bench.library, expected)) == []


@pytest.fixture
def at_once(bench: Bench, tmp_path: Path) -> Callable[..., dict[str, bytes]]:
    """What a home holds into which all comes at once."""

    def pictures(files: Sequence[bytes], **changes: Any) -> dict[str, bytes]:
        home = Home(bench, tmp_path / "at once", **changes)
        home.ingest(*files)
        return home.pictures()

    return pictures


TOPS = (60, 900, 3800, 2500)


@pytest.mark.parametrize("made", [mr, clip, inverse])
@pytest.mark.parametrize("parts", [((0,), (1,), (2,), (3,)), ((0, 1), (2, 3)), ((3, 2), (0, 1))])
def test_parts_that_come_one_after_another_are_shown_as_if_they_had_come_at_once(
    bench: Bench, tmp_path: Path, at_once: Any, made: Callable[[int, int], bytes], parts: Sequence[Sequence[int]]
) -> None:
    files = [made(number + 1, top) for number, top in enumerate(TOPS)]
    wanted = {"wanted": Wanted(sixteen_bits=True, cine=True)}
    home = Home(bench, tmp_path / "parts", **wanted)
    for part in parts:
        home.ingest(*(files[place] for place in part))
        assert home.is_sound()
    assert home.pictures() == at_once(files, **wanted)
    assert home.scales() == {(0, 3800)}
    assert home.settling.settle(at_once=True) == (False, None)
    assert home.told == []


def test_a_part_that_lies_within_the_range_changes_nothing(bench: Bench, tmp_path: Path) -> None:
    home = Home(bench, tmp_path / "home")
    home.ingest(mr(1, 3000))
    before = home.pictures()
    home.ingest(mr(2, 2000))
    assert before.items() < home.pictures().items()
    assert home.scales() == {(0, 3000)}


def test_loose_files_and_then_their_zip_are_one_exam_once(bench: Bench, tmp_path: Path, at_once: Any) -> None:
    files = [mr(number + 1, top) for number, top in enumerate(TOPS)]
    home = Home(bench, tmp_path / "home")
    for one in files:
        home.ingest(one)
    before = home.pictures()
    filed = home.ingest(*files)
    assert [study.added for study in filed.studies] == [0]
    assert home.pictures() == before == at_once(files)
    assert len(home.queue.studies) == 1
    assert home.is_sound()


def test_many_slices_that_come_one_by_one_are_made_anew_a_few_times_and_once_more_when_they_are_still(
    bench: Bench, tmp_path: Path, at_once: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    work = rescaling._instance_remade
    monkeypatch.setattr(rescaling, "_instance_remade", lambda *a: made.append(a) or work(*a))
    files = [mr(number, 100 + 20 * number) for number in range(1, 61)]
    home = Home(bench, tmp_path / "home")
    for one in files:
        home.ingest(one)
    assert len(made) < 6 * len(files)  # each after each would be 30 times
    assert home.settling.settle(at_once=True) == (True, None)
    assert home.pictures() == at_once(files)
    assert home.scales() == {(0, 1300)}
    (told,) = home.told
    assert [study.added for study in told.studies] == [0]
    assert home.is_sound()


def test_what_is_not_still_waits_until_it_is(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr(rescaling.time, "monotonic", lambda: now[0])
    home = Home(bench, tmp_path / "home")
    home.ingest(*(mr(number, 1000) for number in range(1, 31)))
    home.ingest(mr(31, 1010))
    assert home.settling.settle() == (False, 5)
    now[0] += 3
    home.ingest(mr(32, 1020))
    assert home.settling.settle() == (False, 5)
    now[0] += 4
    assert home.settling.settle() == (False, 1)
    now[0] += 1
    assert home.settling.settle() == (True, None)
    assert home.scales() == {(0, 1020)}
    assert home.settling.settle() == (False, None)
    monkeypatch.setattr(rescaling.ranges, "due", None)  # nothing changed: nothing is looked through
    assert home.settling.settle() == (False, None)


def test_without_copies_a_series_keeps_the_range_it_is_shown_in(bench: Bench, tmp_path: Path) -> None:
    home = Home(bench, tmp_path / "home", wanted=Wanted(copies=False))
    home.ingest(mr(1, 60))
    before = home.pictures()
    home.ingest(mr(2, 3800))
    assert before.items() < home.pictures().items()
    (new,) = (path for path in home.bench.library.root.rglob("*.png") if str(path.relative_to(home.folder)) not in before)
    assert (levels(new) == 255).mean() > 0.9
    assert home.scales() == {(0, 60)}
    assert home.settling.settle(at_once=True) == (False, None)


def test_a_series_of_which_a_copy_is_damaged_stays_as_it_is_and_is_not_tried_for_ever(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(bench, tmp_path / "home")
    home.ingest(mr(1, 60))
    before = home.pictures()
    copy = next(home.bench.library.root.rglob("*.dcm"))
    copy.write_bytes(copy.read_bytes() + bytes(2))
    home.ingest(mr(2, 3800))
    assert before.items() < home.pictures().items()
    tries = []
    work = rescaling.renewed
    monkeypatch.setattr(rescaling, "renewed", lambda *arguments: tries.append(arguments) or work(*arguments))
    for _ in range(3):
        assert home.settling.settle(at_once=True) == (False, None)
    assert len(tries) == 1
    assert home.told == []
    assert home.scales() == {(0, 60)}


def test_an_error_of_ours_costs_no_export(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Home(bench, tmp_path / "home")
    home.ingest(mr(1, 60))
    monkeypatch.setattr(renewal, "renew", None)
    assert home.ingest(mr(2, 3800)).pictures == 1
    monkeypatch.undo()
    assert home.settling.settle(at_once=True) == (True, None)
    assert home.scales() == {(0, 3800)}


def test_what_is_held_is_shown_anew_on_its_shelf(bench: Bench, tmp_path: Path, at_once: Any) -> None:
    def held(number: int, top: int) -> bytes:
        made = exports.dataset(number=number, modality="OT", sop_class=exports.SC, BurnedInAnnotation="YES")
        return exports.written(exports.with_pixels(made, exports.ramp(16, 16, top=top), stored=12))

    files = [held(1, 60), held(2, 3800)]
    home = Home(bench, tmp_path / "home")
    for one in files:
        home.ingest(one)
    assert {study.held for study in home.queue.studies.values()} == {True}
    assert home.pictures() == at_once(files)
    assert home.scales() == {(0, 3800)}


def test_a_name_in_a_later_part_is_found_though_the_first_part_was_dark(bench: Bench, tmp_path: Path) -> None:
    """In the range of the first part the later one would be plain white."""
    later = stamped("SYNTHETICA", number=2, modality="CR", sop_class="1.2.840.10008.5.1.4.1.1.1")
    for tag in ("WindowCenter", "WindowWidth"):
        if tag in later:
            delattr(later, tag)
    home = Home(bench, tmp_path / "home", searches_text=True)
    first = exports.with_pixels(
        exports.dataset(number=1, modality="CR", sop_class="1.2.840.10008.5.1.4.1.1.1"), exports.ramp(64, 64, top=20), stored=12
    )
    home.ingest(exports.written(first))
    home.ingest(exports.written(later))
    for path in home.bench.library.root.rglob("*.dcm"):
        assert not (exports.read_back(path.read_bytes()).pixel_array == 3900).any()


class Killed(BaseException):
    """As if the power had gone."""


STEPS = [
    (os, "link"), (private, "write"), (private, "sync_all"), (private, "sync"), (renewal, "exchange"), (renewal, "_bring_over"),
]  # fmt: skip


@pytest.mark.parametrize(("place", "step"), STEPS, ids=[step for _, step in STEPS])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_kill_at_any_moment_leaves_the_old_state_or_the_new_one(
    bench: Bench, tmp_path: Path, at_once: Any, monkeypatch: pytest.MonkeyPatch, place: Any, step: str, when: str
) -> None:
    files = [mr(1, 60), mr(2, 3800)]
    home = Home(bench, tmp_path / "home")
    home.ingest(files[0])
    with monkeypatch.context() as patched:
        patched.setattr(rescaling, "filed", lambda study, _bench, _queue: study)
        home.ingest(files[1])
    before, after = home.pictures(), at_once(files)
    assert before != after
    done = getattr(place, step)

    def killed(*arguments: Any, **named: Any) -> None:
        if when == "after":
            done(*arguments, **named)
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(place, step, killed)
        with pytest.raises(Killed):
            home.settling.settle(at_once=True)
    assert home.pictures() in (before, after)
    assert home.is_sound()
    home.bench.library.clear()
    assert home.settling.settle(at_once=True) == (True, None)
    assert home.pictures() == after
    assert home.is_sound()
    assert home.scales() == {(0, 3800)}


def no_exchange(_one: Path, _other: Path) -> bool:
    return False


def no_links(*_: Any, **__: Any) -> None:
    raise OSError(errno.EPERM, "no links here")


@pytest.mark.parametrize(("place", "step", "lack"), [(renewal, "exchange", no_exchange), (os, "link", no_links)])
def test_on_a_disk_that_can_do_less_the_files_are_replaced_one_by_one(
    bench: Bench, tmp_path: Path, at_once: Any, monkeypatch: pytest.MonkeyPatch, place: Any, step: str, lack: Any
) -> None:
    monkeypatch.setattr(place, step, lack)
    files = [mr(1, 60), mr(2, 3800)]
    home = Home(bench, tmp_path / "home")
    for one in files:
        home.ingest(one)
    assert home.pictures() == at_once(files)
    assert home.is_sound()


def test_what_somebody_puts_into_the_folder_meanwhile_stays_there(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(bench, tmp_path / "home")
    home.ingest(mr(1, 60))
    (folder,) = home.bench.library.root.glob("*/*/")
    (folder / "before.txt").write_text("hers")
    exchange = renewal.exchange

    def with_something_new(one: Path, other: Path) -> bool:
        (folder / "hers").mkdir()
        (folder / "hers/meanwhile.txt").write_text("hers")
        return exchange(one, other)

    monkeypatch.setattr(renewal, "exchange", with_something_new)
    home.ingest(mr(2, 3800))
    assert (folder / "before.txt").read_text() == (folder / "hers/meanwhile.txt").read_text() == "hers"
    assert home.scales() == {(0, 3800)}


def test_a_full_disk_keeps_what_stands_and_the_export_waits(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(bench, tmp_path / "home")
    home.ingest(mr(1, 60))

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patched:
        patched.setattr(renewal, "exchange", full)
        with pytest.raises(LibraryFull):
            home.ingest(mr(2, 3800))
    home.ingest(mr(2, 3800))
    assert home.scales() == {(0, 3800)}
    assert home.is_sound()


def test_chronicle_and_sheet_show_what_the_library_shows(tmp_path: Path) -> None:
    parts, whole = (Service(folder, workers=1) for folder in (tmp_path / "parts", tmp_path / "whole") if not folder.mkdir())
    files = {str(number): mr(number, top) for number, top in enumerate(TOPS, 1)}
    for name, data in files.items():
        assert parts.command("once", str(exports.zipped(tmp_path / f"{name}.zip", {name: data}))).returncode == 0
    assert whole.command("once", str(exports.zipped(tmp_path / "all.zip", files))).returncode == 0
    shown = []
    for service in (parts, whole):
        (picture,) = (service.folder / "chronicle/images").rglob("*.jpg")
        (sheet,) = (service.folder / "chronicle/sheets").iterdir()
        shown.append((levels(picture).max(), levels(sheet).mean()))
        assert service.command("verify").returncode == 0
    # The first part's own picture stands for its series, as it did: dark now, beside brighter ones.
    assert shown[0][0] < 10
    assert shown[0][1] == shown[1][1]


def levels(path: Path) -> Any:
    with Image.open(path) as opened:
        return np.asarray(opened)


def test_the_service_shows_a_series_anew_once_it_is_still(tmp_path: Path) -> None:
    with Service(tmp_path, workers=1) as service:
        exports.zipped(service.downloads / "a.zip", {str(number): mr(number, 1000) for number in range(1, 31)})
        service.wait_for("filed")
        (service.downloads / "31.dcm").write_bytes(mr(31, 1010))
        (fact,) = service.wait_for("rescaled")
        assert [series["scale"] for study in fact["studies"] for series in study["series"]] == [[0, 1010]]
        service.wait(lambda: service.pulse().get("working") is None)
        assert service.stop() == 0
    assert "shown anew" in service.command("log").stdout
    assert service.command("verify").returncode == 0
