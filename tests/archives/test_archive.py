import io
import zipfile
import zlib
from pathlib import Path

import numpy as np
import pytest

import exports
from conftest import export_at
from radiary.archives import archive, zip_reading
from radiary.model.errors import (
    Empty,
    Encrypted,
    NotAnArchive,
    RadiaryError,
    Reason,
    SourceChanged,
    SourceGone,
    SourceUnreadable,
    TruncatedArchive,
    UnsafeArchive,
)
from radiary.model.nouns import Limits, Skipped


def test_members_are_read_one_by_one_whatever_the_layout(tmp_path: Path) -> None:
    files = {"DICOMDIR": b"1", "DICOM/PAT1/IM1": b"2", "viewer/run.exe": b"3", "ünï/日本.dcm": b"4"}
    with archive.opened(export_at(exports.zipped(tmp_path / "a.zip", files))) as opened:
        assert [opened.read(member.index) for member in opened.members()] == [b"1", b"2", b"3", b"4"]


def test_a_folder_and_a_loose_file_are_archives_too(tmp_path: Path) -> None:
    (tmp_path / "cd" / "sub").mkdir(parents=True)
    (tmp_path / "cd" / "sub" / "b").write_bytes(b"2")
    (tmp_path / "cd" / "a").write_bytes(b"1")
    (tmp_path / "cd" / "link").symlink_to("/etc/hostname")
    with archive.opened(export_at(tmp_path / "cd")) as opened:
        assert [opened.read(member.index) for member in opened.members()] == [b"1", b"2"]
    with archive.opened(export_at(tmp_path / "cd" / "a")) as opened:
        assert len(opened.members()) == 1


def flipped(path: Path, needle: bytes) -> Path:
    data = bytearray(path.read_bytes())
    data[data.index(needle) + 2] ^= 0xFF
    path.write_bytes(data)
    return path


def test_a_flipped_byte_costs_that_member_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("one", b"first content")
        made.writestr("two", b"second content")
    with archive.opened(export_at(flipped(path, b"first"))) as opened:
        assert opened.read(0) == Skipped(Reason.DAMAGED_MEMBER)
        assert opened.read(1) == b"second content"


def _refused(path: Path) -> type[RadiaryError]:
    with pytest.raises(RadiaryError) as error, archive.opened(export_at(path)) as opened:
        opened.members()
    return type(error.value)


def test_what_is_no_export_is_refused_with_its_reason(tmp_path: Path) -> None:
    whole = exports.zipped(tmp_path / "whole.zip", exports.ct_files()).read_bytes()
    cases = {"empty": (b"", Empty), "page": (b"<html></html>", NotAnArchive), "cut": (whole[: len(whole) // 2], TruncatedArchive)}
    for name, (content, kind) in cases.items():
        (tmp_path / f"{name}.zip").write_bytes(content)
        assert _refused(tmp_path / f"{name}.zip") is kind


def test_a_zip_with_a_password_waits_for_its_owner(tmp_path: Path) -> None:
    path = exports.zipped(tmp_path / "a.zip", {"one": b"x"})
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert _refused(path) is Encrypted


def test_a_bomb_is_refused_before_a_byte_is_unpacked(tmp_path: Path) -> None:
    path = exports.zipped(tmp_path / "a.zip", {str(number): b"x" for number in range(5)})
    data = path.read_bytes()
    at = -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        data = data[: at + 24] + (0xFFFFFFFE).to_bytes(4, "little") + data[at + 28 :]
    path.write_bytes(data)
    assert _refused(path) is UnsafeArchive


def test_one_picture_of_zeros_is_no_bomb_and_not_held_in_memory(tmp_path: Path) -> None:
    path = exports.zipped(tmp_path / "a.zip", {"zeros": bytes(80 << 20), "one": b"x"})
    with archive.opened(export_at(path), place=tmp_path / "place") as opened:
        assert opened.read(1) == b"x"
        large = opened.read(0)
        assert not isinstance(large, bytes | Skipped)
        with large:
            large.seek(0)
            assert large.read() == bytes(80 << 20)
    assert not list((tmp_path / "place").iterdir()), "what is identified has no name on the disk"


def test_a_large_damaged_member_is_damaged(tmp_path: Path) -> None:
    path = exports.zipped(
        tmp_path / "a.zip", {"noise": np.random.default_rng(1).integers(0, 256, 40 << 20).astype("u1").tobytes()}
    )
    with path.open("r+b") as file:
        file.seek(30 << 20)
        file.write(b"flipped")
    with archive.opened(export_at(path)) as opened:
        assert opened.read(0) == Skipped(Reason.DAMAGED_MEMBER)


def test_a_folder_that_loses_a_file_meanwhile_has_changed(tmp_path: Path) -> None:
    (tmp_path / "cd").mkdir()
    (tmp_path / "cd" / "a").write_bytes(b"1")
    with archive.opened(export_at(tmp_path / "cd")) as opened:
        with pytest.raises(SourceChanged):
            opened.read(7)
        (tmp_path / "cd" / "a").unlink()
        with pytest.raises(SourceGone):
            opened.read(0)


def test_a_disk_that_gives_errors_is_not_a_damaged_member(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing(io.BytesIO):
        def read(self, *_: object) -> bytes:
            raise OSError(5, "Input/output error")

    export = export_at(exports.zipped(tmp_path / "a.zip", {"one": b"x"}))
    with archive.opened(export) as opened, monkeypatch.context() as patch:
        patch.setattr(opened._zip, "fp", Failing())
        with pytest.raises(SourceUnreadable):
            opened.read(0)


def test_a_member_is_the_same_read_at_once_and_piece_by_piece(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = bytes(range(256)) * 4000
    path = exports.zipped(tmp_path / "a.zip", {"one": data, "two": b""})
    damaged = path.read_bytes().replace(zlib.crc32(data).to_bytes(4, "little"), b"\0\0\0\0")
    (tmp_path / "b.zip").write_bytes(damaged)
    for is_quick in (True, False):
        if not is_quick:
            monkeypatch.setattr(zip_reading, "inflated", lambda *_: None)
        with archive.opened(export_at(path)) as opened:
            assert [opened.read(0), opened.read(1)] == [data, b""]
        with archive.opened(export_at(tmp_path / "b.zip")) as opened:
            assert opened.read(0) == Skipped(Reason.DAMAGED_MEMBER)


def test_an_export_that_went_away_is_gone(tmp_path: Path) -> None:
    export = export_at(exports.zipped(tmp_path / "a.zip", {"one": b"x"}))
    export.path.unlink()
    with pytest.raises(SourceGone), archive.opened(export):
        pass


def test_a_member_larger_than_allowed_is_skipped_and_read_nowhere(tmp_path: Path) -> None:
    (tmp_path / "cd").mkdir()
    (tmp_path / "cd" / "large").write_bytes(bytes(2000))
    for path in (exports.zipped(tmp_path / "a.zip", {"large": bytes(2000)}), tmp_path / "cd"):
        with archive.opened(export_at(path), (), Limits(member=1000)) as opened:
            assert opened.read(0) == Skipped(Reason.TOO_LARGE)
