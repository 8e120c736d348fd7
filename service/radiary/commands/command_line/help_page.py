"""How the help of a command is laid out, in the language of the terminal."""

from collections.abc import Iterator, Sequence

import click

from radiary.commands.speaking import spoken
from radiary.language import marked

HELP = marked("Show this and do nothing else.")


class Formatter(click.HelpFormatter):
    """One whose headings are written as each language writes them: French has a space before a colon."""

    def write_heading(self, heading: str) -> None:
        """What stands over a section."""
        self.write(f"{spoken.headed(heading, '').rstrip()}\n")


def write_usage(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    """The line that shows how a command is typed."""
    formatter.write_usage(ctx.command_path, " ".join(command.collect_usage_pieces(ctx)), prefix=spoken.say("Usage:") + " ")


def option_rows(command: click.Command, ctx: click.Context) -> Iterator[tuple[str, str]]:
    """How each option is typed, and what it does; behind it, whether it has to be given."""
    for option in command.get_params(ctx):
        record = option.get_help_record(ctx)
        if record and isinstance(option, click.Option):
            needed = f"  [{spoken.say('required')}]" if option.required else ""
            yield record[0], spoken.translated(HELP if ctx.help_option_names[-1] in option.opts else option.help or "") + needed


def write_examples(formatter: click.HelpFormatter, examples: Sequence[str]) -> None:
    """A section of lines to type."""
    if examples:
        with formatter.section(spoken.say("Examples")):
            for line in examples:
                formatter.write(f"  {line}\n")
