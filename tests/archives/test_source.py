import hashlib
import os
import shutil
import struct
import zipfile
from pathlib import Path

import pytest

import exports
from radiary.archives import source
from radiary.model.errors import SourceGone, SourceUnreadable, UnreadableExport
from radiary.watch import completeness


def look(path: Path) -> tuple[bool, bool]:
    found = source.sighted(path, source.fingerprint(path), completeness.is_arriving_inside)
    return found.is_candidate, found.is_whole


def test_a_whole_zip_is_ours_and_whole(tmp_path: Path) -> None:
    assert look(exports.zipped(tmp_path / "a.zip", exports.ct_files())) == (True, True)
    assert look(exports.zipped(tmp_path / "no suffix", exports.ct_files())) == (True, True)


@pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
def test_a_truncated_zip_is_not_whole(tmp_path: Path, share: float) -> None:
    path = exports.zipped(tmp_path / "a.zip", exports.ct_files())
    path.write_bytes(path.read_bytes()[: int(share * path.stat().st_size)])
    assert look(path) == (True, False)


def test_the_end_of_a_nested_zip_does_not_pass_for_the_outer_ones(tmp_path: Path) -> None:
    inner = exports.zipped(tmp_path / "inner.zip", exports.ct_files(1)).read_bytes()
    outer = tmp_path / "outer.zip"
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a", bytes(1000))
        archive.writestr("inner.zip", inner)
    end = outer.read_bytes().index(inner) + len(inner)
    outer.write_bytes(outer.read_bytes()[:end])
    assert zipfile.is_zipfile(outer)
    assert look(outer) == (True, False)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("scan.zip", b"", (True, False)),
        ("scan.zip", b"<html>error</html>", (True, False)),
        ("letter.pdf", b"%PDF-1.7", (True, False)),
        ("letter.pdf", b"%PDF-1.7 1 0 obj %%EOF", (True, True)),
        ("IM0001", exports.written(exports.slice_of_ct()), (True, True)),
        ("image.dcm", b"<html>error</html>", (True, False)),
        ("scan.zip", bytes(4000), (True, False)),
        ("scan.7z", bytes(4000), (True, False)),
    ],
)
def test_a_file_is_ours_by_name_or_by_content(tmp_path: Path, name: str, content: bytes, expected: tuple[bool, bool]) -> None:
    (tmp_path / name).write_bytes(content)
    assert look(tmp_path / name) == expected


def test_a_folder_is_ours_when_a_dicom_file_is_in_it_and_whole_when_no_download_is(tmp_path: Path) -> None:
    folder = tmp_path / "cd" / "deep"
    folder.mkdir(parents=True)
    (folder / "readme.txt").write_text("hello")
    assert look(tmp_path / "cd") == (False, True)
    (folder / "IM1").write_bytes(exports.written(exports.slice_of_ct()))
    assert look(tmp_path / "cd") == (True, True)
    (folder / "IM2.part").write_bytes(b"")
    assert look(tmp_path / "cd") == (True, False)


def test_the_digest_is_of_the_bytes_not_of_names_or_times(tmp_path: Path) -> None:
    def digest(path: Path) -> str:
        return source.export(path, source.fingerprint(path), None).digest

    one = exports.zipped(tmp_path / "a.zip", exports.ct_files())
    two = Path(shutil.copy(one, tmp_path / "Petronella.zip"))
    assert digest(one) == digest(two)
    (tmp_path / "x").mkdir()
    (tmp_path / "y").mkdir()
    for folder, names in ((tmp_path / "x", "ab"), (tmp_path / "y", "dc")):
        for name, content in zip(names, ("1", "2"), strict=True):
            (folder / name).write_text(content)
    assert digest(tmp_path / "x") == digest(tmp_path / "y")
    (tmp_path / "y" / "c").write_text("3")
    assert digest(tmp_path / "x") != digest(tmp_path / "y")


def test_an_export_shows_no_name(tmp_path: Path) -> None:
    path = exports.zipped(tmp_path / "Petronella.zip", exports.ct_files(1))
    assert "Petronella" not in repr(source.export(path, source.fingerprint(path), None))
    path.unlink()
    with pytest.raises(SourceGone) as error:
        source.export(path, (), None)
    assert "Petronella" not in f"{error.value!r}{error.value.__cause__!r}"


def test_a_change_shows_though_size_and_time_are_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"11")
    before, status = source.fingerprint(path), path.stat()
    path.write_bytes(b"22")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert source.fingerprint(path) != before


def test_a_change_anywhere_in_a_folder_shows(tmp_path: Path) -> None:
    (tmp_path / "cd/deep").mkdir(parents=True)
    (tmp_path / "cd/deep/a").write_bytes(b"1")
    (tmp_path / "cd/b").write_bytes(b"2")
    seen = [source.fingerprint(tmp_path / "cd")]
    (tmp_path / "cd/deep/a").write_bytes(b"3")
    seen.append(source.fingerprint(tmp_path / "cd"))
    (tmp_path / "cd/deep/c").write_bytes(b"4")
    seen.append(source.fingerprint(tmp_path / "cd"))
    (tmp_path / "cd/b").unlink()
    seen.append(source.fingerprint(tmp_path / "cd"))
    assert len(set(seen)) == len({source.in_short(one) for one in seen}) == 4


