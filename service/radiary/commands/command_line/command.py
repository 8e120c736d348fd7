"""A command: its settings, examples below its help, and what is said of words that it does not take."""

import shlex
import shutil
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

import click
from click.shell_completion import CompletionItem

from radiary.commands.command_line import help_page, settings_given
from radiary.commands.command_line.words import empty
from radiary.commands.speaking import spoken
from radiary.language import marked

CONTEXT = {"help_option_names": ["-h", "--help"]}
_MISSING = marked("Missing command.")
"""What click says where options stand alone."""
_WIDEST, _NARROWEST = 100, 24


class Context(click.Context):
    """One whose helps fit narrow terminals, too: click's own are 50 columns wide at least."""

    def make_formatter(self) -> click.HelpFormatter:
        """As wide as the terminal, but for two columns, within reason."""
        return help_page.Formatter(width=max(min(shutil.get_terminal_size().columns, _WIDEST) - 2, _NARROWEST))

    def fail(self, message: str) -> NoReturn:
        """What click itself has to say, in the language of the terminal."""
        raise click.UsageError(spoken.say(message), self)


class Completing(click.Command):
    """One whose words a shell shows in the language of the terminal: click would say its own in English."""

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """What may stand here, each with what it does."""
        known = super().shell_complete(ctx, incomplete)
        for one in known:
            one.help = spoken.translated(help_page.HELP if one.value in ctx.help_option_names else one.help or "")
        return known


class Command(Completing):
    """A command; what it runs is called with the settings, if it `loads` them."""

    context_class = Context

    def __init__(
        self,
        name: str,
        *,
        summary: str,
        more: str,
        examples: Sequence[str],
        loads: bool,
        takes_settings: bool,
        **rest: Any,
    ) -> None:
        said: dict[str, Any] = {"help": f"{summary}\n\n{more}" if more else summary, "short_help": summary.rstrip(".")}
        super().__init__(name, context_settings=CONTEXT | {"allow_extra_args": True}, **said, **rest)
        self.summary = summary
        self.more = more
        self.examples = examples
        self.loads = loads
        self.params += settings_given.shared_options(hidden=not takes_settings)

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """With the hidden ones."""
        return [*super().get_params(ctx), *settings_given.setting_options()]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Whatever is wrong with the words is a mistake of this command, whose help says more."""
        try:
            left = super().parse_args(ctx, args)
            self._refuse_empty(ctx)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise
        if left and not ctx.resilient_parsing:
            raise click.UsageError(spoken.say("Not understood: %(words)s.", words=shlex.join(left)), ctx)
        return left

    def _refuse_empty(self, ctx: click.Context) -> None:
        for param in () if ctx.resilient_parsing else self.params:
            said = ctx.params.get(param.name or "")
            if said == "" or (isinstance(said, tuple) and "" in said):
                raise empty(param, ctx)

    def invoke(self, ctx: click.Context) -> Any:
        """Load the settings and run it."""
        if settings_given.is_for_programs(ctx):
            from radiary.commands.speaking import console  # here: a help is shown without

            spoken.use("en")
            ctx.call_on_close(console.answering())
        if not self.loads:
            return super().invoke(ctx)
        from radiary.commands.command_line import refused_places  # here: a help is shown without

        ctx.params["settings"] = settings = settings_given.loaded(ctx)
        with refused_places.named(settings):
            return super().invoke(ctx)

    def get_short_help_str(self, limit: int = 0) -> str:  # noqa: ARG002 - click's signature
        """What a shell shows beside it, in the language of the terminal."""
        return spoken.translated(self.summary).rstrip(".")

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """In the language of the terminal, as all that follows."""
        help_page.write_usage(self, ctx, formatter)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """What it does, and below it what there is more to say."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text("\n\n".join(spoken.translated(text) for text in (self.summary, self.more) if text))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Every option that is shown, and what it does."""
        with formatter.section(spoken.say("Options")):
            formatter.write_dl(list(help_page.option_rows(self, ctx)), col_max=min(30, formatter.width // 2))

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """Examples, each on a line of its own."""
        help_page.write_examples(formatter, self.examples)


class Commands(list[Command]):
    """Commands in the order in which they are told."""

    def command_of(
        self,
        name: str,
        summary: str,
        more: str = "",
        *,
        examples: Sequence[str] = (),
        loads: bool = True,
        takes_settings: bool = True,
    ) -> Callable[[Callable[..., int]], Command]:
        """Make a function one of them; `more` stands in its own help only. With `loads` it gets the settings."""

        def made(run: Callable[..., int]) -> Command:
            said: dict[str, Any] = {
                "callback": run,
                "params": list(reversed(getattr(run, "__click_params__", []))),
            }
            said |= {"summary": summary, "more": more, "examples": examples}
            command = Command(name, loads=loads, takes_settings=takes_settings, **said)
            self.append(command)
            return command

        return made
