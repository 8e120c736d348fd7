"""The files of a copy beside its pictures: first page, viewer, account. Drawn purely; who writes them searches them first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from radiary.language import Language
from radiary.share import page
from radiary.share.codes import Codes
from radiary.share.days import Days
from radiary.share.exam_copy import ExamCopy
from radiary.share.page import Account, ExamEntry, ShownPicture
from radiary.viewer import exam_data, groups
from radiary.viewer import page as viewer_page
from radiary.viewer.exam_data import CopyFacts, Heading, Named
from radiary.viewer.stacks import Stack

_VIEWER = "viewer"
_DESCRIPTIONS = 3
"""Descriptions that are told of one exam."""
_SHIFTS = 10_000
"""Tenths of a millimetre by which places may be moved."""


@dataclass(frozen=True)
class CallingTerms:
    """How everything is called in one copy."""

    codes: Codes
    days: Days
    language: Language


@dataclass(frozen=True)
class Made:
    """What was made of one exam: its stacks, as they are in the library and in the copy, what their copies say, its report."""

    copy: ExamCopy
    stacks: tuple[tuple[Stack, Stack], ...]
    facts: tuple[CopyFacts, ...]
    chosen: tuple[str, ...]
    """Pictures that stand for it, by their path in the study's folder."""
    report: str


def shift(codes: Codes) -> float:
    """By how many millimetres places along the slices are moved."""
    return (codes.number("places", _SHIFTS) - _SHIFTS // 2) / 10


def entry(made: Made, terms: CallingTerms) -> ExamEntry:
    """An exam on the first page."""
    copy, exam, language = made.copy, made.copy.exam, terms.language
    day = terms.days.heading(copy.date, language)
    count = sum(len(stack.pictures) for _, stack in made.stacks)
    counted = language.count("%(number)s picture", "%(number)s pictures", count)
    return ExamEntry(
        code=copy.code,
        day=day,
        title=exam.title,
        facts=" · ".join([*exam.descriptions[:_DESCRIPTIONS], counted]),
        viewer=f"{_VIEWER}/exam-{copy.code}.html" if made.stacks else "",
        pictures=tuple(_shown(made, day, terms)),
        report=made.report,
        person=copy.person,
        count=count,
        stacks=len({of.series.uid for of, _ in made.stacks}),
    )


def _shown(made: Made, day: str, terms: CallingTerms) -> Iterator[ShownPicture]:
    """The pictures that stand for an exam, in the order in which they were chosen."""
    places = {file.path: (number, place) for number, (of, _) in enumerate(made.stacks) for place, file in enumerate(of.pictures)}
    for path in (path for path in made.chosen if path in places):
        number, place = places[path]
        title = _title(made.stacks[number][0], made.copy, terms)
        source = f"pictures/{made.copy.code}/{made.stacks[number][1].pictures[place].path}"
        link = f"{_VIEWER}/exam-{made.copy.code}.html#series={number}&picture={place + 1}"
        yield ShownPicture(source, link, caption=title, alt=f"{title}, {day}")


def files(every: Sequence[Made], terms: CallingTerms, account: Account) -> Iterator[tuple[str, str]]:
    """Name and text of every file."""
    entries = [entry(made, terms) for made in every]
    yield page.FIRST, page.first(entries, account, terms.language)
    yield page.HOLDS, page.holds(entries, account, terms.language)
    yield page.STYLE, page.style().decode()
    for name in viewer_page.ASSETS:
        yield f"{_VIEWER}/{name}", viewer_page.asset(name).decode()
    yield f"{_VIEWER}/compare.html", viewer_page.compare(terms.language, f"../{page.FIRST}", is_shared=True)
    lines: dict[str, list[str]] = {}
    for made in (made for made in every if made.stacks):
        yield from _of_exam(made, terms, lines)
    for group, of_group in lines.items():
        yield f"{_VIEWER}/group-{group}.js", "".join(f"{one}\n" for one in of_group)


def _of_exam(made: Made, terms: CallingTerms, lines: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """The viewer's page and data of one exam; its stacks are added to the `lines` of their groups."""
    code, language = made.copy.code, terms.language
    heading = Heading(code, terms.days.said(made.copy.date, language), title=made.copy.exam.title, patient="")
    named = [Named(shown, _title(of, made.copy, terms), _group(of, made.copy, terms.codes)) for of, shown in made.stacks]
    windows: Mapping[str, str] = viewer_page.windows(language)
    yield (
        f"{_VIEWER}/exam-{code}.js",
        exam_data.script(heading, named, facts=made.facts, folder=f"../pictures/{code}/", words=windows),
    )
    back = f"../{page.FIRST}#exam-{code}"
    yield f"{_VIEWER}/exam-{code}.html", viewer_page.exam(heading, language, back, is_shared=True)
    for number, (one, facts) in enumerate(zip(named, made.facts, strict=True)):
        lines.setdefault(one.group, []).append(exam_data.line(heading, number, one, facts=facts))


def _group(stack: Stack, copy: ExamCopy, codes: Codes) -> str:
    """The code, in this copy, of those stacks that one may be looked at beside."""
    return codes.code(groups.group(stack, copy.exam.patient))


def _title(stack: Stack, copy: ExamCopy, terms: CallingTerms) -> str:
    titles = {picture.series: picture.caption.rpartition(" · ")[0] for picture in copy.exam.pictures}
    title = titles.get(stack.series.uid) or f"{stack.series.number or ''} {stack.series.label}".strip()
    said, _ = terms.days.text(title, terms.language)
    return f"{said} ({stack.number})" if stack.number else said
