"""What every command of Radiary has: its settings, examples below its help, and words that are nearly right."""

import contextlib
import os
import re
import shlex
import shutil
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click
from click.shell_completion import CompletionItem

from radiary.commands import spoken
from radiary.language import marked, nearest

if TYPE_CHECKING:
    from radiary.settings import Settings

EXAMPLE = "config.example.toml"
_HELP = marked("Show this and do nothing else.")
_MISSING = marked("Missing command.")
"""What click says where options stand alone."""
_CONTEXT = {"help_option_names": ["-h", "--help"]}
_WIDEST, _NARROWEST = 100, 24


@dataclass
class Given:
    """What the command line says of settings: a file, if one is named, and values."""

    config: Path | None = None
    settings: dict[str, Any] = field(default_factory=dict)
    is_for_programs: bool = False
    """Whether an answer is wanted instead of sentences."""


@cache
def example() -> str:
    """The commented settings file, as it lies in the package."""
    return (Path(__file__).parents[1] / EXAMPLE).read_text(encoding="utf-8")


@cache
def setting_names() -> Mapping[str, bool]:
    """Every setting, and whether it takes several values. The model itself takes longer to load than a help to be shown."""
    return {name: isinstance(value, list) for name, value in tomllib.loads(example()).items()}


def given(context: click.Context) -> Given:
    """What the command line says of settings."""
    said: Given = context.ensure_object(Given)
    return said


def _is_for_programs(context: click.Context) -> bool:
    return context.params.get("as_json", False) or given(context).is_for_programs


def loaded(context: click.Context) -> "Settings":
    """The settings as the command line has them; their language is spoken from now on, to people. Raises Unusable."""
    from radiary import settings  # here: a help is shown without

    said = given(context)
    made = settings.load(said.config, said.settings)
    if not _is_for_programs(context):
        spoken.use(made.spoken)
    return made


def _take_json(context: click.Context, _option: click.Parameter, is_given: bool) -> None:
    given(context).is_for_programs = is_given


answers = click.option("--json", is_flag=True, expose_value=False, callback=_take_json, help="For programs.")
"""Of commands that do the same for a program as for a person, and end with `console.answer`."""


def _take_config(context: click.Context, _option: click.Parameter, path: Path | None) -> None:
    if path is not None:
        given(context).config = path


def _take_pairs(context: click.Context, _option: click.Parameter, pairs: Sequence[str]) -> None:
    for pair in pairs:
        name, equals, value = pair.partition("=")
        name = name.strip().replace("-", "_")
        if not equals:
            said = spoken.say("A setting is given as --set NAME=VALUE, and %(pair)r has no value.", pair=pair)
            raise click.UsageError(said, context)
        if name not in setting_names():
            like = spoken.translated(nearest(name, setting_names()))
            said = spoken.say("There is no setting %(name)r.%(like)s `radiary config` shows them all.", name=name, like=like)
            raise click.UsageError(said, context)
        _take(context, name, (value,))


def _take_setting(context: click.Context, option: click.Parameter, values: Sequence[str]) -> None:
    if values:
        _take(context, str(option.name), values)


def _take(context: click.Context, name: str, values: Sequence[str]) -> None:
    """Several values of a list come together; of another setting the last one counts."""
    said = given(context).settings
    if setting_names()[name]:
        said[name] = [*said.get(name, ()), *values]
    else:
        said[name] = values[-1]
    if setting_names()[name] and len(said[name]) == 1 and said[name][0].startswith("["):
        said[name] = said[name][0]


class Word(click.Choice[str]):
    """One of a few words; of another one it is asked whether the nearest was meant."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word itself, if it is one of them."""
        if value in self.choices:
            return super().convert(value, param, ctx)
        words = ", ".join(self.choices)
        said = spoken.say("%(name)r is none of %(words)s.", name=value, words=words)
        raise click.UsageError(said + spoken.translated(nearest(value, self.choices)), ctx)


