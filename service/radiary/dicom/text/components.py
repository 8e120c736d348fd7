"""Connected components of a binary map: pixels that touch at a side or a corner belong together."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Runs(NamedTuple):
    """Runs of set pixels, one an entry: in `row`, from column `first` to `last`, both included."""

    row: NDArray[np.intp]
    first: NDArray[np.intp]
    last: NDArray[np.intp]


def components(is_set: NDArray[np.bool_]) -> list[Runs]:
    """The components of a map (rows, columns), each as its runs from top to bottom, in the order of their first pixels."""
    runs = _runs(is_set)
    labels = _labels(len(runs.row), *_touching(runs, is_set.shape[1] + 1))
    order = np.argsort(labels, kind="stable")
    edges = np.flatnonzero(np.diff(labels[order])) + 1
    return [Runs(*(values[members] for values in runs)) for members in np.split(order, edges) if len(members)]


def _runs(is_set: NDArray[np.bool_]) -> Runs:
    """All runs of a map, row by row."""
    columns = is_set.shape[1] + 2
    change = np.flatnonzero(np.diff(np.pad(is_set, ((0, 0), (1, 1))).ravel()))
    row, first = np.divmod(change[::2], columns)
    return Runs(row, first, change[1::2] % columns - 1)


def _touching(runs: Runs, stride: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Pairs of runs that touch, as their numbers: the upper ones, and the lower ones. `stride` is more than a row has pixels.

    Rows laid end to end, with a free pixel between two, give each run a place on one line; below a run is what lies one
    stride farther, and both ends of the runs ascend, so that the runs touching one are found by bisection.
    """
    begins, ends = runs.row * stride + runs.first, runs.row * stride + runs.last
    from_here = np.searchsorted(ends, begins + stride - 1)
    to_here = np.searchsorted(begins, ends + stride + 1, side="right")
    counts = to_here - from_here
    above = np.repeat(np.arange(len(begins)), counts)
    within = np.arange(len(above)) - np.repeat(np.cumsum(counts) - counts, counts)
    return above, np.repeat(from_here, counts) + within


def _labels(count: int, above: NDArray[np.intp], below: NDArray[np.intp]) -> NDArray[np.intp]:
    """For each of `count` runs the number of its component's first run, where the runs of each pair belong together."""
    labels = np.arange(count)
    while (labels[above] != labels[below]).any():
        least = np.minimum(labels[above], labels[below])
        for ends in (labels[above], labels[below]):
            np.minimum.at(labels, ends, least)
        while (labels != labels[labels]).any():
            labels = labels[labels]
    return labels
