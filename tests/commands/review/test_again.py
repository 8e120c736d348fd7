"""A reader of text that is missing is said to be that, and what waited for it is looked at once it is there."""

from pathlib import Path

import pytest

import exports
from lettering import stamped
from services import Service


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Service:
    """A service that filed two X-rays while ONNX Runtime did not load; it does from now on, unless its path is set again."""
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "onnxruntime.py").write_text("raise ImportError('libGL.so.1: cannot open shared object file')\n")
    made = Service(tmp_path, workers=1)
    files = {
        str(number): exports.written(stamped(words, number=number)) for number, words in enumerate(("", "SYNTHETICA"), start=1)
    }
    exports.zipped(made.downloads / "a.zip", files)
    with monkeypatch.context() as without:
        without.setenv("PYTHONPATH", str(broken), prepend=":")
        assert made.command("once", str(made.downloads / "a.zip")).returncode == 0
    return made


def test_it_is_told_in_fact_status_and_doctor_what_is_wrong(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (filed,) = service.facts("filed")
    assert filed["held"] == {"text-reader-unloadable": 2}
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "broken"), prepend=":")
    assert "since text could not be looked for: could not be searched for text: ONNX Runtime" in service.command("status").stdout
    assert "does not load. The library libGL.so.1 is missing: install the package" in service.command("doctor").stdout
    refused = service.command("review", "--again")
    assert refused.returncode == 1
    assert "does not load" in refused.stderr
    assert service.facts("looked-again") == []


def test_review_again_clears_what_is_clear(service: Service) -> None:
    done = service.command("review", "--again")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Cleared and filed in the library: 2" in done.stdout
    (fact,) = service.facts("looked-again")
    assert (fact["cleared"], fact["held"], fact["is_gone"]) == (2, {}, True)
    assert sum(name.startswith("library/") and name.endswith(".dcm") for name in service.files()) == 2
    assert "since text could not be looked for" not in service.command("status").stdout
    assert service.command("verify").returncode == 0
    assert service.command("review", "--again").returncode == 0
    assert len(service.facts("looked-again")) == 1


def test_the_service_looks_by_itself_when_nothing_else_is_to_do(service: Service) -> None:
    with service:
        service.wait_for("looked-again")
        service.wait_for("chronicled")
        assert "The service looks at it" in service.command("review", "--again").stdout
        assert service.stop() == 0
    assert sum(name.startswith("library/") and name.endswith(".dcm") for name in service.files()) == 2
