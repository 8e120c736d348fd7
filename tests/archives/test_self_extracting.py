"""An archive behind a program is read, and the program is not run."""

from pathlib import Path

import pytest

from conftest import export_at
from odd_archives import GOOD, seven_zipped, two, zipped
from radiary.archives import source, unpack
from radiary.model.nouns import Limits

STUB = b"MZ" + bytes(range(256)) * 40


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("disc.exe", STUB + GOOD),
        ("disc.exe", STUB + seven_zipped(*two)),
        ("disc.zip", b"X" * 100 + GOOD),
    ],
)
def test_an_archive_behind_something_else_is_read(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    export = export_at(tmp_path / name)
    assert source.sighted(export.path, export.fingerprint).is_candidate
    assert unpack.holds_dicom(export, tmp_path / "scratch", Limits(), ())
    with unpack.readable(export, tmp_path / "scratch", Limits(), ()) as plain:
        assert (plain.members, plain.skipped) == (2, {})


def test_a_program_alone_is_none_of_ours(tmp_path: Path) -> None:
    (tmp_path / "setup.exe").write_bytes(STUB)
    assert not source.sighted(tmp_path / "setup.exe", ()).is_candidate
    (tmp_path / "setup.exe").write_bytes(STUB + zipped(("setup.dll", b"x")))
    assert not unpack.holds_dicom(export_at(tmp_path / "setup.exe"), tmp_path / "scratch", Limits(), ())
