"""The page of `radiary review` as programs meet it: who gets what, and what becomes of decisions."""

import contextlib
import http.client
import json
import os
import re
import shutil
import signal
import socket
import stat
import struct
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

import exports
from radiary.commands.held.pictures import HeldPictures
from radiary.commands.review import server
from radiary.commands.review.desk import Desk
from radiary.commands.speaking import console
from radiary.ingest.attempt import Attempts
from radiary.ingest.decisions import Decision
from radiary.settings import Settings
from radiary.state.folder import State
from reviewing import get, page_of, post, settled, told
from services import PATIENCE, Service


@pytest.fixture
def service(tmp_path: Path) -> Service:
    made = Service(tmp_path, workers=1)
    exports.zipped(made.downloads / "a.zip", {"us": exports.written(exports.ultrasound(regions=False))})
    return made


@pytest.fixture
def address(service: Service) -> Iterator[str]:
    service.command("once", str(service.downloads / "a.zip"))
    with page_of(service) as address:
        yield address


def item(address: str) -> dict[str, str]:
    (first, *_) = told(address + "items")["items"]
    return {"study": first["study"], "instance": first["members"][0]}


def test_what_was_left_to_a_service_that_ended_is_carried_out_by_the_page(service: Service, tmp_path: Path) -> None:
    service.command("once", str(service.downloads / "a.zip"))
    places = {name: tmp_path / name for name in ("library", "private", "chronicle", "state")}
    settings = Settings(watch=(service.downloads,), **places)
    held = HeldPictures(settings)
    held.refresh()
    ((uid, one),) = held.instances.items()
    desk = Desk(settings, held)
    with State(settings.state).locked():  # as a service has it
        desk.take([Decision(study=one.study.uid, instance=uid, decision="kept")])
        until = time.monotonic() + PATIENCE
        while not list(State(settings.state).decisions()) and time.monotonic() < until:
            time.sleep(0.05)
        assert desk.working() == [uid]
    while desk.working() and time.monotonic() < until:
        time.sleep(0.05)
    desk.close()
    assert desk.errors == {}
    assert [fact["decision"] for fact in service.facts("reviewed")] == ["kept"]
    assert list(State(settings.state).decisions()) == []


def test_a_decision_is_carried_out_at_once_while_the_service_is_not_running(service: Service, address: str) -> None:
    held = item(address)
    assert post(address, held | {"decision": "released"})["working"] == [held["instance"]]
    said = settled(address)
    assert said["errors"] == {}
    assert said["states"][held["instance"]]["decision"] == "released"
    assert any(name.startswith("library/") and name.endswith(".png") for name in service.files())
    post(address, held | {"decision": "undone"})
    assert settled(address)["states"] == {}
    assert not any(name.endswith(".png") for name in service.files() if name.startswith("library/"))
    assert [fact["decision"] for fact in service.facts("reviewed")] == ["released", "undone"]
    logged = service.command("log").stdout
    assert re.search(r"  reviewed +[\w-]+/\w+-\w+: a held picture was released\n", logged), logged
    assert service.command("verify").returncode == 0


def test_while_the_service_runs_it_carries_the_decision_out(service: Service, address: str) -> None:
    held = item(address)
    with service:
        post(address, held | {"decision": "blanked", "boxes": [[0, 0, 79, 59]]})
        assert settled(address)["states"][held["instance"]]["decision"] == "blanked"
        (fact,) = service.facts("reviewed")
        assert fact["boxes"] == [[0, 0, 79, 59]]
        service.wait_for("chronicled")
        assert service.stop() == 0


def test_what_was_left_to_a_service_that_ended_does_not_undo_what_was_decided_since(service: Service, address: str) -> None:
    held = item(address)
    left = State(service.folder / "state").ask("review", "0", json.dumps(held | {"decision": "released"}).encode())
    post(address, held | {"decision": "kept"})
    assert settled(address)["states"][held["instance"]]["decision"] == "kept"
    service.wait(lambda: not State(service.folder / "state").is_locked())  # the page is told before the chronicle is
    with service:
        service.wait(lambda: not left.exists())
        assert service.stop() == 0
    assert [fact["decision"] for fact in service.facts("reviewed")] == ["kept"]


