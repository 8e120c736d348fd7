"""Kinds of words that commands take: one of a few, what is to be done, a place."""

import re
from pathlib import Path
from typing import Any

import click

from radiary.commands.speaking import spoken
from radiary.language import nearest


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


def empty(param: click.Parameter | None, ctx: click.Context | None) -> click.UsageError:
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
            raise empty(param, ctx)
        return super().convert(value, param, ctx)
