"""Settings and care."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from radiary.commands.command_line import completion
from radiary.commands.command_line.command import Commands
from radiary.commands.command_line.settings_given import answers, given
from radiary.commands.command_line.words import Place, Word
from radiary.commands.grammar.options import as_json, passphrase_file
from radiary.commands.speaking import spoken

if TYPE_CHECKING:
    from radiary.settings import Settings

commands = Commands()


@commands.command_of(
    "backup",
    "Keep state folder and settings in one file, sealed.",
    "A passphrase is asked for, which nobody can find again. The service may run. `radiary restore FILE` brings it back. Library "
    "and private shelf are not in it: they are folders to be copied.",
    examples=("radiary backup /media/disk/me.radiary", "radiary backup --passphrase-file ~/secret me.radiary"),
)
@passphrase_file
@click.argument("path", metavar="FILE", type=Place())
@click.pass_context
@answers
def _backup(context: click.Context, settings: "Settings", path: Path, *, passphrase_file: Path | None) -> int:
    from radiary import settings as sources
    from radiary.commands import backup

    return backup.keep(settings, sources.file_of(given(context).config), path, passphrase_file=passphrase_file)


@commands.command_of(
    "doctor",
    "Whether everything is in place and can be read.",
    "The exit status is 1 when something keeps Radiary from working.",
    examples=("radiary doctor", "radiary doctor --json"),
    loads=False,
)
@as_json
@click.pass_context
def _doctor(context: click.Context, *, as_json: bool) -> int:
    from radiary.commands import doctor

    return doctor.doctor(given(context), as_json=as_json)


@commands.command_of(
    "report",
    "What helps to find a mistake in Radiary, naming nobody.",
    "Versions, settings without texts and paths, what `radiary doctor` found, and facts counted by kind and reason, as JSON. "
    "Read it, and put it beside your words when you report a mistake.",
    examples=("radiary report", "radiary report radiary-report.json"),
    loads=False,
)
@click.argument("path", metavar="[FILE]", required=False, type=Place())
@click.pass_context
def _report(context: click.Context, path: Path | None) -> int:
    from radiary.commands import report

    said = given(context)
    return report.report(said.config, said.settings, path)


@commands.command_of(
    "config",
    "Every setting as it counts now, and where it was said.",
    "The command line wins over the environment (RADIARY_NAME), and that over the settings file.",
    examples=("radiary config", "radiary config watch", "radiary config --write"),
    loads=False,
)
@click.option("--example", is_flag=True, help="The settings file with every default, explained.")
@click.option("--write", "writes", is_flag=True, help="Put that file in its place, if there is none.")
@as_json
@click.argument("names", nargs=-1, metavar="[NAME]...", shell_complete=completion.settings)
@click.pass_context
def _config(context: click.Context, names: tuple[str, ...], *, example: bool, writes: bool, as_json: bool) -> int:
    from radiary.commands import config

    if names and (writes or example):
        raise click.UsageError(spoken.say("The file has every setting: leave out %(names)s.", names=" ".join(names)), context)
    if writes:
        return config.write_example(given(context))
    return config.show_example() if example else config.config(given(context), names, as_json=as_json)


@commands.command_of(
    "completion",
    "What has your shell complete commands, exports and exams.",
    "SHELL is bash (from 4.4 on), zsh or fish. The folder of the file has to be there (`mkdir -p`); zsh looks into it once a "
    "line `fpath+=~/.zfunc` stands before `compinit` in `~/.zshrc`.",
    examples=(
        "radiary completion bash > ~/.local/share/bash-completion/completions/radiary",
        "radiary completion zsh > ~/.zfunc/_radiary",
        "radiary completion fish > ~/.config/fish/completions/radiary.fish",
    ),
    loads=False,
    takes_settings=False,
)
@click.argument("shell", type=Word(("bash", "zsh", "fish")), metavar="SHELL")
@click.pass_context
def _completion(context: click.Context, shell: str) -> int:
    from radiary.commands import shell as of_shell

    return of_shell.completion(context.find_root().command, shell)


@commands.command_of(
    "demo",
    "See it work on a sample it makes, in a folder of its own.",
    examples=("radiary demo", "radiary demo --folder /tmp/radiary-demo"),
    loads=False,
    takes_settings=False,
)
@click.option(
    "--folder",
    type=Place(),
    metavar="FOLDER",
    default=Path("radiary-demo"),
    help="Where (default: radiary-demo).",
)
def _demo(*, folder: Path) -> int:
    from radiary.commands import demo

    return demo.show(folder)
