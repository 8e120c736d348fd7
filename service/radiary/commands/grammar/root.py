"""`radiary`: every command, under the heading of what it is for. What a command does is loaded when it is run."""

import click

from radiary import __version__
from radiary.commands.command_line.group import Group
from radiary.commands.grammar import care, chronicle, downloads, library, papers, service
from radiary.language import marked

root = Group(
    "radiary",
    sections={
        marked("The service"): service.commands,
        marked("Downloads"): downloads.commands,
        marked("The library"): (*library.commands, *papers.commands, *chronicle.commands),
        marked("Settings and care"): care.commands,
    },
    help=marked("Files your scans, anonymized and dated. `radiary COMMAND --help` has more."),
    invoke_without_command=False,
)
root = click.version_option(
    __version__, "-V", "--version", message="radiary %(version)s", help=marked("Show the version and do nothing else.")
)(root)
