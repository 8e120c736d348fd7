"""`radiary run` by hand, on a terminal: what its owner sees of it."""

import logging
import os
import pty
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import exports
from radiary.commands import running
from radiary.commands.speaking import spoken
from radiary.model.errors import explain
from services import Service


class Terminal:
    """A service that somebody started by hand, and what its terminal shows."""

    def __init__(self, service: Service) -> None:
        self.service = service
        ours, its = pty.openpty()
        line = [sys.executable, "-m", "radiary", "run", *service.options]
        service.process = subprocess.Popen(line, stdout=its, stderr=its, stdin=its, env=os.environ | {"COLUMNS": "300"})
        os.close(its)
        self._ours = ours
        self._shown = b""
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()

    def _read(self) -> None:
        try:
            while piece := os.read(self._ours, 65536):
                self._shown += piece
        except OSError:  # Linux says so at the end
            pass

    @property
    def shown(self) -> str:
        return self._shown.decode()

    def end(self) -> str:
        """Ctrl-C; all that was shown."""
        assert self.service.stop(signal.SIGINT) == 0
        self._reading.join()
        os.close(self._ours)
        return self.shown


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    made = Service(tmp_path, workers=1, **{"rescan-seconds": 1})
    yield made
    if made.process and made.process.poll() is None:
        made.process.kill()
        made.process.wait()


def test_a_terminal_shows_what_is_watched_a_bar_and_how_each_download_ended(service: Service) -> None:
    terminal = Terminal(service)
    service.wait(lambda: "Ctrl-C ends it." in terminal.shown)
    assert f"Radiary watches {service.downloads}." in terminal.shown
    assert f"Pictures go to {service.folder / 'library'}." in terminal.shown
    exports.zipped(service.downloads / "mine.zip", exports.ct_files(3))
    service.wait_for("filed")
    digits = service.facts("filed")[0]["export"][:12]
    service.wait(lambda: f"{digits} (mine.zip)" in terminal.shown)
    shown = terminal.end()
    assert "filed " in shown
    assert "3/3" in shown
    assert "INFO" not in shown


def test_a_warning_stands_among_it(service: Service) -> None:
    terminal = Terminal(service)
    service.wait(lambda: "Ctrl-C ends it." in terminal.shown)
    service.downloads.rename(service.folder / "elsewhere")
    service.wait(lambda: "WARNING " in terminal.shown)
    assert "Traceback" not in terminal.end()


def test_what_is_no_terminal_gets_the_log_alone(service: Service) -> None:
    with service:
        exports.zipped(service.downloads / "mine.zip", exports.ct_files(1))
        service.wait_for("filed")
    assert "INFO ready: watching 1 folder(s)" in service.log
    assert "Ctrl-C" not in service.log
    assert "mine" not in service.log


@pytest.mark.parametrize(("label", "status"), [("org.radiary.radiary", 0), ("0", 78), ("com.apple.Terminal", 78)])
def test_launchd_starts_nothing_again_that_has_wrong_settings_and_the_log_says_why(
    label: str, status: int, tmp_path: Path
) -> None:
    log = tmp_path / "radiary.log"
    line = [sys.executable, "-m", "radiary", "run", "--log-file", str(log), "--set", "workers=many"]
    done = subprocess.run(line, env=os.environ | {"XPC_SERVICE_NAME": label, "LC_ALL": "C"}, capture_output=True, check=False)
    said = log.read_text() if log.exists() else ""
    assert (done.returncode, "`workers` is wrong: it must be a whole number" in said) == (status, not status)


def test_launchd_starts_nothing_again_whose_log_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    line = [sys.executable, "-m", "radiary", "run", "--log-file", str(tmp_path / "file/radiary.log")]
    known = os.environ | {"XPC_SERVICE_NAME": "org.radiary.radiary", "LC_ALL": "C"}
    done = subprocess.run(line, env=known, capture_output=True, text=True, check=False)
    assert (done.returncode, "The log file cannot be written" in done.stderr) == (0, True)


def test_a_watched_folder_is_named_on_the_terminal_and_numbered_in_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    said: dict[str, object] = {"msg": "watched folder %d: %s", "args": (2, explain("folder-denied")), "levelno": logging.WARNING}
    record = logging.makeLogRecord(said | {"watched_folder": 1, "reason": "folder-denied"})
    spoken.use("de")
    try:
        running.OnTerminal([Path("/a"), Path("/b")]).emit(record)
    finally:
        spoken.use("en")
    assert " ".join(capsys.readouterr().err.split()).startswith("/b: Der Ordner darf nicht gelesen werden.")
    assert record.getMessage().startswith("watched folder 2: The folder may not be read.")
