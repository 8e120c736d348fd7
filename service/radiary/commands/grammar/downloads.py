"""Downloads: file them, unlock them, ask what became of one."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from radiary.commands.command_line import completion
from radiary.commands.command_line.command import Commands
from radiary.commands.command_line.settings_given import answers
from radiary.commands.command_line.words import Place
from radiary.commands.grammar.options import as_json, exports_named

if TYPE_CHECKING:
    from radiary.settings import Settings

commands = Commands()


@commands.command_of(
    "once",
    "File a zip, a folder or a DICOM file now.",
    "A service that runs does it; this command then waits for it and tells the result.",
    examples=("radiary once ~/Downloads/scans.zip", "radiary once --again /media/cdrom"),
)
@click.option("--again", is_flag=True, help="File what you took out, too.")
@as_json
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=Place())
def _once(settings: "Settings", paths: tuple[Path, ...], *, again: bool, as_json: bool) -> int:
    from radiary.commands import once

    return once.file(settings, paths, again=again, as_json=as_json)


@commands.command_of(
    "unlock",
    "Give the password of a locked download, at the prompt.",
    "It is never an argument, since others could read it there. What waited for it goes on.",
    examples=("radiary unlock", "radiary unlock 86675a1013ce", "radiary unlock --forget"),
)
@click.option("--forget", is_flag=True, help="Forget all passwords that were given.")
@click.option("--keyring", is_flag=True, help="Take it from the system's keyring (service and user: radiary).")
@exports_named
@answers
def _unlock(settings: "Settings", exports: tuple[str, ...], *, forget: bool, keyring: bool) -> int:
    from radiary.commands import exports as of_exports

    return of_exports.unlock(settings, exports, forgets=forget, asks_keyring=keyring)


@commands.command_of(
    "retry",
    "Try again what was not filed, or waits for you.",
    "Without EXPORT, all that were not filed. An EXPORT is named by the digits that `radiary status` shows.",
    examples=("radiary retry", "radiary retry 86675a1013ce"),
)
@exports_named
@answers
def _retry(settings: "Settings", exports: tuple[str, ...]) -> int:
    from radiary.commands import exports as of_exports

    return of_exports.retry(settings, exports)


@commands.command_of(
    "forget",
    "Hear no more of downloads that were not filed.",
    "An EXPORT is named by the digits that `radiary status` shows.",
    examples=("radiary forget 86675a1013ce",),
)
@click.argument("exports", nargs=-1, required=True, metavar="EXPORT...", shell_complete=completion.exports)
@answers
def _forget(settings: "Settings", exports: tuple[str, ...]) -> int:
    from radiary.commands import exports as of_exports

    return of_exports.forget(settings, exports)


@commands.command_of(
    "explain",
    "What was taken from a download and why, for your eyes.",
    "EXPORT is its file, or the digits or the name that `radiary status` shows. Nothing of it is stored.",
    examples=("radiary explain 86675a1013ce", "radiary explain ~/Downloads/scans.zip --values"),
)
@click.option("--values", is_flag=True, help="Show what stood there, too.")
@as_json
@click.argument("export", shell_complete=completion.exports_and_files)
def _explain(settings: "Settings", export: str, *, values: bool, as_json: bool) -> int:
    from radiary.commands import explain

    return explain.explain(settings, export, shows_values=values, as_json=as_json)
