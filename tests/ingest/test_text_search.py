"""Text burned into pictures, through the whole ingest."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

import exports
from lettering import stamped
from outcomes import ingested
from radiary.ingest.bench import Bench
from radiary.model.errors import Reason
from radiary.model.events import Filed
from radiary.model.nouns import Wanted


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
    assert changed[:, 0].max() - changed[:, 0].min() < 40
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
        for number in range(1, 10)
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
    from radiary.ingest import text_search
    from radiary.model.nouns import Treatment

    seen: dict[str, Any] = {"jobs": 0}

    def doubtful(_pictures: Any, _is_slice: bool) -> Treatment | None:
        seen["jobs"] += 1
        return None if crash else Treatment(hold=Reason.TEXT_UNCERTAIN)

    monkeypatch.setattr(text_search, "_read", doubtful)
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
