"""Text burned into pictures, through the whole ingest."""

import multiprocessing
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

import exports
from conftest import KEY, export_at
from doppler import doppler
from leaks import grounds, stamping, technical
from leaks.stamping import Word
from lettering import stamped
from outcomes import ingested
from radiary.dicom.text import faint, slices, strokes
from radiary.ingest import reading_pictures, text_search
from radiary.ingest.bench import Bench
from radiary.ingest.tray_pictures import Frames
from radiary.model.errors import Reason
from radiary.model.events import Filed
from radiary.model.nouns import Box, Task, Treatment, Wanted
from radiary.workers.pool import Pool
from radiary.workers.process import process


def copy(bench: Bench, filed: Filed) -> Any:
    (folder,) = {study.folder for study in filed.studies}
    return [exports.read_back(path.read_bytes()) for path in sorted((bench.library.root / folder).rglob("*.dcm"))]


def received(made: Any) -> Any:
    return exports.read_back(exports.written(made)).pixel_array


def test_a_name_on_an_x_ray_is_blanked_in_picture_and_copy_and_nothing_else_changes(bench: Bench, tmp_path: Path) -> None:
    made = stamped("SYNTHETICA")
    (clean,) = copy(bench, ingested(bench, tmp_path, made))
    before, after = received(made), clean.pixel_array
    changed = np.argwhere(before != after)
    assert not (after == 3900).any()
    assert changed[:, 0].max() - changed[:, 0].min() < 60
    assert (before == after).mean() > 0.9
    assert clean.BurnedInAnnotation == "NO"
    assert "113101" in [code.CodeValue for code in clean.DeidentificationMethodCodeSequence]


def test_an_x_ray_with_a_side_marker_only_stays_as_it_is(bench: Bench, tmp_path: Path) -> None:
    made = stamped("L")
    (clean,) = copy(bench, ingested(bench, tmp_path, made))
    assert (received(made) == clean.pixel_array).all()


def test_a_name_on_one_slice_makes_every_slice_of_the_series_looked_at(bench: Bench, tmp_path: Path) -> None:
    ct = {"modality": "CT", "sop_class": exports.CT}
    slices = [
        stamped("SYNTHETICA" if number in (1, 4) else "", number=number, ImagePositionPatient=[0, 0, number], **ct)
        for number in range(1, 6)
    ]
    for clean in copy(bench, ingested(bench, tmp_path, *slices)):
        assert not (clean.pixel_array == 3900).any()


def test_without_the_extra_what_may_show_text_is_held(bench: Bench, tmp_path: Path) -> None:
    from dataclasses import replace

    filed = ingested(
        replace(bench, searches_text=False), tmp_path, stamped("SYNTHETICA"), *[exports.slice_of_ct(n) for n in (1, 2)]
    )
    assert dict(filed.held) == {Reason.TEXT_NOT_LOOKED_FOR: 1}
    assert filed.pictures == 3


@pytest.mark.parametrize("crash", [True, False])
def test_what_stays_doubtful_is_held(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, crash: bool) -> None:
    seen: dict[str, Any] = {"jobs": 0}

    def doubtful(*_job: Any) -> Treatment | None:
        seen["jobs"] += 1
        return None if crash else Treatment(hold=Reason.TEXT_UNCERTAIN)

    monkeypatch.setattr(reading_pictures, "read", doubtful)
    filed = ingested(bench, tmp_path, stamped("SYNTHETICA"))
    assert dict(filed.held) == {Reason.TEXT_UNCERTAIN: 1}
    assert seen["jobs"] == 1


def test_text_that_only_one_window_shows_is_found_in_that_one(bench: Bench, tmp_path: Path) -> None:
    noise = np.random.default_rng(1).normal(40, 2, (320, 400))
    drawn = Image.new("L", (400, 320))
    ImageDraw.Draw(drawn).text((50, 40), "SYNTHETICA", fill=255, font=ImageFont.load_default(28))
    values = np.where(np.array(drawn) > 100, 120, noise).astype("<i2")
    made = exports.dataset(WindowCenter=9000, WindowWidth=100, RescaleSlope=1, RescaleIntercept=0)
    made = exports.with_pixels(made, values)
    wide = replace(bench, wanted=Wanted(windows=("lung", "bone", "soft-tissue", "brain")))
    (clean,) = copy(wide, ingested(wide, tmp_path, made))
    assert not (clean.pixel_array == 120).any()


