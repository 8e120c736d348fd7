"""The story of a copy on one page: pictures out of the library, a look for text in each, pages, last looks, its appearance."""

import hashlib
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from radiary.chronicle.identity_gate import Gate
from radiary.language import Language, sentence
from radiary.library import picks
from radiary.library.shelf import Library
from radiary.model.errors import NotShared, StudyDamaged
from radiary.share import days as days_of
from radiary.share import draft, exam_copy, leads_back, pages, pictures, searching
from radiary.share.choosing import Chosen
from radiary.share.codes import Codes
from radiary.share.days import Days
from radiary.share.draft import Draft
from radiary.share.exam_copy import ExamCopy, Form
from radiary.share.page import Account
from radiary.share.pages import CallingTerms, Made
from radiary.viewer import folder as viewer
from radiary.viewer.exam_data import CopyFacts
from radiary.workers.pool import Pool

_CHANGED = sentence("What is to be shared changed while the copy was made. Nothing was written; try again.")
_NOTHING = sentence("Nothing would be left to share: every picture of these exams may show writing, or is not as it was filed.")
_LONGEST = 40_000
"""Characters of a report that are shown."""
_KINDS = (sentence("copying pictures"), sentence("looking for text in them"))
Progress = Callable[[str, int, int], None]
"""Hears what is done, how much of it, and of how much."""


@dataclass(frozen=True)
class Order:
    """What is wanted: exams, where, with which days and pictures, in which language."""

    exams: Sequence[Chosen]
    target: Path
    days_are_relative: bool
    form: Form
    language: Language


@dataclass(frozen=True)
class Sources:
    """What a copy is made of and with."""

    library: Library
    pool: Pool
    reader: Pool
    gate: Callable[[Days], Gate]
    """The gate for everybody known, where these days are said."""
    picks: Mapping[str, Mapping[picks.Place, bool]]
    held: Mapping[str, int]
    """Pictures on the private shelf, by study."""
    is_unchanged: Callable[[], bool]
    """Whether what may be shared is still what it was when it was chosen."""


def make(order: Order, sources: Sources, progress: Progress) -> Account:
    """Make the copy and let it stand at its place; what it holds. Raises NotShared, Stopping and NotNow."""
    dates = [one.date for one in order.exams]
    days = days_of.relative(dates) if order.days_are_relative else Days()
    terms = CallingTerms(Codes(secrets.token_bytes), days, order.language)
    with draft.beside(order.target) as made:
        copies = list(_copies(order, sources.library, terms))
        exams, account = _filled(copies, order, sources, terms=terms, made=made, progress=progress)
        texts = dict(pages.files(exams, terms, account))
        _refuse_what_tells(texts, made, copies=copies, sources=sources, terms=terms)
        for name, text in texts.items():
            made.put(name, text.encode())
        if not sources.is_unchanged() or list(_copies(order, sources.library, terms)) != copies:
            raise NotShared(_CHANGED)
        made.appear()
        return account


def _copies(order: Order, library: Library, terms: CallingTerms) -> Iterator[ExamCopy]:
    """The exams as they stand. Raises NotShared, StudyDamaged and NotNow."""
    people = list(dict.fromkeys(one.exam.patient for one in order.exams))
    for shared in order.exams:
        record = library.standing(shared.exam.place)
        if record is None:
            raise StudyDamaged
        descriptions = tuple(terms.days.text(text, order.language)[0] for text in shared.exam.descriptions)
        person = order.language.say("person %(number)s", number=people.index(shared.exam.patient) + 1) if len(people) > 1 else ""
        title, _ = terms.days.text(shared.exam.title, order.language)
        exam = replace(shared.exam, title=title, descriptions=descriptions)
        yield ExamCopy(terms.codes.code(f"exam {shared.exam.study}"), shared.date, exam=exam, record=record, person=person)


