"""What has to be unpacked is unpacked within bounds, in a private folder, and only for as long as it is needed."""

import bz2
import gzip
import io
import lzma
import os
import random
import shutil
import tarfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any, BinaryIO

import pytest

import exports
import odd_archives
from conftest import export_at
from radiary.archives import bounds, tars, unpack, zips
from radiary.model.errors import GaveUp, OutOfMemory, StateFull, TruncatedArchive, UnsafeArchive
from radiary.model.nouns import Limits
from radiary.workers import time_limit
from radiary.workers.pool import Pool
from radiary.workers.process import process

MEGABYTE = 1 << 20


def readable(place: Path, name: str, data: bytes, limits: Limits) -> unpack.Readable:
    (place / name).write_bytes(data)
    with unpack.readable(export_at(place / name), place / "scratch", limits, passwords=()) as plain:
        return plain


def is_unsafe(place: Path, name: str, data: bytes, limits: Limits) -> bool:
    try:
        readable(place, name, data, limits)
    except UnsafeArchive:
        return True
    return False


def test_the_directory_of_a_zip_is_read_once_and_nothing_of_it_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    whole = zips.opened

    def counted(file: BinaryIO, *how: Any, **more: Any) -> zips.Opened:
        read.append(Path(file.name).name)
        return whole(file, *how, **more)

    monkeypatch.setattr(zips, "opened", counted)
    inner = exports.zipped(tmp_path / "inner", exports.ct_files(2)).read_bytes()
    for name, files, count in (
        ("plain.zip", exports.ct_files(2), 2),
        ("deep.zip", exports.ct_files(1) | {"inner.zip": inner}, 3),
    ):
        export = export_at(exports.zipped(tmp_path / name, files))
        with unpack.opened(export, tmp_path / "scratch", Limits(), passwords=()) as opened:
            assert len([opened.read(member.index) for member in opened.members()]) == count
        assert not (tmp_path / "scratch").exists()
    assert (read.count("plain.zip"), read.count("deep.zip")) == (1, 1)


def test_so_many_files_and_no_more_whatever_they_are(tmp_path: Path) -> None:
    data = odd_archives.tarred(("a", b"1"), ("b", b"2"), kind=tarfile.SYMTYPE, link="a")
    assert not is_unsafe(tmp_path, "a.tar", data, Limits(files=3))
    assert is_unsafe(tmp_path, "a.tar", data, Limits(files=2))


def test_so_many_bytes_and_no_more(tmp_path: Path) -> None:
    data = odd_archives.tarred(("a", b"123"), ("b", b"45"))
    assert not is_unsafe(tmp_path, "a.tar", data, Limits(bytes=5))
    assert is_unsafe(tmp_path, "a.tar", data, Limits(bytes=4))


def test_archives_inside_archives_share_the_bounds_and_the_one_that_breaks_them_is_left_out(tmp_path: Path) -> None:
    inner = odd_archives.tarred(("a", b"1"), ("b", b"2"))
    data = odd_archives.tarred(("one.tar", inner), ("two.tar", inner))
    assert readable(tmp_path, "a.tar", data, Limits(files=6)).skipped == {}
    assert readable(tmp_path, "a.tar", data, Limits(files=5)).skipped == {"inner-archive-unsafe": 1}
    assert readable(tmp_path, "a.tar", data, Limits(bytes=2 * len(inner) + 4)).skipped == {}
    assert readable(tmp_path, "a.tar", data, Limits(bytes=2 * len(inner) + 3)).skipped == {"inner-archive-unsafe": 1}


@pytest.mark.parametrize("depth", [0, 1, 2])
def test_so_many_archives_inside_one_another_and_no_more(tmp_path: Path, depth: int) -> None:
    data = odd_archives.tarred(("IM1", odd_archives.IMAGE))
    for _ in range(depth):
        data = odd_archives.tarred(("inner.tar", data))
    assert readable(tmp_path, "a.tar", data, Limits(depth=depth)).members == 1
    deeper = readable(tmp_path, "a.tar", odd_archives.tarred(("inner.tar", data)), Limits(depth=depth))
    assert (deeper.members, deeper.skipped) == (0, {"inner-archive-too-deep": 1})


