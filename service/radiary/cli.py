"""The commands; the only place where an error becomes a sentence on a terminal."""

import os
import sys
from collections.abc import Sequence

import click

from radiary.commands import terminal
from radiary.commands.command import nearest
from radiary.commands.exits import Exit
from radiary.commands.grammar import root
from radiary.model.errors import Mistaken, RadiaryError, Unusable


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    terminal.prepare()
    try:
        status = int(root.main(arguments, prog_name="radiary", standalone_mode=False) or Exit.DONE)
        sys.stdout.flush()  # not when Python ends, which would complain of a reader that has gone
    except click.UsageError as error:
        return _misused(error)
    except Unusable as error:
        return _said(str(error), Exit.UNUSABLE)
    except Mistaken as error:
        return _said(str(error), Exit.MISUSED)
    except RadiaryError as error:
        return _said(str(error), Exit.NOT_DONE)
    except (KeyboardInterrupt, click.Abort):
        return Exit.INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.DONE
    except OSError as error:
        return _said(f"The computer refused something: {error.strerror}.", Exit.NOT_DONE)
    return status


def _misused(error: click.UsageError) -> Exit:
    """A sentence that names what is nearest, and where more is said."""
    command = error.ctx.command_path if error.ctx else "radiary"
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message())
        return Exit.MISUSED
    sentence = error.format_message()
    if isinstance(error, click.exceptions.NoSuchCommand):
        sentence = f"There is no command {error.command_name!r}.{nearest(error.command_name, root.commands)}"
    elif isinstance(error, click.NoSuchOption):
        options = [name for one in error.ctx.command.get_params(error.ctx) for name in one.opts] if error.ctx else []
        sentence = f"There is no option {error.option_name!r} here.{nearest(error.option_name, options)}"
    return _said(f"{sentence} `{command} --help` says more.", Exit.MISUSED)


def _said(sentence: str, status: Exit) -> Exit:
    sys.stderr.write(f"radiary: {sentence}\n")  # click writes to a stream of its own where a terminal knows ASCII alone
    return status
