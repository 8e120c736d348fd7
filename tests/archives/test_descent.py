"""What is wrong deep inside an archive costs no more than itself, and is counted."""

import io
import struct
import tarfile
import zlib
from pathlib import Path

import py7zr
import pytest
import pyzipper

import odd_archives
from conftest import export_at
from odd_archives import GOOD, IMAGE, OTHER, tarred, zipped
from radiary.archives import unpack
from radiary.model.nouns import Limits

NOISE = bytes(range(256)) * 400


def counted(
    place: Path, name: str, data: bytes, *passwords: str, limits: Limits | None = None
) -> tuple[int, dict[str, int], int]:
    """How many files came out, what was left out by reason, and how many other files there were."""
    (place / name).write_bytes(data)
    with unpack.readable(export_at(place / name), place / "scratch", Limits(), passwords=passwords) as plain:
        return plain.members, dict(plain.skipped), plain.left


def test_what_a_damaged_archive_still_gives_is_read_at_any_depth(tmp_path: Path) -> None:
    inner = tarred(("b.zip", GOOD), ("IM3", IMAGE), ("noise", NOISE))[:-60_000]
    assert counted(tmp_path, "a.zip", zipped(("b.tar", inner))) == (3, {"inner-archive-damaged": 1}, 1)


def test_a_member_that_claims_more_than_it_has_is_damaged(tmp_path: Path) -> None:
    size = struct.pack("<I", len(IMAGE) + 100)
    inner = odd_archives.patched(
        odd_archives.patched(zipped(("IM1", IMAGE)), odd_archives.CENTRAL, 24, size), odd_archives.LOCAL, 22, size
    )
    assert counted(tmp_path, "a.zip", zipped(("b.zip", inner), ("IM2", OTHER))) == (1, {"damaged-member": 1}, 0)


def test_a_tar_without_its_end_is_damaged(tmp_path: Path) -> None:
    data = tarred(("IM1", IMAGE))
    cut = data[: 512 + (len(IMAGE) + 511) // 512 * 512]
    assert counted(tmp_path, "a.tar", cut) == (1, {"archive-damaged": 1}, 0)


def test_damage_of_what_is_none_of_hers_is_not_counted(tmp_path: Path) -> None:
    inner = bytearray(zipped(("viewer.exe", b"MZ" + NOISE), method=0))
    inner[inner.index(b"MZ") + 700] ^= 255
    assert counted(tmp_path, "a.zip", zipped(("b.zip", bytes(inner)), ("IM1", IMAGE))) == (1, {}, 1)


def test_an_archive_inside_whose_own_checksum_is_wrong_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    inner = zipped(("IM1", IMAGE), ("viewer.exe", b"MZ" + NOISE), method=0, comment=b"hello")
    data = bytearray(zipped(("b.zip", inner), ("IM2", OTHER), method=0))
    data[data.index(b"hello")] ^= 1
    assert counted(tmp_path, "a.zip", bytes(data)) == (2, {"inner-archive-damaged": 1}, 0)


def test_what_is_locked_in_an_archive_inside_is_counted_and_the_rest_is_read(tmp_path: Path) -> None:
    buffer = io.BytesIO(odd_archives.locked(aes=True))
    with pyzipper.AESZipFile(buffer, "a") as archive:
        archive.writestr("IM2", OTHER)
    data = zipped(("b.zip", buffer.getvalue()))
    assert counted(tmp_path, "a.zip", data) == (1, {"locked-member": 1}, 0)
    assert counted(tmp_path, "a.zip", data, "geheim") == (2, {}, 0)


def test_one_damaged_file_of_a_7z_costs_itself_alone(tmp_path: Path) -> None:
    store = [{"id": py7zr.FILTER_COPY}]
    buffer = io.BytesIO()
    with py7zr.SevenZipFile(buffer, "w", filters=store) as archive:
        for name, data in (("IM1", IMAGE), ("IM2", OTHER), ("IM3", IMAGE)):
            archive.writestr(data, name)
    data = bytearray(buffer.getvalue())
    data[data.index(OTHER) + 700] ^= 255
    assert counted(tmp_path, "a.7z", bytes(data)) == (2, {"damaged-member": 1}, 0)


def test_one_broken_block_of_a_7z_costs_itself_alone(tmp_path: Path) -> None:
    data = bytearray(odd_archives.seven_blocks(("IM1", IMAGE), ("IM2", OTHER)))
    data[40:60] = bytes(20)
    assert counted(tmp_path, "a.7z", bytes(data)) == (1, {"damaged-member": 1}, 0)


@pytest.mark.parametrize("name", ["../x", "/x", "C:/x"])
def test_names_in_a_7z_are_harmless(tmp_path: Path, name: str) -> None:
    place = "x" * len(name)
    packed = [{"id": py7zr.FILTER_COPY}]
    buffer = io.BytesIO()
    with py7zr.SevenZipFile(buffer, "w", filters=packed) as archive:
        archive.set_encoded_header_mode(False)
        archive.writestr(IMAGE, place)
        archive.writestr(OTHER, "IM2")
    data = buffer.getvalue().replace(place.encode("utf-16-le"), name.encode("utf-16-le"))
    header = data[32 + len(IMAGE) + len(OTHER) :]
    fixed = data[12:28] + struct.pack("<I", zlib.crc32(header))
    data = data[:8] + struct.pack("<I", zlib.crc32(fixed)) + fixed + data[32:]
    assert counted(tmp_path, "a.7z", data) == (2, {}, 0)


def test_a_file_with_holes_in_a_tar_inside_is_left_out(tmp_path: Path) -> None:
    data = zipped(("b.tar", odd_archives.tar_of(tarfile.GNUTYPE_SPARSE, 512)))
    assert counted(tmp_path, "a.zip", data) == (2, {"special-file": 1}, 0)
