"""What `radiary papers` is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass

from radiary.commands.held.papers import HeldPaper, HeldPapers
from radiary.model.errors import Mistaken


@dataclass(frozen=True)
class PaperArguments:
    """What is to be done, and with which papers, series or rows."""

    does: str
    names: Sequence[str]
    every: bool
    rows: Sequence[int]
    without: Sequence[int]
    kind: str | None
    date: str | None
    person: str | None
    as_json: bool
    page: int | None = None
    part: str | None = None


def one_paper(held: HeldPapers, asked: PaperArguments) -> HeldPaper:
    """The only paper that is named. Raises Mistaken."""
    if len(asked.names) != 1:
        raise Mistaken("Name one paper, as `radiary papers` shows it.")
    return held.named(asked.names[0])
