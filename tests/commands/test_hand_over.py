"""`radiary once` while the service runs."""

import errno
import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import NoReturn

import pytest

import exports
from radiary.archives import source
from radiary.ingest.attempt import Attempts
from radiary.service.handed_over import HandedOver
from radiary.state.folder import State
from services import SOON, Service


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return Service(tmp_path, workers=1)


def test_a_running_service_files_what_is_handed_over_and_its_answer_is_told(service: Service, tmp_path: Path) -> None:
    path = exports.zipped(tmp_path / "Petronella.zip", exports.ct_files(2))
    with service:
        done = service.command("once", str(path))
        assert (done.returncode, "export 1 of 1: filed: " in done.stderr) == (0, True), done.stderr
        assert "2 pictures" in done.stderr
        assert "etronella" not in done.stderr + service.log
        service.wait_for("chronicled")
    assert len(service.facts("filed")) == 1
    assert list((tmp_path / "state/wishes").iterdir()) == list((tmp_path / "state/answers").iterdir()) == []


def test_what_stands_is_left_alone_and_what_was_lost_is_filed_once_more(service: Service, tmp_path: Path) -> None:
    path = exports.zipped(tmp_path / "a.zip", exports.ct_files(2))
    with service:
        service.command("once", str(path))
        again = service.command("once", str(path))
        assert "all of it stands, so it was left alone" in again.stderr
        for picture in (tmp_path / "library").rglob("*.png"):
            picture.unlink()
        assert "filed once more: " in service.command("once", str(path)).stderr
    assert service.command("verify").returncode == 0


def test_what_cannot_be_filed_is_a_sentence_from_the_service_too(service: Service, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"")
    with service:
        done = service.command("once", str(tmp_path / "a.zip"), str(tmp_path / "b.zip"))
        assert done.returncode == 1
        assert "export 1 of 2: The file is empty" in done.stderr
        assert "export 2 of 2: There is no such file" in done.stderr


def test_programs_get_the_fact(service: Service, tmp_path: Path) -> None:
    path = exports.zipped(tmp_path / "a.zip", exports.ct_files(1))
    for is_running in (True, False):
        if is_running:
            service.start()
        said = json.loads(service.command("once", "--json", str(path)).stdout)
        (told,) = said["exports"]
        assert (told["type"], told["stood"], said["note"]) == ("filed", not is_running, None)
        if is_running:
            service.stop()


def test_a_service_that_ends_before_it_answers_keeps_nobody_waiting(service: Service, tmp_path: Path) -> None:
    from radiary.state.folder import State

    state = State(tmp_path / "state")
    path = exports.zipped(tmp_path / "a.zip", exports.ct_files(1))
    line = [sys.executable, "-m", "radiary", "once", *service.options, str(path)]
    with state.locked():
        waiting = subprocess.Popen(line, stderr=subprocess.PIPE, text=True)
        service.wait(lambda: list((tmp_path / "state").glob("wishes/once-*")))
        assert waiting.poll() is None
    try:
        _, said = waiting.communicate(timeout=SOON)
    finally:
        waiting.kill()
    assert waiting.returncode == 1
    assert "run this once more" in said
    assert list((tmp_path / "state/wishes").iterdir()) == []


def test_what_cannot_be_read_and_what_goes_wrong_inside_is_answered_and_keeps_nothing_waiting(
    tmp_path: Path, attempts: Attempts, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = State(tmp_path / "state")
    heartbeat = SimpleNamespace(working=lambda _name: lambda _done, _total: None, alive=lambda: None, idle=lambda _why: None)
    handed_over = HandedOver(state, attempts, heartbeat)  # type: ignore[arg-type]
    path = exports.zipped(tmp_path / "a.zip", exports.ct_files(1))

    def said() -> dict[str, str]:
        state.ask("once", "ab", json.dumps({"path": str(path), "again": False}).encode())
        handed_over.file_all()
        assert not list((tmp_path / "state/wishes").iterdir())
        return dict(json.loads(state.answer_to("ab") or b"{}"))

    for error, reason in ((OSError(errno.EIO, "io"), "source-unreadable"), (PermissionError(), "unreadable-export")):
        monkeypatch.setattr(source, "fingerprint", lambda _path, error=error: _raised(error))
        assert said()["reason"] == reason
    monkeypatch.setattr(source, "fingerprint", lambda _path: _raised(ValueError(str(path))))
    answer = said()["error"]
    assert "`radiary report`" in answer
    assert str(path) not in answer


def test_what_was_handed_over_to_a_run_that_ended_is_filed_by_no_later_one(service: Service, tmp_path: Path) -> None:
    path = exports.zipped(tmp_path / "a.zip", exports.ct_files(1))
    State(tmp_path / "state").ask("once", "ab", json.dumps({"path": str(path), "again": False}).encode())
    with service:
        service.wait(lambda: not list((tmp_path / "state/wishes").glob("once-*")))
    assert service.facts("filed") == []


def _raised(error: Exception) -> NoReturn:
    raise error