def written_on(values: Any, words: str, *, step: int, size: int = 16, at: tuple[int, int] = (150, 200)) -> Any:
    drawn = Image.new("L", values.shape[::-1])
    ImageDraw.Draw(drawn).text(at, words, fill=255, font=ImageFont.load_default(size))
    return np.where(np.array(drawn) > 100, values + step, values).astype("<u2")


def series(written: int, *, step: int, ground: int) -> list[Any]:
    """Five slices of CT with grain, `ground` HU on the whole; a name stands in one of them, `step` HU above the ground."""
    made = []
    for number in range(1, 6):
        grain = np.random.default_rng(number).normal(ground + 1024, 8, (160, 240)).clip(0, 4000)
        values = written_on(grain, "SYNTHETICA", step=step if number == written else 0, at=(60, 80))
        one = exports.dataset(number=number, WindowCenter=40, WindowWidth=400, RescaleSlope=1, RescaleIntercept=-1024)
        one.ImageType, one.ImagePositionPatient, one.ImageOrientationPatient = ["ORIGINAL"], [0, 0, number], [1, 0, 0, 0, 1, 0]
        made.append(exports.with_pixels(one, values, stored=12))
    return made


def changed(bench: Bench, filed: Filed, made: list[Any]) -> dict[int, float]:
    """The share of each copy's pixels that are not as they came."""
    copies = {int(clean.InstanceNumber): clean.pixel_array for clean in copy(bench, filed)}
    return {number: float((copies[number] != received(made[number - 1])).mean()) for number in copies}


@pytest.mark.parametrize(("step", "ground"), [(80, 40), (40, -1000)])
def test_a_name_in_any_slice_of_a_series_is_found_in_the_window_or_outside_of_it(
    bench: Bench, tmp_path: Path, step: int, ground: int
) -> None:
    made = series(2, step=step, ground=ground)
    filed = ingested(bench, tmp_path, *made)
    shares = changed(bench, filed, made)
    assert sorted(number for number, share in shares.items() if not share) == [1, 3, 4, 5]
    assert shares.get(2, 0.0) > 0 or sum(filed.held.values()) == 1


def test_a_name_in_any_slice_of_a_series_without_a_window_is_found(bench: Bench, tmp_path: Path) -> None:
    made = series(3, step=80, ground=40)
    for one in made:
        del one.WindowCenter, one.WindowWidth
    filed = ingested(bench, tmp_path, *made)
    shares = changed(bench, filed, made)
    assert shares.get(3, 0.0) > 0 or sum(filed.held.values()) == 1


def test_a_faint_name_in_any_slice_of_eight_bits_is_found(bench: Bench, tmp_path: Path) -> None:
    made = []
    for number in range(1, 8):
        grain = np.random.default_rng(number).normal(100, 4, (320, 400))
        grain[0, :2] = 0, 255
        one = exports.dataset(
            number=number, modality="MR", sop_class="1.2.840.10008.5.1.4.1.1.4", ImagePositionPatient=[0, 0, number]
        )
        made.append(exports.with_pixels(one, written_on(grain, "SYNTHETICA", step=45 if number == 2 else 0).astype("u1")))
    filed = ingested(bench, tmp_path, *made)
    shares = changed(bench, filed, made)
    assert shares.get(2, 0.0) > 0 or sum(filed.held.values()) == 1


@pytest.mark.parametrize("copies", [True, False])
def test_a_large_word_in_one_slice_is_found_by_what_the_slices_beside_it_do_not_have(
    bench: Bench, tmp_path: Path, *, copies: bool
) -> None:
    word = Word("CT slice, outside the window", "stacked", 140, 50, "Cyrillic")
    trial = stamping.made(word, 1, 5_000_021)
    made = list(map(exports.read_back, trial.files.values()))
    filed = ingested(replace(bench, wanted=Wanted(copies=copies)), tmp_path, *made)
    blanked = [number for number, share in changed(bench, filed, made).items() if share] if copies else []
    assert len(blanked) + sum(filed.held.values()) == 1


