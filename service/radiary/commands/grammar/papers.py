"""Papers: what they say, and what of it is shown."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from radiary.commands.command_line.command import Commands
from radiary.commands.command_line.settings_given import answers
from radiary.commands.command_line.words import Place, Word
from radiary.commands.grammar.options import as_json

if TYPE_CHECKING:
    from radiary.settings import Settings

PAPERS = (
    "list",
    "show",
    "confirm",
    "withdraw",
    "set",
    "not-mine",
    "discard",
    "series",
    "join",
    "release",
    "keep",
    "kinds",
    "cut",
    "cuttings",
    "uncut",
)
"""What `radiary papers` can be asked to do."""

commands = Commands()


@commands.command_of(
    "papers",
    "What papers (PDF) on the private shelf say, to be confirmed.",
    "DOES is list, show, confirm, withdraw, set, not-mine or discard, of a PAPER as the list names it; series, join, release or "
    "keep, of a SERIES of its values; cut, which shows a row, or a part of a page, of a PAPER as a picture in the chronicle, "
    "cuttings, which lists such pictures, or uncut, which takes one back; or kinds, which are all that a paper can be.",
    examples=(
        "radiary papers",
        "radiary papers show 7f3a",
        "radiary papers confirm 7f3a --without 4",
        "radiary papers set 7f3a --kind letter --date 2024-03-05",
        "radiary papers release --all",
        "radiary papers cut 7f3a --page 2 --part 10,20,90,35",
    ),
)
@click.option("--all", "every", is_flag=True, help="confirm: every paper that is not yet; release, keep: every series.")
@click.option("--row", "rows", type=int, multiple=True, metavar="ROW", help="confirm: only this row; cut: this row.")
@click.option("--without", type=int, multiple=True, metavar="ROW", help="confirm: all rows but this one.")
@click.option("--page", type=int, metavar="PAGE", help="cut: the page, 1 if none is named.")
@click.option("--part", metavar="SIDES", help="cut: left, top, right and bottom of the part in percent of the page.")
@click.option("--kind", metavar="KIND", help="set: what it is, of `radiary papers kinds`.")
@click.option("--date", metavar="DAY", help="set: its day, as 2024-03-05.")
@click.option("--person", metavar="CODE", help="set: whom it is about, as `radiary people` calls her.")
@as_json
@click.argument("does", type=Word(PAPERS), default="list", metavar="[DOES]")
@click.argument("names", nargs=-1, metavar="[PAPER|SERIES]...")
def _papers(settings: "Settings", **asked: Any) -> int:
    from radiary.commands import papers
    from radiary.commands.paper_arguments import PaperArguments

    return papers.papers(settings, PaperArguments(**asked))


@commands.command_of(
    "release",
    "Values of a test into your chronicle, and out of it again.",
    "A chart, a table and a CSV file, and each value at its day. Without SERIES, all series with what is released. SERIES is the "
    "name of the test, or the digits that stand before it.",
    examples=("radiary release", "radiary release CRP --site", "radiary release CRP --back"),
)
@click.option("--all", "every", is_flag=True, help="Every series.")
@click.option("--site", "for_site", is_flag=True, help="Into your site's data, too.")
@click.option("--back", "takes_back", is_flag=True, help="Keep them private again.")
@click.argument("names", nargs=-1, metavar="[SERIES]...")
@answers
def _release(settings: "Settings", names: tuple[str, ...], *, every: bool, for_site: bool, takes_back: bool) -> int:
    from radiary.commands import release

    return release.release(settings, names, every=every, for_site=for_site, takes_back=takes_back)


@commands.command_of(
    "export",
    "Write what you released of papers, for other programs.",
    "FORM is csv, a table of the series that you released, or fhir, with exams and papers by date, a FHIR R4 Bundle. FILE may "
    "be -, for the terminal.",
    examples=("radiary export csv values.csv", "radiary export fhir bundle.json", "radiary export csv -"),
)
@click.argument("form", type=Word(("csv", "fhir")), metavar="FORM")
@click.argument("path", type=Place(), metavar="FILE")
@answers
def _export(settings: "Settings", form: str, path: Path) -> int:
    from radiary.commands import export

    return export.export(settings, form, path)
