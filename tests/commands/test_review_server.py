"""The review page as a person uses it, with and without the service."""

import contextlib
import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

import exports
from radiary.commands.held_pictures import HeldPictures
from radiary.library.shelf import Library
from radiary.settings import Settings
from services import PATIENCE, Service


@pytest.fixture
def service(tmp_path: Path) -> Service:
    made = Service(tmp_path, workers=1)
    exports.zipped(made.downloads / "a.zip", {"us": exports.written(exports.ultrasound(regions=False))})
    return made


@pytest.fixture
def address(service: Service) -> Iterator[str]:
    service.command("once", str(service.downloads / "a.zip"))
    line = [sys.executable, "-m", "radiary", "review", "--no-browser", *service.options]
    with subprocess.Popen(line, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONUNBUFFERED": "1"}) as page:
        try:
            assert page.stdout is not None
            found = re.search(r"http://127\.0\.0\.1:\d+/\S+/", page.stdout.readline())
            assert found
            yield found[0]
            page.send_signal(signal.SIGINT)
            assert page.wait(PATIENCE) == 0
        finally:
            page.kill()


def get(address: str, **headers: str) -> str:
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers)) as answer:
        return str(answer.read().decode())


def post(address: str, **decision: object) -> dict[str, str]:
    with urllib.request.urlopen(address + "decide", data=json.dumps(decision).encode()) as answer:
        return dict(json.load(answer))


def item(address: str) -> tuple[str, str]:
    found = re.search(r'data-study="([\d.]+)" data-instance="([\d.]+)"', get(address))
    assert found
    return found[1], found[2]


def test_a_decision_is_carried_out_at_once_while_the_service_is_not_running(service: Service, address: str) -> None:
    study, instance = item(address)
    assert "Done" in post(address, study=study, instance=instance, decision="released")["said"]
    assert any(name.startswith("library/") and name.endswith(".png") for name in service.files())
    assert "Released." in get(address)
    assert "Done" in post(address, study=study, instance=instance, decision="undone")["said"]
    assert not any(name.endswith(".png") for name in service.files() if name.startswith("library/"))
    assert [fact["decision"] for fact in service.facts("reviewed")] == ["released", "undone"]
    assert service.command("verify").returncode == 0


def test_while_the_service_runs_it_carries_the_decision_out(service: Service, address: str) -> None:
    study, instance = item(address)
    with service:
        said = post(address, study=study, instance=instance, decision="blanked", boxes=[[0, 0, 79, 59]])
        assert "seconds" in said["said"]
        (fact,) = service.wait_for("reviewed")
        assert fact["boxes"] == [[0, 0, 79, 59]]
        service.wait_for("chronicled")
        assert service.stop() == 0


def test_nobody_else_gets_anything(address: str) -> None:
    root = address[: address.index("/", 8) + 1]
    for place, headers in (
        (root, {}),
        (root + "picture/x/y", {}),
        (address + "picture/2.25.1/../../state/key", {}),
        (address + "nothing", {}),
        (address, {"Host": "evil.example"}),
    ):
        with pytest.raises(urllib.error.HTTPError) as refused:
            get(place, **headers)
        assert refused.value.code == 404
        refused.value.close()


def test_nobody_else_decides_anything(service: Service, address: str) -> None:
    study, instance = item(address)
    said = json.dumps({"study": study, "instance": instance, "decision": "released"}).encode()
    port, path = re.findall(r":(\d+)(/\S+)", address)[0]
    host, large = f"127.0.0.1:{port}", b" " * (1 << 20) + said
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
    assert service.facts("reviewed") == []


def test_it_listens_on_this_computer_alone(address: str) -> None:
    port = int(re.findall(r":(\d+)/", address)[0])
    listening = [one.laddr for one in psutil.net_connections("inet") if one.status == "LISTEN" and one.laddr.port == port]
    assert {one.ip for one in listening} == {"127.0.0.1"}


