"""What its owner decides about papers: confirmed, withdrawn, described, given away, discarded, joined, released, cut."""

import secrets
from datetime import date

from radiary.commands import chronicle
from radiary.commands.held import confirmed_papers, cut_papers
from radiary.commands.held.confirmed_papers import ConfirmedRow
from radiary.commands.held.papers import HeldPapers
from radiary.commands.paper_arguments import PaperArguments, one_paper
from radiary.commands.speaking import console, paper_sentences, spoken
from radiary.commands.speaking.spoken import count
from radiary.documents import kinds, series
from radiary.ingest.taking_out import Description, Removal
from radiary.model.errors import AlreadyRunning, Mistaken, RadiaryError
from radiary.settings import Settings
from radiary.state.folder import State
from radiary.state.paper_facts import PaperFact

_JOINED = 2
"""Series that `join` takes."""


def confirm(held: HeldPapers, asked: PaperArguments) -> int:
    """Confirm the values of papers: as read, some rows of them, or all but some. Raises Mistaken."""
    known = [held.named(name) for name in asked.names]
    if asked.every:
        known = held.left()
        if not known:
            console.answer(papers=[], values=0, left=[])
            console.say("%(number)s of %(all)s left to look at.", number=0, all=len(held.all()))
            return 0
    if not known:
        raise Mistaken("Name the papers, as `radiary papers` shows them, or give --all.")
    confirmed, done, is_refused = 0, [], False
    for paper in known:
        try:
            reading = held.read(paper)
            if reading.is_scan and not asked.rows:
                console.say("%(paper)s: a scan: name each row that is as printed, --row 1 --row 2 …", paper=paper.name)
                continue
            rows = [ConfirmedRow(row=row) for row in asked.rows] or confirmed_papers.as_read(reading)
            kept = [row for row in rows if row.row not in asked.without]
            fact = confirmed_papers.confirmed(paper, reading, held.described(paper), rows=kept)
        except RadiaryError as error:
            console.out.print(spoken.headed(paper.name, spoken.error(error)), markup=False)
            is_refused = True
            continue
        held.facts.add(fact)
        confirmed += len(fact.values)
        done.append(paper.name)
    console.answer(papers=done, values=confirmed, left=[paper.name for paper in known if paper.name not in done])
    if done:
        values = count("%(number)s value", "%(number)s values", confirmed)
        of_papers = count("%(number)s paper", "%(number)s papers", len(done))
        console.say("Confirmed: %(values)s of %(papers)s.", values=values, papers=of_papers)
        _followed(held)
    return int(is_refused and not asked.every)  # of all, those that cannot be read stay to be looked at


def withdraw(held: HeldPapers, asked: PaperArguments) -> int:
    """A paper's values are not confirmed any more."""
    paper = one_paper(held, asked)
    held.facts.add(PaperFact(does="withdrawn", paper=paper.uid))
    console.say("Its values are not confirmed any more.")
    console.answer(done=True)
    _followed(held)
    return 0


def _followed(held: HeldPapers) -> None:
    """The chronicle shows what stands now, where it shows values or did."""
    if any(fact.does == "released" for fact in held.facts.all()):
        chronicle.written(held.settings)


def describe(held: HeldPapers, asked: PaperArguments) -> int:
    """A paper's kind, its day and whom it is about, as its owner says. Raises Mistaken."""
    paper = one_paper(held, asked)
    said = held.described(paper)
    try:
        day = date.fromisoformat(asked.date) if asked.date else said.day if said else held.read(paper).day
    except ValueError:
        raise Mistaken("A date is written as 2024-03-05.") from None
    kind, person = asked.kind or paper.kind, asked.person.upper() if asked.person else paper.study.patient
    if kind not in kinds.names():
        raise Mistaken("There is no such kind; `radiary papers kinds` shows them.")
    if asked.person and person not in held.people().values():
        raise Mistaken("Nobody has this code; `radiary people` shows them.")
    held.facts.add(PaperFact(does="described", paper=paper.uid, person=person, kind=kind, day=day))
    return _wished(held.settings, Description(paper=paper.study.uid, kind=kind, day=day, person=person))