def test_large_letters_that_are_a_little_like_a_word_count_where_they_are_new(bench: Bench, tmp_path: Path) -> None:
    trial = stamping.made(Word("CT slice", "stacked", 200, 50, "Arabic"), 1, 31_337_094_079)
    made = list(map(exports.read_back, trial.files.values()))
    filed = ingested(bench, tmp_path, *made)
    blanked = [number for number, share in changed(bench, filed, made).items() if share]
    assert len(blanked) + sum(filed.held.values()) == 1


def test_a_large_word_in_two_slices_is_found_by_what_those_beside_both_do_not_have(bench: Bench, tmp_path: Path) -> None:
    word = Word("CT slice, outside the window", "stacked", 140, 50, "Cyrillic")
    plain, written = (stamping.made(word, 1, 5_000_021, is_written=is_written) for is_written in (False, True))
    ((number, _), ink) = next(iter(written.inks.items()))
    inked = exports.read_back(written.files[number]).pixel_array
    made = list(map(exports.read_back, plain.files.values()))
    for one in made[3:5]:
        values = one.pixel_array.copy()
        values[ink] = inked[ink]
        one.PixelData = values.tobytes()
    filed = ingested(bench, tmp_path, *made)
    blanked = [number for number, share in changed(bench, filed, made).items() if share]
    assert len(blanked) + sum(filed.held.values()) == 2


def test_a_word_in_air_in_the_last_slice_is_found(bench: Bench, tmp_path: Path) -> None:
    trial = stamping.made(Word("CT slice, outside the window", "0", 18, 50, "Arabic"), 1, 4711 * 1_000_003 + 323)
    assert {number for number, _ in trial.inks} == {12}
    made = list(map(exports.read_back, trial.files.values()))
    filed = ingested(bench, tmp_path, *made)
    assert [number for number, share in changed(bench, filed, made).items() if share] == [12] or sum(filed.held.values()) == 1


def test_organs_that_are_like_words_and_stand_in_the_slices_beside_it_too_hold_no_slice(bench: Bench, tmp_path: Path) -> None:
    anything = Word("CT slice", "0", 12, 50, "Latin")
    trial = stamping.made(anything, 1, 515_254_545_858, is_written=False)
    made = list(map(exports.read_back, trial.files.values()))
    filed = ingested(bench, tmp_path, *made)
    assert not filed.held
    assert not any(changed(bench, filed, made).values())


@pytest.mark.parametrize("number", [5_000_021, 5_000_022])
def test_nothing_of_a_word_stays_where_pixels_are_not_square(bench: Bench, tmp_path: Path, number: int) -> None:
    trial = stamping.made(Word("CT slice, outside the window", "stacked", 140, 50, "Cyrillic"), 1, number)
    made = list(map(exports.read_back, trial.files.values()))
    for one in made:
        one.PixelSpacing = [1.5, 1.0]
    filed = ingested(bench, tmp_path, *made)
    copies = {int(clean.InstanceNumber): clean.pixel_array for clean in copy(bench, filed)}
    ((written, mask),) = [(at, mask) for (at, _), mask in trial.inks.items()]
    assert written not in copies or (copies[written] != made[written - 1].pixel_array)[mask].mean() > 0.9


def test_all_that_is_new_in_a_slice_is_blanked_where_a_part_of_it_is_read(bench: Bench, tmp_path: Path) -> None:
    made = series(3, step=80, ground=40)
    values = received(made[2])
    signs = np.zeros((8, 60), bool)
    signs[2, ::9] = signs[6, 4::9] = True  # what no network sees
    values[102:110, 70:130] += (60 * signs).astype("<u2")
    made[2] = exports.with_pixels(made[2], values, stored=12)
    copies = {int(clean.InstanceNumber): clean.pixel_array for clean in copy(bench, ingested(bench, tmp_path, *made))}
    assert (copies[3] != values)[102:110, 70:130][signs].all()  # else it is held for what remains


