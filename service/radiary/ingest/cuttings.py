"""A part of a paper's page as a picture: cut out and read by a worker, searched before it is kept, shown at its paper's day."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from radiary.chronicle.told_cuttings import NAMES_OTHERS, STOPPED, ShownCutting
from radiary.documents import cuttings, dates, page_view, paper
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
_OTHERS = sentence(
    "The part was not taken: somebody else, such as a physician, is named in it, and the name could not be blanked. Choose a "
    "smaller one."
)
_DATED = sentence(
    "The part was not taken: a date stands in it, and your setting `dates` lets none be told. Choose a smaller one."
)
_NOTHING = sentence("The part is too small, or lies outside of the page.")


@dataclass(frozen=True)
class Cut:
    """What a worker cut out: the picture (PNG), others' names blanked, and the lines of text on it, or that touch it."""

    png: bytes = field(repr=False)
    read: tuple[str, ...] = field(repr=False)
    """What a reader finds before anything is blanked."""
    lines: tuple[str, ...] = field(repr=False)
    """What stands there, and is read, afterwards."""
    others: Collection[str] = field(default=(), repr=False)
    """Names that were looked for."""


def cut(data: bytes, passwords: tuple[str, ...], page: int, part: Box, *, seconds: float, others: Collection[str]) -> Cut:
    """Cut a part, in shares, out of a page (from 0), `others` blanked; for workers. Raises DamagedPaper and LockedPaper."""
    from radiary.dicom.render import encode
    from radiary.ingest import (
        blanking,
        others_on_cuttings,  # here, in a worker: numpy, the networks and the wall are heavy
        pages,
        scans,
    )

    with paper.bounds(seconds):
        whole = pages.picture(data, page, passwords, _RESOLUTION)
        printed = blanking.in_pixels(pages.lines(data, page, passwords), whole)
    place = page_view.pixels(whole, part)
    around = page_view.wider(whole, place, _AROUND)
    strip = 0, around[1], whole.columns, around[3]  # as wide as the page: a label may stand far from its name
    time_limit.set_to(seconds)
    seen = blanking.moved(scans.lines(page_view.cut(whole, strip)), strip)
    names = others_on_cuttings.known(others)
    blanks = [*blanking.of_printed(printed, place, names), *blanking.of_seen(seen, whole, names)]
    clean = blanking.blanked(whole, [box for boxes in blanks for box in boxes.values()])
    picture = page_view.cut(clean, place)
    png = encode.grey_png(picture.columns, picture.rows, picture.values)
    again = blanking.moved(scans.lines(page_view.cut(clean, around)), around) if any(blanks) else seen
    alone = blanking.moved(scans.lines(picture), place)
    read = dict.fromkeys((*blanking.texts(printed, place), *blanking.texts(seen, place)))
    left = blanking.texts(printed, place, blanks[: len(printed)])
    return Cut(png, tuple(read), lines=tuple(dict.fromkeys((*left, *blanking.texts((*again, *alone), place)))), others=others)


def searched(
    found: Cut, uid: str, page: int, *, part: Box, people: Collection[Identity], numbers: Sequence[str], policy: Policy
) -> Cutting:
    """What is to be kept of a part. Raises Mistaken where it tells who it is about, names others, or tells a secret day."""
    if trouble := _trouble((*found.read, *found.lines), people, numbers, policy=policy):
        raise Mistaken(trouble)
    if _names_others(found.lines, found.others):
        raise Mistaken(_OTHERS)
    digest = hashlib.sha256(found.png).hexdigest()
    return Cutting(code=cuttings.code(uid, page, part), page=page, part=part, digest=digest, text="\n".join(found.lines))


def whole(part: Box) -> Box:
    """A part as it is kept. Raises Mistaken for one that shows nothing."""
    within = cuttings.within(part)
    if within is None:
        raise Mistaken(_NOTHING)
    return within


def _trouble(lines: Sequence[str], people: Collection[Identity], numbers: Sequence[str], *, policy: Policy) -> str | None:
    from radiary.ingest import named_on_cuttings  # the wall brings pydicom, which the idle service is without

    if named_on_cuttings.is_named(lines, people, numbers):
        return _NAMED
    return _DATED if policy.dates != "keep" and dates.are_in(lines) else None


def _names_others(lines: Sequence[str], others: Collection[str]) -> bool:
    from radiary.ingest import others_on_cuttings  # as above

    return others_on_cuttings.are_in(lines, others_on_cuttings.known(others))


def for_chronicle(bench: Bench, queue: Queue) -> tuple[tuple[ShownCutting, ...], str | None]:
    """What stands in the chronicle, and what is to be said. Raises Unusable where what was confirmed cannot be read."""
    standing = cuttings.standing(bench.papers.all() if bench.papers else ())
    if not standing or bench.cut_pictures is None:
        return (), None
    studies = _days(bench, queue)
    people = [one for known in bench.people.all() for one in known.identities.values()]
    others, told, trouble = bench.people.others(), list[ShownCutting](), None
    for code, fact in standing.items():
        if fact.cutting is None or fact.paper not in studies:
            continue
        if _trouble(fact.cutting.text.splitlines(), people, (), policy=bench.policy):
            trouble = STOPPED
            continue
        if _names_others(fact.cutting.text.splitlines(), others):
            trouble = trouble or NAMES_OTHERS
            continue
        day, kind = studies[fact.paper]
        png = partial(bench.cut_pictures.png, code)
        told.append(ShownCutting(code, day, kind=kind, digest=fact.cutting.digest, text=fact.cutting.text, png=png))
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
