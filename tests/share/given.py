"""A home to share from: exams of several kinds, a report, a recording, one on the shelf, and her file with words and a seal."""

import functools
import subprocess
from pathlib import Path

import numpy as np
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

import exports
from electrocardiograms import code, ecg
from services import Service
from viewer import phantoms

SR, ECG = "1.2.840.10008.5.1.4.1.1.88.22", "1.2.840.10008.5.1.4.1.1.9.1.1"
HERS = """- date: 2024-01-02
  events:
    - title: "The second look, with Petronella's sister"
      folder: "2024-01-02"
      images: ["scan1.jpg"]
      thread: "the long way"
- date: 2024-01-04
  events:
    - title: "Not for anybody"
      folder: "2024-01-04"
      images: ["scan1.jpg"]
      thread: "the long way"
      sealed: true
"""


def files() -> dict[str, bytes]:
    """Two CTs of a trunk, a clip, a sealed CT, a recording, and an ultrasound that may show a name."""
    return {
        **phantoms.slices(1, 6),
        **phantoms.slices(2, 5, start=2.5),
        **phantoms.clip(3, 6),
        **phantoms.slices(4, 3),
        "report": exports.written(_report()),
        "ecg": exports.written(_recording()),
        "held": exports.written(exports.ultrasound(study=1, series=7, regions=False)),
    }


def _report() -> Dataset:
    """Numbers, and words with dates in them, of the first day's exam."""
    made = exports.dataset(study=1, series=8, modality="SR", sop_class=SR)
    measured, value, comparison = Dataset(), Dataset(), Dataset()
    value.NumericValue, value.MeasurementUnitsCodeSequence = "14", Sequence([code("mm", "UCUM", "mm")])
    measured.RelationshipType, measured.ValueType = "CONTAINS", "NUM"
    measured.ConceptNameCodeSequence = Sequence([code("410668003", "SCT", "Length")])
    measured.MeasuredValueSequence = Sequence([value])
    comparison.RelationshipType, comparison.ValueType, comparison.Date = "CONTAINS", "DATE", "20240103"
    comparison.ConceptNameCodeSequence = Sequence([code("111060", "DCM", "Study Date")])
    made.ValueType, made.ConceptNameCodeSequence = "CONTAINER", Sequence([code("126000", "DCM", "Imaging Measurement Report")])
    made.ContentSequence, made.CompletionFlag, made.VerificationFlag = Sequence([measured, comparison]), "COMPLETE", "UNVERIFIED"
    made.ContentDate, made.ContentTime = "20240101", "121500"
    return made


def _recording() -> Dataset:
    """An ECG on the fifth day, whose drawing has the names of leads in it."""
    time = np.arange(0, 4, 0.01)
    beat = np.exp(-(((time % 0.86) - 0.3) ** 2) / 0.0008)
    made = exports.dataset(study=5, series=1, modality="ECG", sop_class=ECG)
    made.update(ecg(["2:1", "2:2", "2:61"], np.stack([beat * size for size in (0.4, 0.8, 0.6)], 1)))
    return made


class Home:
    """Folders in which all of that was filed, and told in the chronicle."""

    def __init__(self, place: Path) -> None:
        place.mkdir(exist_ok=True)
        (place / "chronicle").mkdir()
        self.place, self.service = place, Service(place)
        done = self.service.command("once", str(exports.zipped(place / "a.zip", files())))
        assert done.returncode == 0, done.stderr
        (place / "chronicle/chronicle.yml").write_text(HERS)

    @property
    def library(self) -> Path:
        return self.place / "library"

    def share(self, *arguments: str, to: Path, **settings: str) -> subprocess.CompletedProcess[str]:
        """Run the command as its owner would."""
        options = [part for name, value in settings.items() for part in (f"--{name}", value)]
        return self.service.command("share", *arguments, "--to", str(to), *options)


@functools.cache
def home(place: Path) -> Home:
    """Made once for all tests of a run that share a place."""
    return Home(place / "home")


def texts(copy: Path) -> dict[str, str]:
    """Every text of a copy by name, its style and script apart, which are the same in all."""
    paths = [path for ending in ("html", "js") for path in copy.rglob(f"*.{ending}") if path.name != "viewer.js"]
    return {str(path.relative_to(copy)): path.read_text() for path in paths}
