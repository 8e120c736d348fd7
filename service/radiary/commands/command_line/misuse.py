"""What is said of words that the grammar does not take, in the language of the terminal."""

import click

from radiary import language
from radiary.commands.speaking import spoken


def sentence(error: click.UsageError, root: click.Group) -> str:
    """What is wrong with what was typed."""
    if isinstance(error, click.exceptions.NoSuchCommand):
        said = spoken.say("There is no command %(name)r.", name=error.command_name)
        return said + spoken.translated(_word_of(error.command_name, root) or language.nearest(error.command_name, root.commands))
    if isinstance(error, click.NoSuchOption):
        said = spoken.say("There is no option %(name)r here.", name=error.option_name)
        return said + spoken.translated(
            language.nearest(error.option_name, [name for one in _options(error) for name in one.opts])
        )
    if isinstance(error, click.BadOptionUsage):
        if any(one.is_flag and error.option_name in one.opts for one in _options(error)):
            return spoken.say("No value can follow %(option)s.", option=error.option_name)
        return spoken.say("A value has to follow %(option)s.", option=error.option_name)
    if isinstance(error, click.MissingParameter) and error.param:
        return _missing(error.param)
    if isinstance(error, click.BadParameter) and error.param and isinstance(error.param.type, click.types.IntParamType):
        return _no_number(error.param)
    return error.format_message()


def _word_of(name: str, root: click.Group) -> str:
    """The question whether a word of another command was meant: `uninstall` is one of `service`."""
    whose = [
        f"{command.name} {name}"
        for command in root.commands.values()
        for argument in command.params
        if isinstance(argument.type, click.Choice) and isinstance(argument, click.Argument) and name in argument.type.choices
    ]
    return language.sentence(" Did you mean %(name)r?", name=whose[0]) if len(whose) == 1 else ""


def _options(error: click.UsageError) -> list[click.Option]:
    params = error.ctx.command.get_params(error.ctx) if error.ctx else []
    return [one for one in params if isinstance(one, click.Option)]


def _missing(param: click.Parameter) -> str:
    said = spoken.say("%(name)s is missing.", name=_called(param))
    if isinstance(param.type, click.Choice):
        said += " " + spoken.say("It is one of %(words)s.", words=", ".join(param.type.choices))
    return said


def _no_number(param: click.Parameter) -> str:
    if isinstance(param.type, click.IntRange):
        limits = {"least": param.type.min, "most": param.type.max}
        return spoken.say("%(name)s must be a whole number from %(least)s to %(most)s.", name=_called(param), **limits)
    return spoken.say("%(name)s must be a whole number.", name=_called(param))


def _called(param: click.Parameter) -> str:
    """As a help calls it."""
    return param.opts[0] if isinstance(param, click.Option) else param.human_readable_name.strip("[].")
