"""What a shell completes: the digits of exports, and exams. Whatever is wrong, it offers nothing and says nothing."""

import contextlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from radiary.commands.speaking import spoken

if TYPE_CHECKING:
    from radiary.state.queue import Queue

_DIGITS = 12


def exports(context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Their first digits, each with how it ended."""
    known = _queue(context)
    return (
        _matching(((digest[:_DIGITS], spoken.say(one.last.type)) for digest, one in known.exports.items()), begun)
        if known
        else []
    )


def exports_and_files(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Digits, and files where none begins so."""
    return exports(context, parameter, begun) or [CompletionItem(begun, type="file")]


def exams(context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Their folders; one that begins with its code, its last part."""
    known = _queue(context)
    folders = sorted({one.folder for one in known.studies.values()}) if known else []
    by_code = ((folder.rpartition("/")[2], folder.rpartition("/")[0]) for folder in folders)
    return _matching([(folder, "") for folder in folders], begun) or _matching(by_code, begun)


def taken_out(context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Folders of exams of which something lies in the trash; files, such as those of backups, where none begins so."""
    known = _queue(context)
    folders = sorted({event.folder for event in known.trash.values()}) if known else []
    return _matching([(folder, "") for folder in folders], begun) or [CompletionItem(begun, type="file")]


def settings(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Their names."""
    from radiary.commands.command_line.settings_given import setting_names

    return _matching(((name, "") for name in setting_names()), begun)


def _matching(items: Iterable[tuple[str, str]], begun: str) -> list[CompletionItem]:
    return [CompletionItem(value, help=what) for value, what in items if value.startswith(begun)]


def _queue(context: click.Context) -> "Queue | None":
    from radiary import settings as sources  # here: what completes commands alone does without
    from radiary.commands.command_line.settings_given import given
    from radiary.state import ledger
    from radiary.state.folder import State
    from radiary.state.queue import folded

    with contextlib.suppress(Exception):
        said = given(context)
        return folded(ledger.read(State(sources.load(said.config, said.settings).state).ledger))
    return None
