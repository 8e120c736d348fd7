"""Confirmed facts → series of values: one a name, section, unit and laboratory, of one person; the newest report counts."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from radiary.documents import lexicon, units
from radiary.state.paper_facts import ConfirmedValue, PaperFact

_ORDER = {"preliminary": 0, "": 1, "final": 1, "amended": 2}
"""Versions of one report that do not say when they were printed."""


@dataclass(frozen=True, slots=True)
class Version:
    """A value as one report has it; where the report says so, when it was printed."""

    value: ConfirmedValue
    paper: str
    order: tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Point:
    """The value of one sample: as the newest report has it, and the older ones, newest first."""

    value: ConfirmedValue
    paper: str
    history: tuple[Version, ...] = ()

    @property
    def is_amended(self) -> bool:
        """Whether an older report says something else."""
        return any(said(older.value) != said(self.value) for older in self.history)


@dataclass(slots=True)
class Series:
    """The values of one test, in order of their samples."""

    code: str
    person: str
    name: str
    section: str
    unit: str
    laboratory: str
    points: list[Point] = field(default_factory=list)


_Samples = dict[tuple[date | None, str, int], list[Version]]
"""By day, hour, and which of several that one paper has of one hour, from 0."""
_Key = tuple[str, str, str, str, str]
"""Person, name, section, unit and laboratory, in the form in which they are compared."""


def series(facts: Iterable[PaperFact], codes: Mapping[str, str] | None = None) -> list[Series]:
    """All series; `codes` has people's codes now, by those that they had."""
    standing, joined = _standing(facts)
    samples: dict[_Key, _Samples] = {}
    named: dict[_Key, tuple[ConfirmedValue, PaperFact]] = {}
    for fact in standing.values():
        person = (codes or {}).get(fact.person, fact.person)
        for value in fact.values:
            key = (person, lexicon.folded(value.name), lexicon.folded(value.section), units.same(value.unit), fact.laboratory)
            version = Version(value, fact.paper, (fact.issued, _ORDER.get(fact.status, 1), fact.at.isoformat()))
            _put(samples.setdefault(key, {}), version)
            named.setdefault(key, (value, fact))
    by_code: dict[str, Series] = {}
    for key, by_sample in samples.items():
        code = joined.get(_code(key), _code(key))
        value, fact = named[key]
        trend = by_code.setdefault(
            code, Series(code, key[0], name=value.name, section=value.section, unit=value.unit, laboratory=fact.laboratory)
        )
        trend.points += [_point(versions) for versions in _at_their_hours(by_sample)]
    for trend in by_code.values():
        trend.points.sort(key=lambda point: (point.value.day or date.min, point.value.time))
    return sorted(by_code.values(), key=lambda one: (one.person, one.section, one.name, one.code))


def released(facts: Iterable[PaperFact]) -> dict[str, bool]:
    """The codes of the series that she lets out, none by itself; and whether into her site, too."""
    codes: dict[str, bool] = {}
    for fact in facts:
        if fact.does == "released":
            codes[fact.series[0]] = fact.for_site
        elif fact.does == "kept":
            codes.pop(fact.series[0], None)
    return codes


def letting_out(codes: Iterable[str], *, for_site: bool) -> list[PaperFact]:
    """The facts that series may go out: into her chronicle and by `export`, and into her site's data if she wants that."""
    return [PaperFact(does="released", series=(code, ""), for_site=for_site) for code in codes]


def keeping(codes: Iterable[str]) -> list[PaperFact]:
    """The facts that series are private again."""
    return [PaperFact(does="kept", series=(code, "")) for code in codes]


def _standing(facts: Iterable[PaperFact]) -> tuple[dict[str, PaperFact], dict[str, str]]:
    """What holds of each paper now, and what each joined series is a part of."""
    standing: dict[str, PaperFact] = {}
    joined: dict[str, str] = {}
    for fact in facts:
        if fact.does == "confirmed":
            standing[fact.paper] = fact
        elif fact.does == "withdrawn":
            standing.pop(fact.paper, None)
        elif fact.does == "joined":
            part, whole = fact.series
            joined = {one: whole if into == part else into for one, into in joined.items()} | {part: whole}
    return standing, joined


def _put(samples: _Samples, version: Version) -> None:
    """Put a value to its sample; one that differs from what its own paper says of that sample is of another one."""
    value, number = version.value, 0
    while any(
        one.paper == version.paper and said(one.value) != said(value) for one in samples.get((value.day, value.time, number), ())
    ):
        number += 1
    samples.setdefault((value.day, value.time, number), []).append(version)


def said(value: ConfirmedValue) -> tuple[object, ...]:
    """What stands in place of a value."""
    return value.comparator, value.number, value.word


def _at_their_hours(samples: _Samples) -> Iterable[list[Version]]:
    """The versions of each sample; a value that a later paper repeats without its hour is that of its day which says the same."""
    whole = {at: [*versions] for at, versions in samples.items() if at[1]}
    timed = list(whole)
    for at, versions in samples.items():
        if at[1]:
            continue
        saying = said(versions[0].value)
        told = [hour for hour in timed if hour[0] == at[0] and any(said(one.value) == saying for one in samples[hour])]
        if told:
            time = told[0][1]
            whole[told[0]] += [replace(one, value=one.value.model_copy(update={"time": time})) for one in versions]
        else:
            whole[at] = versions
    return whole.values()


def _point(versions: list[Version]) -> Point:
    """Reports of one sample: the newest counts; of values that are equal in it, the first is kept as history, too."""
    newest, *older = sorted(versions, key=lambda one: one.order, reverse=True)
    return Point(newest.value, newest.paper, tuple(older))


def _code(key: _Key) -> str:
    """Eight digits by which a series is called on a terminal; they say nothing of it."""
    return hashlib.sha256("\0".join(key).encode()).hexdigest()[:8]
