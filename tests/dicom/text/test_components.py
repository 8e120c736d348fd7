import numpy as np
import pytest
from numpy.typing import NDArray

from radiary.dicom.text.components import components


def drawn(*rows: str) -> NDArray[np.bool_]:
    return np.array([[letter == "#" for letter in row] for row in rows])


def pixels(is_set: NDArray[np.bool_]) -> list[set[tuple[int, int]]]:
    """Each component as its pixels (row, column)."""
    return [
        {(row, column) for row, first, last in zip(*runs, strict=True) for column in range(first, last + 1)}
        for runs in components(is_set)
    ]


def flooded(is_set: NDArray[np.bool_]) -> list[set[tuple[int, int]]]:
    """The same, found pixel by pixel."""
    left, found = {(int(row), int(column)) for row, column in np.argwhere(is_set)}, []
    while left:
        reached, edge = set(), [min(left)]
        while edge:
            row, column = edge.pop()
            if (row, column) in left:
                left.remove((row, column))
                reached.add((row, column))
                edge += [(row + down, column + right) for down in (-1, 0, 1) for right in (-1, 0, 1)]
        found.append(reached)
    return found


def test_an_empty_map_has_no_component() -> None:
    assert components(np.zeros((5, 7), bool)) == []


def test_one_pixel_is_a_component_wherever_it_stands() -> None:
    for place in [(0, 0), (0, 6), (4, 0), (4, 6), (2, 3)]:
        is_set = np.zeros((5, 7), bool)
        is_set[place] = True
        assert pixels(is_set) == [{place}]


def test_a_full_map_is_one_component() -> None:
    ((row, first, last),) = components(np.ones((3, 4), bool))
    assert (row.tolist(), first.tolist(), last.tolist()) == ([0, 1, 2], [0, 0, 0], [3, 3, 3])


def test_components_come_in_the_order_of_their_first_pixels() -> None:
    assert pixels(drawn("...#", "#...", "#..#")) == [{(0, 3)}, {(1, 0), (2, 0)}, {(2, 3)}]


@pytest.mark.parametrize("rows", [("##..", "..##"), ("..##", "##..")])
def test_what_touches_at_a_corner_is_one_component(rows: tuple[str, ...]) -> None:
    assert len(components(drawn(*rows))) == 1


@pytest.mark.parametrize("rows", [("#..", "..#"), ("..#", "#.."), ("#", ".", "#"), ("#.#",)])
def test_what_lies_a_pixel_apart_is_two(rows: tuple[str, ...]) -> None:
    assert len(components(drawn(*rows))) == 2


def test_the_end_of_a_row_does_not_touch_the_beginning_of_a_later_one() -> None:
    assert len(components(drawn("...#", "....", "#..."))) == 2
    assert len(components(drawn("...#", "#..."))) == 2


def test_a_ring_and_what_lies_within_are_two_components() -> None:
    assert list(map(len, pixels(drawn("#####", "#...#", "#.#.#", "#...#", "#####")))) == [16, 1]


def test_branches_that_meet_late_are_one_component() -> None:
    assert len(components(drawn("#.#.#.#", "#.#.#.#", "#.#.#.#", "#.###.#", "#...#.#", "#######"))) == 1


@pytest.mark.parametrize("seed", range(20))
def test_they_are_those_that_a_flood_finds(seed: int) -> None:
    chance = np.random.default_rng(seed)
    is_set = chance.random((23, 31)) < chance.uniform(0.1, 0.6)
    assert pixels(is_set) == flooded(is_set)


def test_the_runs_of_each_go_from_top_to_bottom() -> None:
    many = components(np.random.default_rng(1).random((200, 300)) < 0.4)
    assert len(many) > 100
    assert all((np.diff(runs.row) >= 0).all() for runs in many)
