"""What of the private shelf is a paper."""

import json
from pathlib import Path

import numpy as np

import exports
from papers import STYLES
from services import Service

LUNG = '["lung"]'
HERS = {"PatientName": "Quillemans^Roos", "PatientBirthDate": "19581123", "PatientID": "Q-4411"}


def held_ct() -> bytes:
    """A capture of a CT, which is held for its class."""
    made = exports.dataset(modality="CT", sop_class=exports.SC, study=2)
    made.RescaleSlope, made.RescaleIntercept, made.RescaleType = "1", "-1024", "HU"
    return exports.written(exports.with_pixels(made, np.arange(4800, dtype="<u2").reshape(60, 80) % 4096, stored=12))


def test_pictures_of_a_held_ct_in_further_windows_and_in_16_bits_are_no_papers(tmp_path: Path) -> None:
    service = Service(tmp_path, workers=1, windows=LUNG, **{"sixteen-bits": "true"})
    exports.zipped(service.downloads / "a.zip", {"a": held_ct(), **exports.ct_files(1, **HERS)})
    (service.downloads / "letter.pdf").write_bytes(STYLES["dutch"]()[0])
    assert service.command("once", *(str(service.downloads / name) for name in ("a.zip", "letter.pdf"))).returncode == 0
    assert {path.name.split("-")[-1] for path in (tmp_path / "private").rglob("*-*-*.png")} == {"lung.png", "16bit.png"}
    assert len(json.loads(service.command("papers", "--json").stdout)["papers"]) == 1
