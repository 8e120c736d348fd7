"""Which images are of one phase by what they say of it, where their number at each place does not tell: one is missing."""

from collections.abc import Collection
from itertools import pairwise, zip_longest

Phase = tuple[float, ...]
_CLEAR = 2
"""How many times as wide as all others the gaps between the values of two phases are, at least."""


def levels(written: Collection[Phase], most: int) -> dict[Phase, tuple[int, ...]]:
    """For each phase that is written, the level of each of its values, where up to `most` phases are at one place."""
    of_each = [_levels(set(values), most) for values in zip_longest(*written, fillvalue=0.0)]
    return {phase: tuple(level[value] for level, value in zip(of_each, phase, strict=False)) for phase in written}


def _levels(values: Collection[float], most: int) -> dict[float, int]:
    """Values by level: each by itself; if there are too many, those between two wide gaps together.

    All are one where no gaps are clearly wider than others: what differs from slice to slice tells no phases apart.
    """
    ordered = sorted(values)
    gaps = sorted((after - before for before, after in pairwise(ordered)), reverse=True)
    least = 0.0
    if len(ordered) > most:
        ratios = {narrow: wide / narrow for wide, narrow in pairwise(gaps[:most])}
        least = max(ratios, key=lambda narrow: ratios[narrow], default=gaps[0])
        least = least if ratios.get(least, 0) >= _CLEAR else gaps[0]
    phases = {ordered[0]: 0}
    for before, value in pairwise(ordered):
        phases[value] = phases[before] + (value - before > least)
    return phases