@pytest.mark.parametrize(("size", "is_bomb"), [(2 * MEGABYTE, False), (40 * MEGABYTE, True)])
def test_what_unpacks_to_more_than_four_hundred_times_its_size_is_a_bomb(
    tmp_path: Path, size: int, is_bomb: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "_FREE_ON_DISK", MEGABYTE)
    noise = random.Random(1).randbytes(50_000)
    data = gzip.compress(odd_archives.tarred(("noise", noise), ("zeros", bytes(size))))
    assert (size > 400 * len(data)) is is_bomb
    assert is_unsafe(tmp_path, "a.tar.gz", data, Limits()) is is_bomb


def test_a_small_one_may_unpack_to_much(tmp_path: Path) -> None:
    assert not is_unsafe(tmp_path, "a.tar.gz", gzip.compress(odd_archives.tarred(("zeros", bytes(40 * MEGABYTE)))), Limits())


@pytest.mark.parametrize("name", ["../x", "/x", "C:\\x", "a/../../x", "a\0b"])
def test_a_name_that_leads_elsewhere_leads_nowhere(tmp_path: Path, name: str) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as made:
        info = tarfile.TarInfo("x")
        info.pax_headers = {"path": name}
        info.size = len(odd_archives.IMAGE)
        made.addfile(info, io.BytesIO(odd_archives.IMAGE))
    (tmp_path / "a.tar").write_bytes(buffer.getvalue())
    before = sorted(tmp_path.rglob("*"))
    with unpack.readable(export_at(tmp_path / "a.tar"), tmp_path / "scratch", Limits(), passwords=()) as plain:
        assert (plain.members, plain.skipped) == (1, {})
        assert [one.name for one in plain.export.path.iterdir()] == ["0000001"]
    assert sorted(one for one in tmp_path.rglob("*") if one.name != "scratch") == before


@pytest.mark.parametrize(
    ("kind", "skipped"),
    [
        (tarfile.BLKTYPE, {"special-file": 1}),
        (tarfile.CHRTYPE, {"special-file": 1}),
        (tarfile.FIFOTYPE, {"special-file": 1}),
        (tarfile.SYMTYPE, {}),
    ],
)
def test_a_pipe_or_a_device_in_a_tar_is_left_out_and_counted(tmp_path: Path, kind: bytes, skipped: dict[str, int]) -> None:
    data = odd_archives.tarred(*odd_archives.two, kind=kind, link="a")
    plain = readable(tmp_path, "a.tar", data, Limits())
    assert (plain.members, plain.skipped) == (2, skipped)


def test_a_file_with_holes_is_left_out_and_what_follows_is_read(tmp_path: Path) -> None:
    plain = readable(tmp_path, "a.tar", odd_archives.tar_of(tarfile.GNUTYPE_SPARSE, 512), Limits())
    assert (plain.members, plain.skipped) == (2, {"special-file": 1})


@pytest.mark.parametrize(("free", "is_full"), [((1 << 30) + 10_000_000, False), ((1 << 30) + 10, True)])
def test_a_gigabyte_stays_free_where_the_ledger_is_written(
    tmp_path: Path, free: int, is_full: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=free))
    (tmp_path / "a.tar").write_bytes(odd_archives.tarred(*odd_archives.two))
    export = export_at(tmp_path / "a.tar")
    try:
        with unpack.readable(export, tmp_path / "scratch", Limits(), passwords=()):
            assert not is_full
    except StateFull:
        assert is_full


