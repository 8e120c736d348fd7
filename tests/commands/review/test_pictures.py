"""What is shown of a held object: frames, small ones, other windows, and boxes that are looked for once."""

import stat
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import exports
from lettering import clip, stamped
from radiary.commands.held.pictures import Held, HeldPictures
from radiary.commands.review import pictures as review_pictures
from radiary.commands.review.pictures import Pictures
from radiary.dicom.render import encode
from radiary.ingest import text_engine
from radiary.settings import Settings
from services import PATIENCE, Service


def held(tmp_path: Path, made: object) -> Held:
    service = Service(tmp_path, workers=1)
    exports.zipped(service.downloads / "a.zip", {"a": exports.written(made)})  # type: ignore[arg-type]
    assert service.command("once", str(service.downloads / "a.zip")).returncode == 0
    places = {name: tmp_path / name for name in ("library", "private", "chronicle", "state")}
    shown = HeldPictures(Settings(watch=(service.downloads,), **places))
    shown.refresh()
    (one,) = shown.instances.values()
    return one


@pytest.fixture
def pictures(tmp_path: Path) -> Iterator[Pictures]:
    made = Pictures(tmp_path / "state")
    yield made
    made.close()


def test_every_frame_is_shown_and_a_small_one_of_it(tmp_path: Path, pictures: Pictures) -> None:
    one = held(tmp_path, clip("SYNTHETICA", frame=3, frames=5))
    assert pictures.about(one) == {"frames": 5, "pictures": 5, "views": []}
    third = pictures.frame(one, 2)
    assert third
    assert (encode.pixels_of(third) > 200).any()
    small = pictures.small(one, 2)
    assert small
    assert max(encode.pixels_of(small).shape) == 160
    assert pictures.frame(one, 5) is None
    (one.folder / one.record.pictures[0].path).unlink()
    assert pictures.frame(one, 0) is None


def test_what_the_window_hides_is_seen_in_the_others(tmp_path: Path, pictures: Pictures) -> None:
    made = stamped("SYNTHETICA", BurnedInAnnotation="YES", WindowCenter=[2000, 30], WindowWidth=[2000, 60])
    values = exports.read_back(exports.written(made)).pixel_array
    exports.with_pixels(made, np.where(values > 3000, 20, 0).astype("<u2"), stored=12)
    one = held(tmp_path, made)
    shown = pictures.frame(one, 0)
    assert shown
    assert not encode.pixels_of(shown).any()
    assert pictures.about(one)["views"] == ["full", "equalised", "window-2"]
    for view in pictures.about(one)["views"]:
        seen = pictures.view(one, 0, view)
        assert seen
        assert np.ptp(encode.pixels_of(seen)) > 80
    ((x0, y0, x1, y1), *_) = pictures.boxes(one, 0)["boxes"]
    assert x0 <= 60 <= x1
    assert y0 <= 50 <= y1


def test_what_a_palette_gives_one_colour_is_seen_as_every_difference(tmp_path: Path, pictures: Pictures) -> None:
    values = np.full((40, 40), 10, "u1")
    values[10:20] = 60
    made = exports.with_pixels(exports.dataset(modality="OT", BurnedInAnnotation="YES"), values, photometric="PALETTE COLOR")
    for name in ("Red", "Green", "Blue"):
        setattr(made, f"{name}PaletteColorLookupTableDescriptor", [256, 0, 16])
        setattr(made, f"{name}PaletteColorLookupTableData", (np.maximum(100, np.arange(256)) * 257).astype("<u2").tobytes())
    one = held(tmp_path, made)
    assert pictures.about(one)["views"] == ["equalised"]
    shown = pictures.view(one, 0, "equalised")
    assert shown
    assert encode.pixels_of(shown).std() > 50


def test_boxes_are_looked_for_once_and_remembered_by_their_owner_alone(
    tmp_path: Path, pictures: Pictures, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = held(tmp_path, clip("SYNTHETICA", frame=1, frames=2))
    first = pictures.boxes(one, 0)
    assert len(first["boxes"]) == 1
    monkeypatch.setattr(review_pictures, "boxes_in", None)
    another = Pictures(tmp_path / "state")
    assert [list(box) for box in another.boxes(one, 0)["boxes"]] == [list(box) for box in first["boxes"]]
    another.close()
    (kept,) = (tmp_path / "state" / "looks").iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_without_a_reader_it_says_what_is_wrong(tmp_path: Path, pictures: Pictures, monkeypatch: pytest.MonkeyPatch) -> None:
    one = held(tmp_path, exports.ultrasound(regions=False))
    monkeypatch.setattr(text_engine, "_tried", lambda _reader: "text-reader-crashed")
    assert pictures.boxes(one, 0) == {"boxes": [], "trouble": "text-reader-crashed"}


def test_boxes_stand_there_before_anybody_asks(tmp_path: Path, pictures: Pictures) -> None:
    one = held(tmp_path, clip("SYNTHETICA", frame=1, frames=2))
    pictures._look_ahead([one])
    assert sorted(pictures._looks[one.record.uid]) == ["0", "1"]


def test_nothing_is_looked_for_ahead_while_somebody_waits_for_what_she_opened(
    pictures: Pictures, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = threading.Event()
    monkeypatch.setattr(Pictures, "_looked_for", lambda *_: looked.set() or [])
    monkeypatch.setattr(text_engine, "_tried", lambda _reader: None)
    one: Any = SimpleNamespace(record=SimpleNamespace(uid="2.25.1", pixels="", pictures=range(3)))
    with pictures._asked_for():
        pictures.look_ahead([one])
        assert not looked.wait(0.3)
    assert looked.wait(PATIENCE)
