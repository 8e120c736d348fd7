"""What keeps a service running, whichever it is: systemd, the system's systemd, launchd."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from radiary.installing.plan import Plan, Work


@dataclass(frozen=True)
class InstalledService:
    """A service of Radiary's that is installed, and what it works on; nothing is known of one that somebody wrote by hand."""

    path: Path
    work: Work | None


@dataclass(frozen=True)
class Health:
    """How a service is: its last exit status, and how often it was started again."""

    is_running: bool
    is_enabled: bool
    exit_status: int = 0
    restarts: int = 0


class Keeper(Protocol):
    """Keeps services of one person."""

    is_system: bool

    def check(self) -> None:
        """Raises NoServiceManager and NoSession where nothing can be asked of it."""

    def path(self, name: str) -> Path:
        """Where the file of a service stands."""

    def text(self, plan: Plan) -> bytes:
        """The file for a plan."""

    def standing(self) -> Iterator[InstalledService]:
        """Radiary's services that are installed here, for this person or for the system."""

    def health(self, name: str) -> Health:
        """How a service is."""

    def put(self, plan: Plan) -> Path:
        """Write the file, in place of the one that stood there."""

    def start(self, name: str) -> None:
        """Start it now and from now on. Raises ServiceNotStarted."""

    def stays(self) -> bool:
        """Whether it goes on while the person is logged out, which this sees to where it can."""

    def needs_no_login(self) -> bool:
        """Whether it starts with the computer and goes on while the person is logged out."""

    def remove(self, name: str) -> None:
        """Stop it and forget it."""

    def logs(self, name: str, *, follows: bool) -> int:
        """Show the last lines of its log; the exit status."""