def test_only_pictures_are_unpacked_under_numbers_for_names_and_nobody_else_can_read_them(tmp_path: Path) -> None:
    inner = odd_archives.tarred(("Petronella/IM2", odd_archives.OTHER))
    files = (("Synthetica.txt", b"Petronella"), ("Synthetica/IM1", odd_archives.IMAGE), ("Petronella.tar", inner))
    (tmp_path / "a.tar").write_bytes(odd_archives.tarred(*files))
    export = export_at(tmp_path / "a.tar")
    place = tmp_path / "scratch"
    with unpack.readable(export, place, Limits(), passwords=()):
        found = {str(one.relative_to(place)): one for one in place.rglob("*")}
        below = export.digest[:12]
        assert set(found) == {below, f"{below}/nested", f"{below}/files"} | {f"{below}/files/000000{n}" for n in (1, 3)}
        assert sorted(one.stat().st_size for one in found.values() if one.is_file()) == sorted(
            (len(odd_archives.IMAGE), len(odd_archives.OTHER))
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
    with pytest.raises(error), unpack.readable(export, tmp_path / "scratch", Limits(), passwords=()):
        raise KeyboardInterrupt
    assert [one for one in (tmp_path / "scratch").rglob("*") if one.is_file()] == []


def test_looking_for_the_first_picture_keeps_nothing(tmp_path: Path) -> None:
    def holds_dicom(name: str, data: bytes) -> bool:
        (tmp_path / name).write_bytes(data)
        return unpack.holds_dicom(export_at(tmp_path / name), tmp_path / "scratch", Limits(), passwords=())

    assert holds_dicom("a.tar", odd_archives.tarred(("inner.tar", odd_archives.tarred(*odd_archives.two))))
    assert not holds_dicom("b.tar", odd_archives.tarred(("x", b"hello")))
    assert list((tmp_path / "scratch").iterdir()) == []


def test_what_was_unpacked_is_not_forced_to_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    monkeypatch.setattr(os, "fsync", calls.append)
    assert readable(tmp_path, "a.tar", odd_archives.tarred(*odd_archives.two), Limits()).members == 2
    assert calls == []


def _counted(data: bytes, name: str, place: Path, *passwords: str) -> tuple[int, dict[str, int]]:
    (place / name).write_bytes(data)
    with unpack.readable(export_at(place / name), place / "scratch", Limits(bytes=50 << 20), passwords=passwords) as plain:
        assert len(list(plain.export.path.iterdir())) == plain.members, "nothing that is not counted"
        return plain.members, dict(plain.skipped)


def _inner(archive_name: str, data: bytes) -> bytes:
    return odd_archives.zipped((archive_name, data), ("IM1", odd_archives.IMAGE))


LOCKED = odd_archives.locked(aes=True)
INSIDE: dict[str, tuple[bytes, tuple[int, dict[str, int]]]] = {
    "locked": (_inner("b.zip", LOCKED), (1, {"inner-archive-locked": 1})),
    "a locked 7z": (
        _inner("b.7z", odd_archives.seven_zipped(*odd_archives.two, password="geheim")),
        (1, {"inner-archive-locked": 1}),
    ),
    "cut": (_inner("b.zip", odd_archives.GOOD[:200]), (1, {"inner-archive-damaged": 1})),
    "cut behind its first file": (
        _inner("b.zip", odd_archives.zipped(("IM2", odd_archives.OTHER), ("noise", bytes(range(256)) * 99), method=0)[:-9000]),
        (2, {"inner-archive-damaged": 1}),
    ),
    "a bomb": (_inner("b.zip", odd_archives.zipped(("zeros", bytes(60 << 20)))), (1, {"inner-archive-unsafe": 1})),
    "a bomb behind a picture": (
        _inner("b.tar.gz", gzip.compress(odd_archives.tarred(("IM2", odd_archives.OTHER), ("zeros", bytes(60 << 20))))),
        (1, {"inner-archive-unsafe": 1}),
    ),
    "too deep": (_inner("b.zip", odd_archives.nested(3)), (1, {"inner-archive-too-deep": 1})),
    "packed by nobody knows what": (
        _inner("b.zip", odd_archives.zipcrypto(odd_archives.IMAGE, 77)),
        (1, {"inner-archive-locked": 1}),
    ),
    "cut in its gzip": (
        _inner("b.tar.gz", gzip.compress(odd_archives.tarred(*odd_archives.two))[:-20]),
        (1, {"inner-archive-damaged": 1}),
    ),
}


@pytest.mark.parametrize("name", INSIDE)
def test_an_archive_inside_costs_itself_alone_and_is_counted(name: str, tmp_path: Path) -> None:
    data, expected = INSIDE[name]
    members, skipped = _counted(data, "a.zip", tmp_path)
    if name == "cut in its gzip":
        members = min(members, 1)
    assert (members, skipped) == expected
    assert list((tmp_path / "scratch").iterdir()) == []


def test_whatever_lies_deep_inside_is_counted_too(tmp_path: Path) -> None:
    data = INSIDE["locked"][0]
    assert _counted(odd_archives.zipped(("c.zip", data)), "a.zip", tmp_path) == (1, {"inner-archive-locked": 1})


def test_a_locked_archive_inside_is_opened_with_its_password(tmp_path: Path) -> None:
    assert _counted(INSIDE["locked"][0], "a.zip", tmp_path, "wrong", "geheim") == (2, {})
    assert _counted(INSIDE["a locked 7z"][0], "a.zip", tmp_path, "wrong", "geheim") == (3, {})


def test_a_bomb_inside_takes_nothing_from_what_lies_beside_it(tmp_path: Path) -> None:
    bomb, good = odd_archives.zipped(("zeros", bytes(60 << 20))), odd_archives.zipped(("IM2", odd_archives.OTHER))
    data = odd_archives.zipped(("a.zip", bomb), ("b.zip", good), ("IM1", odd_archives.IMAGE))
    assert _counted(data, "a.zip", tmp_path) == (2, {"inner-archive-unsafe": 1})


def test_many_bombs_inside_are_one(tmp_path: Path) -> None:
    bomb = odd_archives.zipped(("zeros", bytes(60 << 20)))
    few = odd_archives.zipped(*((f"{n}.zip", bomb) for n in range(4)), ("IM1", odd_archives.IMAGE))
    assert _counted(few, "a.zip", tmp_path) == (1, {"inner-archive-unsafe": 4})
    with pytest.raises(UnsafeArchive):
        _counted(odd_archives.zipped(*((f"{n}.zip", bomb) for n in range(5)), ("IM1", odd_archives.IMAGE)), "a.zip", tmp_path)


@pytest.mark.parametrize("size", [0, 200_000])
def test_a_member_of_an_archive_inside_whose_checksum_is_wrong_is_damaged_and_not_filed(tmp_path: Path, size: int) -> None:
    inner = bytearray(odd_archives.zipped(("IM2", odd_archives.OTHER + bytes(size)), method=0))
    inner[inner.index(odd_archives.OTHER) + 700] ^= 255
    assert _counted(_inner("b.zip", bytes(inner)), "a.zip", tmp_path) == (1, {"damaged-member": 1})


@pytest.mark.parametrize("at", [-8, -4])
def test_a_wrong_checksum_or_length_behind_a_tar_is_damage(tmp_path: Path, at: int) -> None:
    data = bytearray(gzip.compress(odd_archives.tarred(*odd_archives.two)))
    data[at] ^= 1
    assert _counted(bytes(data), "a.tar.gz", tmp_path) == (2, {"archive-damaged": 1})
    assert _counted(_inner("b.tar.gz", bytes(data)), "a.zip", tmp_path) == (3, {"archive-damaged": 1})


def test_a_damaged_header_within_a_tar_is_not_its_end(tmp_path: Path) -> None:
    data = bytearray(odd_archives.tarred(*odd_archives.two))
    data[data.index(b"dir/IM2")] ^= 1
    assert _counted(bytes(data), "a.tar", tmp_path) == (1, {"archive-damaged": 1})


@pytest.mark.parametrize("name", ["a.tar", "a.tar.gz"])
def test_tars_one_behind_another_are_read_to_the_last(tmp_path: Path, name: str) -> None:
    first, second = (odd_archives.tarred((f"IM{n}", odd_archives.IMAGE + bytes(n))) for n in (1, 2))
    for between in (0, 1, 200):
        data = first + bytes(512 * between) + second + second
        assert _counted(gzip.compress(data) if name.endswith("gz") else data, name, tmp_path) == (3, {})


@pytest.mark.parametrize("name", ["a.tar", "a.tar.gz"])
def test_what_stands_behind_a_tar_and_is_none_is_counted(tmp_path: Path, name: str) -> None:
    data = odd_archives.tarred(("IM1", odd_archives.IMAGE))
    for behind, skipped in ((b"rest" * 9999, {"archive-damaged": 1}), (bytes(99_999), {})):
        assert _counted(gzip.compress(data + behind) if name.endswith("gz") else data + behind, name, tmp_path) == (1, skipped)


def test_what_a_worker_runs_out_of_memory_for_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(*_: object) -> None:
        raise MemoryError

    (tmp_path / "a.tar").write_bytes(odd_archives.tarred(*odd_archives.two))
    monkeypatch.setattr(tars, "read", exhausted)
    with pytest.raises(OutOfMemory), unpack.readable(export_at(tmp_path / "a.tar"), tmp_path / "scratch", Limits(), passwords=()):
        pass
    (tmp_path / "b.zip").write_bytes(_inner("b.tar", odd_archives.tarred(*odd_archives.two)))
    with unpack.readable(export_at(tmp_path / "b.zip"), tmp_path / "scratch", Limits(), passwords=()) as plain:
        assert (plain.members, plain.skipped) == (1, {"not-enough-memory": 1})


def test_nothing_is_left_of_what_a_worker_unpacked_that_was_killed(tmp_path: Path) -> None:
    (tmp_path / "a.tar").write_bytes(odd_archives.tarred(*odd_archives.two))
    pool = Pool(process, 1)
    with (
        pytest.raises(GaveUp),
        unpack.readable(
            export_at(tmp_path / "a.tar"), tmp_path / "scratch", Limits(), passwords=(), call=partial(pool.call, _unpack_and_die)
        ),
    ):
        pass
    pool.close()
    assert list((tmp_path / "scratch").rglob("*")) == []


def _unpack_and_die(work: Callable[..., object], *arguments: object) -> None:
    work(*arguments)
    os._exit(1)


def test_an_archive_that_stands_still_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ticks: list[float] = []
    monkeypatch.setattr(time_limit, "set_to", ticks.append)
    (tmp_path / "a.tar").write_bytes(odd_archives.tarred(*odd_archives.two))
    with unpack.readable(export_at(tmp_path / "a.tar"), tmp_path / "scratch", Limits(), passwords=(), patience=7):
        assert set(ticks) == {7}
        assert len(ticks) >= 5, "one for each file, and one for each piece of it"


def test_a_zip_on_a_plain_disc_is_opened(tmp_path: Path) -> None:
    import pycdlib

    inner, image = odd_archives.zipped(("IM1", odd_archives.IMAGE)), pycdlib.PyCdlib()
    image.new(interchange_level=3)
    image.add_fp(io.BytesIO(inner), len(inner), iso_path="/BILDER.ZIP;1")
    buffer = io.BytesIO()
    image.write_fp(buffer)
    image.close()
    plain = readable(tmp_path, "cd.iso", buffer.getvalue(), Limits())
    assert (plain.members, plain.skipped) == (1, {})


PACKERS = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}
NOISE = random.Random(13).randbytes(150_000)


