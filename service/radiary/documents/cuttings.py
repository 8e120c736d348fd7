"""Parts of pages that their owner shows as pictures: which stand, by the facts that she made."""

import hashlib
from collections.abc import Iterable

from radiary.documents.reading import Box
from radiary.state.paper_facts import Cutting, PaperFact

_LEAST = 0.004
"""Share of a page's side that is the least side of a part."""
_STEPS = 10_000
"""In so many steps of a page's side a part is told."""


def standing(facts: Iterable[PaperFact]) -> dict[str, PaperFact]:
    """The facts of what she shows still, by the codes of the cuttings."""
    shown: dict[str, PaperFact] = {}
    for fact in facts:
        if fact.cutting is None:
            continue
        if fact.does == "cut":
            shown[fact.cutting.code] = fact
        elif fact.does == "uncut":
            shown.pop(fact.cutting.code, None)
    return shown


def within(part: Box) -> Box | None:
    """A part of a page, in shares, cut to the page; None for one that shows nothing."""
    if not all(-10 < side < 10 for side in part):  # no number, too
        return None
    x0, y0, x1, y1 = (round(min(1.0, max(0.0, side)) * _STEPS) / _STEPS for side in part)
    return (x0, y0, x1, y1) if x1 - x0 >= _LEAST and y1 - y0 >= _LEAST else None


def code(paper: str, page: int, part: Box) -> str:
    """Eight digits by which a part is called; they say nothing of it, and are the same for the same part."""
    return hashlib.sha256(f"{paper} {page} {part}".encode()).hexdigest()[:8]


def making(paper: str, cutting: Cutting) -> PaperFact:
    """The fact that a part of a page may be shown."""
    return PaperFact(does="cut", paper=paper, cutting=cutting)


def taking_back(paper: str, code: str) -> PaperFact:
    """The fact that it is private again."""
    return PaperFact(does="uncut", paper=paper, cutting=Cutting(code=code))
