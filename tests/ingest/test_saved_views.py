"""Presentation states, through the whole ingest."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

import exports
from conftest import export_at
from lettering import DX, stamped
from outcomes import ingested
from radiary.ingest import pipeline
from radiary.ingest.bench import Bench
from radiary.library.shelf import Library
from radiary.model.events import Queued
from radiary.state.queue import Queue

GSPS = "1.2.840.10008.5.1.4.1.1.11.1"


def state(image: Any, **attributes: Any) -> Any:
    """A softcopy presentation state of one image."""
    referenced, series = Dataset(), Dataset()
    referenced.ReferencedSOPClassUID, referenced.ReferencedSOPInstanceUID = image.SOPClassUID, image.SOPInstanceUID
    series.SeriesInstanceUID, series.ReferencedImageSequence = image.SeriesInstanceUID, Sequence([referenced])
    made = exports.dataset(series=9, number=1, modality="PR", sop_class=GSPS, **attributes)
    made.ReferencedSeriesSequence = Sequence([series])
    return made


def pictures(bench: Bench, folder: str) -> dict[str, np.ndarray]:
    found = {}
    for path in sorted((bench.library.root / folder).rglob("*.png")):
        with Image.open(path) as opened:
            found[str(path.relative_to(bench.library.root / folder))] = np.asarray(opened)
    return found


def test_the_view_that_somebody_saved_stands_beside_the_image(bench: Bench, tmp_path: Path) -> None:
    image = exports.slice_of_ct()
    window = Dataset()
    window.WindowCenter, window.WindowWidth = 1000, 1
    filed = ingested(bench, tmp_path, image, state(image, SoftcopyVOILUTSequence=Sequence([window]), ImageRotation=90))
    (folder,) = {study.folder for study in filed.studies}
    (plain, shown), (name, saved) = sorted(pictures(bench, folder).items(), key=lambda one: "as-saved" in one[0])
    assert name.startswith(plain.removesuffix(".png"))
    assert name.endswith("-as-saved.png")
    assert saved.shape == shown.shape[::-1]
    assert set(np.unique(saved)) == {0, 255}
    assert filed.pictures == 2


def test_a_saved_view_is_as_small_as_the_other_pictures(bench: Bench, tmp_path: Path) -> None:
    values = np.random.default_rng(1).normal(2000, 300, (128, 128)).astype("<u2")
    image = exports.with_pixels(exports.dataset(WindowCenter=2000, WindowWidth=4000), values, stored=12)
    wanted = replace(bench.wanted, png_effort="small")
    sizes = []
    for place, one in (("a", bench), ("b", replace(bench, wanted=wanted, library=Library(tmp_path / "other")))):
        (tmp_path / place).mkdir()
        ingested(one, tmp_path / place, image, state(image))
        (saved,) = one.library.root.rglob("*-as-saved.png")
        sizes.append(saved.stat().st_size)
    assert sizes[1] < sizes[0]


def test_a_saved_view_never_shows_what_was_blanked(bench: Bench, tmp_path: Path) -> None:
    image, window = stamped("SYNTHETICA"), Dataset()
    window.WindowCenter, window.WindowWidth = 2000, 4000
    filed = ingested(bench, tmp_path, image, state(image, SoftcopyVOILUTSequence=Sequence([window])))
    (folder,) = {study.folder for study in filed.studies}
    found = pictures(bench, folder)
    assert len(found) == 2
    assert all(picture.max() < 120 and (picture == 0).sum() > 1000 for picture in found.values())


def test_a_saved_view_that_brings_text_to_light_is_left_out(bench: Bench, tmp_path: Path) -> None:
    slope = np.broadcast_to(np.linspace(0, 4000, 400), (320, 400))
    drawn = Image.new("L", (400, 320))
    ImageDraw.Draw(drawn).text((180, 140), "SYNTHETICA", fill=255, font=ImageFont.load_default(24))
    values = np.where(np.array(drawn) > 100, slope + 100, slope).astype("<u2")
    made = exports.dataset(modality="DX", sop_class=DX, WindowCenter=2000, WindowWidth=4000)
    image = exports.with_pixels(made, values, stored=12)
    window = Dataset()
    window.WindowCenter, window.WindowWidth = 2400, 1200
    filed = ingested(bench, tmp_path, image, state(image, SoftcopyVOILUTSequence=Sequence([window])))
    (folder,) = {study.folder for study in filed.studies}
    assert not any("as-saved" in name for name in pictures(bench, folder))


def test_a_state_whose_image_is_not_there_is_only_filed(bench: Bench, tmp_path: Path) -> None:
    other = exports.slice_of_ct(7)
    filed = ingested(bench, tmp_path, exports.slice_of_ct(), state(other))
    assert filed.pictures == 1


@pytest.mark.parametrize("is_moved", [False, True])
def test_a_state_may_come_later_than_its_image_though_that_was_moved(is_moved: bool, bench: Bench, tmp_path: Path) -> None:
    image, queue = exports.slice_of_ct(), Queue()
    for name, made in (("a", image), ("b", state(image))):
        export = export_at(exports.zipped(tmp_path / f"{name}.zip", {"one": exports.written(made)}))
        queue.fold(Queued(export=export.digest, kind=export.kind, size=export.size))
        filed = pipeline.ingest(export, bench, queue)
        queue.fold(filed)
        folder = filed.studies[0].folder
        if is_moved and name == "a":
            (bench.library.root / folder).rename(bench.library.root / "hers")
    assert [name for name in pictures(bench, "hers" if is_moved else folder) if name.endswith("-as-saved.png")]
