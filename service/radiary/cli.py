"""The commands; the only place where an error becomes a sentence on a terminal."""

import os
import sys
from collections.abc import Sequence

import click

from radiary.commands.command_line import misuse
from radiary.commands.command_line.exits import Exit
from radiary.commands.grammar.root import root
from radiary.commands.speaking import spoken, terminal
from radiary.model.errors import Mistaken, RadiaryError, Unusable


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    terminal.prepare()
    spoken.use_locale()
    try:
        status = int(root.main(arguments, prog_name="radiary", standalone_mode=False) or Exit.DONE)
        sys.stdout.flush()  # not when Python ends, which would complain of a reader that has gone
    except click.UsageError as error:
        return _misused(error)
    except Unusable as error:
        return _said(spoken.error(error), Exit.UNUSABLE)
    except Mistaken as error:
        return _said(spoken.error(error), Exit.MISUSED)
    except RadiaryError as error:
        return _said(spoken.error(error), Exit.NOT_DONE)
    except (KeyboardInterrupt, click.Abort):
        return Exit.INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.DONE
    except OSError as error:
        return _said(spoken.refused(error), Exit.NOT_DONE)
    return status


def _misused(error: click.UsageError) -> Exit:
    """A sentence that names what is nearest, and where more is said."""
    command = error.ctx.command_path if error.ctx else "radiary"
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message())
        return Exit.MISUSED
    sentence = misuse.sentence(error, root)
    return _said(f"{sentence} {spoken.say('`%(command)s --help` says more.', command=command)}", Exit.MISUSED)


def _said(sentence: str, status: Exit) -> Exit:
    sys.stderr.write(f"radiary: {sentence}\n")  # click writes to a stream of its own where a terminal knows ASCII alone
    return status
