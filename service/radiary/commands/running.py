"""What `radiary run` shows on a terminal: what it watches, a bar while it works, and how each download ended."""

import contextlib
import copy
import logging
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from radiary import settings as sources
from radiary.announcing.time_left import about
from radiary.commands.command_line.exits import Exit
from radiary.commands.speaking import console, spoken
from radiary.installing import launch_agents
from radiary.language import marked
from radiary.model.errors import Unusable
from radiary.model.events import AwaitingOwner, Deferred, Event, Failed, Filed, Rejected
from radiary.service import daemon
from radiary.service import log_file as of_log
from radiary.settings import Settings
from radiary.state.folder import State

if TYPE_CHECKING:
    from rich.progress import Progress

log = logging.getLogger("radiary")
_OTHERS = (
    *(marked("another user of this computer, whose it is"), marked("everybody on this computer")),
    marked("a group of users of this computer"),
)
"""Who may write a settings file, as `strangers` says."""


class Running:
    """Shows a service on standard error, which is a terminal. Threads take turns with it."""

    def __init__(self) -> None:
        self._bar: Progress | None = None
        self._state: State | None = None

    def ready(self, settings: Settings) -> None:
        """Say what is watched, where pictures go, and how to end."""
        self._state = State(settings.state)
        watched = ", ".join(map(str, settings.watched))
        _print(spoken.say("Radiary watches %(folders)s.", folders=watched))
        _print(spoken.say("Pictures go to %(library)s. Ctrl-C ends it.", library=settings.library))

    def heard(self, event: Event) -> None:
        """Say how a download ended."""
        if self._state and isinstance(event, Filed | Rejected | AwaitingOwner | Deferred | Failed):
            _print(console.line(event, self._state.names.all()))

    def progress(self, pulse: Mapping[str, Any] | None) -> None:
        """Show how far the download is that is worked at; nothing while there is none, or no terminal any more."""
        with contextlib.suppress(OSError):
            self._show(pulse)

    def _show(self, pulse: Mapping[str, Any] | None) -> None:
        working = pulse.get("working") if pulse else None
        if working is None:
            if self._bar:
                self._bar.stop()
            self._bar = None
            return
        if self._bar is None:
            self._bar = console.bar(console.err, is_passing=True)
            self._bar.add_task("", total=None)
            self._bar.start()
        said = f"{working['export']}{spoken.translated(about(working['seconds_left']))}"
        self._bar.update(self._bar.task_ids[0], description=said, completed=working["done"], total=working["total"])


def _print(line: str) -> None:
    """A terminal that was closed meanwhile is nobody's fault; the signal that comes with it ends the service in order."""
    with contextlib.suppress(OSError):
        console.err.print(line, markup=False)


class OnTerminal(logging.Handler):
    """Log lines above the bar; here, where its owner alone reads, a watched folder is named by its path."""

    def __init__(self, watched: Sequence[Path] = ()) -> None:
        super().__init__()
        self._watched = watched

    def emit(self, record: logging.LogRecord) -> None:
        """Print one."""
        number = getattr(record, "watched_folder", None)
        if number is not None and number < len(self._watched):
            record = copy.copy(record)  # another handler may have it, too
            record.msg, record.args = spoken.headed(self._watched[number], spoken.explain(getattr(record, "reason", ""))), ()
        _print(self.format(record))


def run(config: Path | None, overrides: Mapping[str, Any], log_file: Path | None) -> int:
    """Serve until asked to end. Raises Unusable.

    launchd starts again whatever does not end with 0, every 30 s for ever: to it, that ends with 0, and the log says why.
    """
    try:
        return _run(config, overrides, log_file)
    except Unusable as error:
        if log_file is None or not launch_agents.runs_this(os.environ):
            raise
        with contextlib.suppress(Unusable):  # what cannot be written into the log goes to standard error
            of_log.begin("info", log_file)
        log.error("it does not start, and is not started again: %s", error)
        return Exit.DONE


def _run(config: Path | None, overrides: Mapping[str, Any], log_file: Path | None) -> int:
    settings = sources.load(config, overrides)
    spoken.use(settings.spoken)
    is_watched = console.err.is_terminal and log_file is None
    level = "warning" if is_watched and settings.log_level == "info" else settings.log_level  # what was done is shown anyway
    of_log.begin(level, log_file, terminal=OnTerminal(settings.watched) if is_watched else None)
    return daemon.run(settings, lambda: sources.load(config, overrides), Running() if is_watched else None)
