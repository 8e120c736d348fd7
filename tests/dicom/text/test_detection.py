import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from radiary.dicom.text import detection, inference


def probabilities(x0: int, y0: int, x1: int, y1: int, value: float = 0.9) -> NDArray[np.float32]:
    found = np.zeros((96, 160), "f4")
    found[y0 : y1 + 1, x0 : x1 + 1] = value
    return found


def written(words: str, size: tuple[int, int], at: tuple[int, int], height: int = 24) -> NDArray[np.uint8]:
    drawn = Image.new("RGB", size)
    ImageDraw.Draw(drawn).text(at, words, fill=(230, 230, 230), font=ImageFont.load_default(height))
    return np.array(drawn)


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[NDArray[np.float32]]:
    """What the network is given; it answers with probabilities that are high in one place."""
    batches: list[NDArray[np.float32]] = []

    def network(batch: NDArray[np.float32]) -> NDArray[np.float32]:
        batches.append(batch)
        answer = np.zeros((1, 1, *batch.shape[2:]), "f4")
        answer[..., 12:20, 10:31] = 0.9
        return answer

    monkeypatch.setattr(inference, "model", {"detection": network}.get)
    return batches


def test_an_empty_map_has_no_line() -> None:
    assert detection.outlines(np.zeros((96, 160), "f4")) == []


def test_a_line_grows_by_its_area_times_the_ratio_by_its_circumference() -> None:
    """The core is a pixel larger at the right and below than what is probable: 21 × 11 pixels, 20 × 10 between their centres."""
    ((found, score),) = detection.outlines(probabilities(60, 40, 79, 49, 1.0))
    assert score == pytest.approx(20 * 10 / (21 * 11), abs=0.05)
    out = 1.6 * 20 * 10 / 60
    assert found == pytest.approx(
        np.array([[60 - out, 40 - out], [80 + out, 40 - out], [80 + out, 50 + out], [60 - out, 50 + out]])
    )


def test_two_cores_a_pixel_apart_are_one_line_and_two_pixels_apart_are_two() -> None:
    for gap, count in ((1, 1), (2, 2)):
        both = probabilities(20, 40, 49, 49) + probabilities(50 + gap, 40, 90, 49)
        assert len(detection.outlines(both)) == count


@pytest.mark.parametrize(("value", "count"), [(0.3, 0), (0.35, 0), (0.9, 1)])
def test_what_is_not_probable_enough_is_no_line(value: float, count: int) -> None:
    assert len(detection.outlines(probabilities(40, 40, 99, 59, value))) == count


@pytest.mark.parametrize(("rows", "count"), [(1, 0), (2, 0), (3, 1)])
def test_what_is_thinner_than_three_pixels_is_no_line(rows: int, count: int) -> None:
    assert len(detection.outlines(probabilities(40, 40, 99, 39 + rows, 1.0))) == count


def test_what_is_thinner_than_four_pixels_of_the_picture_is_no_line(given: list[NDArray[np.float32]]) -> None:
    """The network sees so small a picture eight times as wide."""
    assert detection.lines(np.zeros((64, 4, 3), "u1")) == []


def test_the_network_gets_blue_green_red_from_minus_one_to_one(given: list[NDArray[np.float32]]) -> None:
    detection.lines(np.broadcast_to(np.array([255, 51, 0], "u1"), (64, 96, 3)))
    assert given[0].shape == (1, 3, 64, 96)
    assert given[0].dtype == np.float32
    assert given[0][0, :, 5, 5] == pytest.approx([-1, -0.6, 1])


@pytest.mark.parametrize(
    ("size", "wanted"), [((64, 96), (64, 96)), ((75, 100), (64, 96)), ((81, 113), (96, 128)), ((31, 9), (32, 32))]
)
def test_the_network_gets_multiples_of_32(
    size: tuple[int, int], wanted: tuple[int, int], given: list[NDArray[np.float32]]
) -> None:
    detection.lines(np.zeros((*size, 3), "u1"))
    assert given[0].shape[2:] == wanted


@pytest.mark.parametrize(("size", "rows"), [((30, 200), 60), ((40, 640), 160), ((1, 1), 60), ((80, 640), 80)])
def test_a_low_picture_gets_bars(size: tuple[int, int], rows: int, given: list[NDArray[np.float32]]) -> None:
    detection.lines(np.full((*size, 3), 255, "u1"))
    assert given[0].shape[2] == round(rows / 32) * 32
    assert (given[0][0, 0, 0] == (1 if rows == size[0] else -1)).all()


def test_corners_are_whole_pixels_of_the_picture(given: list[NDArray[np.float32]]) -> None:
    """Twice 1.6 times 21 × 8 pixels by 58, of a map that is scaled by 75/64 and 100/96."""
    ((found, _),) = detection.lines(np.zeros((75, 100, 3), "u1"))
    out = 1.6 * 21 * 8 / 58
    x0, y0, x1, y1 = (10 - out) * 100 / 96, (12 - out) * 75 / 64, (31 + out) * 100 / 96, (20 + out) * 75 / 64
    assert found.tolist() == np.round([[x0, y0], [x1, y0], [x1, y1], [x0, y1]]).tolist()


def test_corners_do_not_leave_the_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inference, "model", lambda _: lambda batch: np.ones((1, 1, *batch.shape[2:]), "f4"))
    ((found, _),) = detection.lines(np.zeros((64, 96, 3), "u1"))
    assert found.tolist() == [[0, 0], [95, 0], [95, 63], [0, 63]]


def test_a_picture_without_text_has_no_line() -> None:
    assert detection.lines(np.zeros((200, 300, 3), "u1")) == []


def test_words_are_found_where_they_stand() -> None:
    ((line, _),) = detection.lines(written("SYNTHETICA", (400, 200), (100, 80)))
    (x0, y0), (x1, y1) = line.min(axis=0), line.max(axis=0)
    assert np.abs(np.array([x0, y0]) - [96, 81]).max() <= 7
    assert np.abs(np.array([x1, y1]) - [250, 107]).max() <= 20


def test_words_in_a_low_picture_are_found_within_it_or_just_beyond() -> None:
    ((line, _),) = detection.lines(written("SYNTHETICA", (400, 30), (100, 0)))
    assert np.abs(line[:, 1].mean() - 15) < 6
    assert 90 <= line[0, 0] <= 102
