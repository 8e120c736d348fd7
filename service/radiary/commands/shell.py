"""`radiary completion`, and the page for `man`: what shells and `man` want to know of the grammar."""

import re
import sys
from collections.abc import Iterator

import click

from radiary import __version__
from radiary.commands.command_line.command import Command
from radiary.commands.command_line.exits import MEANINGS
from radiary.commands.command_line.group import Group
from radiary.commands.command_line.shell_lines import SHELLS


def completion(root: click.Command, shell: str) -> int:
    """The lines that a shell reads."""
    sys.stdout.write(SHELLS[shell](root, {}, "radiary", "_RADIARY_COMPLETE").source())
    return 0


def manual(root: Group) -> str:
    """The page for `man`, in its own language."""
    lines = [
        f'.TH RADIARY 1 "" "Radiary {__version__}" "User commands"',
        ".SH NAME",
        "radiary \\- files your scans, anonymized and dated",
    ]
    lines += [".SH SYNOPSIS", ".B radiary", ".I COMMAND", "[OPTIONS] [ARGS]", ".SH COMMANDS"]
    for heading, commands in root.sections.items():
        lines.append(f".SS {_escaped(heading)}")
        for command in commands:
            lines += _of_command(command)
    lines += [".SH SETTINGS", "Every command takes", ".BR \\-\\-set", "NAME=VALUE and", ".BR \\-\\-config", "FILE;"]
    lines += [
        ".B radiary config",
        "shows all settings, and",
        ".B radiary config \\-\\-example",
        "explains them.",
        ".SH EXIT STATUS",
    ]
    for status, words in MEANINGS.items():
        lines += [".TP", f".B {status.value}", _escaped(words)]
    return "\n".join(lines) + "\n"


def _of_command(command: Command) -> Iterator[str]:
    context = click.Context(command, info_name=command.name)
    yield ".TP"
    yield f".B {_escaped(' '.join([str(command.name), *command.collect_usage_pieces(context)]))}"
    yield _escaped(" ".join((command.help or "").split()))
    for option in command.params[:-2]:
        record = option.get_help_record(context)
        if record:
            yield from (".RS", ".TP", f".B {_escaped(record[0])}", _escaped(record[1]), ".RE")
    yield from (".RS", ".PP", ".EX", *map(_escaped, command.examples), ".EE", ".RE")


def _escaped(text: str) -> str:
    """As roff takes it for text: hyphens that can be copied, and no line that begins as a request."""
    return re.sub(r"^([.'])", r"\\&\1", text.replace("\\", "\\e").replace("-", "\\-"))