def test_a_small_word_in_one_slice_costs_little_of_it_and_study_json_says_where(bench: Bench, tmp_path: Path) -> None:
    trial = stamping.made(Word("CT slice, outside the window", "0", 14, 25, "digits"), 1, 9191 * 1_000_003 + 56)
    made = list(map(exports.read_back, trial.files.values()))
    filed = ingested(bench, tmp_path, *made)
    ((number, share),) = [(number, share) for number, share in changed(bench, filed, made).items() if share]
    assert share < 0.03
    (study,) = filed.studies
    blanked = {one.number: one.blanked for series in bench.library.study(study.folder).series for one in series.instances}
    assert [at for at, boxes in blanked.items() if boxes] == [number]
    mask = trial.inks[number, 0]
    down, across = np.nonzero(mask)
    assert any(x0 <= across.min() and across.max() <= x1 and y0 <= down.min() <= y1 for x0, y0, x1, y1 in blanked[number])


def clip(frames: list[Any]) -> Any:
    made = exports.ultrasound(FrameTime=40, SOPClassUID="1.2.840.10008.5.1.4.1.1.3.1")
    region = made.SequenceOfUltrasoundRegions[0]
    region.RegionLocationMinY0, region.RegionLocationMaxX1, region.RegionLocationMaxY1 = 0, 319, 238
    return exports.with_pixels(made, np.stack(frames))


def speckled(turn: int, words: str = "", left: int = 60) -> Any:
    speckle = np.roll(np.random.default_rng(1).rayleigh(25, (240, 320)).clip(0, 200), turn % 5, axis=0)
    drawn = Image.new("L", (320, 240))
    ImageDraw.Draw(drawn).text((left, 120), words, fill=255, font=ImageFont.load_default(20))
    return np.where(np.array(drawn) > 100, 230, speckle).astype("u1")


def test_a_name_in_one_frame_of_forty_is_blanked_or_held(bench: Bench, tmp_path: Path) -> None:
    filed = ingested(bench, tmp_path, clip([speckled(turn, "SYNTHETICA" if turn == 4 else "") for turn in range(40)]))
    assert sum(filed.held.values()) == 1 or not (copy(bench, filed)[0].pixel_array[4] == 230).any()


def test_a_name_that_drifts_through_a_clip_is_blanked_or_held(bench: Bench, tmp_path: Path) -> None:
    filed = ingested(bench, tmp_path, clip([speckled(turn, "SYNTHETICA", 20 + 3 * turn) for turn in range(40)]))
    assert sum(filed.held.values()) == 1 or not (copy(bench, filed)[0].pixel_array == 230).any()


