import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from radiary.dicom.text.components import components
from radiary.dicom.text.rectangles import Rectangle, around, corners, grown, mean_within


def block(x0: int, y0: int, x1: int, y1: int) -> NDArray[np.bool_]:
    is_set = np.zeros((60, 80), bool)
    is_set[y0 : y1 + 1, x0 : x1 + 1] = True
    return is_set


def of(is_set: NDArray[np.bool_]) -> Rectangle:
    (component,) = components(is_set)
    return around(component)


def turned(degrees: float, length: float, height: float) -> list[tuple[float, float]]:
    """Corners of a rectangle around (100, 100)."""
    along = np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])
    across = np.array([-along[1], along[0]])
    ends = [(-1, -1), (1, -1), (1, 1), (-1, 1)]
    return [tuple(100 + right * along * length / 2 + down * across * height / 2) for right, down in ends]


def test_a_rectangle_goes_through_the_centres_of_the_outer_pixels() -> None:
    assert corners(of(block(10, 20, 40, 28))).tolist() == [[10, 20], [40, 20], [40, 28], [10, 28]]
    assert sorted(of(block(10, 20, 40, 28)).sides) == [8, 30]


def test_a_pixel_gives_a_point_and_a_row_a_line() -> None:
    assert corners(of(block(3, 5, 3, 5))).tolist() == [[3, 5]] * 4
    assert corners(of(block(3, 5, 9, 5))).tolist() == [[3, 5], [9, 5], [9, 5], [3, 5]]
    assert sorted(of(block(3, 5, 3, 9)).sides) == [0, 4]


def test_a_slanted_line_has_no_width() -> None:
    assert sorted(of(np.eye(6, dtype=bool)).sides) == pytest.approx([0, 50**0.5])


def test_a_square_on_its_corner_is_seen_as_such() -> None:
    y, x = np.mgrid[:41, :41]
    found = of(abs(x - 20) + abs(y - 20) <= 10)
    assert found.centre.tolist() == pytest.approx([20, 20])
    assert found.sides.tolist() == pytest.approx([200**0.5, 200**0.5])


def test_a_hole_changes_nothing() -> None:
    ring = block(10, 20, 40, 28)
    ring[22:27, 12:39] = False
    assert corners(of(ring)).tolist() == corners(of(block(10, 20, 40, 28))).tolist()


@pytest.mark.parametrize("degrees", [-40, -20, -5, 5, 20, 40])
def test_a_turned_rectangle_is_found_to_a_pixel(degrees: float) -> None:
    picture = Image.new("L", (200, 200))
    ImageDraw.Draw(picture).polygon(turned(degrees, 120, 20), fill=1)
    found = corners(of(np.asarray(picture) > 0))
    assert np.abs(found - turned(degrees, 120, 20)).max() < 1.5


@pytest.mark.parametrize("seed", range(10))
def test_no_turn_of_half_a_degree_gives_a_smaller_one(seed: int) -> None:
    is_set = np.zeros((40, 40), bool)
    is_set[20, 20] = True
    chance = np.random.default_rng(seed)
    for _ in range(60):
        at = np.argwhere(is_set)[chance.integers(is_set.sum())] + chance.integers(-1, 2, 2)
        is_set[tuple(np.clip(at, 0, 39))] = True
    points, angles = np.argwhere(is_set)[:, ::-1], np.radians(np.arange(0, 90, 0.5))
    spreads = [np.ptp(points @ np.array([np.cos(angles), np.sin(angles)]), axis=0)]
    spreads += [np.ptp(points @ np.array([-np.sin(angles), np.cos(angles)]), axis=0)]
    found = of(is_set)
    assert found.sides.prod() <= (spreads[0] * spreads[1]).min() + 1e-9
    within = np.abs((points - found.centre) @ found.axes.T)
    assert (within <= found.sides / 2 + 1e-9).all()


def test_a_grown_rectangle_has_each_side_so_much_farther_out() -> None:
    assert corners(grown(of(block(10, 20, 40, 28)), 3)).tolist() == [[7, 17], [43, 17], [43, 31], [7, 31]]


@pytest.mark.parametrize("degrees", [-30, 0, 30])
def test_corners_begin_at_the_upper_left_and_go_on_as_the_clock_goes(degrees: float) -> None:
    along = np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])
    across = np.array([-along[1], along[0]])
    expected = np.array(turned(degrees, 60, 10))
    for axes, sides in ([(along, across), (60, 10)], [(across, -along), (10, 60)], [(-along, -across), (60, 10)]):
        rectangle = Rectangle(np.array([100.0, 100.0]), np.array(axes), np.array(sides, float))
        assert corners(rectangle) == pytest.approx(expected)


def test_a_mean_is_of_the_pixels_within_both_ends_included() -> None:
    values = np.random.default_rng(1).random((60, 80)).astype("f4")
    assert mean_within(of(block(10, 20, 40, 28)), values) == pytest.approx(values[20:29, 10:41].mean())
    assert mean_within(of(block(0, 0, 79, 3)), values) == pytest.approx(values[:4].mean())
    assert mean_within(of(block(79, 59, 79, 59)), values) == pytest.approx(values[59, 79])


def test_the_mean_of_a_turned_rectangle_leaves_its_surroundings_out() -> None:
    picture = Image.new("L", (200, 200))
    ImageDraw.Draw(picture).polygon(turned(30, 120, 20), fill=1)
    drawn = np.asarray(picture)
    assert mean_within(of(drawn > 0), drawn.astype("f4")) > 0.9


def test_a_turned_rectangle_may_reach_beyond_the_map() -> None:
    corner = np.add.outer(np.arange(30), np.arange(30)) <= 20
    assert corners(of(corner)).min() < 0
    assert 0 < mean_within(of(corner), corner.astype("f4")) <= 1
