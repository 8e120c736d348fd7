"""A real session bus and a server of notifications on it, as a desktop has them."""

import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from jeepney import DBusAddress, HeaderFields, message_bus, new_method_call, new_method_return
from jeepney.io.blocking import open_dbus_connection

import exports
from radiary.announcing import desktop
from services import AS_ANYBODY, Service

NAME = "org.freedesktop.Notifications"


class Server:
    """Takes notifications by the desktop's specification, and remembers them: who tells, title, text."""

    def __init__(self, bus: str) -> None:
        self.taken: list[tuple[str, str, str]] = []
        self._connection = open_dbus_connection(bus)
        self._connection.send_and_get_reply(message_bus.RequestName(NAME))
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            told = self._connection.receive()
            member = told.header.fields.get(HeaderFields.member)
            if member == "End":
                return
            if member == "Notify":
                app, _, _, title, text, *_ = told.body
                self.taken.append((app, title, text))
                self._connection.send(new_method_return(told, "u", (len(self.taken),)))

    def end(self, bus: str) -> None:
        with open_dbus_connection(bus) as other:
            other.send(new_method_call(DBusAddress("/", NAME, NAME), "End"))
        self._thread.join()
        self._connection.close()


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[str]:
    """The address of a session bus of its own."""
    program = shutil.which("dbus-daemon")
    assert program, "Debian's dbus-daemon is needed"
    line = [program, "--session", "--nofork", "--print-address=1", f"--address=unix:path={tmp_path / 'bus'}"]
    with subprocess.Popen(line, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield process.stdout.readline().strip()
        process.kill()


@pytest.fixture
def server(bus: str) -> Iterator[Server]:
    made = Server(bus)
    yield made
    made.end(bus)


@pytest.mark.debian
def test_a_desktop_shows_what_is_told(server: Server, bus: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus)
    desktop.show("A new exam is filed.")
    assert server.taken == [("Radiary", "Radiary", "A new exam is filed.")]


@pytest.mark.debian
def test_a_drop_is_told_to_the_desktop_unless_its_owner_wants_nothing(server: Server, bus: str, tmp_path: Path) -> None:
    for wanted in ("true", "false"):
        (tmp_path / wanted).mkdir()
        service = Service(tmp_path / wanted, notifications=wanted, language="nl", workers=1)
        service.start(DBUS_SESSION_BUS_ADDRESS=bus)
        exports.zipped(service.downloads / "mine.zip", exports.ct_files(2))
        service.wait_for("filed")
        assert service.stop() == 0
    assert [body for _, _, body in server.taken] == ["Een nieuw onderzoek van 1 januari 2024 is opgeslagen."]


class OfAnybody(Service):
    """One that may do no more than its user."""

    def _begun(self, environment: dict[str, str]) -> "subprocess.Popen[bytes]":
        with (self.folder / "service.log").open("ab") as log:
            line = [*AS_ANYBODY, sys.executable, "-m", "radiary", "run", *self.options]
            return subprocess.Popen(line, stderr=log, env=environment)


@pytest.mark.debian
def test_the_desktop_is_told_of_a_watched_folder_that_is_closed(server: Server, bus: str, tmp_path: Path) -> None:
    service = OfAnybody(tmp_path, language="nl", workers=1)
    service.downloads.chmod(0)
    try:
        service.start(DBUS_SESSION_BUS_ADDRESS=bus)
        service.wait(lambda: service.pulse().get("away"))
        assert service.stop() == 0
    finally:
        service.downloads.chmod(0o700)
    said = "Radiary mag in een van zijn mappen niet lezen of schrijven: `radiary status` zegt in welke."
    assert [body for _, _, body in server.taken] == [said]
    assert "watched folder 1: The folder may not be read." in service.log
    assert str(service.downloads) not in service.log


@pytest.mark.parametrize("address", ["", "unix:path=/nowhere/at/all"])
def test_where_there_is_no_desktop_that_is_an_error_of_the_system(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    monkeypatch.delenv("DISPLAY", raising=False)
    with pytest.raises(OSError, match=r"^there is no session bus$"):
        desktop.show("A new exam is filed.")


def test_a_service_without_a_desktop_says_so_once_and_works(tmp_path: Path) -> None:
    service = Service(tmp_path, workers=1)
    service.start(DBUS_SESSION_BUS_ADDRESS="unix:path=/nowhere")
    exports.zipped(service.downloads / "mine.zip", exports.ct_files(1))
    service.wait_for("filed")
    assert service.stop() == 0
    assert service.log.count("no notification can be shown") == 1