class Deed(Word):
    """A word for what is to be done. What has a digit or a hyphen, or may be a code, is none: it names an exam."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word, or the name."""
        from radiary.library import layout  # here: a help is shown without

        is_name = re.search(r"[\d-]", value) or value == layout.UNDATED or layout.is_code(value)
        return value if is_name else super().convert(value, param, ctx)


def _empty(param: click.Parameter | None, ctx: click.Context | None) -> click.UsageError:
    """What is to be said of an empty word, as scripts say it of a variable that is not set: it names nothing."""
    if isinstance(param, click.Option):
        return click.BadOptionUsage(param.opts[0], "", ctx)
    return click.MissingParameter(ctx=ctx, param=param)


class Place(click.Path):
    """A file or a folder. An empty word is not the folder one is in."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path, if there is one."""
        if value == "":
            raise _empty(param, ctx)
        return super().convert(value, param, ctx)


def _completed_setting(_context: click.Context, _option: click.Parameter, begun: str) -> list[str]:
    return [f"{name}=" for name in setting_names() if name.startswith(begun)]


def shared_options(*, hidden: bool = False) -> list[click.Parameter]:
    """Those that every command takes, and shows; `radiary` itself takes them, too."""
    return [
        click.Option(
            ["--set", "pairs"],
            multiple=True,
            metavar="NAME=VALUE",
            help="Another value for a setting, just now.",
            hidden=hidden,
            expose_value=False,
            callback=_take_pairs,
            shell_complete=_completed_setting,
        ),
        click.Option(
            ["--config", "config_file"],
            metavar="FILE",
            help="Another settings file.",
            hidden=hidden,
            expose_value=False,
            callback=_take_config,
            type=Place(),
        ),
    ]


@cache
def _setting_options() -> tuple[click.Parameter, ...]:
    """One for each setting, for scripts; help and completion show `--set` instead."""
    return tuple(
        click.Option(
            ["--" + name.replace("_", "-"), name], multiple=True, hidden=True, expose_value=False, callback=_take_setting
        )
        for name in setting_names()
    )


class _Formatter(click.HelpFormatter):
    """One whose headings are written as each language writes them: French has a space before a colon."""

    def write_heading(self, heading: str) -> None:
        """What stands over a section."""
        self.write(f"{spoken.headed(heading, '').rstrip()}\n")


class _Context(click.Context):
    """One whose helps fit narrow terminals, too: click's own are 50 columns wide at least."""

    def make_formatter(self) -> click.HelpFormatter:
        """As wide as the terminal, but for two columns, within reason."""
        return _Formatter(width=max(min(shutil.get_terminal_size().columns, _WIDEST) - 2, _NARROWEST))

    def fail(self, message: str) -> NoReturn:
        """What click itself has to say, in the language of the terminal."""
        raise click.UsageError(spoken.say(message), self)


class _Completing(click.Command):
    """One whose words a shell shows in the language of the terminal: click would say its own in English."""

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """What may stand here, each with what it does."""
        known = super().shell_complete(ctx, incomplete)
        for one in known:
            one.help = spoken.translated(_HELP if one.value in ctx.help_option_names else one.help or "")
        return known


