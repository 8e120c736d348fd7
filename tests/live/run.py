"""The service inside a real systemd, in both kinds: `make live`.

Installed by its own command, then: a drop, a change of settings, a stop, a kill, a mistake in the settings, a folder that is
missing, a reboot, a second service for the same folders, and taken away again. Each line says what was seen; the first that is
not so ends it.
"""

import json
import sys
import tempfile
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import exports
from live.machine import Machine, missing
from radiary.commands import demo_export

PERSON = "anna"
HOME = Path("/home/anna")
DOWNLOADS = HOME / "Downloads"
CONFIG = HOME / ".config/radiary/config.toml"
SETTINGS = "quiet_seconds = 0.5\nrescan_seconds = 2\n"


class Live:
    """One kind of service on one machine."""

    def __init__(self, machine: Machine, *, is_system: bool) -> None:
        self.machine = machine
        self.is_system = is_system
        self.unit = "radiary-anna" if is_system else "radiary"
        self.dropped = 0

    def say(self, what: str) -> None:
        print(f"{'system' if self.is_system else 'user'}: {what}", flush=True)

    def radiary(self, *line: str) -> tuple[int, str]:
        scope = ["--system", "--for", PERSON] if self.is_system else []
        done = self.machine.run("radiary", *line, *scope, person="" if self.is_system else PERSON)
        return done.returncode, done.stdout + done.stderr

    def systemctl(self, *line: str) -> str:
        scope = [] if self.is_system else ["--user", "--machine", f"{PERSON}@"]
        done = self.machine.run("systemctl", *scope, *line)
        return (done.stdout + done.stderr).strip()

    def shown(self, name: str) -> str:
        return self.systemctl("show", self.unit, f"--property={name}", "--value")

    def is_active(self) -> bool:
        return self.shown("ActiveState") == "active"

    def write(self, path: Path, content: bytes) -> None:
        """As she would: the file appears whole under its name."""
        line = f'mkdir -p "{path.parent}" && cat > "{path}.part" && mv "{path}.part" "{path}"'
        done = self.machine.run("sh", "-c", line, person=PERSON, stdin=content)
        assert done.returncode == 0, done.stderr

    def facts(self, kind: str) -> list[dict[str, object]]:
        ledger = self.machine.run("cat", str(HOME / ".local/state/radiary/ledger.jsonl")).stdout
        return [fact for fact in map(json.loads, ledger.splitlines()) if fact["type"] == kind]

    def drop(self) -> None:
        """An export that was never there before, until it is filed: the demo's, whose ultrasound shows a name, then CTs."""
        self.dropped += 1
        files = demo_export.export() if self.dropped == 1 else exports.ct_files(2, study=self.dropped)
        content = BytesIO()
        with ZipFile(content, "w") as archive:
            for name, data in files.items():
                archive.writestr(name, data)
        before = len(self.facts("filed"))
        self.write(DOWNLOADS / f"scans-{self.dropped}.zip", content.getvalue())
        self.machine.wait(lambda: len(self.facts("filed")) > before)


def install(live: Live) -> None:
    status, said = live.radiary("service", "install")
    assert status == 0, said
    live.say("installed\n    " + said.strip().replace("\n", "\n    "))
    assert live.is_active()
    assert live.radiary("service", "status")[0] == 0
    scope = [] if live.is_system else ["--user"]
    runtime = live.machine.run("id", "-u", PERSON).stdout.strip()
    line = ["env", f"XDG_RUNTIME_DIR=/run/user/{runtime}", "systemd-analyze", *scope, "security", "--no-pager", live.unit]
    shown = live.machine.run(*line, person="" if live.is_system else PERSON)
    live.say((shown.stdout.strip().splitlines() or [shown.stderr])[-1].removeprefix("→ "))


def drop(live: Live) -> None:
    live.drop()
    filed = live.facts("filed")[-1]
    held = json.dumps(filed["held"])
    assert "text-reader" not in held, held
    live.say(f"a drop is filed, text in its ultrasound was read and blanked; held: {held}")


