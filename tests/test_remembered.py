"""What a network answered is remembered as it was."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import remembered
from radiary.dicom.text import inference


@pytest.mark.parametrize("name", ["detection", "faint"])
def test_a_map_of_a_picture_is_asked_for_once_and_stays_as_it_was(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    network, batch = inference.model(name), np.random.default_rng().random((1, 3, 32, 64), np.float32)
    first = network(batch)
    monkeypatch.setattr(remembered, "_asked", lambda *_: pytest.fail("the network was asked again"))
    assert (network(batch) == first).all()


def test_what_a_line_says_is_asked_for_once_and_stays_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    network, batch = inference.model("recognition"), np.random.default_rng().random((2, 3, 48, 320), np.float32)
    first = network(batch)
    monkeypatch.setattr(remembered, "_asked", lambda *_: pytest.fail("the network was asked again"))
    again = network(batch)
    assert (again.shape, again.dtype) == (first.shape, first.dtype)
    assert (again.argmax(axis=-1) == first.argmax(axis=-1)).all()
    assert (again.max(axis=-1) == first.max(axis=-1)).all()


def test_another_picture_or_another_network_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(remembered, "_asked", lambda _, batch: asked.append(batch) or np.zeros((1, 1, 8, 16), "f4"))
    batch = np.random.default_rng().random((1, 3, 32, 64), np.float32)
    for given in (batch, 1 - batch, batch.reshape(1, 3, 64, 32)):
        for name in ("detection", "faint"):
            inference.model(name)(given)
    assert len(asked) == 6


_ASKED = "import remembered; from radiary.dicom.text import inference; print(inference.Model.__call__ is remembered._asked)"


def test_what_is_no_run_of_tests_asks_each_time() -> None:
    around = {name: value for name, value in os.environ.items() if name != "REMEMBERED"}
    line = [sys.executable, "-c", _ASKED]
    done = subprocess.run(line, cwd=Path(__file__).parent, env=around, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("True\n", "")