class Command(_Completing):
    """A command; what it runs is called with the settings, if it `loads` them."""

    context_class = _Context

    def __init__(
        self,
        name: str,
        *,
        summary: str,
        more: str,
        examples: Sequence[str],
        group: str,
        loads: bool,
        takes_settings: bool,
        **rest: Any,
    ) -> None:
        said: dict[str, Any] = {"help": f"{summary}\n\n{more}" if more else summary, "short_help": summary.rstrip(".")}
        super().__init__(name, context_settings=_CONTEXT | {"allow_extra_args": True}, **said, **rest)
        self.summary = summary
        self.more = more
        self.examples = examples
        self.group = group
        self.loads = loads
        self.params += shared_options(hidden=not takes_settings)

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """With the hidden ones."""
        return [*super().get_params(ctx), *_setting_options()]

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
                raise _empty(param, ctx)

    def invoke(self, ctx: click.Context) -> Any:
        """Load the settings and run it."""
        if _is_for_programs(ctx):
            from radiary.commands import console  # here: a help is shown without

            spoken.use("en")
            ctx.call_on_close(console.answering())
        if not self.loads:
            return super().invoke(ctx)
        from radiary.commands import refused_places  # here: a help is shown without

        ctx.params["settings"] = settings = loaded(ctx)
        with refused_places.named(settings):
            return super().invoke(ctx)

    def get_short_help_str(self, limit: int = 0) -> str:  # noqa: ARG002 - click's signature
        """What a shell shows beside it, in the language of the terminal."""
        return spoken.translated(self.summary).rstrip(".")

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """In the language of the terminal, as all that follows."""
        write_usage(self, ctx, formatter)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """What it does, and below it what there is more to say."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text("\n\n".join(spoken.translated(text) for text in (self.summary, self.more) if text))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Every option that is shown, and what it does."""
        with formatter.section(spoken.say("Options")):
            formatter.write_dl(list(option_rows(self, ctx)), col_max=min(30, formatter.width // 2))

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """Examples, each on a line of its own."""
        write_examples(formatter, self.examples)


def write_usage(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    """The line that shows how a command is typed."""
    formatter.write_usage(ctx.command_path, " ".join(command.collect_usage_pieces(ctx)), prefix=spoken.say("Usage:") + " ")


def option_rows(command: click.Command, ctx: click.Context) -> Iterator[tuple[str, str]]:
    """How each option is typed, and what it does; behind it, whether it has to be given."""
    for option in command.get_params(ctx):
        record = option.get_help_record(ctx)
        if record and isinstance(option, click.Option):
            needed = f"  [{spoken.say('required')}]" if option.required else ""
            yield record[0], spoken.translated(_HELP if ctx.help_option_names[-1] in option.opts else option.help or "") + needed


def write_examples(formatter: click.HelpFormatter, examples: Sequence[str]) -> None:
    """A section of lines to type."""
    if examples:
        with formatter.section(spoken.say("Examples")):
            for line in examples:
                formatter.write(f"  {line}\n")


@contextlib.contextmanager
def _reader_may_go() -> Iterator[None]:
    """A reader that has gone, as `head` does when it has enough, has got what it wanted: to click that would be a failure."""
    try:
        yield
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise click.exceptions.Exit(0) from None


class Group(_Completing, click.Group):
    """All commands, by what they are for."""

    context_class = _Context

    def __init__(self, name: str, *, groups: Sequence[str], **rest: Any) -> None:
        super().__init__(name, context_settings=_CONTEXT, **rest)
        self.groups = groups
        self.params += shared_options(hidden=True)

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
        write_usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands alone, so that all of it stands on a screen; the last line tells of the two options."""
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """A section for each group."""
        longest = max(len(name) for name in self.commands)
        for group in self.groups:
            rows = [
                (name.ljust(longest), spoken.translated(one.summary).rstrip("."))
                for name, one in self.commands.items()
                if isinstance(one, Command) and one.group == group
            ]
            with formatter.section(spoken.translated(group)):
                formatter.write_dl(rows)

    def command_of(
        self,
        name: str,
        group: str,
        summary: str,
        more: str = "",
        *,
        examples: Sequence[str] = (),
        loads: bool = True,
        takes_settings: bool = True,
    ) -> Callable[[Callable[..., int]], Command]:
        """Make a function one of the commands; `more` stands in its own help only. With `loads` it gets the settings."""

        def made(run: Callable[..., int]) -> Command:
            said: dict[str, Any] = {
                "callback": run,
                "params": list(reversed(getattr(run, "__click_params__", []))),
            }
            said |= {"summary": summary, "more": more, "examples": examples, "group": group}
            command = Command(name, loads=loads, takes_settings=takes_settings, **said)
            self.add_command(command)
            return command

        return made
