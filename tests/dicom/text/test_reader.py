import sys
from typing import NoReturn

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from lettering import picture
from radiary.dicom.text import inference, reader


@pytest.mark.parametrize("size", [10, 14, 24])
@pytest.mark.parametrize(("ground", "ink"), [(20, 255), (60, 160), (200, 30)])
def test_a_name_is_found_where_it_stands(size: int, ground: int, ink: int) -> None:
    sighting = reader.text_in(picture("SYNTHETICA", size=size, ground=ground, ink=ink))
    ((x0, y0, x1, y1),) = sighting.boxes
    assert x0 <= 44
    assert 55 <= y0 <= 75
    assert x1 >= 40 + 5 * size
    assert y1 >= 60 + size // 2


def test_a_picture_without_text_shows_none() -> None:
    assert reader.text_in(picture()) == reader.Sighting((), is_doubtful=False)


@pytest.mark.parametrize("marker", ["R", "L-CC", "RMLO", "AP"])
def test_sides_and_views_may_stay(marker: str) -> None:
    assert reader.text_in(picture(marker, size=24)) == reader.Sighting((), is_doubtful=False)


def test_text_that_stands_still_is_found_in_a_clip_that_moves() -> None:
    frames = [np.roll(picture(), 40 * number, axis=1) // 2 + picture("SYNTHETICA", ground=0) // 2 for number in range(6)]
    assert reader.text_in_instance(frames, is_slice=False).boxes


@pytest.mark.parametrize("ink", [5, 230])
def test_text_in_one_frame_of_a_clip_is_found(ink: int) -> None:
    frames = [picture("SYNTHETICA", ground=120, ink=ink, size=24), *[picture(ground=120)] * 5]
    assert reader.text_in_instance(frames, is_slice=False).boxes


def test_a_slice_is_read_only_where_strokes_are() -> None:
    ((left, top, right, bottom),) = reader.text_in_instance([picture("SYNTHETICA 19810704")], is_slice=True).boxes
    assert left <= 44 < right
    assert top <= 66 < bottom


@pytest.mark.parametrize("size", [24, 48, 90])
@pytest.mark.parametrize("ink", [80, 230])
def test_a_large_picture_is_read_where_strokes_are(size: int, ink: int, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = []
    plain = reader.text_in

    def seen(frame: NDArray[np.uint8], tallest: float = 0) -> reader.Sighting:
        looked.append(frame.size)
        return plain(frame, tallest)

    monkeypatch.setattr(reader, "text_in", seen)
    large = np.tile(40 + (picture() - 40.0) / 4, (7, 5)).astype("u1")
    assert reader.text_in_instance([large], is_slice=False) == reader.Sighting((), is_doubtful=False)
    assert looked == []
    drawn = Image.fromarray(large)
    ImageDraw.Draw(drawn).text((900, 700), "SYNTHETICA", fill=ink, font=ImageFont.load_default(size))
    sighting = reader.text_in_instance([np.array(drawn)], is_slice=False)
    ((x0, y0, _, y1),) = sighting.boxes
    assert x0 <= 900 + size // 4
    assert y0 <= 700 + size // 2 <= y1
    assert looked[0] < large.size / 10
    assert looked[-1] == large.size


def test_what_only_a_part_shows_is_text_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts are enlarged, a large picture is not."""
    large = np.full((2400, 3200), 40, "u1")
    drawn = Image.fromarray(large)
    ImageDraw.Draw(drawn).text((1000, 800), "SYNTHETICA", fill=230, font=ImageFont.load_default(40))
    frame, plain = np.array(drawn), reader.text_in
    found = plain(frame).boxes

    def seen(shown: NDArray[np.uint8], tallest: float = 0) -> reader.Sighting:
        return reader.Sighting((), False) if shown.shape == frame.shape else plain(shown, tallest)

    monkeypatch.setattr(reader, "text_in", seen)
    ((x0, y0, x1, y1),) = reader.text_in_instance([frame], is_slice=False).boxes
    assert all(abs(one - other) < 30 for one, other in zip((x0, y0, x1, y1), found[0], strict=True))


def test_a_page_full_of_text_is_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = []
    monkeypatch.setattr(reader, "text_in", lambda frame, _tallest=0: looked.append(frame.shape) or reader.Sighting((), False))
    page = Image.new("L", (900, 1200), 255)
    for line in range(40):
        ImageDraw.Draw(page).text((20, 30 * line), "Petronella Synthetica 19810704 " * 4, fill=0, font=ImageFont.load_default(16))
    reader.text_in_instance([np.array(page)], is_slice=False)
    assert looked == [(1200, 900)]


def test_a_slice_that_shows_a_text_is_read_to_its_corners() -> None:
    faint = Image.fromarray(picture("SYNTHETICA 19810704"))
    ImageDraw.Draw(faint).text((280, 270), "ANNA", fill=95, font=ImageFont.load_default(14))
    assert len(reader.text_in_instance([np.array(faint)], is_slice=True).boxes) == 2


@pytest.mark.parametrize("way", [-1, 1])
def test_names_that_run_downwards_or_upwards_are_found(way: int) -> None:
    grey = np.ascontiguousarray(np.rot90(picture("SYNTHETICA 19810704"), way))
    ((x0, y0, x1, y1),) = reader.text_in(grey).boxes
    assert x1 - x0 < 30
    assert y1 - y0 > 140


def test_letters_taller_than_a_fifth_of_the_picture_are_none_unless_a_part_allows_them() -> None:
    frame = picture("SYN", size=120)
    assert reader.text_in(frame) == reader.Sighting((), is_doubtful=False)
    assert reader.text_in(frame, tallest=200).boxes


@pytest.mark.parametrize("size", [(8, 8), (20, 300), (300, 20), (30, 1000)])
def test_a_small_or_narrow_picture_is_no_obstacle(size: tuple[int, int]) -> None:
    assert reader.text_in(np.zeros(size, "u1")) == reader.Sighting((), is_doubtful=False)


def test_what_looks_like_text_is_found_without_reading_it(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = picture("SYNTHETICA", size=24)
    boxes = reader.text_in(frame).boxes
    monkeypatch.setattr(reader.recognition, "read", None)
    assert reader.possible_text(frame) == list(boxes)


def test_grey_and_coloured_pictures_are_read_alike() -> None:
    grey = picture("SYNTHETICA")
    assert reader.text_in(np.repeat(grey[..., None], 3, axis=2)) == reader.text_in(grey)


def test_a_trial_reads_a_word() -> None:
    assert reader.trial() is None


def test_a_trial_tells_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    assert "`pip install 'radiary[ocr]'`" in (reader.trial() or "")


def test_a_trial_tells_what_to_install_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_name: str) -> NoReturn:
        raise FileNotFoundError

    monkeypatch.setattr(inference, "model", missing)
    assert "`pip install --force-reinstall 'radiary[ocr]'`" in (reader.trial() or "")
    monkeypatch.setattr(inference, "model", lambda _: lambda batch: np.zeros((1, 1, *batch.shape[2:]), "f4"))
    assert "again" in (reader.trial() or "")
