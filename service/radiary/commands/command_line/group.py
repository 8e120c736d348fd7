"""All commands, under the headings of what they are for."""

import contextlib
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from radiary.commands.command_line import help_page, settings_given
from radiary.commands.command_line.command import CONTEXT, Command, Completing, Context
from radiary.commands.speaking import spoken


@contextlib.contextmanager
def _reader_may_go() -> Iterator[None]:
    """A reader that has gone, as `head` does when it has enough, has got what it wanted: to click that would be a failure."""
    try:
        yield
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise click.exceptions.Exit(0) from None


class Group(Completing, click.Group):
    """All commands, by what they are for."""

    context_class = Context

    def __init__(self, name: str, *, sections: Mapping[str, Sequence[Command]], **rest: Any) -> None:
        """`sections` are headings, with what stands below each."""
        super().__init__(name, context_settings=CONTEXT, **rest)
        self.sections = sections
        for command in (one for commands in sections.values() for one in commands):
            self.add_command(command)
        self.params += settings_given.shared_options(hidden=True)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """`help COMMAND` is `COMMAND --help`, and `version` is `--version`, as people know them of other programs."""
        if args[:1] == ["help"]:
            args = [*(one for one in args[1:2] if one not in ("help", "version")), "--help"]
        elif args[:1] == ["version"]:
            args = ["--version", *args[1:]]
        with _reader_may_go():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that is named."""
        with _reader_may_go():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """In the order in which they are told."""
        return list(self.commands)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """Right below the usage: all of it is to stand on a screen."""
        with formatter.indentation():
            formatter.write_text(spoken.translated(self.help or ""))

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """In the language of the terminal."""
        help_page.write_usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands alone, so that all of it stands on a screen; the last line tells of the two options."""
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """A section for each heading."""
        longest = max(len(name) for name in self.commands)
        for heading, commands in self.sections.items():
            rows = [(str(one.name).ljust(longest), spoken.translated(one.summary).rstrip(".")) for one in commands]
            with formatter.section(spoken.translated(heading)):
                formatter.write_dl(rows)
