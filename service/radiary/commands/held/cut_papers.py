"""Parts of papers' pages that their owner shows as pictures: cut out, searched and kept, listed, and private again."""

from collections.abc import Mapping, Sequence
from typing import Any

from radiary.commands.held.papers import HeldPaper, HeldPapers
from radiary.commands.speaking import console
from radiary.commands.speaking.spoken import say
from radiary.dicom.text import extra
from radiary.documents import cuttings
from radiary.documents.reading import Box, Reading
from radiary.files import installation
from radiary.ingest import cuttings as cutting_out
from radiary.language import sentence
from radiary.model.errors import Mistaken
from radiary.state.paper_facts import Cutting, PaperFact

_AROUND = 0.01, 0.004
"""Shares of a page's width and height that are left around a row when it is cut out."""


def cut(held: HeldPapers, paper: HeldPaper, *, reading: Reading, page: int, part: Box) -> Cutting:
    """Cut a part out of a page (from 0), search it, and let it be shown. Raises Mistaken, and what reading a paper raises."""
    part = cutting_out.whole(part)
    if not 0 <= page < reading.pages:
        raise Mistaken(sentence("The paper has no such page."))
    if not paper.is_hers:
        raise Mistaken(sentence("It is somebody else's paper."))
    if not extra.is_installed():
        raise Mistaken(
            sentence(
                "Text in it cannot be searched, so it stays private: `%(install)s` adds a reader.",
                install=installation.adding("ocr"),
            )
        )
    part_of_page, numbers = held.cut_out(paper, page, part), (reading.number,)
    cutting = cutting_out.searched(
        part_of_page, paper.uid, page, part=part, people=held.everybody(), numbers=numbers, policy=held.settings.policy
    )
    held.cut_pictures.keep(cutting.code, part_of_page.png)  # before the fact that tells of it
    held.facts.add(cuttings.making(paper.uid, cutting))
    return cutting


def uncut(held: HeldPapers, code: str) -> None:
    """Let a part be private again. Raises Mistaken for one that is not shown."""
    fact = cuttings.standing(held.facts.all()).get(code)
    if fact is None:
        raise Mistaken(sentence("No part of a paper is called so; `radiary papers cuttings` shows them."))
    held.facts.add(cuttings.taking_back(fact.paper, code))
    held.cut_pictures.drop(code)


def of_row(held: HeldPapers, paper: HeldPaper, reading: Reading, *, row: int) -> tuple[int, Box]:
    """The page (from 0) and the part of it in which a row stands. Raises Mistaken, and what reading a paper raises."""
    if not 0 < row <= len(reading.values):
        raise Mistaken(sentence("There is no row %(number)s; `radiary papers show` numbers them.", number=row))
    value, (across, down) = reading.values[row - 1], _AROUND
    _, ((x0, y0, x1, y1),) = held.page(paper, value.page, [value.box], is_scan=reading.is_scan)
    return value.page, (x0 - across, y0 - down, x1 + across, y1 + down)


def by_command(held: HeldPapers, paper: HeldPaper, *, rows: Sequence[int], page: int | None, part: str | None) -> list[str]:
    """Show rows of a paper, or a part of a page of it that is told in percent: the codes of the pictures. Raises Mistaken."""
    if bool(rows) == bool(part):
        raise Mistaken(sentence("Say which part: --row 3, or --page 1 --part 10,20,90,35 (left, top, right, bottom in percent)."))
    reading = held.read(paper)
    places = [of_row(held, paper, reading, row=row) for row in rows] or [((page or 1) - 1, _shares(part or ""))]
    codes = []
    for number, place in places:
        codes.append(code := cut(held, paper, reading=reading, page=number, part=place).code)
        console.say("It is shown from now on; `radiary papers uncut %(code)s` takes it back.", code=code)
    return codes


def listed(held: HeldPapers) -> list[dict[str, Any]]:
    """What is shown, for programs."""
    papers = {one.uid: one for one in held.all()}
    shown = [(code, fact.cutting, papers[fact.paper]) for code, fact in standing(held, papers).items() if fact.cutting]
    return [{"cutting": code, "paper": one.name, "page": cutting.page + 1, "part": cutting.part} for code, cutting, one in shown]


def standing(held: HeldPapers, papers: Mapping[str, HeldPaper]) -> dict[str, PaperFact]:
    """What is shown of these papers, by code."""
    return {code: fact for code, fact in cuttings.standing(held.facts.all()).items() if fact.paper in papers}


def in_words(one: Mapping[str, Any]) -> str:
    """A part that is shown, for a terminal."""
    sides = ",".join(f"{100 * side:g}" for side in one["part"])
    where = say("paper %(name)s", name=one["paper"])
    return f"{one['cutting']}  {where}, {say('page %(number)s', number=one['page'])}, {sides}"


def _shares(text: str) -> Box:
    """A part in percent as shares. Raises Mistaken."""
    try:
        x0, y0, x1, y1 = (float(side) / 100 for side in text.split(","))
    except ValueError:
        raise Mistaken(sentence("A part is four numbers, such as 10,20,90,35: left, top, right and bottom in percent.")) from None
    return x0, y0, x1, y1