def change_of_settings(live: Live) -> None:
    before = live.shown("MainPID")
    live.write(CONFIG, (SETTINGS + 'log_level = "debug"\n').encode())
    live.systemctl("reload", live.unit)
    live.machine.wait(live.is_active)
    assert live.shown("MainPID") == before
    live.say("changed settings are read by the same process (systemctl reload)")


def stop(live: Live) -> None:
    live.systemctl("stop", live.unit)
    assert live.shown("ActiveState") == "inactive", live.shown("ActiveState")
    assert live.radiary("service", "status")[0] == 3
    live.systemctl("start", live.unit)
    assert live.is_active()
    live.say("stopped in order, started again")


def kill(live: Live) -> None:
    live.systemctl("kill", "--signal=KILL", live.unit)
    live.machine.wait(lambda: live.is_active() and live.shown("NRestarts") == "1")
    live.drop()
    live.say("killed with all its workers: started again by systemd, and files")


def mistake(live: Live) -> None:
    live.write(CONFIG, b"quiet_second = 1\n")
    live.systemctl("restart", live.unit)
    assert live.shown("ExecMainStatus") == "78", live.shown("ExecMainStatus")
    assert live.shown("ActiveState") == "failed"
    status, said = live.radiary("service", "status")
    assert (status, "mistake" in said) in ((3, True), (78, False)), said
    live.write(CONFIG, SETTINGS.encode())
    live.systemctl("reset-failed", live.unit)
    live.systemctl("start", live.unit)
    assert live.is_active()
    live.say(f"a mistake in the settings ends it with 78, and it is not started again: {said.strip()}")


def missing_folder(live: Live) -> None:
    away = DOWNLOADS.with_name("away")
    assert live.machine.run("mv", str(DOWNLOADS), str(away)).returncode == 0
    live.systemctl("restart", live.unit)
    assert live.is_active()
    assert live.machine.run("mv", str(away), str(DOWNLOADS)).returncode == 0
    if live.is_system:  # what comes back outside is not seen in its closed house: the next start shows it
        live.systemctl("restart", live.unit)
    live.drop()
    live.say("starts without its downloads folder, and files once it is back" + (" (after a restart)" if live.is_system else ""))


def reboot(live: Live) -> None:
    live.machine.reboot()
    live.machine.wait(live.is_active)
    live.drop()
    live.say("runs after a reboot, nobody logged in, and files")


def twice(live: Live) -> None:
    status, said = live.radiary("service", "install", "--name", "again")
    assert status != 0, said
    live.say(f"a second service for the same folders is refused: {said.strip()}")
    status, said = live.radiary("service", "install")
    assert status == 0, said
    assert live.is_active()
    live.say("installed again in place, and running")


def uninstall(live: Live) -> None:
    status, said = live.radiary("service", "uninstall")
    assert status == 0, said
    assert not live.is_active()
    assert live.machine.run("test", "-d", str(HOME / "Pictures/Radiary/library/.tray")).returncode == 0
    live.say(said.strip())


def main() -> int:
    if reason := missing():
        print(f"The service cannot be run in a real systemd here: {reason}.")
        return 1
    for is_system in (False, True):
        with tempfile.TemporaryDirectory(prefix="radiary-live-") as place, Machine(Path(place) / "machine") as machine:
            machine.run("useradd", "--create-home", PERSON)
            live = Live(machine, is_system=is_system)
            live.write(CONFIG, SETTINGS.encode())
            live.write(DOWNLOADS / "readme.txt", b"")
            if not is_system:  # the person's own systemd, which a login would start
                machine.run("loginctl", "enable-linger", PERSON)
                machine.wait(lambda: machine.run("sh", "-c", f"test -S /run/user/$(id -u {PERSON})/bus").returncode == 0)
            for step in (install, drop, change_of_settings, stop, kill, mistake, missing_folder, reboot, twice, uninstall):
                step(live)
    return 0


if __name__ == "__main__":
    sys.exit(main())
