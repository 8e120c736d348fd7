"""Story → site data in the person's own form, by inserting text: no line that stands there is ever rewritten.

A YAML library finds line numbers, and once more to verify that nothing but the addition changed; it never writes.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from radiary.chronicle import mentioned
from radiary.chronicle.story import Exam, Story
from radiary.chronicle.yaml_days import (
    Days,
    MappingNode,
    NotMergeable,
    SequenceNode,
    composed,
    date_of,
    events_of,
    images_of,
    read,
)
from radiary.chronicle.yaml_frame import Surroundings, framed, not_alone
from radiary.chronicle.yaml_insertion import Dated, inserted
from radiary.chronicle.yaml_passages import SiteData, is_newest_first
from radiary.language import counted

_NAMED = 10
"""Days that a sentence names."""


@dataclass(frozen=True)
class Addition:
    """The file's new text, the exams that are in it now, and why others are not."""

    text: str
    exams: tuple[tuple[str, Exam], ...]
    note: str | None


def added(site: SiteData, story: Story, known: frozenset[str]) -> Addition:
    """Insert every dated exam that is not `known` (by study UID). Raises NotMergeable when nothing can be added at all.

    All at once, and where that cannot be, one by one, so that a day which cannot be added to keeps no other one waiting.
    """
    wanted = [
        (day.date, exam) for day in story.days for exam in day.exams if day.date and exam.pictures and exam.study not in known
    ]
    wanted.sort(key=lambda one: one[0], reverse=site.is_newest_first)
    if site.frame.days is not None and wanted:
        return Addition(site.file, (), not_alone(site.frame.line(0)))
    try:
        return Addition(_whole(site, _with_all(site, wanted), wanted), tuple(wanted), None)
    except NotMergeable:
        text, exams, refused = site.text, list[Dated](), list[Dated]()
        for dated in wanted:
            try:
                grown = _with_exams(text, read(text), [dated], newline=_newline(site.file), indent=site.frame.indent)
                _whole(site, grown, [*exams, dated])
                text = grown
                exams.append(dated)
            except NotMergeable:
                refused.append(dated)
        return Addition(site.mark + site.frame.around(text), tuple(exams), _refusal(refused, text, site.frame))


def _refusal(exams: Sequence[Dated], text: str, frame: Surroundings) -> str | None:
    """What is to be said of exams that have no place in a list of days: each day, with the line of what stands there."""
    if not exams:
        return None
    root = composed(text)
    nodes = root.value if isinstance(root, SequenceNode) else []
    dates = [date_of(day) for day in read(text)]
    standing, grown = dict(reversed(list(zip(dates, nodes, strict=True)))), replace(frame, body=text)
    days = sorted({date for date, _ in exams})
    lines = {date: grown.line(_line(standing[date])) for date in days[:_NAMED] if date in standing}
    return counted(
        "The exam of %(days)s could not be added without changing what stands there; it was left alone.",
        "The exams of %(days)s could not be added without changing what stands there; they were left alone.",
        len(days),
        days=mentioned.some([mentioned.at_line(day, lines.get(day)) for day in days[:_NAMED]], len(days)),
    )


def _line(day: MappingNode) -> int:
    """The line of a day's `events`, or its own."""
    return next((key.start_mark.line for key, _ in day.value if key.value == "events"), day.start_mark.line)


def _whole(site: SiteData, body: str, exams: Sequence[Dated]) -> str:
    """The whole file with another list of days. Raises NotMergeable where it would say anything else than before.

    A bare list was compared passage by passage; one that stands in something else is compared once more as it stands there.
    """
    text = site.frame.around(body)
    if exams and (site.frame.before or site.frame.behind):
        after = framed(text)
        days = read(after.body) if after.days is None else after.days
        before = site.whole if site.whole is not None else [day for _, said in site.passages() for day in said]
        around = (after.before, after.behind), ((site.frame.opened or site.frame.before), site.frame.behind)
        if _plain(_without(days, exams)) != _plain(_without(before, exams)) or around[0] != around[1]:
            raise NotMergeable
        if after.others != site.frame.others:
            raise NotMergeable
    return site.mark + text


def _with_all(site: SiteData, wanted: Sequence[Dated]) -> str:
    """The list with exams; only the passages in which they belong are touched, and read again."""
    pieces, done, newline = [], 0, _newline(site.file)
    for start, end, dates in site.excerpts({date for date, _ in wanted}):
        here = [one for one in wanted if one[0] in dates]
        before = site.days(start, end)
        grown = _with_exams(
            site.text[start:end], before, here, newline=newline, indent=site.frame.indent, is_descending=site.is_newest_first
        )
        pieces += [site.text[done:start], grown]
        done = end
    return "".join([*pieces, site.text[done:]])


def _newline(text: str) -> str:
    """How lines end in a file; a passage of it may be a single line that does not."""
    return next((newline for newline in ("\r\n", "\n", "\r") if newline in text), "\n")


def _with_exams(
    text: str, before: Days, exams: Sequence[Dated], *, newline: str, indent: int | None = 0, is_descending: bool | None = None
) -> str:
    """The text with exams, but those that a run which was cut short put there. Raises NotMergeable rather than change more."""
    events = _events(before)
    new = [(date, exam) for date, exam in exams if not any(_is_ours(event, exam) for event in events[date])]
    if not new:
        return text
    dates = [date_of(day)[:10] for day in before]
    order = is_newest_first(dates) if is_descending is None else is_descending
    after = inserted(text, dates, new, newline=newline, indent=indent, is_descending=order)
    grown = read(after)
    if _plain(_without(grown, new)) != _plain(before) or not _are_on_their_days(grown, new):
        raise NotMergeable
    return after


def _are_on_their_days(days: Days, exams: Sequence[Dated]) -> bool:
    """Whether each exam has one entry on its day."""
    events = _events(days)
    return all(sum(_is_ours(event, exam) for event in events[date]) == 1 for date, exam in exams)


def _events(days: Days) -> defaultdict[str, list[dict[str, Any]]]:
    """The events of each day."""
    events = defaultdict[str, list[dict[str, Any]]](list)
    for day in days:
        events[date_of(day)].extend(events_of(day))
    return events


def _is_ours(event: dict[str, Any], exam: Exam) -> bool:
    return not {picture.name for picture in exam.pictures}.isdisjoint(images_of(event))


def _without(days: Days, exams: Sequence[Dated]) -> Days:
    """The days without the exams' events, and without a day when nothing else is in it."""
    ours: dict[str, list[Exam]] = {}
    for date, exam in exams:
        ours.setdefault(date, []).append(exam)
    kept = []
    for day in days:
        mine = ours.get(date_of(day), [])
        if any(_is_ours(event, exam) for event in events_of(day) for exam in mine):
            events = [one for one in day["events"] if not (isinstance(one, dict) and any(_is_ours(one, exam) for exam in mine))]
            if events or set(day) != {"date", "events"}:
                kept.append({**day, "events": events})
        else:
            kept.append(day)
    return kept


def _plain(days: Days) -> list[Any]:
    """What the days mean, for comparing: how an empty day is written does not count."""
    plain = [{**day, "date": date_of(day), "events": day.get("events") or None} for day in days]
    return [day for day in plain if day["events"] or len(day) > 2]
