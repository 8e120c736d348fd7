import sys
from pathlib import Path

import pytest

from radiary.files import installation


@pytest.mark.parametrize(
    ("files", "first", "again"),
    [
        (
            {"pipx_metadata.json": "{}", "pyvenv.cfg": "uv = 0.5\n"},
            "pipx runpip place install 'radiary[ocr]'",
            "pipx runpip place install --force-reinstall radiary",
        ),
        (
            {"pyvenv.cfg": "home = /usr/bin\nuv = 0.5.1\n"},
            "uv pip install 'radiary[ocr]' --python PYTHON",
            "uv pip install --force-reinstall radiary --python PYTHON",
        ),
        (
            {"pyvenv.cfg": "home = /uv = 1\n"},
            "PYTHON -m pip install 'radiary[ocr]'",
            "PYTHON -m pip install --force-reinstall radiary",
        ),
        ({}, "PYTHON -m pip install 'radiary[ocr]'", "PYTHON -m pip install --force-reinstall radiary"),
    ],
)
def test_what_is_to_be_typed_names_whatever_made_the_place(
    files: dict[str, str], first: str, again: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "place"
    place.mkdir()
    for name, text in files.items():
        (place / name).write_text(text)
    monkeypatch.setattr(sys, "prefix", str(place))
    python = f"'{place}/my python'"
    monkeypatch.setattr(sys, "executable", python.strip("'"))
    assert installation.adding("ocr") == first.replace("PYTHON", python)
    assert installation.adding(again=True) == again.replace("PYTHON", python)
