"""What has to be unpacked is unpacked within bounds, in a private folder, and only for as long as it is needed."""

import gzip
import io
import random
import shutil
import tarfile
from pathlib import Path
from types import SimpleNamespace

import pytest

import odd_archives
from conftest import export_at
from radiary.archives import unpack
from radiary.model.errors import LibraryFull, TruncatedArchive, UnsafeArchive
from radiary.model.nouns import Limits

MEGABYTE = 1 << 20


def holds_dicom(place: Path, name: str, data: bytes, limits: Limits) -> bool:
    (place / name).write_bytes(data)
    return unpack.holds_dicom(export_at(place / name), place / "scratch", limits, ())


def is_unsafe(place: Path, name: str, data: bytes, limits: Limits) -> bool:
    try:
        holds_dicom(place, name, data, limits)
    except UnsafeArchive:
        return True
    return False


def test_so_many_files_and_no_more_whatever_they_are(tmp_path: Path) -> None:
    data = odd_archives.tarred(("a", b"1"), ("b", b"2"), kind=tarfile.SYMTYPE, link="a")
    assert not is_unsafe(tmp_path, "a.tar", data, Limits(files=3))
    assert is_unsafe(tmp_path, "a.tar", data, Limits(files=2))


def test_so_many_bytes_and_no_more(tmp_path: Path) -> None:
    data = odd_archives.tarred(("a", b"123"), ("b", b"45"))
    assert not is_unsafe(tmp_path, "a.tar", data, Limits(bytes=5))
    assert is_unsafe(tmp_path, "a.tar", data, Limits(bytes=4))


def test_archives_inside_archives_share_the_bounds(tmp_path: Path) -> None:
    inner = odd_archives.tarred(("a", b"1"), ("b", b"2"))
    data = odd_archives.tarred(("one.tar", inner), ("two.tar", inner))
    assert not is_unsafe(tmp_path, "a.tar", data, Limits(files=6))
    assert is_unsafe(tmp_path, "a.tar", data, Limits(files=5))
    assert not is_unsafe(tmp_path, "a.tar", data, Limits(bytes=2 * len(inner) + 4))
    assert is_unsafe(tmp_path, "a.tar", data, Limits(bytes=2 * len(inner) + 3))


@pytest.mark.parametrize("depth", [0, 1, 2])
def test_so_many_archives_inside_one_another_and_no_more(tmp_path: Path, depth: int) -> None:
    data = odd_archives.tarred(("letter.txt", b"hello"))
    for _ in range(depth):
        data = odd_archives.tarred(("inner.tar", data))
    assert not is_unsafe(tmp_path, "a.tar", data, Limits(depth=depth))
    assert is_unsafe(tmp_path, "a.tar", odd_archives.tarred(("inner.tar", data)), Limits(depth=depth))


@pytest.mark.parametrize(("size", "is_bomb"), [(2 * MEGABYTE, False), (40 * MEGABYTE, True)])
def test_what_unpacks_to_more_than_four_hundred_times_its_size_is_a_bomb(
    tmp_path: Path, size: int, is_bomb: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpack, "_FREE", MEGABYTE)
    noise = random.Random(1).randbytes(50_000)
    data = gzip.compress(odd_archives.tarred(("noise", noise), ("zeros", bytes(size))))
    assert (size > 400 * len(data)) is is_bomb
    assert is_unsafe(tmp_path, "a.tar.gz", data, Limits()) is is_bomb


def test_a_small_one_may_unpack_to_much(tmp_path: Path) -> None:
    assert not is_unsafe(tmp_path, "a.tar.gz", gzip.compress(odd_archives.tarred(("zeros", bytes(40 * MEGABYTE)))), Limits())


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x", "a\0b"])
def test_a_name_that_leads_elsewhere_is_no_honest_one(tmp_path: Path, name: str) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as made:
        info = tarfile.TarInfo("x")
        info.pax_headers = {"path": name}
        made.addfile(info)
    assert is_unsafe(tmp_path, "a.tar", buffer.getvalue(), Limits())


@pytest.mark.parametrize(
    ("kind", "is_fine"), [(tarfile.BLKTYPE, False), (tarfile.CHRTYPE, False), (tarfile.FIFOTYPE, False), (tarfile.SYMTYPE, True)]
)
def test_no_honest_tar_holds_a_pipe_or_a_device(tmp_path: Path, kind: bytes, is_fine: bool) -> None:
    assert is_unsafe(tmp_path, "a.tar", odd_archives.tarred(("a", b"1"), kind=kind, link="a"), Limits()) is not is_fine


@pytest.mark.parametrize(("free", "is_full"), [((1 << 30) + 10_000_000, False), ((1 << 30) + 10, True)])
def test_a_gigabyte_stays_free_where_the_ledger_is_written(
    tmp_path: Path, free: int, is_full: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=free))
    (tmp_path / "a.tar").write_bytes(odd_archives.tarred(*odd_archives.two))
    export = export_at(tmp_path / "a.tar")
    try:
        with unpack.readable(export, tmp_path / "scratch", Limits(), ()):
            assert not is_full
    except LibraryFull:
        assert is_full


def test_only_pictures_are_unpacked_under_numbers_for_names_and_nobody_else_can_read_them(tmp_path: Path) -> None:
    inner = odd_archives.tarred(("Petronella/IM2", odd_archives.OTHER))
    files = (("Synthetica.txt", b"Petronella"), ("Synthetica/IM1", odd_archives.IMAGE), ("Petronella.tar", inner))
    (tmp_path / "a.tar").write_bytes(odd_archives.tarred(*files))
    export = export_at(tmp_path / "a.tar")
    place = tmp_path / "scratch"
    with unpack.readable(export, place, Limits(), ()):
        found = {str(one.relative_to(place)): one for one in place.rglob("*")}
        below = export.digest[:12]
        assert set(found) == {below, f"{below}/nested", f"{below}/files"} | {f"{below}/files/000000{n}" for n in (1, 2, 4)}
        assert sorted(one.stat().st_size for one in found.values() if one.is_file()) == sorted(
            (0, len(odd_archives.IMAGE), len(odd_archives.OTHER))
        )
        assert {one.stat().st_mode & 0o777 for one in found.values() if one.is_file()} == {0o600}
        assert {one.stat().st_mode & 0o777 for one in found.values() if one.is_dir()} == {0o700}
    assert list(place.iterdir()) == []


@pytest.mark.parametrize("is_cut", [False, True])
def test_nothing_of_it_is_left_however_it_ends(tmp_path: Path, is_cut: bool) -> None:
    data = gzip.compress(odd_archives.tarred(*odd_archives.two, ("zeros", bytes(range(256)) * 1000)))
    (tmp_path / "a.tar.gz").write_bytes(data[: len(data) - 400] if is_cut else data)
    export = export_at(tmp_path / "a.tar.gz")
    error = TruncatedArchive if is_cut else KeyboardInterrupt
    with pytest.raises(error), unpack.readable(export, tmp_path / "scratch", Limits(), ()):
        raise KeyboardInterrupt
    assert [one for one in (tmp_path / "scratch").rglob("*") if one.is_file()] == []


def test_looking_for_the_first_picture_keeps_nothing(tmp_path: Path) -> None:
    data = odd_archives.tarred(("inner.tar", odd_archives.tarred(*odd_archives.two)))
    assert holds_dicom(tmp_path, "a.tar", data, Limits())
    assert not holds_dicom(tmp_path, "b.tar", odd_archives.tarred(("x", b"hello")), Limits())
    assert list((tmp_path / "scratch").iterdir()) == []
