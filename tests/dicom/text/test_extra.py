"""Whether text in pictures can be read at all is asked in one place."""

import subprocess
import sys

import pytest

from radiary.dicom.text import extra


def test_whether_the_extra_is_installed_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    assert extra.is_installed()
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    assert not extra.is_installed()


def test_nothing_of_it_is_loaded_to_find_out() -> None:
    asked = (
        "import sys\nfrom radiary.dicom.text import extra\nassert extra.is_installed()\n"
        "assert not {'numpy', 'onnxruntime'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", asked], check=True)
