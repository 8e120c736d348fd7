import random
import sys
from collections.abc import Callable, Iterable
from typing import NoReturn

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from leaks import grounds, lettered
from lettering import picture
from radiary.dicom.text import faint, inference, inks, judging, reader, shapes, strokes
from radiary.dicom.text.judging import Verdict
from radiary.model.nouns import Box, Share


def around(boxes: Iterable[Box]) -> Box:
    """The box around all boxes, of which there is one at least."""
    edges = np.array(list(boxes))
    return (*edges[:, :2].min(axis=0).tolist(), *edges[:, 2:].max(axis=0).tolist())


def turned(grey: NDArray[np.uint8], direction: str) -> NDArray[np.uint8]:
    ways = {"90": 1, "180": 2, "270": 3}
    return np.ascontiguousarray(np.fliplr(grey) if direction == "mirrored" else np.rot90(grey, ways[direction]))


@pytest.mark.parametrize("size", [10, 14, 24])
@pytest.mark.parametrize(("ground", "ink"), [(20, 255), (60, 160), (200, 30)])
def test_a_name_is_found_where_it_stands(size: int, ground: int, ink: int) -> None:
    sighting = reader.text_in(picture("SYNTHETICA", size=size, ground=ground, ink=ink))
    x0, y0, x1, y1 = around(sighting.boxes)
    assert x0 <= 44
    assert 40 <= y0 <= 75
    assert x1 >= 40 + 5 * size
    assert y1 >= 60 + size // 2


