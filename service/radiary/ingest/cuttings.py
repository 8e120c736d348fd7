"""A part of a paper's page as a picture: cut out and read by a worker, searched before it is kept, shown at its paper's day."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from radiary.chronicle.told_cuttings import STOPPED, Shown
from radiary.documents import cuttings, dates, page_view, paper
from radiary.documents.page_view import Pixels
from radiary.documents.reading import Box
from radiary.ingest import decisions, released
from radiary.ingest.bench import Bench
from radiary.language import sentence
from radiary.model.errors import Mistaken
from radiary.model.nouns import Identity, Policy
from radiary.state.paper_facts import Cutting
from radiary.state.queue import Queue
from radiary.workers import time_limit

_RESOLUTION = 150
"""Pixels an inch."""
_AROUND = 75
"""Pixels around a part that are read, too: of letters that its edge cuts, the eye knows the rest."""
_NAMED = sentence(
    "The part was not taken: a name, a number or the birth date of somebody known stands in it. Choose a smaller one."
)
_DATED = sentence(
    "The part was not taken: a date stands in it, and your setting `dates` lets none be told. Choose a smaller one."
)
_NOTHING = sentence("The part is too small, or lies outside of the page.")


@dataclass(frozen=True)
class Cut:
    """What a worker cut out: the picture (PNG), and every line of text that a reader finds on it, or that touches it."""

    png: bytes = field(repr=False)
    lines: tuple[str, ...] = field(repr=False)


def cut(data: bytes, passwords: tuple[str, ...], page: int, part: Box, seconds: float) -> Cut:
    """Cut a part, in shares, out of a page (from 0); for workers. Raises DamagedPaper and LockedPaper."""
    from radiary.dicom.render import encode  # here, in a worker: numpy and the networks are heavy
    from radiary.ingest import pages, scans

    with paper.bounds(seconds):
        whole = pages.picture(data, page, passwords, _RESOLUTION)
        printed = pages.text(data, page, passwords, part)
    place = page_view.pixels(whole, part)
    around = page_view.wider(whole, place, _AROUND)
    time_limit.set_to(seconds)
    picture = page_view.cut(whole, place)
    png = encode.grey_png(picture.columns, picture.rows, picture.values)
    read = scans.lines(page_view.cut(whole, around), _moved(place, around)) + scans.lines(
        picture, (0, 0, picture.columns, picture.rows)
    )
    return Cut(png, tuple(dict.fromkeys((*printed, *read))))


def _moved(place: Pixels, around: Pixels) -> Pixels:
    """A place in the picture of what is around it."""
    return place[0] - around[0], place[1] - around[1], place[2] - around[0], place[3] - around[1]


def searched(
    found: Cut, uid: str, page: int, part: Box, *, people: Collection[Identity], numbers: Sequence[str], policy: Policy
) -> Cutting:
    """What is to be kept of a part. Raises Mistaken where it tells who it is about, or a day that may not be told."""
    if trouble := _trouble(found.lines, people, numbers, policy):
        raise Mistaken(trouble)
    digest = hashlib.sha256(found.png).hexdigest()
    return Cutting(code=cuttings.code(uid, page, part), page=page, part=part, digest=digest, text="\n".join(found.lines))


def whole(part: Box) -> Box:
    """A part as it is kept. Raises Mistaken for one that shows nothing."""
    within = cuttings.within(part)
    if within is None:
        raise Mistaken(_NOTHING)
    return within


def _trouble(lines: Sequence[str], people: Collection[Identity], numbers: Sequence[str], policy: Policy) -> str | None:
    from radiary.chronicle import named_on_cuttings  # the wall brings pydicom, which the idle service is without

    if named_on_cuttings.is_named(lines, people, numbers):
        return _NAMED
    return _DATED if policy.dates != "keep" and dates.are_in(lines) else None


def shown(bench: Bench, queue: Queue) -> tuple[tuple[Shown, ...], str | None]:
    """What stands in the chronicle, and what is to be said. Raises Unusable where what was confirmed cannot be read."""
    standing = cuttings.standing(bench.papers.all() if bench.papers else ())
    if not standing or bench.cut_pictures is None:
        return (), None
    studies = _days(bench, queue)
    people = [one for known in bench.people.all() for one in known.identities.values()]
    told, trouble = [], None
    for code, fact in standing.items():
        if fact.cutting is None or fact.paper not in studies:
            continue
        if _trouble(fact.cutting.text.splitlines(), people, (), bench.policy):
            trouble = STOPPED
            continue
        day, kind = studies[fact.paper]
        png = partial(bench.cut_pictures.png, code)
        told.append(Shown(code, day, kind, fact.cutting.digest, fact.cutting.text, png))
    return tuple(sorted(told, key=lambda one: (one.day, one.code))), trouble


def _days(bench: Bench, queue: Queue) -> Mapping[str, tuple[str, str]]:
    """The day and the kind of every paper on the shelf that is hers, by UID."""
    held = [
        (study, one, instance.uid)
        for study, record in decisions.held(bench.shelf, queue)
        for one in (record.series if record else ())
        for instance in one.instances
    ]
    hers = released.hers(queue, {uid: study.uid for study, _, uid in held})
    said = queue.described
    return {
        uid: (said[study.uid].date or "", said[study.uid].kind) if study.uid in said else (study.date or "", one.label)
        for study, one, uid in held
        if uid in hers
    }