@pytest.mark.parametrize("kind", PACKERS)
@pytest.mark.parametrize("left", [400, 4000, -4])
def test_a_packed_picture_that_is_cut_is_counted_once(kind: str, left: int, tmp_path: Path) -> None:
    packed = PACKERS[kind](odd_archives.OTHER + NOISE[:6000])
    data = odd_archives.zipped(("IM1", odd_archives.IMAGE), (f"IM2.dcm.{kind}", packed[:left]))
    members, skipped = _counted(data, "a.zip", tmp_path)
    assert (members, sum(skipped.values())) == (1, 1)
    deep = odd_archives.zipped(("c.tar", odd_archives.tarred(("a.zip", data))))
    assert _counted(deep, "a.zip", tmp_path) == (members, skipped)


def test_a_packed_file_of_others_that_is_cut_is_none_of_ours(tmp_path: Path) -> None:
    data = odd_archives.zipped(("IM1", odd_archives.IMAGE), ("IM2.dcm.gz", gzip.compress(NOISE)[:90_000]))
    assert _counted(data, "a.zip", tmp_path) == (1, {})


@pytest.mark.parametrize(
    ("name", "inner"),
    [
        ("b.zip", odd_archives.zipped(("IM2", odd_archives.OTHER + NOISE), method=0)),
        ("IM2.dcm.gz", gzip.compress(odd_archives.OTHER + NOISE)),
    ],
)
@pytest.mark.parametrize("at", [70_000, 130_000])
def test_an_archive_inside_that_is_damaged_itself_is_counted_once(name: str, inner: bytes, at: int, tmp_path: Path) -> None:
    data = bytearray(odd_archives.zipped((name, inner), ("IM1", odd_archives.IMAGE), method=0))
    data[data.index(inner) + at] ^= 255
    members, skipped = _counted(odd_archives.zipped(("outer.zip", bytes(data)), method=0), "a.zip", tmp_path)
    assert (members, sum(skipped.values())) == (1, 1), skipped


