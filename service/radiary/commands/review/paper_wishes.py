"""What its owner decides about papers on the page of `radiary review`: carried out, and said in a sentence."""

from collections.abc import Callable
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from radiary.commands.held import confirmed_papers, cut_papers
from radiary.commands.held.confirmed_papers import ConfirmedRow
from radiary.commands.held.papers import HeldPaper
from radiary.commands.review.desk import Afresh, Desk
from radiary.commands.review.papers import Papers
from radiary.documents import kinds, series
from radiary.ingest.taking_out import Description, Removal
from radiary.language import counted, sentence
from radiary.model.errors import Unusable
from radiary.state.paper_facts import PaperFact

_JOINED = 2


class PaperWish(BaseModel):
    """One decision: about a paper by its UID, or about series by their codes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    does: Literal["confirm", "withdraw", "describe", "not-hers", "discard", "join", "release", "keep", "cut", "uncut"]
    paper: str = ""
    rows: tuple[ConfirmedRow, ...] = ()
    has_looked: bool = Field(default=False, description="of a scan: whether she looked at the date, too")
    kind: str = ""
    day: date | None = Field(default=None, repr=False)
    person: str = ""
    series: tuple[str, ...] = ()
    for_site: bool = False
    page: int = 0
    part: tuple[float, float, float, float] = (0, 0, 0, 0)
    cutting: str = ""


def carried_out(wish: PaperWish, papers: Papers, desk: Desk) -> str:
    """Do it, or give it to the desk; what is to be said. Raises RadiaryError with a sentence for what cannot be."""
    if wish.does in ("join", "release", "keep"):
        return _of_series(wish, papers, desk)
    paper = papers.all().get(wish.paper)
    if paper is None:
        raise Unusable("There is no such paper on the private shelf.")
    return _DOES[wish.does](wish, paper, papers, desk)


def _confirmed(wish: PaperWish, paper: HeldPaper, papers: Papers, desk: Desk) -> str:
    reading = papers.reading(paper)
    if reading.is_scan and wish.rows and not wish.has_looked:
        raise Unusable("It is a scan: look at its date, too, and tick it.")
    fact = confirmed_papers.confirmed(paper, reading, papers.held.described(paper), rows=wish.rows)
    papers.held.facts.add(fact)
    _show(papers, desk)
    number = len(fact.values)
    return counted("Confirmed: %(number)s value.", "Confirmed: %(number)s values.", number) if number else sentence("Looked at.")


def _withdrawn(_wish: PaperWish, paper: HeldPaper, papers: Papers, desk: Desk) -> str:
    papers.held.facts.add(PaperFact(does="withdrawn", paper=paper.uid))
    if not paper.is_hers:
        desk.take([_description(paper, papers, is_hers=True)])
    _show(papers, desk)
    return sentence("It is open again.")


def _described(wish: PaperWish, paper: HeldPaper, papers: Papers, desk: Desk) -> str:
    if wish.kind not in kinds.names():
        raise Unusable("There is no such kind.")
    if wish.person and wish.person not in papers.held.people().values():
        raise Unusable("Nobody has this code; `radiary people` shows them.")
    said = PaperFact(does="described", paper=paper.uid, person=wish.person, kind=wish.kind, day=wish.day)
    papers.held.facts.add(said)
    desk.take([Description(paper=paper.study.uid, kind=wish.kind, day=wish.day, person=wish.person)])
    return sentence("In hand …")


def _not_hers(_wish: PaperWish, paper: HeldPaper, papers: Papers, desk: Desk) -> str:
    papers.held.facts.add(PaperFact(does="withdrawn", paper=paper.uid))
    desk.take([_description(paper, papers, is_hers=False)])
    return sentence("In hand …")


def _discarded(_wish: PaperWish, paper: HeldPaper, _papers: Papers, desk: Desk) -> str:
    desk.take([Removal(does="remove", study=paper.study.uid, held=True, instance=paper.uid)])
    return sentence("In hand …")


def _cut(wish: PaperWish, paper: HeldPaper, papers: Papers, desk: Desk) -> str:
    cut_papers.cut(papers.held, paper, reading=papers.reading(paper), page=wish.page, part=wish.part)
    desk.take([Afresh()])
    return sentence("It stands in your chronicle in a moment.")


def _uncut(wish: PaperWish, _one: HeldPaper, papers: Papers, desk: Desk) -> str:
    cut_papers.uncut(papers.held, wish.cutting)
    desk.take([Afresh()])
    return sentence("It is private again; the chronicle follows in a moment.")


def _description(paper: HeldPaper, papers: Papers, *, is_hers: bool) -> Description:
    """What is known of a paper already, and whether it is hers."""
    said = papers.held.described(paper)
    day = said.day if said else papers.reading(paper).day
    return Description(paper=paper.study.uid, kind=paper.kind, day=day, person=paper.study.patient, is_hers=is_hers)


def _of_series(wish: PaperWish, papers: Papers, desk: Desk) -> str:
    known = {one.code for one in papers.held.series()}
    if not wish.series or not set(wish.series) <= known:
        raise Unusable("There is no such series any more.")
    if wish.does == "join":
        if len(set(wish.series)) != _JOINED:
            raise Unusable("Tick the two series that are one.")
        papers.held.facts.add(PaperFact(does="joined", series=(wish.series[0], wish.series[1])))
        said = sentence("They are one series from now on.")
    elif wish.does == "release":
        papers.held.facts.add(*series.letting_out(wish.series, for_site=wish.for_site))
        said = sentence("It stands in your chronicle in a moment.")
    else:
        papers.held.facts.add(*series.keeping(wish.series))
        said = sentence("It is private again; chronicle and site follow in a moment.")
    desk.take([Afresh()])
    return said


def _show(papers: Papers, desk: Desk) -> None:
    """Have the chronicle follow, if it shows values at all."""
    if series.released(papers.held.facts.all()):
        desk.take([Afresh()])


_DOES: dict[str, Callable[[PaperWish, HeldPaper, Papers, Desk], str]] = {
    "confirm": _confirmed,
    "withdraw": _withdrawn,
    "describe": _described,
    "not-hers": _not_hers,
    "discard": _discarded,
    "cut": _cut,
    "uncut": _uncut,
}
