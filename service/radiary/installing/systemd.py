"""Has systemd keep a service: a person's own systemd, or the system's."""

import contextlib
import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from radiary.files import private
from radiary.installing import systemd_units
from radiary.installing.keeper import Health, InstalledService
from radiary.installing.plan import Plan
from radiary.model.errors import NoServiceManager, NoSession, ServiceNotStarted

BOOTED = Path("/run/systemd/system")
"""There where systemd is what started this computer (sd_booted(3))."""
SYSTEM_UNITS = Path("/etc/systemd/system")
_RUNTIME = Path("/run/user")


class Systemd:
    """One of the two; `person` and `home` are those of whom the service is for."""

    def __init__(self, person: str, home: Path, *, is_system: bool) -> None:
        self.is_system = is_system
        self._person = person
        self._units = SYSTEM_UNITS if is_system else _own_units(home)
        self._others = _own_units(home) if is_system else SYSTEM_UNITS
        self._scope = [] if is_system else ["--user"]

    def check(self) -> None:
        """Raises NoServiceManager and NoSession where nothing can be asked of it."""
        if shutil.which("systemctl") is None or not BOOTED.is_dir():
            raise NoServiceManager
        if not self.is_system and self._systemctl("show-environment").returncode:
            raise NoSession(NoSession.sentence().replace("NAME", self._person))

    def path(self, name: str) -> Path:
        """Where the unit of a service stands."""
        return self._units / systemd_units.file_name(name)

    def text(self, plan: Plan) -> bytes:
        """The unit for a plan."""
        kind = "system" if self.is_system else "user"
        template = resources.files("radiary.installing").joinpath("templates", f"{kind}.service").read_text(encoding="utf-8")
        make = systemd_units.system_unit if self.is_system else systemd_units.user_unit
        return make(plan, template).encode()

    def standing(self) -> Iterator[InstalledService]:
        """Radiary's units here, of the person's own systemd and of the system's."""
        for folder in (self._units, self._others):
            for path in sorted(folder.glob("radiary*.service")):
                yield InstalledService(path, systemd_units.work_of(_content(path)))

    def health(self, name: str) -> Health:
        """What systemd says of a service."""
        wanted = ("ActiveState", "UnitFileState", "ExecMainStatus", "NRestarts", "StatusText", "NeedDaemonReload")
        done = self._systemctl("show", name, "--property=" + ",".join(wanted))
        said = dict(line.split("=", 1) for line in done.stdout.splitlines() if "=" in line)
        is_running = said.get("ActiveState") in ("active", "reloading")
        status = said.get("ExecMainStatus", "")
        is_enabled = said.get("UnitFileState") == "enabled"
        return Health(
            is_running, is_enabled, exit_status=int(status) if status.isdigit() else 0, restarts=int(said.get("NRestarts") or 0)
        )

    def put(self, plan: Plan) -> Path:
        """Write the unit, in place of the one that stood there."""
        path = self.path(plan.name)
        if self.is_system:
            path.parent.mkdir(parents=True, exist_ok=True)
        else:
            private.folder(path.parent)
        private.replace(path, self.text(plan))
        if self.is_system:
            path.chmod(0o644)  # systemd tells everybody what stands in a unit, and complains of one that others may not read
        return path

    def start(self, name: str) -> None:
        """Start it now and from now on, in place of an older one that runs. Raises ServiceNotStarted."""
        for arguments in (["daemon-reload"], ["reset-failed", name], ["enable", name], ["restart", name]):
            done = self._systemctl(*arguments)
            if done.returncode and arguments[0] != "reset-failed":
                raise ServiceNotStarted(f"{ServiceNotStarted.sentence()} systemd says: {_first_line(done.stderr)}")

    def stays(self) -> bool:
        """Have a person's services go on while she is logged out (linger); whether they do."""
        if self.is_system:
            return True
        return _run("loginctl", "--no-ask-password", "enable-linger", self._person).returncode == 0 or self.needs_no_login()

    def needs_no_login(self) -> bool:
        if self.is_system:
            return True
        return _run("loginctl", "show-user", self._person, "--property=Linger", "--value").stdout == "yes\n"

    def remove(self, name: str) -> None:
        """Stop it and forget it; one that cannot be stopped stays."""
        self._systemctl("disable", "--now", name)
        if self.health(name).is_running:
            return
        self.path(name).unlink(missing_ok=True)
        for arguments in (["daemon-reload"], ["reset-failed", name]):
            self._systemctl(*arguments)

    def logs(self, name: str, *, follows: bool) -> int:
        """Show the journal's last lines; the exit status."""
        unit = f"--unit={name}" if self.is_system else f"--user-unit={name}"
        shown = ["--no-pager", "--lines=200", "--output=short-iso", "--quiet", *(["--follow"] if follows else [])]
        sys.stdout.flush()
        try:
            return subprocess.run(["journalctl", unit, *shown], check=False, env=_surroundings()).returncode  # noqa: S603, S607 - no word of a stranger
        except FileNotFoundError:
            raise NoServiceManager from None

    def _systemctl(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return _run("systemctl", *self._scope, "--no-pager", "--no-ask-password", *arguments)


def _own_units(home: Path) -> Path:
    """Where a person's units stand; XDG_CONFIG_HOME is hers only when she herself asks."""
    said = os.environ.get("XDG_CONFIG_HOME", "")
    is_hers = os.environ.get("HOME") == str(home)
    with contextlib.suppress(KeyError):  # a container may know only a number
        is_hers |= pwd.getpwuid(os.geteuid()).pw_dir == str(home)
    return (Path(said) if said and is_hers else home / ".config") / "systemd/user"


def _run(*line: str) -> subprocess.CompletedProcess[str]:
    """A command and what it says, in plain English and without colours. Raises NoServiceManager where it is not installed."""
    try:
        return subprocess.run(line, capture_output=True, text=True, check=False, env=_surroundings())  # noqa: S603 - as above
    except FileNotFoundError:
        raise NoServiceManager from None


def _surroundings() -> dict[str, str]:
    """By su and sudo the way to one's own systemd gets lost; it is there all the same."""
    runtime = _RUNTIME / str(os.geteuid())
    own = {"XDG_RUNTIME_DIR": str(runtime)} if runtime.is_dir() else {}
    return {**own, **os.environ, "LC_ALL": "C.UTF-8", "SYSTEMD_COLORS": "0", "SYSTEMD_PAGER": ""}


def _content(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _first_line(text: str) -> str:
    return (text.strip().splitlines() or ["nothing"])[0]
