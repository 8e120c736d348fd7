"""systemd and launchd, played by scripts that remember what they were told."""

import stat
from pathlib import Path

import pytest

_SYSTEMCTL = r"""#!/bin/sh
echo "systemctl $*" >> "$KEPT/told"
case "$*" in
*show-environment*) exit "$(cat "$KEPT/bus")" ;;
*" restart "*)
    echo active > "$KEPT/state"
    [ -e "$KEPT/refuses" ] && { echo "Job failed." >&2; echo failed > "$KEPT/state"; exit 1; } ;;
*" disable "*) echo inactive > "$KEPT/state" ;;
*" show "*) printf 'ActiveState=%s\nUnitFileState=enabled\nExecMainStatus=%s\nNRestarts=2\n' \
    "$(cat "$KEPT/state")" "$(cat "$KEPT/status")" ;;
esac
exit 0
"""
_LOGINCTL = """#!/bin/sh
echo "loginctl $*" >> "$KEPT/told"
case "$*" in *show-user*) cat "$KEPT/linger"; exit 0 ;; esac
exit "$(cat "$KEPT/polkit")"
"""
_JOURNALCTL = """#!/bin/sh
echo "journalctl $*" >> "$KEPT/told"
echo "2026-03-11 ready"
"""
_LAUNCHCTL = r"""#!/bin/sh
echo "launchctl $*" >> "$KEPT/told"
case "$1" in
enable) rm -f "$KEPT/disabled" ;;
bootstrap)
    echo running > "$KEPT/state"
    [ -e "$KEPT/refuses" -o -e "$KEPT/disabled" ] && { echo "Bootstrap failed: 5" >&2; exit 1; } ;;
bootout) echo inactive > "$KEPT/state" ;;
print) [ "$(cat "$KEPT/state")" = inactive ] && exit 113; printf '\tstate = %s\n\tlast exit code = 0\n' "$(cat "$KEPT/state")" ;;
esac
exit 0
"""


class Played:
    """What was told to them, and how they answer."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        (folder / "bin").mkdir(parents=True)
        scripts = {"systemctl": _SYSTEMCTL, "loginctl": _LOGINCTL, "journalctl": _JOURNALCTL, "launchctl": _LAUNCHCTL}
        for name, text in scripts.items():
            path = folder / "bin" / name
            path.write_text(text)
            path.chmod(path.stat().st_mode | stat.S_IXUSR)
        for name, answer in {"bus": "0", "state": "inactive", "status": "0", "linger": "no\n", "polkit": "0"}.items():
            self.answers(name, answer)
        monkeypatch.setenv("KEPT", str(folder))
        monkeypatch.setenv("PATH", f"{folder}/bin:/usr/bin:/bin")

    def answers(self, name: str, answer: str) -> None:
        (self.folder / name).write_text(answer)

    @property
    def told(self) -> list[str]:
        path = self.folder / "told"
        return path.read_text().splitlines() if path.exists() else []