def test_the_frames_of_a_clip_are_not_all_loaded_again_to_be_searched(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = list[int]()
    load = Frames.__getitem__
    monkeypatch.setattr(Frames, "__getitem__", lambda frames, place: loaded.append(place) or load(frames, place))
    filed = ingested(bench, tmp_path, clip([speckled(turn) for turn in range(12)]))
    assert not filed.held
    assert set(loaded) == {6}


@pytest.mark.parametrize(("clips", "shares"), [(1, [(0, 2), (1, 2)]), (2, [(0, 1), (0, 1)])])
def test_the_search_of_a_clip_by_itself_is_shared_by_two_workers_and_what_one_finds_counts(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clips: int, shares: list[tuple[int, int]]
) -> None:
    read = list[tuple[int, int]]()

    def second_finds(*arguments: Any) -> Treatment:
        read.append(arguments[-1])
        return Treatment(hold=Reason.TEXT_UNCERTAIN if arguments[-1].number + 1 == arguments[-1].of else None)

    monkeypatch.setattr(reading_pictures, "read", second_finds)
    made = [clip([speckled(turn) for turn in range(5)]) for _ in range(clips)]
    for number, one in enumerate(made):
        one.InstanceNumber, one.SOPInstanceUID = number, f"{one.SOPInstanceUID}.{number}"
    filed = ingested(bench, tmp_path, *made)
    assert sum(filed.held.values()) == clips
    assert read == shares


@pytest.mark.parametrize(("searches", "members", "is_ready"), [(True, 4, True), (True, 5, False), (False, 1, False)])
def test_readers_start_while_pictures_are_made_where_an_export_holds_large_ones(
    tmp_path: Path, searches: bool, members: int, is_ready: bool
) -> None:
    export = replace(export_at(exports.zipped(tmp_path / "a.zip", exports.ct_files(1))), size=9_000_000)
    task = Task(export, KEY, tmp_path, tmp_path, Wanted(), searches_text=searches)
    reader = Pool(process, 2)
    before = {child.pid for child in multiprocessing.active_children()}
    text_search.get_ready(task, members, reader)
    assert len({child.pid for child in multiprocessing.active_children()} - before) == (2 if is_ready else 0)
    reader.close()


def test_a_clip_of_speckle_stays_as_it_is(bench: Bench, tmp_path: Path) -> None:
    made = clip([speckled(turn) for turn in range(12)])
    filed = ingested(bench, tmp_path, made)
    assert not filed.held
    (clean,) = copy(bench, filed)
    assert (clean.pixel_array[:, :238] == received(made)[:, :238]).all()


def test_a_name_in_what_an_x_rays_window_shows_white_is_blanked_in_the_copy(bench: Bench, tmp_path: Path) -> None:
    grain = np.random.default_rng(1).normal(3000, 10, (320, 400))
    grain[200:] = 1000
    made = exports.with_pixels(
        stamped("", WindowCenter=1000, WindowWidth=2000),
        written_on(grain, "SYNTHETICA", step=300, size=20, at=(60, 60)),
        stored=12,
    )
    filed = ingested(bench, tmp_path, made)
    assert sum(filed.held.values()) == 1 or not (copy(bench, filed)[0].pixel_array > 3200).any()


def test_a_name_in_what_no_frames_window_shows_is_blanked_in_the_copy(bench: Bench, tmp_path: Path) -> None:
    frames = [np.random.default_rng(turn).normal(50, 8, (320, 400)).clip(0, 4000) for turn in range(6)]
    frames[0][200:] = 1000
    frames[3] = written_on(frames[3], "SYNTHETICA", step=150, size=20, at=(60, 60))
    made = exports.dataset(
        sop_class="1.2.840.10008.5.1.4.1.1.2.1", WindowCenter=40, WindowWidth=400, RescaleSlope=1, RescaleIntercept=-1024
    )
    made = exports.with_pixels(made, np.stack(frames).astype("<u2"), stored=12)
    filed = ingested(bench, tmp_path, made)
    assert sum(filed.held.values()) == 1 or not (copy(bench, filed)[0].pixel_array[3][60:90, 60:180] > 150).any()


def with_palette(values: Any, reds: Any) -> Any:
    """An X-ray of 8 bits whose values are shown in greys of a palette."""
    made = exports.with_pixels(stamped(""), values.astype("u1"), photometric="PALETTE COLOR", stored=8)
    for name in ("Red", "Green", "Blue"):
        setattr(made, f"{name}PaletteColorLookupTableDescriptor", [256, 0, 16])
        setattr(made, f"{name}PaletteColorLookupTableData", (np.asarray(reds) * 257).astype("<u2").tobytes())
    return made


def test_a_name_in_values_to_which_a_palette_gives_one_colour_is_blanked_in_the_copy(bench: Bench, tmp_path: Path) -> None:
    grain = np.random.default_rng(1).normal(160, 6, (320, 400)).clip(0, 255)
    grain[:100] = 20
    made = with_palette(written_on(grain, "SYNTHETICA", step=60, size=20, at=(60, 60)), np.maximum(100, np.arange(256)))
    filed = ingested(bench, tmp_path, made)
    assert sum(filed.held.values()) == 1 or not (copy(bench, filed)[0].pixel_array[:100] > 60).any()


def test_a_palette_that_hides_nothing_holds_nothing(bench: Bench, tmp_path: Path) -> None:
    grain = np.random.default_rng(1).normal(160, 6, (320, 400)).clip(0, 255)
    made = with_palette(grain, np.maximum(10, np.arange(256)))
    (clean,) = copy(bench, ingested(bench, tmp_path, made))
    assert (received(made) == clean.pixel_array).all()


def dose(words: str) -> Any:
    """A dose around a place in six frames, with words in the fourth."""
    down, across = np.mgrid[0:200, 0:260]
    frames = [4000 * np.exp(-((down - 120) ** 2 + (across - 140) ** 2) / (900 + 100 * turn)) for turn in range(6)]
    frames[3] = written_on(frames[3], words, step=2000, size=18, at=(20, 20))
    made = exports.dataset(modality="RTDOSE", sop_class="1.2.840.10008.5.1.4.1.1.481.2", DoseUnits="GY")
    return exports.with_pixels(made, np.stack(frames).astype("<u2"), stored=16)


def test_a_name_in_one_frame_of_a_dose_is_blanked_or_held(bench: Bench, tmp_path: Path) -> None:
    filed = ingested(bench, tmp_path, dose("SYNTHETICA"))
    assert sum(filed.held.values()) == 1 or not (copy(bench, filed)[0].pixel_array[3][15:45, 20:160] > 1500).any()


def test_a_dose_without_text_stays_as_it_is(bench: Bench, tmp_path: Path) -> None:
    made = dose("")
    (clean,) = copy(bench, ingested(bench, tmp_path, made))
    assert (clean.pixel_array == received(made)).all()


def with_window(number: int, values: Any) -> Any:
    made = exports.dataset(number=number, WindowCenter=1000, WindowWidth=2000)
    made.ImageType, made.ImagePositionPatient, made.ImageOrientationPatient = ["ORIGINAL"], [0, 0, number], [1, 0, 0, 0, 1, 0]
    values[0, :2] = 0, 4000  # a full range in which a word is faint, too
    return exports.with_pixels(made, values, stored=12)


@pytest.mark.parametrize("count", [1, 5])
def test_a_faint_name_in_all_slices_of_a_series_or_in_its_only_one_is_found(bench: Bench, tmp_path: Path, count: int) -> None:
    made = [
        with_window(number, written_on(np.random.default_rng(number).normal(800, 40, (320, 400)), "SYNTHETICA", step=390))
        for number in range(1, count + 1)
    ]
    filed = ingested(bench, tmp_path, *made)
    shares = changed(bench, filed, made)
    assert sum(1 for share in shares.values() if share) + sum(filed.held.values()) == count


def _of_one_grey(number: int, words: str = "") -> Any:
    made = exports.dataset(number=number, WindowCenter=128, WindowWidth=256, RescaleIntercept=0)
    made.ImageType, made.ImagePositionPatient = ["ORIGINAL"], [0, 0, number]
    values = written_on(np.full((64, 128), 105), words, step=8, at=(10, 20))
    values[-1, -2:] = 0, 240  # the full range of all of them
    values[:2, :2] = 10 * number + 5
    return exports.with_pixels(made, values, stored=12)


def test_the_first_the_middle_and_the_last_slice_of_a_series_are_looked_at_as_wholes_where_all_show_something(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    monkeypatch.setattr(faint, "words", lambda frame, *_: seen.append(int(frame[0, 0]) // 10) or [])
    ingested(bench, tmp_path, *(_of_one_grey(number, "SYNTHETICA") for number in range(1, 10)))
    assert sorted(seen) == [1, 5, 9]
    seen.clear()
    ingested(bench, tmp_path, *(_of_one_grey(number) for number in range(11, 20)))
    assert not seen


def test_slices_in_which_nothing_is_like_a_word_start_no_reader(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_pictures, "read", lambda *_: Treatment(hold=Reason.TEXT_UNCERTAIN))
    monkeypatch.setattr(faint, "words", lambda *_: [])
    filed = ingested(bench, tmp_path, *(_of_one_grey(number, "SYNTHETICA") for number in range(1, 10)))
    assert not filed.held
    monkeypatch.setattr(faint, "words", lambda *_: [(2, 2, 40, 20)])
    filed = ingested(bench, tmp_path, _of_one_grey(11))
    assert dict(filed.held) == {Reason.TEXT_UNCERTAIN: 1}


def test_a_suspected_slice_at_an_end_is_compared_with_two_on_its_only_side(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = {}

    def read(groups: Any, is_slice: bool, copy: Path, suspects: Any, files: tuple[Path, ...], *_: Any) -> Treatment:
        compared[copy.name[0]] = [file.name[0] for file in files] if suspects else []
        return Treatment()

    monkeypatch.setattr(reading_pictures, "read", read)
    ingested(bench, tmp_path, *series(5, step=60, ground=40))
    assert compared["4"] == ["4", "2", "3"]


def test_grain_that_is_suspected_starts_no_reader(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def second(rows: list[Any], asked: range | None = None) -> list[Any]:
        return [((60, 60, 120, 90),) if np.array_equal(rows[place], wanted) else () for place in asked or range(len(rows))]

    monkeypatch.setattr(slices, "suspects", second)
    monkeypatch.setattr(reading_pictures, "read", lambda *_: Treatment(hold=Reason.TEXT_UNCERTAIN))
    monkeypatch.setattr(strokes, "parts", lambda *_: [])
    monkeypatch.setattr(faint, "words", lambda *_: [])
    for step in (0, 60):
        made = series(2, step=step, ground=40)
        wanted = slices.rows_of(received(made[1]))
        assert bool(ingested(bench, tmp_path, *made).held) == bool(step)


def test_grain_that_no_window_shows_holds_no_slice(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faint, "words", lambda frame, *_: [(20, 20, 120, 40)] if int(np.ptp(frame)) else [])
    values = np.random.default_rng(1).normal(300, 90, (320, 400))
    values[80:240, 100:300] = 900
    made = exports.dataset(modality="MR", sop_class="1.2.840.10008.5.1.4.1.1.4", WindowCenter=1000, WindowWidth=800)
    filed = ingested(bench, tmp_path, exports.with_pixels(made, values.clip(0, 4000).astype("<u2"), stored=12))
    assert not filed.held


_SHADES = {"air": 255, "lung": 236, "soft tissue": 128, "bone": 69}
"""The mean grey of 40 HU in each window."""


def _little_likeness(window: str) -> Callable[..., list[Box]]:
    """What is a little like a word, seen in one window alone; darker ones show what is new."""

    def words(frame: Any, least: float = faint.LIKELY, *_: float) -> list[Box]:
        return [(5, 5, 40, 20)] if least < faint.SURE and abs(frame.mean() - _SHADES[window]) < 4 else []

    return words


@pytest.mark.parametrize(("window", "count"), [("lung", 0), ("air", 5), ("bone", 5)])
def test_what_is_a_little_like_a_word_counts_in_a_slice_that_is_suspected_in_windows_without_much_grain(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, window: str, count: int
) -> None:
    monkeypatch.setattr(slices, "suspects", lambda rows, **_: [((60, 60, 120, 90),)] * len(rows))
    monkeypatch.setattr(faint, "words", _little_likeness(window))
    made = series(3, step=0, ground=40)
    filed = ingested(bench, tmp_path, *made)
    assert sum(1 for share in changed(bench, filed, made).values() if share) + sum(filed.held.values()) == count


def test_grain_that_no_window_shows_holds_no_x_ray(bench: Bench, tmp_path: Path) -> None:
    grey = grounds.breast(np.random.default_rng(4), (600, 500))
    made = exports.dataset(modality="DX", sop_class=technical.CLASSES["DX"], WindowCenter=1900, WindowWidth=2200)
    filed = ingested(bench, tmp_path, exports.with_pixels(made, (500 + 3000 * grey).clip(0, 4095).astype("<u2"), stored=12))
    assert not filed.held


@pytest.mark.parametrize("frames", [1, 4])
@pytest.mark.parametrize(("words", "held"), [("SYNTHETICA", {Reason.TEXT_UNCERTAIN: 1}), ("", {})])
def test_a_segmentation_is_held_for_words_and_not_for_its_outlines(
    bench: Bench, tmp_path: Path, words: str, held: dict[str, int], frames: int
) -> None:
    drawn = Image.new("L", (256, 256))
    draw = ImageDraw.Draw(drawn)
    for place in range(6):
        draw.ellipse((30 + 30 * place, 30, 50 + 30 * place, 60 + 4 * place), outline=1, width=3)
    draw.text((40, 150), words, fill=1, font=ImageFont.load_default(28))
    made = exports.dataset(modality="SEG", sop_class="1.2.840.10008.5.1.4.1.1.66.4", SegmentationType="LABELMAP")
    filed = ingested(bench, tmp_path, exports.with_pixels(made, np.asarray(drawn)[None].repeat(frames, axis=0)))
    assert filed.held == held


@pytest.mark.parametrize("written", [8, 9])
def test_a_faint_name_is_found_where_the_slice_before_or_after_it_went_to_another_worker(
    bench: Bench, tmp_path: Path, written: int
) -> None:
    grain = [np.random.default_rng(number).normal(800, 40, (320, 400)) for number in range(12)]
    grain[written - 1] = written_on(grain[written - 1], "SYNTHETICA", step=150, size=12)
    made = [with_window(number, values.astype("<u2")) for number, values in enumerate(grain, 1)]
    filed = ingested(bench, tmp_path, *made)
    assert changed(bench, filed, made).get(written, 1)


def test_a_name_in_the_last_two_slices_of_what_a_worker_got_is_found(bench: Bench, tmp_path: Path) -> None:
    grain = [np.random.default_rng(number).normal(800, 40, (320, 400)) for number in range(20)]
    for place in (6, 7):
        grain[place] = written_on(grain[place], "SYNTHETICA", step=200, size=20)
    made = [with_window(number, values.astype("<u2")) for number, values in enumerate(grain, 1)]
    filed = ingested(bench, tmp_path, *made)
    shares = changed(bench, filed, made)
    assert all(shares.get(number, 1) for number in (7, 8))


def grainy(count: int, written: Sequence[int], shapes: Sequence[tuple[int, int]] = ((160, 240),)) -> list[Any]:
    """Slices with grain, shapes in turn; a faint name stands at one place in those whose numbers are given."""
    made = []
    for number in range(1, count + 1):
        grain = np.random.default_rng(number).normal(800, 40, shapes[number % len(shapes)])
        made.append(written_on(grain, "SYNTHETICA" if number in written else "", step=200, size=14, at=(60, 80)))
    return made


def test_a_name_in_some_slices_in_a_row_which_are_neither_first_middle_nor_last_is_found_in_each(
    bench: Bench, tmp_path: Path
) -> None:
    word, places = Word("CT slice", "0", 18, 50, "Latin"), range(7, 11)
    plain, written = (stamping.made(word, 1, 5_000_023, is_written=is_written) for is_written in (False, True))
    ((number, _), ink) = next(iter(written.inks.items()))
    inked = exports.read_back(written.files[number]).pixel_array
    made = list(map(exports.read_back, plain.files.values()))
    for place in places:
        values = made[place].pixel_array.copy()
        values[ink] = inked[ink]
        made[place].PixelData = values.tobytes()
    filed = ingested(bench, tmp_path, *made)
    shares = changed(bench, filed, made)
    assert [place for place in range(12) if shares.get(place + 1, 1)] == list(places)


def test_a_name_in_a_slice_of_a_series_of_two_sizes_is_found(bench: Bench, tmp_path: Path) -> None:
    made = [with_window(number, one) for number, one in enumerate(grainy(12, [4], ((160, 240), (176, 240))), 1)]
    filed = ingested(bench, tmp_path, *made)
    assert changed(bench, filed, made).get(4, 1)


def test_a_name_in_a_coloured_slice_is_found(bench: Bench, tmp_path: Path) -> None:
    made = []
    for number, values in enumerate(grainy(9, [3]), 1):
        one = exports.dataset(number=number, modality="MR", ImageType=["ORIGINAL"])
        made.append(exports.with_pixels(one, np.repeat((values // 8).astype("u1")[..., None], 3, axis=2)))
    filed = ingested(bench, tmp_path, *made)
    assert changed(bench, filed, made).get(3, 1)


def test_a_doppler_spectrum_is_filed_and_the_same_in_a_picture_of_tissue_is_held(bench: Bench, tmp_path: Path) -> None:
    filed = ingested(bench, tmp_path, doppler(3))
    assert (filed.pictures, dict(filed.held)) == (1, {})
    assert dict(ingested(bench, tmp_path, doppler(1)).held) == {Reason.TEXT_UNCERTAIN: 1}