def test_what_is_in_hand_when_the_command_ends_is_still_carried_out(service: Service) -> None:
    service.command("once", str(service.downloads / "a.zip"))
    with page_of(service) as address:
        post(address, item(address) | {"decision": "kept"}, item(address) | {"decision": "released"})
    assert [fact["decision"] for fact in service.facts("reviewed")] == ["kept", "released"]


def test_what_has_not_begun_at_a_second_ctrl_c_is_left_to_the_service(
    service: Service, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    service.command("once", str(service.downloads / "a.zip"))
    places = {name: service.folder / name for name in ("library", "private", "chronicle", "state")}
    settings = Settings.model_validate(places | {"watch": (service.downloads,)})
    main = threading.main_thread().ident or 0
    begun, goes_on = threading.Event(), threading.Event()
    decide = Attempts.decide
    monkeypatch.setattr(Attempts, "decide", lambda *said: begun.set() or (goes_on.wait(PATIENCE) and decide(*said)))

    def decided(address: str, **_: object) -> None:
        def press() -> None:
            held = item(address)
            post(address, held | {"decision": "kept"}, held | {"decision": "released"})
            begun.wait(PATIENCE)
            signal.pthread_kill(main, signal.SIGINT)
            deadline = time.monotonic() + 10
            while "Ctrl-C again" not in said() and time.monotonic() < deadline:
                time.sleep(0.05)
            signal.pthread_kill(main, signal.SIGINT)
            threading.Timer(1, goes_on.set).start()

        threading.Thread(target=press, daemon=True).start()

    heard = list[str]()

    def said() -> str:
        heard.append(capsys.readouterr().out)
        return "".join(heard)

    monkeypatch.setattr(console, "answer", decided)
    assert server.serve(settings, opens=False, port=0) == 0
    assert "2 decisions are still carried out." in said()
    assert [fact["decision"] for fact in service.facts("reviewed")] == ["kept"]
    with service:
        service.wait(lambda: [fact["decision"] for fact in service.facts("reviewed")] == ["kept", "released"])


def test_nobody_else_gets_anything(address: str) -> None:
    root = address[: address.index("/", 8) + 1]
    uid = item(address)["instance"]
    for place, headers in (
        (root, {}),
        (root + f"frame/{uid}/0", {}),
        (address + f"frame/{uid}/../../state/key", {}),
        (address + f"frame/{uid}/-1", {}),
        (address + f"frame/{uid}/7", {}),
        (address + f"view/{uid}/0/nothing", {}),
        (address + "frame/2.25.1/0", {}),
        (address + "nothing", {}),
        (address, {"Host": "evil.example"}),
    ):
        with pytest.raises(urllib.error.HTTPError) as refused:
            get(place, **headers)
        assert refused.value.code == 404
        refused.value.close()


def test_nobody_else_decides_anything(service: Service, address: str) -> None:
    said = json.dumps([item(address) | {"decision": "released"}]).encode()
    port, path = re.findall(r":(\d+)(/\S+)", address)[0]
    host, large = f"127.0.0.1:{port}", b" " * (16 << 20) + said
    for place, headers, body in (
        ("/decide", {"Host": host}, said),
        (f"/{'x' * (len(path) - 2)}/decide", {"Host": host}, said),
        (f"{path}decide", {"Host": f"evil.example:{port}"}, said),
        (f"{path}decide", {"Host": host, "Content-Length": str(len(large))}, large),
        (f"{path}decide", {"Host": host, "Content-Length": "-1"}, said),
        (f"{path}decide", {"Host": host, "Content-Length": "nonsense"}, said),
    ):
        asking = http.client.HTTPConnection("127.0.0.1", int(port), timeout=PATIENCE)
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # what is too large is not even read
            asking.request("POST", place, body, headers)
        with contextlib.suppress(ConnectionResetError):
            assert asking.getresponse().status == 404
        asking.close()
    assert settled(address)["states"] == {}
    assert service.facts("reviewed") == []


def test_it_listens_on_this_computer_alone(address: str) -> None:
    port = int(re.findall(r":(\d+)/", address)[0])
    listening = [one.laddr for one in psutil.net_connections("inet") if one.status == "LISTEN" and one.laddr.port == port]
    assert {one.ip for one in listening} == {"127.0.0.1"}


def test_ctrl_c_ends_it_as_soon_as_its_address_is_said(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings.model_validate({name: service.folder / name for name in ("library", "private", "chronicle", "state")})
    monkeypatch.setattr(console, "answer", lambda **_: os.kill(os.getpid(), signal.SIGINT))
    status = None
    with contextlib.suppress(KeyboardInterrupt):
        status = server.serve(settings, opens=False, port=0)
    assert status == 0
    assert not psutil.Process().net_connections("inet")


def test_the_page_may_ask_nobody_else_for_anything(address: str) -> None:
    with urllib.request.urlopen(address) as answer:
        policy, page = str(answer.headers["Content-Security-Policy"]), answer.read().decode()
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "://" not in page
    for name in re.findall(r'(?:src|href)="([\w.]+)"', page):
        assert get(address + name)


def test_a_decision_about_thousands_of_pictures_is_not_too_large(address: str) -> None:
    held = item(address)
    said = json.dumps([held | {"decision": "kept"}]).encode()
    with urllib.request.urlopen(address + "decide", data=b" " * (2 << 20) + said) as answer:
        assert json.load(answer)["working"] == [held["instance"]]
    assert settled(address)["states"][held["instance"]]["decision"] == "kept"


def test_a_nonsensical_decision_is_refused_with_a_sentence(address: str) -> None:
    post(address, {"study": "1", "instance": "2", "decision": "released"})
    assert "private shelf" in settled(address)["errors"]["2"]
    with pytest.raises(urllib.error.HTTPError) as refused:
        post(address, {"study": "1"})
    assert refused.value.code == 400
    refused.value.close()


def test_a_held_exam_that_was_deleted_by_hand_keeps_no_other_one_from_being_decided_about(service: Service, address: str) -> None:
    gone = item(address)
    (folder,) = {path.parent for path in (service.folder / "private").rglob("study.json")}
    shutil.rmtree(folder)
    other = exports.zipped(service.folder / "b.zip", {"us": exports.written(exports.ultrasound(regions=False, study=2))})
    assert service.command("once", str(other)).returncode == 0
    shown = told(address + "items")
    assert shown["missing"] == [str(folder.relative_to(service.folder / "private"))]
    assert len(shown["items"]) == 1
    held = item(address)
    post(address, gone | {"decision": "released"})
    assert "not on the private shelf" in settled(address)["errors"][gone["instance"]]
    service.wait(lambda: not State(service.folder / "state").is_locked())  # the page is told before the chronicle is
    with service:
        post(address, gone | {"decision": "released"}, held | {"decision": "released"})
        said = settled(address)
        assert "its log says why" in said["errors"][gone["instance"]]
        assert said["states"][held["instance"]]["decision"] == "released"
        assert service.stop() == 0


def test_the_secret_stands_on_no_command_line_and_in_a_file_of_its_owners_alone(service: Service) -> None:
    service.command("once", str(service.downloads / "a.zip"))
    opened, browser = service.folder / "opened", service.folder / "browser"
    browser.write_text(f'#!/bin/sh\necho "$@" > {opened}.draft\nmv {opened}.draft {opened}\n')
    browser.chmod(0o755)
    leading = service.folder / "state" / "review.html"
    with page_of(service, "--port", "0", BROWSER=f"{browser} %s") as address:
        service.wait(opened.exists)
        secret = address.rstrip("/").rpartition("/")[2]
        assert secret not in opened.read_text()
        assert opened.read_text().strip() == leading.as_uri()
        assert address in leading.read_text()
        assert stat.S_IMODE(leading.stat().st_mode) == 0o600
    assert not leading.exists()


def test_a_tab_that_was_closed_is_no_error(address: str) -> None:
    port, path = re.findall(r":(\d+)(/\S+)", address)[0]
    uid = item(address)["instance"]
    for _ in range(3):
        with socket.create_connection(("127.0.0.1", int(port))) as closed:
            closed.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # a reset, not a farewell
            closed.sendall(f"GET {path}small/{uid}/0 HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
    assert get(address)  # it goes on, and `page_of` sees that nothing was said of an error
