"""The smallest rectangle, at any angle, around the pixels of a component. Points are (x, y), y downwards."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from radiary.dicom.text.components import Runs

_HALF = 0.5 + 1e-6
"""Pixels from a rectangle's edge to the centre of a pixel that the edge still passes through."""
_TURNS = np.array([[[1.0, 0.0], [0.0, 1.0]], [[0.0, 1.0], [-1.0, 0.0]]])
"""Matrices that leave a row (x, y) as it is, and that turn it by a right angle."""


class Rectangle(NamedTuple):
    """A centre (2,), two perpendicular directions of length 1 (2, 2), and the sides along them in pixels (2,)."""

    centre: NDArray[np.float64]
    axes: NDArray[np.float64]
    sides: NDArray[np.float64]


def around(component: Runs) -> Rectangle:
    """The rectangle of least area around the centres of a component's pixels: a row of n pixels is n - 1 long.

    One of its sides lies along the convex hull (Freeman and Shapira 1975).
    """
    hull = _hull(component)
    edges = np.concatenate([hull[1:], hull[:1]]) - hull if len(hull) > 1 else np.array([[1.0, 0.0]])
    axes = edges / np.hypot(edges[:, :1], edges[:, 1:]) @ _TURNS
    spread = axes @ hull.T
    low, high = spread.min(axis=2), spread.max(axis=2)
    sides = high - low
    best = (sides[0] * sides[1]).argmin()
    return Rectangle((low + high)[:, best] / 2 @ axes[:, best], axes[:, best], sides[:, best])


def grown(rectangle: Rectangle, distance: float) -> Rectangle:
    """A rectangle with each side moved outwards by so many pixels."""
    return rectangle._replace(sides=rectangle.sides + 2 * distance)


def corners(rectangle: Rectangle) -> NDArray[np.float64]:
    """The four corners (4, 2), clockwise from the upper one of the two at the left."""
    halves = rectangle.sides[:, None] / 2 * rectangle.axes
    points = rectangle.centre + np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) @ halves
    by_x = points[np.argsort(points[:, 0], kind="stable")]
    (top_left, bottom_left), (top_right, bottom_right) = (pair[np.argsort(pair[:, 1])] for pair in (by_x[:2], by_x[2:]))
    return np.array([top_left, top_right, bottom_right, bottom_left])


def mean_within(rectangle: Rectangle, values: NDArray[np.float32]) -> float:
    """The mean of a map (rows, columns) over the pixels through which a rectangle passes or that it holds."""
    reach = np.abs(rectangle.axes.T) @ rectangle.sides / 2
    x0, y0 = np.maximum(np.floor(rectangle.centre - reach), 0).astype(int).tolist()
    x1, y1 = np.ceil(rectangle.centre + reach).astype(int).tolist()
    part = values[y0 : y1 + 1, x0 : x1 + 1]
    x = np.arange(x0, x0 + part.shape[1]) - rectangle.centre[0]
    y = np.arange(y0, y0 + part.shape[0])[:, None] - rectangle.centre[1]
    (first_x, first_y), (second_x, second_y) = rectangle.axes.tolist()
    first, second = rectangle.sides / 2 + _HALF
    is_within = (np.abs(x * first_x + y * first_y) <= first) & (np.abs(x * second_x + y * second_y) <= second)
    return float(part[is_within].mean())


def _hull(component: Runs) -> NDArray[np.float64]:
    """The corners of the convex hull (n, 2) of a component's pixels, one after another."""
    rows, starts = np.unique(component.row, return_index=True)
    lefts = np.minimum.reduceat(component.first, starts).tolist()
    rights = np.maximum.reduceat(component.last, starts).tolist()
    ys = rows.tolist()
    down, up = _turning(zip(lefts, ys, strict=True), -1), _turning(zip(rights, ys, strict=True), 1)
    return np.array(list(dict.fromkeys([*down, *reversed(up)])), dtype=np.float64)


def _turning(points: Iterable[tuple[int, int]], way: int) -> list[tuple[int, int]]:
    """The points of a chain that are left when it turns one `way` only, -1 or 1, as a convex hull does (Andrew 1979)."""
    tight: list[tuple[int, int]] = []
    for x, y in points:
        while len(tight) > 1:
            (x0, y0), (x1, y1) = tight[-2:]
            if way * ((x1 - x0) * (y - y0) - (y1 - y0) * (x - x0)) > 0:
                break
            tight.pop()
        tight.append((x, y))
    return tight
