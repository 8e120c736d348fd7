from pathlib import Path

import exports
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
    (tmp_path / "chronicle/sheets/stale.jpg").write_bytes(b"")
    made.command("once", str(exports.zipped(tmp_path / "c.zip", exports.ct_files(5))))
    assert list((tmp_path / "chronicle/sheets").iterdir()) == [sheet]
