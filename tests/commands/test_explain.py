from pathlib import Path

import exports
from services import Service


def test_of_what_is_no_dicom_that_is_said(tmp_path: Path) -> None:
    service = Service(tmp_path, workers=1)
    (tmp_path / "letter.txt").write_text("Dear Petronella")
    for path in (tmp_path / "letter.txt", exports.zipped(tmp_path / "a.zip", {"x": b"hello"})):
        done = service.command("explain", str(path))
        assert (done.returncode, done.stdout) == (1, "")
        assert "no DICOM images in it" in done.stderr


def test_unknown_digits_and_a_download_that_is_gone_are_told_apart(tmp_path: Path) -> None:
    service = Service(tmp_path, workers=1)
    path = exports.zipped(tmp_path / "a.zip", exports.ct_files(1))
    service.command("once", str(path))
    digits = service.facts("filed")[0]["export"][:12]
    unknown = service.command("explain", "0000000000")
    assert (unknown.returncode, "No export begins with these digits" in unknown.stderr) == (2, True)
    gone = service.command("explain", digits)
    assert (gone.returncode, "does not lie in a watched folder any more" in gone.stderr) == (2, True)
    assert service.command("explain", "a.zip").stderr == gone.stderr  # by the name that it had
    assert "no such file" in service.command("explain", "b.zip").stderr
    assert "in 1 file;" in service.command("explain", str(path)).stdout
