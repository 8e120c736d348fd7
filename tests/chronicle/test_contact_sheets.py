import os
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import exports
from radiary.chronicle import contact_sheets
from radiary.model.records import FileRecord, InstanceRecord, SeriesRecord
from services import Service
from viewer import test_enhanced, test_phases


def test_every_exam_has_a_sheet_which_grows_with_it_and_goes_with_it(tmp_path: Path) -> None:
    made = Service(tmp_path)
    assert made.command("once", str(exports.zipped(tmp_path / "a.zip", exports.ct_files(2)))).returncode == 0
    (sheet,) = (tmp_path / "chronicle/sheets").iterdir()
    assert sheet.name.startswith("2024-01-01-CT-")
    assert f'href="sheets/{sheet.name}"' in (tmp_path / "chronicle/index.html").read_text()
    before, times = sheet.read_bytes(), sheet.stat().st_mtime_ns
    made.command("once", str(exports.zipped(tmp_path / "a.zip", exports.ct_files(2))))
    assert sheet.stat().st_mtime_ns == times
    made.command("once", str(exports.zipped(tmp_path / "b.zip", exports.ct_files(4))))
    assert sheet.read_bytes() != before
    (tmp_path / "chronicle/sheets/2020-01-01-CT-abcdefgh.jpg").write_bytes(b"of an exam that is gone")
    (tmp_path / "chronicle/sheets/mine").mkdir()
    (tmp_path / "chronicle/sheets/notes.txt").write_text("mine")
    made.command("once", str(exports.zipped(tmp_path / "c.zip", exports.ct_files(5))))
    assert sorted(path.name for path in (tmp_path / "chronicle/sheets").iterdir()) == [sheet.name, "mine", "notes.txt"]


def test_what_she_sealed_or_took_out_has_no_sheet_until_she_opens_it(tmp_path: Path) -> None:
    made = Service(tmp_path)
    assert made.command("once", str(exports.zipped(tmp_path / "a.zip", exports.ct_files(2)))).returncode == 0
    own, sheets = tmp_path / "chronicle/chronicle.yml", tmp_path / "chronicle/sheets"
    text = own.read_text()
    there = {path.name for path in sheets.iterdir()}
    for changed, told in (
        (text.replace("    - title", "    - sealed: true\n      title"), set()),
        (text, there),
        ("- date: 2020-01-01\n", set()),
    ):
        own.write_text(changed)
        assert made.command("chronicle").returncode == 0
        assert {path.name for path in sheets.iterdir()} == told


def test_a_damaged_picture_costs_no_more_than_the_sheet_it_would_stand_on(tmp_path: Path) -> None:
    made = Service(tmp_path)
    made.command("once", str(exports.zipped(tmp_path / "a.zip", exports.ct_files(2))))
    for picture in (tmp_path / "library").rglob("*.png"):
        picture.write_bytes(b"damaged")
    for record in (tmp_path / "library").rglob("study.json"):
        record.touch()
    other = exports.written(exports.with_pixels(exports.dataset(study=2), exports.ramp()))
    done = made.command("once", str(exports.zipped(tmp_path / "b.zip", {"one": other})))
    assert (done.returncode, done.stderr.count("error")) == (0, 0)
    assert len(list((tmp_path / "chronicle/sheets").iterdir())) == 2


def test_a_sheet_made_while_the_clock_was_ahead_grows_with_its_exam(tmp_path: Path) -> None:
    made = Service(tmp_path)
    made.command("once", str(exports.zipped(tmp_path / "a.zip", exports.ct_files(2))))
    (sheet,) = (tmp_path / "chronicle/sheets").iterdir()
    before = size(sheet)
    os.utime(sheet, (4e9, 4e9))
    made.command("once", str(exports.zipped(tmp_path / "b.zip", exports.ct_files(4))))
    assert size(sheet) != before


def size(sheet: Path) -> tuple[int, int]:
    """Read as any program would."""
    with Image.open(BytesIO(sheet.read_bytes())) as opened:
        opened.load()
        return opened.size


def test_a_mammogram_is_named_by_side_and_view() -> None:
    series = SeriesRecord(uid="1", number=2, label="screening", modality="MG", body_part=None, side="R", view="MLO", instances=())
    assert contact_sheets.title(series, 3, 3) == "2 screening R MLO (3)"
    assert contact_sheets.title(series, 30, 3) == "2 screening R MLO (3 of 30)"


def slices() -> dict[str, bytes]:
    """A place after another, of each a slice that is dark and one that is bright, in the order of their times."""
    made = {}
    for place in range(4):
        for phase in range(2):
            header = test_phases.slice_of(2 * place + phase + 1, place, TemporalPositionIdentifier=phase + 1)
            header.WindowCenter, header.WindowWidth = 128, 256
            grey = 60 + 20 * place if phase == 0 else 0
            exports.with_pixels(header, np.full((24, 32), grey, "<u2"), stored=12)
            made[f"{place}-{phase}"] = exports.written(header)
    return made


def greys(sheet: Path) -> list[int]:
    """The grey in the middle of each picture of the only row, from the left."""
    with Image.open(BytesIO(sheet.read_bytes())) as opened:
        picture = np.array(opened.convert("L"))
    middles = [8 + place * 152 + 72 for place in range((picture.shape[1] - 8) // 152)]
    return [int(picture[8 + 26 + 72, middle]) for middle in middles]


@pytest.mark.parametrize("kind", ["slices", "frames"])
def test_of_a_series_in_space_and_time_the_sheet_shows_the_phase_that_stands_for_it(kind: str, tmp_path: Path) -> None:
    made = Service(tmp_path)
    files = slices() if kind == "slices" else {"one": test_enhanced.interleaved("times")}
    assert made.command("once", str(exports.zipped(tmp_path / "a.zip", files))).returncode == 0
    (sheet,) = (tmp_path / "chronicle/sheets").iterdir()
    expected = [60, 80, 100, 120] if kind == "slices" else test_enhanced.FIRST
    assert greys(sheet) == pytest.approx(expected, abs=3)


def of_one_grey(number: int, frames: int) -> InstanceRecord:
    pictures = tuple(FileRecord(path=f"{number}-{frame}.png", sha256="", size=1) for frame in range(frames))
    return InstanceRecord(uid=f"{number}", number=number, position=None, pixels="", pictures=pictures, copies=())


def test_clips_and_stills_of_an_ultrasound_are_all_on_the_sheet() -> None:
    instances = (of_one_grey(1, 1), of_one_grey(2, 1), of_one_grey(3, 3))
    series = SeriesRecord(uid="1", number=1, label="x", modality="US", body_part=None, instances=instances)
    assert contact_sheets.places(series, ()) == [0, 1, 2, 3, 4]
    assert contact_sheets.places(replace(series, instances=()), ()) == []
