"""A validator's opinion (dciodvfy of Debian's dicom3tools): the copies have no error that their originals did not have.

It reads no deflated ones, so it sees every copy uncompressed.
"""

import re
import subprocess
from pathlib import Path

import pytest
from pydicom.data import get_testdata_file

import exports
from radiary.dicom.develop import develop
from radiary.dicom.image_files import Development
from walled import TERMS

pytestmark = pytest.mark.debian
FILES = (
    "CT_small.dcm",
    "MR_small.dcm",
    "examples_ybr_color.dcm",
    "examples_palette.dcm",
    "rtplan.dcm",
    "reportsi.dcm",
    "test-SR.dcm",
    "rtdose_1frame.dcm",
    "liver_1frame.dcm",
    "waveform_ecg.dcm",
)


GONE = "VerifyingObserverSequence"
"""Who verified a report goes with all other names, though a verified one should say it."""


def errors(data: bytes, place: Path) -> set[str]:
    """Kinds of errors: what is wrong with which attribute; values and numbers left out."""
    place.write_bytes(data)
    done = subprocess.run(["dciodvfy", str(place)], capture_output=True, text=True, errors="replace", check=False)
    found = [line for line in done.stderr.splitlines() if line.startswith("Error")]
    return {re.sub(r"=?<(\d[^>]*)>|[\d.]+", "", line).strip() for line in found if GONE not in line}


@pytest.mark.parametrize("name", FILES)
def test_a_real_files_copy_has_no_new_error(name: str, tmp_path: Path) -> None:
    path = get_testdata_file(name, download=False)
    assert path is not None
    original = Path(path).read_bytes()
    found = develop(original, TERMS, scales=_scales(original))
    assert isinstance(found, Development)
    (copy,) = [exports.written(exports.read_back(made.data)) for made in found.files() if made.path.endswith(".dcm")]
    assert errors(copy, tmp_path / "copy") - errors(original, tmp_path / "original") == set()


def _scales(data: bytes) -> dict[str, tuple[float, float]]:
    """Whatever range its series would have."""
    uid = str(exports.read_back(data).SeriesInstanceUID)
    return {TERMS.pseudonyms.uid(uid): (0.0, 4000.0)}
