import os
from io import BytesIO
from pathlib import Path

from PIL import Image

import exports
from radiary.chronicle import contact_sheets
from radiary.model.records import SeriesRecord
from services import Service


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
    assert contact_sheets.title(series, 3) == "2 screening R MLO (3)"