def give_away(held: HeldPapers, asked: PaperArguments) -> int:
    """Somebody else's: it stays on the shelf, and is told nowhere."""
    paper = one_paper(held, asked)
    said = held.described(paper)
    day = said.day if said else held.read(paper).day
    held.facts.add(PaperFact(does="withdrawn", paper=paper.uid))
    wish = Description(paper=paper.study.uid, kind=paper.kind, day=day, person=paper.study.patient, is_hers=False)
    return _wished(held.settings, wish)


def discard(held: HeldPapers, asked: PaperArguments) -> int:
    """A paper goes into the trash."""
    paper = one_paper(held, asked)
    status = _wished(held.settings, Removal(does="remove", study=paper.study.uid, held=True, instance=paper.uid))
    console.say("`radiary restore` brings it back.")
    return status


def _wished(settings: Settings, wish: Description | Removal) -> int:
    """Carry it out at once, or leave it to the service that runs. Raises Mistaken and NotNow."""
    from radiary.service import wiring  # here: a look at papers does without the whole house

    try:
        with wiring.started(settings) as parts, console.busy("Radiary is at it …"):
            parts.bench.open(parts.queue)
            parts.attempts.decide(wish)
            parts.chronicle()  # what stands there of this paper goes, or moves to its new day
        console.say("Done.")
        is_done = True
    except AlreadyRunning:
        State(settings.state).ask("review", secrets.token_hex(8), wish.model_dump_json().encode())
        console.say("The service does it within seconds; `radiary log` shows it, or `radiary status` why not.")
        is_done = False
    console.answer(done=is_done)
    return 0


def join(held: HeldPapers, asked: PaperArguments) -> int:
    """Two series are one from now on. Raises Mistaken."""
    known = {one.code for one in held.series()}
    if len(asked.names) != _JOINED or not set(asked.names) <= known or len(set(asked.names)) != _JOINED:
        raise Mistaken("`radiary papers join` takes two series, by the digits that `radiary papers series` shows.")
    held.facts.add(PaperFact(does="joined", series=(asked.names[0], asked.names[1])))
    console.say("They are one series from now on.")
    console.answer(done=True)
    return 0


def let_out(held: HeldPapers, asked: PaperArguments) -> int:
    """Release series into the chronicle and for `radiary export`, or keep them again."""
    known = {one.code: one.name for one in held.series()}
    names = sorted(known) if asked.every else asked.names
    if not names or not set(names) <= set(known):
        raise Mistaken("Name the series by the digits that `radiary papers series` shows, or give --all.")
    is_out = asked.does == "release"
    held.facts.add(*(series.letting_out(names, for_site=False) if is_out else series.keeping(names)))
    series_named = count("%(number)s series", "%(number)s series", len(names))
    console.say("Released from now on: %(series)s." if is_out else "Kept from now on: %(series)s.", series=series_named)
    paper_sentences.show_series([known[name] for name in names])
    return chronicle.bring_up_to_date(held.settings, series=sorted(names))


def cut(held: HeldPapers, asked: PaperArguments) -> int:
    """A row or a part of a page into the chronicle, as a picture."""
    codes = cut_papers.by_command(held, one_paper(held, asked), rows=asked.rows, page=asked.page, part=asked.part)
    return chronicle.bring_up_to_date(held.settings, cuttings=codes)


def uncut(held: HeldPapers, asked: PaperArguments) -> int:
    """Parts of pages are private again. Raises Mistaken."""
    if not asked.names:
        raise Mistaken("Name the parts by the digits that `radiary papers cuttings` shows.")
    for code in asked.names:
        cut_papers.uncut(held, code)
    console.say("Private again.")
    return chronicle.bring_up_to_date(held.settings, cuttings=list(asked.names))