@pytest.mark.parametrize(("behind", "members"), [(9_000, 1), (200_000, 2)])
def test_damage_at_the_end_of_an_archive_inside_is_counted(behind: int, members: int, tmp_path: Path) -> None:
    inner = odd_archives.tarred(("IM2", odd_archives.OTHER)) + bytes(behind)
    data = bytearray(odd_archives.zipped(("b.tar", inner), ("IM1", odd_archives.IMAGE), method=0))
    data[data.index(inner) + len(inner) - 9] ^= 255
    assert _counted(bytes(data), "a.zip", tmp_path) == (members, {"damaged-member": 1})


def test_a_tar_inside_that_is_cut_in_a_picture_is_counted_beside_it(tmp_path: Path) -> None:
    inner = odd_archives.tarred(("IM2", odd_archives.OTHER), ("IM3", odd_archives.IMAGE + NOISE))[:100_000]
    skipped = {"damaged-member": 1, "inner-archive-damaged": 1}
    assert _counted(_inner("b.tar", inner), "a.zip", tmp_path) == (2, skipped)


def test_damage_to_a_part_of_a_set_inside_is_counted(tmp_path: Path) -> None:
    inner = odd_archives.tarred(("IM2", odd_archives.OTHER)) + bytes(200_000)
    parts = [(f"b.tar.00{number + 1}", inner[number * 90_000 : (number + 1) * 90_000]) for number in range(2)]
    data = bytearray(odd_archives.zipped(*parts, ("IM1", odd_archives.IMAGE), method=0))
    assert _counted(bytes(data), "a.zip", tmp_path) == (2, {})
    data[data.index(b"b.tar.002") + 80_000] ^= 255
    assert _counted(bytes(data), "a.zip", tmp_path) == (2, {"damaged-member": 1})


