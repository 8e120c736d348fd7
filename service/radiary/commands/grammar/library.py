"""The library and the private shelf: what stands in them, and of whom it is."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from radiary.commands.command_line import completion
from radiary.commands.command_line.command import Commands
from radiary.commands.command_line.settings_given import answers, given, loaded
from radiary.commands.command_line.words import Place, Word
from radiary.commands.grammar.options import as_json, exams_named, passphrase_file

if TYPE_CHECKING:
    from radiary.settings import Settings

commands = Commands()


@commands.command_of(
    "remove",
    "Take exams out of the library, or one series or picture.",
    "An EXAM is named by its folder, its code or its date. `radiary restore` brings it back, for a while.",
    examples=("radiary remove CT-yxemwnz6", "radiary remove 2024-03-11 --series 3", "radiary remove --gone"),
)
@click.option("--series", metavar="SERIES", help="Only this series: its number or folder.")
@click.option("--picture", metavar="NAME", help="Only this picture: its file's name.")
@click.option("--gone", is_flag=True, help="All exams that you deleted by hand.")
@as_json
@exams_named
def _remove(
    settings: "Settings", exams: tuple[str, ...], *, series: str | None, picture: str | None, gone: bool, as_json: bool
) -> int:
    from radiary.commands import taking_out

    return taking_out.remove(settings, exams, series=series, picture=picture, all_gone=gone, as_json=as_json)


@commands.command_of(
    "restore",
    "Bring back what was taken out of the library, or a backup.",
    "Without EXAM, show what there is to bring back. The FILE of a backup becomes the state folder, where there is none, and the "
    "settings.",
    examples=("radiary restore", "radiary restore CT-yxemwnz6", "radiary restore /media/disk/me.radiary"),
    loads=False,
)
@click.option("--into", type=Place(), metavar="FOLDER", help="Of a backup: another state folder.")
@click.option("--replace", is_flag=True, help="Of a backup: put the state folder aside that is there.")
@passphrase_file
@as_json
@click.argument("exams", nargs=-1, metavar="[EXAM|FILE]...", shell_complete=completion.taken_out)
@click.pass_context
def _restore(
    context: click.Context,
    exams: tuple[str, ...],
    *,
    into: Path | None,
    replace: bool,
    passphrase_file: Path | None,
    as_json: bool,
) -> int:
    from radiary.commands import backup, taking_out

    if len(exams) == 1 and backup.is_backup(exams[0]):
        said = given(context)
        return backup.restore(
            backup.BackupArguments(said.config, said.settings, into=into, replaces=replace, passphrase_file=passphrase_file),
            Path(exams[0]),
        )
    return taking_out.restore(loaded(context), exams, as_json=as_json)


@commands.command_of(
    "review",
    "Release, blank or keep held pictures, on a private page.",
    "The page is for this computer alone, and there until Ctrl-C.",
    examples=("radiary review", "radiary review --no-browser --port 8080", "radiary review --again"),
)
@click.option("--again", is_flag=True, help="Look at what could not be searched for text before.")
@click.option("--no-browser", is_flag=True, help="Only print the page's address.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="PORT", help="On this computer (default: a free one).")
@answers
def _review(settings: "Settings", *, again: bool, no_browser: bool, port: int) -> int:
    from radiary.commands.review import server
    from radiary.commands.review.again import search_again

    if again:
        return search_again(settings)
    return server.serve(settings, opens=not no_browser, port=port)


@commands.command_of(
    "people",
    "Who is who, by code; merge, split or rename codes.",
    "DOES is list, merge ONE INTO, split ONE, or rename ONE NEW.",
    examples=("radiary people", "radiary people merge P-QX3V P-7LMA", "radiary people rename P-QX3V ME"),
)
@as_json
@click.argument("does", type=Word(("list", "merge", "split", "rename")), default="list", metavar="[DOES]")
@click.argument("codes", nargs=-1, metavar="[CODE]...")
def _people(settings: "Settings", does: str, codes: tuple[str, ...], *, as_json: bool) -> int:
    from radiary.commands import people

    return people.people(settings, does, codes, as_json=as_json)


@commands.command_of(
    "verify",
    "Check the ledger's chain and every file's digest.",
    "Nothing is changed. The exit status is 1 when something is missing, damaged or not as it was filed.",
    examples=("radiary verify", "radiary verify --json"),
)
@as_json
def _verify(settings: "Settings", *, as_json: bool) -> int:
    from radiary.commands import verify

    return verify.verify(settings, as_json=as_json)


@commands.command_of(
    "rebuild",
    "Make a lost or older ledger anew from the library.",
    "The key in the state folder has to be the library's; put it back from a backup first.",
    examples=("radiary rebuild",),
)
@answers
def _rebuild(settings: "Settings") -> int:
    from radiary.commands import rebuild

    return rebuild.rebuild(settings)