def _filled(
    copies: Sequence[ExamCopy], order: Order, sources: Sources, *, terms: CallingTerms, made: Draft, progress: Progress
) -> tuple[list[Made], Account]:
    """Put pictures into the draft; what is left of each exam, and what was left out. Raises NotShared, Stopping and NotNow."""
    wanted = [exam_copy.pictures(copy, order.form) for copy in copies]
    total = sum(map(len, wanted))
    exams, done, unreadable, lettered, dates, large = [], 0, 0, 0, 0, 0
    for copy, every in zip(copies, wanted, strict=True):
        study = sources.library.root / copy.exam.place
        before = done

        def tell(kind: int, count: int, before: int = before) -> None:
            progress(_KINDS[kind], before + count, total)

        with made.writing():
            there = pictures.copied(study, every, made.tree, form=order.form, pool=sources.pool, progress=lambda n: tell(0, n))
        gone = {one.instance for one in every if one.source not in there}
        kept = [one for one in there.values() if one.instance not in gone]
        doubted = searching.doubtful(kept, made.tree, pool=sources.pool, reader=sources.reader, progress=lambda n: tell(1, n))
        doubted -= searching.drawings(study, copy.record, doubted, pool=sources.pool)
        done += len(every)
        for one in there.values():
            if one.instance in gone | doubted:
                (made.tree / one.target).unlink(missing_ok=True)
        unreadable += sum(one.instance in gone and not one.window for one in every)
        lettered += sum(one.instance in doubted and not one.window for one in every)
        large += sum(not (one.target.endswith(order.form) or one.window) for one in kept if one.instance not in doubted)
        left = replace(copy, record=exam_copy.without(copy.record, gone | doubted))
        targets = {one.source: one.target for one in kept}
        of_exam, changed = _made(left, targets, sources, terms)
        exams.append(of_exam)
        dates += changed
    if not any(one.stacks or one.report for one in exams):
        raise NotShared(_NOTHING)
    held = sum(sources.held.get(copy.exam.study, 0) for copy in copies)
    people = len({copy.exam.patient for copy in copies})
    account = Account(order.days_are_relative, order.form, unreadable=unreadable, lettered=lettered, held=held, dates=dates)
    return exams, replace(account, people=people, large=large)


def _made(copy: ExamCopy, targets: Mapping[str, str], sources: Sources, terms: CallingTerms) -> tuple[Made, int]:
    """What is told of an exam, and how many dates of its reports were changed."""
    study = sources.library.root / copy.exam.place
    stacks = tuple(exam_copy.shown_stacks(copy, targets, pages.shift(terms.codes)))
    facts = sources.pool.each(viewer.copy_facts, [(study, of) for of, _ in stacks])
    chosen = tuple(pick.file.path for pick in picks.picked(copy.record, sources.picks.get(copy.exam.study, {})))
    report, dates = terms.days.text(_report(study, copy), terms.language)
    known = tuple(one or CopyFacts() for one in facts)
    return Made(copy, stacks, facts=known, chosen=chosen, report=report[:_LONGEST].strip()), dates


def _report(study: Path, copy: ExamCopy) -> str:
    """The text of an exam's reports that are as they were filed."""
    texts = []
    for file in exam_copy.reports(copy.record):
        try:
            data = (study / file.path).read_bytes()
        except OSError:
            continue
        if hashlib.sha256(data).hexdigest() == file.sha256:
            texts.append(data.decode(errors="replace").strip())
    return "\n\n".join(texts)


def _refuse_what_tells(
    texts: Mapping[str, str], made: Draft, *, copies: Sequence[ExamCopy], sources: Sources, terms: CallingTerms
) -> None:
    """The last looks, at every text and every picture. Raises NotShared."""
    written = {name: text.encode() for name, text in texts.items()}
    files = made.files()
    named = sources.gate(terms.days).stops(written, ((name, (made.tree / name).read_bytes()) for name in files))
    if named:
        tells = sentence(
            "The copy was not made: %(file)s would tell who it is about. Please report this to Radiary's developers.",
            file=named[0],
        )
        raise NotShared(tells)
    days = {copy.date for copy in copies if copy.date} if terms.days.are_relative else set()
    marks = leads_back.marks((copy.record for copy in copies), (copy.exam.patient for copy in copies), days)
    telling = leads_back.places(marks, written, [*files, *texts])
    if telling:
        leads = sentence(
            "The copy was not made: %(file)s would lead back to your library. Please report this to Radiary's developers.",
            file=telling[0],
        )
        raise NotShared(leads)
