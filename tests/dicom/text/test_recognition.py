import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from radiary.dicom.text import inference, recognition

ALPHABET = "abc"


def steps(path: str, sure: float = 0.9) -> NDArray[np.float32]:
    """Probabilities (steps, 4) of which each step's largest is a letter, or `_` for the blank."""
    found = np.full((len(path), 4), (1 - sure) / 3, "f4")
    found[range(len(path)), ["_abc".index(letter) for letter in path]] = sure
    return found


def box(x0: float, y0: float, x1: float, y1: float) -> list[tuple[float, float]]:
    return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]


def page(*words: str) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
    """Words below each other, and the corners of their lines."""
    drawn, font = Image.new("RGB", (400, 50 * len(words)), (20, 20, 20)), ImageFont.load_default(28)
    lines = []
    for row, word in enumerate(words):
        ImageDraw.Draw(drawn).text((20, 50 * row + 10), word, fill=(230, 230, 230), font=font)
        lines.append(box(15, 50 * row + 8, 25 + font.getlength(word), 50 * row + 46))
    return np.array(drawn), np.array(lines, float)


@pytest.mark.parametrize(
    ("path", "text"),
    [("abc", "abc"), ("aabbcc", "abc"), ("a_a", "aa"), ("_a__b_", "ab"), ("___", ""), ("_aab_bc", "abbc"), ("aba", "aba")],
)
def test_repeats_count_once_unless_a_blank_parts_them(path: str, text: str) -> None:
    assert recognition.decoded(steps(path), ALPHABET)[0] == text


def test_the_score_is_the_mean_over_the_characters() -> None:
    found = np.concatenate([steps("_", 0.99), steps("a", 0.9), steps("a", 0.5), steps("b", 0.7)])
    assert recognition.decoded(found, ALPHABET) == ("ab", pytest.approx(0.8))
    assert recognition.decoded(steps("__"), ALPHABET) == ("", 0.0)


def test_no_line_gives_no_reading() -> None:
    assert recognition.read(np.zeros((50, 50, 3), "u1"), np.zeros((0, 4, 2))) == []


def test_lines_are_read_in_their_order_whatever_their_length() -> None:
    words = "SYNTHETICA", "ANNA", "19810704", "PETRONELLA", "07", "HOSPITAL", "MARIA", "1234567890"
    readings = recognition.read(*page(*words))
    assert tuple(text.strip() for text, _ in readings) == words
    assert min(score for _, score in readings) > 0.8


@pytest.mark.parametrize("way", [-1, 1])
def test_a_tall_line_is_read_downwards_and_upwards(way: int) -> None:
    picture, ((corner, _, opposite, _),) = page("SYNTHETICA")
    (x0, y0), (x1, y1), (rows, columns) = corner, opposite, picture.shape[:2]
    place = box(rows - y1, x0, rows - y0, x1) if way == -1 else box(y0, columns - x1, y1, columns - x0)
    ((text, _),) = recognition.read(np.ascontiguousarray(np.rot90(picture, way)), np.array([place]))
    assert text == "SYNTHETICA"


def test_of_two_readings_of_a_tall_line_the_surer_one_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    both = np.stack([steps("ab", 0.9), steps("cc", 0.6)])
    for answer in (both, both[::-1]):
        monkeypatch.setattr(inference, "model", {"recognition": lambda _, answer=answer: answer}.get)
        monkeypatch.setattr(recognition, "_alphabet", lambda: ALPHABET)
        assert recognition.read(np.zeros((90, 40, 3), "u1"), np.array([box(10, 0, 30, 80)])) == [("ab", pytest.approx(0.9))]


def test_readings_stay_with_their_lines_where_some_are_tall() -> None:
    picture, lines = page("SYNTHETICA", "ANNA")
    first, second = (text.strip() for text, _ in recognition.read(picture, np.stack([box(200, 0, 220, 90), lines[1]])))
    assert (first, second) == ("", "ANNA")


@pytest.mark.parametrize("degrees", [-20, 20])
def test_a_slanted_line_is_straightened(degrees: float) -> None:
    picture, lines = page("SYNTHETICA")
    wide = np.pad(picture, ((150, 150), (0, 0), (0, 0)))
    slanted = np.asarray(Image.fromarray(wide).rotate(degrees, Image.Resampling.BICUBIC))
    angle, centre = np.radians(-degrees), np.array([wide.shape[1], wide.shape[0]]) / 2
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    ((text, _),) = recognition.read(slanted, (lines + np.array([0, 150]) - centre) @ turn + centre)
    assert text == "SYNTHETICA"


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[NDArray[np.float32]]:
    """What the network is given; it reads nothing."""
    batches: list[NDArray[np.float32]] = []

    def network(batch: NDArray[np.float32]) -> NDArray[np.float32]:
        batches.append(batch)
        return np.eye(4, dtype="f4")[np.zeros((len(batch), 5), int)]

    monkeypatch.setattr(inference, "model", {"recognition": network}.get)
    monkeypatch.setattr(recognition, "_alphabet", lambda: ALPHABET)
    return batches


def test_lines_of_like_width_go_together_six_at_once(given: list[NDArray[np.float32]]) -> None:
    lines = [box(0, 0, 24 * number, 24) for number in (20, 1, 2, 3, 4, 5, 6)]
    assert recognition.read(np.zeros((30, 500, 3), "u1"), np.array(lines, float)) == [("", 0.0)] * 7
    assert [batch.shape for batch in given] == [(6, 3, 48, 320), (1, 3, 48, 960)]


def test_a_line_of_the_network_s_height_is_given_as_it_is_with_grey_behind(given: list[NDArray[np.float32]]) -> None:
    picture = np.random.default_rng(1).integers(0, 256, (60, 300, 3), dtype="u1")
    recognition.read(picture, np.array([box(10, 5, 210, 53)], float))
    wanted = picture[5:53, 10:210, ::-1].transpose(2, 0, 1) / 127.5 - 1
    assert np.abs(given[0][0, :, :, :200] - wanted).max() < 1e-6
    assert (given[0][0, :, :, 200:] == 0).all()


def test_what_lies_beyond_the_picture_is_black(given: list[NDArray[np.float32]]) -> None:
    recognition.read(np.full((20, 300, 3), 255, "u1"), np.array([box(10, -14, 210, 34)], float))
    rows = given[0][0, 0, :, 100]
    assert (rows[:14] == -1).all()
    assert (rows[14:34] == 1).all()
    assert (rows[34:] == -1).all()