def test_nothing_is_read_through_a_link_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "cd").mkdir()
    (tmp_path / "cd/a").write_bytes(b"1")
    (tmp_path / "secret").write_bytes(b"2")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/b").write_bytes(b"3")
    (tmp_path / "cd/link").symlink_to(tmp_path / "secret")
    (tmp_path / "cd/way").symlink_to(tmp_path / "elsewhere")
    assert source.files(tmp_path / "cd") == [tmp_path / "cd/a"]


def test_an_empty_file_is_not_whole(tmp_path: Path) -> None:
    for name in ("a.zip", "a.dcm", "IM1"):
        (tmp_path / name).touch()
        assert not look(tmp_path / name)[1]


def test_a_zip_behind_anything_else_is_not_whole(tmp_path: Path) -> None:
    whole = exports.zipped(tmp_path / "a.zip", exports.ct_files(1)).read_bytes()
    (tmp_path / "b.zip").write_bytes(b"PK\3\4" + bytes(100) + whole)
    assert look(tmp_path / "b.zip") == (True, False)


def test_a_disk_that_gives_errors_is_told_from_a_file_that_is_gone_and_one_that_may_not_be_read() -> None:
    for error, kind in (
        (PermissionError(13, "no"), UnreadableExport),
        (FileNotFoundError(2, "no"), SourceGone),
        (NotADirectoryError(20, "no"), SourceGone),
        (OSError(5, "no"), SourceUnreadable),
        (OSError("a library's own word"), zipfile.BadZipFile),
        (OSError(22, "no file has a byte there"), zipfile.BadZipFile),
    ):
        with pytest.raises(kind), source.reading():
            raise error


def test_a_zip_is_not_whole_without_the_end_of_its_comment_or_with_no_directory(tmp_path: Path) -> None:
    path = exports.zipped(tmp_path / "a.zip", exports.ct_files(1))
    with zipfile.ZipFile(path, "a") as archive:
        archive.comment = b"from the hospital"
    whole = path.read_bytes()
    assert look(path) == (True, True)
    path.write_bytes(whole[:-1])
    assert look(path) == (True, False)
    path.write_bytes(whole.replace(b"PK\1\2", b"PK\1\3"))
    assert look(path) == (True, False)


def test_the_end_of_an_empty_zip_inside_does_not_pass_for_the_outer_ones(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "empty.zip", "w"):
        pass
    inner = (tmp_path / "empty.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "outer.zip", "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a", bytes(1000))
        archive.write(tmp_path / "empty.zip", "empty.zip")
    outer = (tmp_path / "outer.zip").read_bytes()
    assert look(tmp_path / "outer.zip") == (True, True)
    (tmp_path / "outer.zip").write_bytes(outer[: outer.index(inner) + len(inner)])
    assert look(tmp_path / "outer.zip") == (True, False)


def test_a_set_of_files_is_known_by_all_of_its_bytes(tmp_path: Path) -> None:
    whole = exports.zipped(tmp_path / "whole", exports.ct_files(2)).read_bytes()
    digests = set()
    for last in (whole[900:], whole[900:] + b"x"):
        (tmp_path / "a.zip.001").write_bytes(whole[:900])
        (tmp_path / "a.zip.002").write_bytes(last)
        digests.add(source.export(tmp_path / "a.zip.001", (), None).digest)
    assert len(digests) == 2
    assert hashlib.sha256(whole).hexdigest() in digests


def test_a_later_part_of_a_set_stands_for_nothing_and_a_set_is_whole_with_all_its_parts(tmp_path: Path) -> None:
    whole = exports.zipped(tmp_path / "whole", exports.ct_files(2)).read_bytes()
    (tmp_path / "a.zip.001").write_bytes(whole[:900])
    assert look(tmp_path / "a.zip.001") == (True, False)
    (tmp_path / "a.zip.002").write_bytes(whole[900:])
    assert look(tmp_path / "a.zip.001") == (True, True)
    assert look(tmp_path / "a.zip.002")[0] is False


def test_another_inode_is_no_change(tmp_path: Path) -> None:
    """On FUSE and network mounts it may be another one at every look."""
    path = tmp_path / "a"
    path.write_bytes(b"1")
    numbers = {number for row in source.fingerprint(path) for number in row}
    assert path.stat().st_ino not in numbers
    assert len(numbers) <= 3


def test_a_zip_that_points_far_behind_its_end_is_not_whole(tmp_path: Path) -> None:
    locator = b"PK\x06\x07" + struct.pack("<LQL", 0, 2**64 - 1, 1)
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04" + bytes(30) + locator + b"PK\x05\x06" + bytes(18))
    assert look(tmp_path / "a.zip") == (True, False)