def unlisted() -> bytes:
    """A zip with a member in front of its others that its directory does not list."""
    hidden, listed = odd_archives.zipped(("x", odd_archives.IMAGE)), odd_archives.zipped(("y", odd_archives.IMAGE))
    hidden = hidden[: hidden.index(odd_archives.CENTRAL)]
    at, end = listed.index(odd_archives.CENTRAL), listed.index(odd_archives.END)
    moved = bytearray(listed[at:])
    moved[42:46] = len(hidden).to_bytes(4, "little")
    moved[end - at + 16 : end - at + 20] = (len(hidden) + at).to_bytes(4, "little")
    return hidden + listed[:at] + bytes(moved)


TAR = odd_archives.tarred(("IM1", odd_archives.IMAGE))
SEVEN = odd_archives.seven_zipped(("IM1", odd_archives.IMAGE))
GOOD = odd_archives.zipped(("IM1", odd_archives.IMAGE), ("IM2", odd_archives.IMAGE + b"\0\0"))


@pytest.mark.parametrize(
    ("name", "data", "is_noted"),
    [
        ("a.zip", GOOD, False),
        ("a.zip", GOOD + b"\0" * 1000, False),
        ("a.zip", unlisted(), True),
        ("a.zip", GOOD + TAR, True),
        ("a.exe", b"MZ" + b"program" * 10 + GOOD + b"signature" * 10, False),
        ("a.tar.bz2", bz2.compress(TAR), False),
        ("a.tar.bz2", bz2.compress(TAR[:700]) + bz2.compress(TAR[700:]) + b"\0" * 99, False),
        ("a.tar.bz2", bz2.compress(TAR) + b"something", True),
        ("a.tar.xz", lzma.compress(TAR[:700]) + b"\0" * 8 + lzma.compress(TAR[700:]), False),
        ("a.tar.xz", lzma.compress(TAR) + TAR, True),
        ("a.7z", SEVEN + b"\0" * 99, False),
        ("a.7z", SEVEN + SEVEN, True),
        ("a.exe", b"MZ" + b"program" * 10 + SEVEN + b"signature" * 10, False),
        ("a.dcm.bz2", bz2.compress(odd_archives.IMAGE) + b"\0BZ", True),
    ],
)
def test_what_nobody_reads_of_an_archive_is_noted_and_costs_no_picture(
    name: str, data: bytes, is_noted: bool, tmp_path: Path
) -> None:
    plain = readable(tmp_path, name, data, Limits())
    assert plain.members == 1 + (data.count(b"IM2") > 0)
    assert dict(plain.skipped) == ({"archive-damaged": 1} if is_noted else {})


def test_what_is_called_a_folder_and_holds_something_is_a_file(tmp_path: Path) -> None:
    assert (
        readable(
            tmp_path, "a.zip", odd_archives.zipped(("IM1", odd_archives.IMAGE), ("x/", odd_archives.IMAGE)), Limits()
        ).members
        == 2
    )
