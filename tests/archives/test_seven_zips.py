"""7z archives of which a part cannot be unpacked."""

import io
import struct
import zlib
from pathlib import Path

import py7zr
import pytest

from conftest import export_at
from odd_archives import IMAGE, OTHER, zipped
from radiary.archives import unpack
from radiary.model.nouns import Limits


def with_header(data: bytes, at: int, header: bytes) -> bytes:
    """A 7z with another header, which begins at `at`."""
    fixed = struct.pack("<QQL", at - 32, len(header), zlib.crc32(header))
    return data[:8] + struct.pack("<L", zlib.crc32(fixed)) + fixed + data[32:at] + header


def packed_by_nobody_knows_what(*members: tuple[str, bytes], known: bool) -> bytes:
    """Blocks of one file each; the method of the first one, or of all, is one that is to come."""
    buffer = io.BytesIO()
    for name, data in members:
        buffer.seek(0)
        with py7zr.SevenZipFile(buffer, "a" if buffer.getvalue() else "w", filters=[{"id": py7zr.FILTER_LZMA2}]) as archive:
            archive.set_encoded_header_mode(False)
            archive.writestr(data, name)
    data = buffer.getvalue()
    at = 32 + int.from_bytes(data[12:20], "little")
    header = data[at:].replace(b"\x21\x21", b"\x21\x7e", 1 if known else -1)
    return with_header(data, at, header)


def skipped(place: Path, name: str, data: bytes) -> tuple[int, dict[str, int]]:
    (place / name).write_bytes(data)
    with unpack.readable(export_at(place / name), place / "scratch", Limits(), passwords=()) as plain:
        return plain.members, dict(plain.skipped)


@pytest.mark.parametrize("is_inside", [False, True])
def test_a_block_packed_in_an_unknown_way_costs_itself_alone(tmp_path: Path, is_inside: bool) -> None:
    data = packed_by_nobody_knows_what(("IM1", IMAGE), ("IM2", OTHER), known=True)
    name, made = ("a.zip", zipped(("b.7z", data))) if is_inside else ("a.7z", data)
    assert skipped(tmp_path, name, made) == (1, {"compression-not-supported": 1})


def test_a_viewer_packed_in_an_unknown_way_is_no_loss(tmp_path: Path) -> None:
    data = packed_by_nobody_knows_what(("viewer.exe", b"MZ"), ("IM2", OTHER), known=True)
    assert skipped(tmp_path, "a.7z", data) == (1, {})
