"""What is wrong with a reader of text is said as exactly that."""

import sys
from typing import NoReturn

import numpy as np
import pytest

from radiary.dicom.text import engine, extra, inference
from radiary.model.errors import Reason


def test_a_reader_that_is_there_is_in_no_trouble() -> None:
    assert engine.trouble() is None


def test_without_onnx_runtime_it_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra, "is_installed", lambda: False)
    assert engine.trouble() == Reason.TEXT_READER_NOT_INSTALLED


def test_a_library_that_does_not_load_is_told_as_that(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra, "is_installed", lambda: True)
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    assert engine.trouble() == Reason.TEXT_READER_UNLOADABLE


def test_missing_models_are_told_as_that(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_name: str) -> NoReturn:
        raise FileNotFoundError

    monkeypatch.setattr(inference, "model", missing)
    assert engine.trouble() == Reason.TEXT_READER_INCOMPLETE


def test_a_reader_that_sees_nothing_is_told_as_that(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inference, "model", lambda _: lambda batch: np.zeros((1, 1, *batch.shape[2:]), "f4"))
    assert engine.trouble() == Reason.TEXT_READER_WRONG
