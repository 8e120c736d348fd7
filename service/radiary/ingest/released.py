"""Which values of papers may go out, and at which days: series that their owner released, of papers that are held and hers."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

from radiary.chronicle.released_values import Released
from radiary.documents import series
from radiary.documents.series import Point, Series
from radiary.ingest import decisions
from radiary.ingest.bench import Bench
from radiary.model.nouns import Person, Policy
from radiary.state.paper_facts import ConfirmedValue
from radiary.state.queue import Queue

Told = Callable[[date | None, str], date | None]
"""A true day, and the code of whom it is about → the day that may be told."""


def released(bench: Bench, queue: Queue) -> tuple[Released, ...]:
    """What stands in the chronicle. Raises Unusable where what was confirmed cannot be read."""
    facts = bench.papers.all() if bench.papers else ()
    let_out = series.released(facts)
    if not let_out:
        return ()
    held = hers(queue, {instance: study for study, instance in _instances(bench, queue)})
    known = series.series([one for one in facts if not one.paper or one.paper in held], bench.people.codes())
    told = days_of(bench.policy, bench.key, bench.people.known())
    return let_go(known, let_out, told, policy=bench.policy)


def let_go(known: Iterable[Series], let_out: Mapping[str, bool], told: Told, *, policy: Policy) -> tuple[Released, ...]:
    """Of all series those that she let out, as they may be told."""
    return tuple(Released(moved(one, told, policy), let_out[one.code]) for one in known if one.code in let_out)


def hers(queue: Queue, papers: Mapping[str, str]) -> set[str]:
    """Of papers on the shelf, by UID with their study's, those of which she did not say that they are somebody else's."""
    described = queue.described
    return {uid for uid, study in papers.items() if study not in described or described[study].is_hers}


def days_of(policy: Policy, key: bytes, people: Mapping[str, Person]) -> Told:
    """How days are told, as exams' are; a day that may not be told is none."""

    def told(day: date | None, code: str) -> date | None:
        if day is None or policy.dates == "keep":
            return day
        from radiary.ingest import paper_dates  # the wall brings pydicom, which the idle service is without

        person = next((one for one in people.values() if one.code == code), None)
        changed = paper_dates.by_policy(day, policy, key, person=person)
        return date.fromisoformat(changed) if changed else None

    return told


def moved(series: Series, told: Told, policy: Policy) -> Series:
    """A series with its days as they may be told, and hours only where days are whole; without its laboratory's letterhead."""

    def as_told(value: ConfirmedValue) -> ConfirmedValue:
        time = value.time if policy.dates in ("keep", "shift") else ""
        return value.model_copy(update={"day": told(value.day, series.person), "time": time})

    points = [
        Point(as_told(point.value), point.paper, tuple(replace(older, value=as_told(older.value)) for older in point.history))
        for point in series.points
    ]
    return Series(
        series.code, series.person, name=series.name, section=series.section, unit=series.unit, laboratory="", points=points
    )


def _instances(bench: Bench, queue: Queue) -> list[tuple[str, str]]:
    """Every held study with the UIDs of what is in it."""
    return [
        (study.uid, instance.uid)
        for study, record in decisions.held(bench.shelf, queue)
        for one in (record.series if record else ())
        for instance in one.instances
    ]
