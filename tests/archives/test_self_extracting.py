"""An archive behind a program is read, and the program is not run."""

from pathlib import Path

import pytest

from conftest import export_at
from odd_archives import GOOD, IMAGE, seven_zipped, two, zipped
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
    assert unpack.holds_dicom(export, tmp_path / "scratch", Limits(), passwords=())
    with unpack.readable(export, tmp_path / "scratch", Limits(), passwords=()) as plain:
        assert (plain.members, plain.skipped) == (2, {})


def test_a_program_alone_is_none_of_ours(tmp_path: Path) -> None:
    (tmp_path / "setup.exe").write_bytes(STUB)
    assert not source.sighted(tmp_path / "setup.exe", ()).is_candidate
    (tmp_path / "setup.exe").write_bytes(STUB + zipped(("setup.dll", b"x")))
    assert not unpack.holds_dicom(export_at(tmp_path / "setup.exe"), tmp_path / "scratch", Limits(), passwords=())


INNER = {
    "a zip": (STUB + GOOD, 2, {}),
    "a 7z": (STUB + seven_zipped(*two), 2, {}),
    "a RAR": (STUB + b"Rar!\x1a\x07\x01\0" + bytes(99), 0, {"inner-archive-packed-oddly": 1}),
    "a damaged zip": (STUB + zipped(*two, method=0).replace(b"DICM", b"DICX"), 0, {"damaged-member": 2}),
}


@pytest.mark.parametrize("is_folder", [False, True])
@pytest.mark.parametrize("name", INNER)
def test_a_program_inside_is_read_if_an_archive_stands_behind_it(tmp_path: Path, name: str, is_folder: bool) -> None:
    data, members, skipped = INNER[name]
    files = {"IM9": IMAGE, "disc.exe": data}
    path = tmp_path / "disc"
    if is_folder:
        path.mkdir()
        for file_name, content in files.items():
            (path / file_name).write_bytes(content)
    else:
        path.write_bytes(zipped(*files.items()))
    with unpack.readable(export_at(path), tmp_path / "scratch", Limits(), passwords=()) as plain:
        assert (plain.members, plain.skipped) == (1 + members, skipped)


def test_a_mere_program_inside_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped(("IM9", IMAGE), ("viewer.exe", STUB * 200)))
    with unpack.readable(export_at(tmp_path / "a.zip"), tmp_path / "scratch", Limits(), passwords=()) as plain:
        assert plain.export.path == tmp_path / "a.zip"
    (tmp_path / "b.zip").write_bytes(zipped(("IM9", IMAGE), ("viewer.exe", STUB * 200), ("c.zip", GOOD)))
    with unpack.readable(export_at(tmp_path / "b.zip"), tmp_path / "scratch", Limits(), passwords=()) as plain:
        assert (plain.members, plain.skipped, plain.left) == (3, {}, 1)
