"""`radiary papers`: the papers (PDF) on the private shelf; what they say, for their owner's eyes; what she confirms."""

from radiary.commands import papers_decided, papers_listed
from radiary.commands.held.papers import HeldPapers
from radiary.commands.paper_arguments import PaperArguments
from radiary.settings import Settings


def papers(settings: Settings, asked: PaperArguments) -> int:
    """List, show, confirm, describe or discard papers. Raises Mistaken and Unusable."""
    held = HeldPapers(settings)
    try:
        return _DOES[asked.does](held, asked)
    finally:
        held.close()


_DOES = {
    "list": papers_listed.listed,
    "show": papers_listed.rows,
    "confirm": papers_decided.confirm,
    "withdraw": papers_decided.withdraw,
    "set": papers_decided.describe,
    "not-mine": papers_decided.give_away,
    "discard": papers_decided.discard,
    "series": papers_listed.series_listed,
    "join": papers_decided.join,
    "release": papers_decided.let_out,
    "keep": papers_decided.let_out,
    "cut": papers_decided.cut,
    "cuttings": papers_listed.cuttings_listed,
    "uncut": papers_decided.uncut,
    "kinds": papers_listed.kinds_listed,
}
