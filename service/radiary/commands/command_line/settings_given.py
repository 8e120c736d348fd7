"""What the command line says of settings: a file, and values for them, as options that every command takes."""

import contextlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from radiary.commands.command_line.words import Place
from radiary.commands.speaking import spoken
from radiary.language import nearest

if TYPE_CHECKING:
    from radiary.settings import Settings

EXAMPLE = "config.example.toml"


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
    return (Path(__file__).parents[2] / EXAMPLE).read_text(encoding="utf-8")


@cache
def setting_names() -> Mapping[str, bool]:
    """Every setting, and whether it takes several values. The model itself takes longer to load than a help to be shown."""
    return {name: isinstance(value, list) for name, value in tomllib.loads(example()).items()}


def given(context: click.Context) -> Given:
    """What the command line says of settings."""
    said: Given = context.ensure_object(Given)
    return said


def is_for_programs(context: click.Context) -> bool:
    """Whether an answer is wanted, not sentences."""
    return context.params.get("as_json", False) or given(context).is_for_programs


def loaded(context: click.Context) -> "Settings":
    """The settings as the command line has them; their language is spoken from now on, to people. Raises Unusable."""
    from radiary import settings  # here: a help is shown without

    said = given(context)
    made = settings.load(said.config, said.settings)
    if not is_for_programs(context):
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
        said[name] = [*said.get(name, ()), *(one for value in values for one in _listed(value))]
    else:
        said[name] = values[-1]
    if setting_names()[name] and len(said[name]) == 1 and said[name][0].startswith("["):
        said[name] = said[name][0]


def _listed(value: str) -> Sequence[Any]:
    """The values of a list as it is written in JSON, or the one value."""
    with contextlib.suppress(ValueError):
        if value.startswith("[") and isinstance(known := json.loads(value), list):
            return known
    return (value,)


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
def setting_options() -> tuple[click.Parameter, ...]:
    """One for each setting, for scripts; help and completion show `--set` instead."""
    return tuple(
        click.Option(
            ["--" + name.replace("_", "-"), name], multiple=True, hidden=True, expose_value=False, callback=_take_setting
        )
        for name in setting_names()
    )