def test_a_nonsensical_decision_is_refused_with_a_sentence(address: str) -> None:
    assert "private shelf" in post(address, study="1", instance="2", decision="released")["error"]
    with pytest.raises(urllib.error.HTTPError) as refused:
        post(address, study="1")
    assert refused.value.code == 400
    refused.value.close()


def test_a_held_exam_that_was_deleted_by_hand_keeps_no_other_one_from_being_decided_about(service: Service, address: str) -> None:
    gone = item(address)
    (folder,) = {path.parent for path in (service.folder / "private").rglob("study.json")}
    shutil.rmtree(folder)
    other = exports.zipped(service.folder / "b.zip", {"us": exports.written(exports.ultrasound(regions=False, study=2))})
    assert service.command("once", str(other)).returncode == 0
    shown = get(address)
    assert f"{folder.relative_to(service.folder / 'private')} is not on the private shelf any more" in shown
    assert shown.count("<article") == 1
    study, instance = item(address)
    assert "not on the private shelf" in post(address, study=gone[0], instance=gone[1], decision="released")["error"]
    with service:
        assert "seconds" in post(address, study=gone[0], instance=gone[1], decision="released")["said"]
        assert "seconds" in post(address, study=study, instance=instance, decision="released")["said"]
        (fact,) = service.wait_for("reviewed")
        assert fact["instance"] == instance
        assert service.stop() == 0


def test_pictures_are_shown_without_reading_the_whole_shelf_for_each(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    service.command("once", str(service.downloads / "a.zip"))
    places = {name: service.folder / name for name in ("library", "private", "chronicle", "state")}
    held = HeldPictures(Settings(watch=(service.downloads,), **places))
    (instance,) = held.listed().instances
    read = Library.study
    reads = []
    monkeypatch.setattr(Library, "study", lambda library, folder: reads.append(folder) or read(library, folder))
    for _ in range(3):
        assert held.picture(instance["study"], instance["pictures"][0])
    assert reads == []
    assert held.picture(instance["study"], "../../state/key") is None
    (service.folder / "private" / instance["folder"] / instance["pictures"][0]).unlink()
    assert held.picture(instance["study"], instance["pictures"][0]) is None
    held.close()


@pytest.mark.debian
def test_in_a_browser_a_box_is_drawn_and_the_picture_blanked(service: Service, address: str) -> None:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service as Driver
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.ui import WebDriverWait

    options = webdriver.ChromeOptions()
    for flag in ("headless", "no-sandbox", "disable-gpu", "disable-background-networking", "no-first-run", "disable-sync",
                 "disable-component-update", "disable-quic", f"user-data-dir={service.folder / 'profile'}"):  # fmt: skip
        options.add_argument(f"--{flag}")
    browser = webdriver.Chrome(options=options, service=Driver("/usr/bin/chromedriver"))
    try:
        browser.get(address)
        wait = WebDriverWait(browser, PATIENCE)
        frame = browser.find_element(By.CSS_SELECTOR, ".frame")
        wait.until(lambda _: frame.get_attribute("data-looked") == "yes")
        browser.execute_script("for (const box of document.querySelectorAll('.box')) box.remove()")
        ActionChains(browser).move_to_element_with_offset(frame, -20, -10).click_and_hold().move_by_offset(
            30, 15
        ).release().perform()
        browser.find_element(By.CSS_SELECTOR, "[data-does=blanked]").click()
        wait.until(lambda _: "Blanked" in browser.find_element(By.CSS_SELECTOR, "output").text)
    finally:
        browser.quit()
    (fact,) = service.facts("reviewed")
    ((x0, y0, x1, y1),) = fact["boxes"]
    assert 25 <= x1 - x0 <= 35
    assert 10 <= y1 - y0 <= 20
    copy = next((service.folder / "library").rglob("*.dcm"))
    pixels = exports.read_back(copy.read_bytes()).pixel_array
    assert not pixels[y0 : y1 + 1, x0 : x1 + 1].any()
    assert (pixels == 0).all(axis=2).sum() == (x1 - x0 + 1) * (y1 - y0 + 1)
