"""A small computer for a test: this one's files under a layer that is thrown away, namespaces of its own, systemd as its init.

Nothing has to be installed but systemd with its user sessions (`libpam-systemd`, `dbus-user-session`); it takes root.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

PATIENCE = int(os.environ.get("PATIENCE", "300"))
"""Seconds after which nothing more can be expected."""
PROJECT = Path(__file__).parents[2]
PROGRAM = Path("/opt/radiary")
_INIT = next((one for one in ("/lib/systemd/systemd", "/usr/lib/systemd/systemd") if Path(one).exists()), "")


def missing() -> str:
    """What keeps this computer from being one; empty when nothing does."""
    if os.geteuid() != 0:
        return "it takes root (sudo make live)"
    absent = [one for one in ("unshare", "nsenter", "runuser", "loginctl", "dbus-daemon", "useradd") if shutil.which(one) is None]
    if not _INIT or absent:
        return f"systemd, or something of it, is not installed: {' '.join(absent) or 'systemd'}"
    line = ["unshare", "--mount", "--pid", "--uts", "--ipc", "--cgroup", "--fork", "mount", "-t", "tmpfs", "none", "/mnt"]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    return f"namespaces are not allowed here: {done.stderr.strip()}" if done.returncode else ""


class Machine:
    """One computer; use as a context manager to boot it."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._pid = 0
        for name in ("layer", "work", "root", "packages", "packages-work"):
            (place / name).mkdir(parents=True)

    def __enter__(self) -> "Machine":
        try:
            self.boot()
        except BaseException:
            self.cut_power()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.cut_power()
        shutil.rmtree(self._place, ignore_errors=True)

    def boot(self) -> None:
        """Start it and wait until it is up."""
        line = ["unshare", "--mount", "--pid", "--uts", "--ipc", "--net", "--cgroup", "--fork", "--kill-child"]
        with (self._place / "console").open("ab") as console:
            inside = [sys.executable, "-m", "live.inside", str(self._place), _INIT]
            environment = {**os.environ, "PYTHONPATH": str(PROJECT / "tests")}
            self._outer = subprocess.Popen(
                [*line, *inside], stdout=console, stderr=console, stdin=subprocess.DEVNULL, env=environment
            )
        children = Path(f"/proc/{self._outer.pid}/task/{self._outer.pid}/children")
        self.wait(lambda: self._is_up(children))

    def _is_up(self, children: Path) -> bool:
        if self._outer.poll() is not None:
            raise AssertionError((self._place / "console").read_text())
        self._pid = int((children.read_text().split() or ["0"])[0])
        if not self._pid or "systemd" not in Path(f"/proc/{self._pid}/comm").read_text():
            return False
        return self.run("systemctl", "is-system-running").stdout.strip() in ("running", "degraded")

    def cut_power(self) -> None:
        """End everything at once."""
        self._outer.kill()
        self._outer.wait()

    def reboot(self) -> None:
        """Shut down in order and boot again."""
        self.run("systemctl", "--no-block", "reboot")
        self._outer.wait(PATIENCE)
        self.boot()

    def run(self, *line: str, person: str = "", stdin: bytes | None = None) -> subprocess.CompletedProcess[str]:
        """A command in it, as root or as somebody."""
        enter = [
            "nsenter",
            "--target",
            str(self._pid),
            "--mount",
            "--pid",
            "--uts",
            "--ipc",
            "--net",
            "--cgroup",
            "--root",
            "--wd",
        ]
        home = ["env", "-i", f"HOME=/home/{person}" if person else "HOME=/root"]
        who = ["runuser", "-u", person, "--", *home] if person else home
        path = f"PATH={PROGRAM}/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin"
        done = subprocess.run([*enter, *who, path, "LANG=C.UTF-8", *line], input=stdin, capture_output=True, check=False)
        return subprocess.CompletedProcess(line, done.returncode, done.stdout.decode(), done.stderr.decode())

    def wait(self, is_so: Callable[[], object]) -> None:
        """Until something is so."""
        deadline = time.monotonic() + PATIENCE
        while not is_so():
            assert time.monotonic() < deadline, self.run("journalctl", "--no-pager", "--lines=80", "--quiet").stdout
            time.sleep(0.1)