@pytest.fixture
def _by_the_detector(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the detector finds, without what finds the words that it overlooks."""
    monkeypatch.setattr(faint, "words", lambda *_: [])


def speckled(size: int, left: int = 150) -> tuple[NDArray[np.uint8], Box]:
    """A name in the speckle of an ultrasound sector, and the box of its ink."""
    grey, ink = (
        grounds.fan(np.random.default_rng(1), (240, 320)),
        lettered.drawn("digits", size, "270", random.Random(5), (200, 200)),
    )
    rows, columns = ink.shape
    part = grey[90 : 90 + rows, left : left + columns]
    part[...] = part * (1 - ink) + 0.6 * ink
    return (np.clip(grey, 0, 1) * 255).astype("u1"), (left, 90, left - 1 + columns, 89 + rows)


def test_a_word_in_speckle_that_the_detector_overlooks_leaves_a_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    frame, _ = speckled(16)
    assert reader.text_in(frame).is_doubtful
    monkeypatch.setattr(faint, "words", lambda *_: [])
    assert reader.text_in(frame) == reader.SearchResult()


def test_what_is_like_a_word_leaves_no_doubt_where_an_ultrasound_draws_over_time_and_does_elsewhere() -> None:
    frame, (x0, y0, x1, y1) = speckled(16)
    around, beside = (x0 - 10, y0 - 10, x1 + 10, y1 + 10), (0, 0, x0 // 2, y0)
    for frames in ([frame], [frame] * 3):
        assert reader.text_in_instance(frames, is_slice=False, sweeps=[around]) == reader.SearchResult()
        assert reader.text_in_instance(frames, is_slice=False, sweeps=[beside]).is_doubtful


def test_what_is_read_where_an_ultrasound_draws_over_time_is_text() -> None:
    frame = speckled(16)[0] // 2
    written = Image.fromarray(frame)
    ImageDraw.Draw(written).text((40, 20), "SYNTHETICA", fill=255, font=ImageFont.load_default(20))
    rows, columns = frame.shape
    found = reader.text_in_instance([np.asarray(written)], is_slice=False, sweeps=[(0, 0, columns - 1, rows - 1)])
    assert found.boxes or found.is_doubtful


def test_a_short_small_word_in_the_picture_of_a_device_leaves_a_doubt_and_such_a_likeness_in_a_slice_does_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    grey, ink = grounds.chest(np.random.default_rng(1), (300, 300)), lettered.drawn("Arabic", 9, "90", random.Random(0), (99, 99))
    part = grey[90 : 90 + ink.shape[0], 60 : 60 + ink.shape[1]]
    part[...] = part * (1 - ink) + 0.9 * ink
    frame = (np.clip(grey, 0, 1) * 255).astype("u1")
    assert reader.text_in_instance([frame], is_slice=False).is_doubtful
    monkeypatch.setattr(strokes, "parts", lambda *_: [(0, 0, 299, 299)])
    assert reader.text_in_instance([frame], is_slice=True) == reader.SearchResult()


def test_speckle_that_runs_together_in_a_projection_of_a_clip_leaves_no_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    frames = [np.roll(speckled(16)[0], 3 * turn, axis=0)[:80] for turn in range(5)]
    monkeypatch.setattr(faint, "words", lambda seen, *_: [] if any((seen == one).all() for one in frames) else [(9, 9, 60, 30)])
    assert reader.text_in_instance(frames, is_slice=False) == reader.SearchResult()


@pytest.mark.parametrize(
    ("verdict", "word", "is_seen"),
    [("UNREADABLE", (5, 250, 30, 280), False), ("UNREADABLE", (90, 90, 120, 110), True), ("TEXT", (5, 250, 30, 280), True)],
)
def test_what_cannot_be_read_in_a_slice_that_stands_for_a_series_leaves_a_doubt_where_it_is_like_a_word(
    monkeypatch: pytest.MonkeyPatch, verdict: str, word: Box, is_seen: bool
) -> None:
    corners = np.array([[40.0, 40], [80, 40], [80, 60], [40, 60]])
    monkeypatch.setattr(faint, "words", lambda *_: [word])
    monkeypatch.setattr(judging, "judged", lambda *_, **__: [(corners, judging.Verdict[verdict])])
    frame = np.tile(np.arange(0, 250, 2, dtype="u1"), (300, 1))
    sighting = reader.text_in_typical_slice(frame)
    assert bool(sighting.boxes or sighting.doubts) == is_seen


@pytest.mark.parametrize("is_slice", [True, False])
def test_likeness_to_a_word_alone_leaves_no_doubt_in_values_that_no_picture_shows(
    monkeypatch: pytest.MonkeyPatch, is_slice: bool
) -> None:
    frame, _ = speckled(16)
    monkeypatch.setattr(strokes, "parts", lambda _frame, _letters: [(0, 0, 319, 239)])
    assert reader.text_in_slice(frame).is_doubtful
    assert reader.text_in_hidden_values(frame, is_slice=is_slice) == reader.SearchResult()
    assert reader.text_in_hidden_values(picture("SYNTHETICA", size=24), is_slice=is_slice).boxes


def test_in_few_hidden_values_text_is_found_without_looking_for_its_ink(monkeypatch: pytest.MonkeyPatch) -> None:
    written = picture("SYNTHETICA", size=24) // np.uint8(16) * np.uint8(16)
    looked = list[int]()
    monkeypatch.setattr(inks, "layers", lambda frame: looked.append(len(frame)) or iter(()))
    assert reader.text_in_hidden_values(written, is_slice=False).boxes
    assert not looked
    reader.text_in_hidden_values(np.tile(np.arange(256, dtype="u1"), (64, 1)), is_slice=False)
    assert looked


def marked(draw_one: Callable[[ImageDraw.ImageDraw, int], None]) -> NDArray[np.uint8]:
    """An uneven ground with eight marks."""
    down, across = np.mgrid[0:300, 0:400]
    bright = 60 * np.exp(-((down - 150) ** 2 + (across - 200) ** 2) / 20_000)
    drawn = Image.fromarray((picture() + bright).clip(0, 255).astype("u1"))
    for place in range(8):
        draw_one(ImageDraw.Draw(drawn), place)
    return np.array(drawn.filter(ImageFilter.GaussianBlur(0.7)))


def test_beads_in_a_row_that_the_detector_takes_for_letters_are_none() -> None:
    frame = marked(lambda draw, place: draw.ellipse((200, 60 + 22 * place, 212, 72 + 22 * place), fill=235))
    assert reader.text_in(frame) == reader.SearchResult()


@pytest.mark.parametrize("size", [24, 36])
def test_rings_in_a_row_that_are_read_as_one_letter_again_and_again_are_none(size: int) -> None:
    def draw_ring(draw: ImageDraw.ImageDraw, place: int) -> None:
        x = 40 + place * size * 11 // 8
        draw.ellipse((x, 130, x + size, 130 + size), outline=225, width=3)

    frame = marked(draw_ring)
    assert reader.text_in(frame) == reader.SearchResult()
    words = Image.fromarray(frame)
    ImageDraw.Draw(words).text((60, 210), "SYNTHETICA", fill=235, font=ImageFont.load_default(24))
    assert reader.text_in(np.array(words)).boxes


def test_ticks_of_a_ruler_that_are_like_a_word_are_none() -> None:
    frame = marked(lambda draw, place: draw.line((60 + 22 * place, 130, 60 + 22 * place, 144 if place % 5 else 150), 235, 2))
    assert faint.words(frame)
    assert reader.text_in(frame) == reader.SearchResult()


@pytest.mark.parametrize(("larger", "is_doubtful"), [((52, 92, 231, 127), False), ((60, 100, 340, 190), True)])
def test_what_is_repeated_at_one_size_is_no_word_at_another(
    monkeypatch: pytest.MonkeyPatch, larger: Box, is_doubtful: bool
) -> None:
    ruler = (60, 100, 219, 123)
    monkeypatch.setattr(faint, "words", lambda *_: [ruler, larger])
    monkeypatch.setattr(shapes, "is_repeated", lambda _frame, box: box == ruler)
    down, across = np.mgrid[0:300, 0:400]
    assert reader.text_in((across / 2 + down / 8).astype("u1")).is_doubtful == is_doubtful


def test_what_was_read_leaves_no_doubt_beside_it() -> None:
    sighting = reader.text_in(picture("SYNTHETICA", size=24))
    assert sighting.boxes
    assert not sighting.is_doubtful


@pytest.mark.parametrize(
    ("verdict", "read", "word", "is_whole"),
    [
        (Verdict.TEXT, (100, 40, 120, 110), (100, 40, 120, 140), True),
        (Verdict.TEXT, (40, 100, 110, 120), (40, 100, 140, 120), False),
        (Verdict.MARKER, (100, 40, 120, 110), (100, 40, 120, 140), False),
    ],
)
def test_letters_above_each_other_are_blanked_to_their_ends_where_most_of_them_were_read(
    monkeypatch: pytest.MonkeyPatch, *, verdict: Verdict, read: Box, word: Box, is_whole: bool
) -> None:
    monkeypatch.setattr(reader, "_judged", lambda *_: [(read, verdict)])
    monkeypatch.setattr(faint, "words", lambda *_: [word])
    sighting = reader.text_in(np.full((240, 320), 90, "u1"))
    assert any(x1 >= word[2] and y1 >= word[3] for _, _, x1, y1 in sighting.boxes) == is_whole
    assert not sighting.is_doubtful


def test_a_word_is_overlooked_by_nobody_in_a_part_of_a_picture() -> None:
    frame, (x0, _, _, _) = speckled(16, left=220)
    assert reader.text_in(frame, [(x0 - 100, 30, 319, 239)]).is_doubtful
    assert not reader.text_in(frame, [(0, 0, 60, 60)]).is_doubtful


def test_what_may_be_a_word_is_shown_to_whoever_reviews_it() -> None:
    frame, (x0, y0, x1, y1) = speckled(16)
    assert any(box[0] <= x0 and box[1] <= y0 and box[2] >= x1 and box[3] >= y1 for box in reader.possible_text(frame))


def test_a_picture_without_text_shows_none() -> None:
    assert reader.text_in(picture()) == reader.SearchResult()


@pytest.mark.parametrize("marker", ["R", "L-CC", "RMLO", "AP"])
def test_sides_and_views_may_stay(marker: str) -> None:
    assert reader.text_in(picture(marker, size=24)) == reader.SearchResult()


def test_text_that_stands_still_is_found_in_a_clip_that_moves() -> None:
    frames = [np.roll(picture(), 40 * number, axis=1) // 2 + picture("SYNTHETICA", ground=0) // 2 for number in range(6)]
    assert reader.text_in_instance(frames, is_slice=False).boxes


@pytest.mark.parametrize("ink", [5, 230])
def test_text_in_one_frame_of_a_clip_is_found(ink: int) -> None:
    frames = [picture("SYNTHETICA", ground=120, ink=ink, size=24), *[picture(ground=120)] * 5]
    assert reader.text_in_instance(frames, is_slice=False).boxes


def test_workers_that_share_the_search_of_a_clip_find_together_what_one_finds() -> None:
    frames = [picture("SYNTHETICA", ground=120, ink=5, size=24), *[picture(ground=120)] * 5]
    shares = [reader.text_in_instance(frames, is_slice=False, share=Share(number, 2)) for number in range(2)]
    assert {box for one in shares for box in one.boxes} == set(reader.text_in_instance(frames, is_slice=False).boxes) != set()
    one_picture = [reader.text_in_instance(frames[:1], is_slice=False, share=Share(number, 2)) for number in range(2)]
    assert [bool(one.boxes) for one in one_picture] == [True, False]


def test_a_slice_is_read_only_where_strokes_are() -> None:
    left, top, right, bottom = around(reader.text_in_instance([picture("SYNTHETICA 19810704")], is_slice=True).boxes)
    assert left <= 44 < right
    assert top <= 66 < bottom


@pytest.mark.parametrize("size", [16, 48, 90])
@pytest.mark.parametrize("ink", [80, 230])
def test_a_large_picture_is_read_where_strokes_are(size: int, ink: int) -> None:
    large = np.tile(40 + (picture() - 40.0) / 4, (7, 5)).astype("u1")
    assert reader.text_in(large) == reader.SearchResult()
    drawn = Image.fromarray(large)
    ImageDraw.Draw(drawn).text((900, 700), "SYNTHETICA", fill=ink, font=ImageFont.load_default(size))
    x0, y0, _, y1 = around(reader.text_in(np.array(drawn)).boxes)
    assert 700 < x0 <= 900 + size // 4
    assert 600 < y0 <= 700 + size // 2 <= y1 < 900


def test_a_picture_without_strokes_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader.detection, "lines", None)
    assert reader.text_in((40 + (picture() - 40.0) / 4).astype("u1")) == reader.SearchResult()


def test_only_what_is_around_a_small_word_is_enlarged(monkeypatch: pytest.MonkeyPatch) -> None:
    """The grain is as strong as faint letters are."""
    sizes: list[int] = []
    monkeypatch.setattr(reader.detection, "lines", lambda seen: sizes.append(seen.shape[0] * seen.shape[1]) or [])
    large = np.random.default_rng(5).normal(40, 6, (900, 1200)).clip(0, 255).astype("u1")
    reader.text_in(large)
    assert sum(sizes) < large.size / 2
    sizes.clear()
    large[300:600, 400:800] = picture("SYNTHETICA", size=12, top=150)
    reader.text_in(large)
    assert 300 * 300 < sum(sizes) < large.size


def test_a_slice_that_shows_a_text_is_read_to_its_corners() -> None:
    faint = Image.fromarray(picture("SYNTHETICA 19810704"))
    ImageDraw.Draw(faint).text((280, 270), "ANNA", fill=95, font=ImageFont.load_default(14))
    _, top, right, bottom = around(reader.text_in_instance([np.array(faint)], is_slice=True).boxes)
    assert top < 80
    assert right > 300
    assert bottom > 275


@pytest.mark.usefixtures("_by_the_detector")
@pytest.mark.parametrize("direction", ["90", "180", "270", "mirrored"])
@pytest.mark.parametrize("contrast", [30, 190])
def test_a_name_in_any_direction_is_blanked_or_leaves_a_doubt(direction: str, contrast: int) -> None:
    sighting = reader.text_in(turned(picture("SYNTHETICA", size=20, ink=40 + contrast), direction))
    assert sighting.boxes or sighting.is_doubtful


def test_letters_that_stand_one_below_another_are_a_word() -> None:
    drawn = Image.fromarray(picture())
    for place, letter in enumerate("SYNTHET"):
        ImageDraw.Draw(drawn).text((200, 20 + 36 * place), letter, fill=230, font=ImageFont.load_default(30))
    sighting = reader.text_in(np.array(drawn))
    assert sighting.boxes or sighting.is_doubtful


@pytest.mark.usefixtures("_by_the_detector")
@pytest.mark.parametrize("script", ["Hebrew", "Arabic", "strange signs"])
def test_letters_that_cannot_be_read_are_blanked_on_an_even_ground_and_else_leave_a_doubt(script: str) -> None:
    if script not in lettered.measured():
        pytest.skip("no font")
    ink = lettered.drawn(script, 28, "0", random.Random(5), (100, 300))
    ground = np.full((300, 400), 20, "u1")
    for is_even in (True, False):
        grey = ground.copy() if is_even else picture(ground=110)
        part = grey[120 : 120 + ink.shape[0], 60 : 60 + ink.shape[1]]
        part[ink > 0.5] = 230
        sighting = reader.text_in(grey)
        assert sighting.boxes if is_even else sighting.boxes or sighting.is_doubtful


@pytest.mark.parametrize("letter", ["O", "0", "o"])
def test_a_round_letter_by_itself_is_no_text(letter: str) -> None:
    assert reader.text_in(picture(letter, size=40)) == reader.SearchResult()


@pytest.mark.parametrize(("letters", "size"), [("OO", 40), ("oo", 60)])
def test_two_round_letters_are_no_text(letters: str, size: int) -> None:
    assert reader.text_in(picture(letters, size=size)) == reader.SearchResult()


@pytest.mark.usefixtures("_by_the_detector")
def test_letters_in_grain_of_their_own_strength_are_found_by_their_exact_grey() -> None:
    speckle = np.random.default_rng(3).rayleigh(40, (300, 400)).clip(0, 255).astype("u1")
    ink = Image.new("L", (400, 300))
    ImageDraw.Draw(ink).text((60, 120), "SYNTHETICA", fill=255, font=ImageFont.load_default(26))
    assert reader.text_in(speckle) == reader.SearchResult()
    sighting = reader.text_in(np.where(np.array(ink) > 110, 75, speckle).astype("u1"))
    assert sighting.boxes or sighting.is_doubtful


@pytest.mark.parametrize("way", [-1, 1])
def test_names_that_run_downwards_or_upwards_are_found(way: int) -> None:
    grey = np.ascontiguousarray(np.rot90(picture("SYNTHETICA 19810704"), way))
    x0, y0, x1, y1 = around(reader.text_in(grey).boxes)
    assert x1 - x0 < 50
    assert y1 - y0 > 140


def test_letters_of_a_third_of_the_picture_are_found() -> None:
    assert reader.text_in(picture("SYN", size=110)).boxes


@pytest.mark.parametrize("size", [(8, 8), (20, 300), (300, 20), (30, 1000)])
def test_a_small_or_narrow_picture_is_no_obstacle(size: tuple[int, int]) -> None:
    assert reader.text_in(np.zeros(size, "u1")) == reader.SearchResult()


def test_what_looks_like_text_is_found_without_reading_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader.recognition, "read", None)
    x0, y0, x1, y1 = around(reader.possible_text(picture("SYNTHETICA", size=24)))
    assert x0 <= 44
    assert x1 >= 180
    assert y0 <= 66
    assert y1 >= 80


def test_grey_and_coloured_pictures_are_read_alike() -> None:
    grey = picture("SYNTHETICA")
    coloured = around(reader.text_in(np.repeat(grey[..., None], 3, axis=2)).boxes)
    assert coloured == pytest.approx(around(reader.text_in(grey).boxes), abs=8)


def test_a_trial_reads_a_word() -> None:
    assert reader.trial() is None


def test_a_trial_tells_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    assert "`radiary doctor` says how it is added" in (reader.trial() or "")


def test_a_trial_tells_what_to_install_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_name: str) -> NoReturn:
        raise FileNotFoundError

    monkeypatch.setattr(inference, "model", missing)
    assert "`radiary doctor` says how it is installed again" in (reader.trial() or "")
    monkeypatch.setattr(inference, "model", lambda _: lambda batch: np.zeros((1, 1, *batch.shape[2:]), "f4"))
    assert "again" in (reader.trial() or "")
