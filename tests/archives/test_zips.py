"""What an honest zip never holds is left out or refused before a byte is unpacked, and what is damaged is called that."""

import bz2
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pyppmd
import pytest
import pyzipper
from backports import zstd

import odd_archives
from conftest import export_at
from radiary.archives import archive, zips
from radiary.model.errors import Encrypted, Reason, UnsafeArchive, WrongPassword
from radiary.model.nouns import Limits, Skipped

GIGABYTE = 1 << 30


def laid_out(*members: tuple[bytes, bytes, int], gap: int = 0) -> bytes:
    """A zip of stored members, each with its name, its bytes and where its local header lies; `gap` bytes of nothing in front."""
    size = max(at + 30 + len(name) + len(data) for name, data, at in members)
    body, directory = bytearray(max(size, gap)), b""
    for name, data, at in members:
        claim = struct.pack("<HHHHHIIIHH", 20, 0, 0, 0, 33, zlib.crc32(data), len(data), len(data), len(name), 0)
        body[at : at + 30 + len(name) + len(data)] = b"PK\3\4" + claim + name + data
        directory += b"PK\1\2" + struct.pack("<H", 20) + claim + struct.pack("<HHHII", 0, 0, 0, 0o100600 << 16, at) + name
    end = struct.pack("<HHHHIIH", 0, 0, len(members), len(members), len(directory), len(body), 0)
    return bytes(body) + directory + b"PK\5\6" + end


def opens(place: Path, data: bytes, limits: Limits = archive.DEFAULT) -> bool:
    """Whether a zip is opened; its members are read then."""
    (place / "a.zip").write_bytes(data)
    try:
        with archive.opened(export_at(place / "a.zip"), (), limits) as opened:
            return bool(opened.members())
    except UnsafeArchive:
        return False


def reasons(place: Path, data: bytes) -> list[str | None]:
    """Why each member is left out, if it is."""
    (place / "a.zip").write_bytes(data)
    with archive.opened(export_at(place / "a.zip")) as opened:
        read = [opened.read(one.index) for one in opened.members()]
    return [one.reason if isinstance(one, Skipped) else None for one in read]


@pytest.mark.parametrize(
    ("second", "is_fine"),
    [
        (0, False),  # the very same bytes
        (29, False),  # within the first one's header
        (34, False),  # within its bytes
        (129, False),  # at the last of them
        (131, True),  # behind it
        (140, True),  # with a gap between them
    ],
)
def test_of_members_that_lie_on_top_of_each_other_one_is_left_out(tmp_path: Path, second: int, is_fine: bool) -> None:
    size = 100 if second > 29 else 0
    found = reasons(tmp_path, laid_out((b"a", bytes(size), 0), (b"b", bytes(size), second)))
    assert found.count("overlapping-member") == (0 if is_fine else 1)


def test_a_member_that_claims_to_reach_over_all_others_costs_itself_alone(tmp_path: Path) -> None:
    data = bytearray(laid_out((b"x", b"0", 0), (b"a", b"1", 40), (b"b", b"2", 80)))
    struct.pack_into("<I", data, data.index(odd_archives.CENTRAL) + 20, 90)
    assert reasons(tmp_path, bytes(data)) == ["overlapping-member", None, None]


def test_a_directory_in_another_order_than_its_members_is_fine(tmp_path: Path) -> None:
    assert opens(tmp_path, laid_out((b"b", b"22", 200), (b"a", b"1", 0)))


@pytest.mark.parametrize(
    ("kind", "is_fine"),
    [(0o010000, False), (0o020000, False), (0o060000, False), (0o140000, False), (0o100000, True), (0o120000, True), (0, True)],
)
def test_a_pipe_a_device_or_a_socket_in_a_zip_is_left_out(tmp_path: Path, kind: int, is_fine: bool) -> None:
    assert reasons(tmp_path, odd_archives.with_mode(kind | 0o600)) == [None if is_fine else "special-file", None]


@pytest.mark.parametrize("name", [b"../x", b"/x", b"C:\\x", b"a\0b", b"\xff\xfe\x81"])
def test_any_name_is_harmless(tmp_path: Path, name: bytes) -> None:
    data = odd_archives.code_page(name)
    assert reasons(tmp_path, data) == [None]
    for signature, at in ((odd_archives.LOCAL, 6), (odd_archives.CENTRAL, 8)):
        data = odd_archives.patched(data, signature, at, struct.pack("<H", 0x800))
    assert reasons(tmp_path, data) == [None], "whether or not it says that it is UTF-8"


def test_a_member_where_no_file_has_a_byte_is_damage_and_not_the_disks_fault(tmp_path: Path) -> None:
    data = bytearray(odd_archives.zip64())
    far = struct.pack("<HHQ", 1, 8, 1 << 63)
    at = data.index(odd_archives.CENTRAL)
    struct.pack_into("<I", data, at + 42, 0xFFFFFFFF)
    struct.pack_into("<H", data, at + 30, len(far))
    name = at + 46 + 3
    made = bytes(data[:name]) + far + bytes(data[data.index(odd_archives.END) :])
    end = made.index(odd_archives.END)
    made = made[: end + 12] + struct.pack("<I", end - at) + made[end + 16 :]
    assert reasons(tmp_path, made) == [None], "its own header says where it is"


def test_a_version_of_the_format_that_is_to_come_is_read_as_far_as_it_matters(tmp_path: Path) -> None:
    assert reasons(tmp_path, odd_archives.patched(odd_archives.GOOD, odd_archives.CENTRAL, 6, b"\xff\x00")) == [None, None]


def test_so_many_files_and_so_many_bytes_and_no_more(tmp_path: Path) -> None:
    data = odd_archives.zipped(("a", b"12"), ("b", b"34"), ("c", b"5"))
    assert opens(tmp_path, data, Limits(files=3, bytes=5))
    assert not opens(tmp_path, data, Limits(files=2, bytes=5))
    assert not opens(tmp_path, data, Limits(files=3, bytes=4))


@pytest.mark.parametrize(
    ("claims", "size", "is_fine"),
    [
        (5 * GIGABYTE, 5 * GIGABYTE // 400 + 1000, True),
        (5 * GIGABYTE, 5 * GIGABYTE // 400 - 1000, False),
        (4 * GIGABYTE - 10, 10_000, True),
        (5 * GIGABYTE, 10_000, False),
    ],
)
def test_what_unpacks_to_more_than_four_hundred_times_its_size_is_a_bomb_unless_it_is_small(
    tmp_path: Path, claims: int, size: int, is_fine: bool
) -> None:
    data = laid_out(*((b"x", b"", 40 * number) for number in range(5)), gap=size - 257)
    data = odd_archives.patched(data, odd_archives.CENTRAL, 24, struct.pack("<I", claims // 5), every=True)
    assert len(data) == size
    assert opens(tmp_path, data) is is_fine


def _deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_HUFFMAN_ONLY)
    return packer.compress(data) + packer.flush()


def _without_its_end(data: bytes) -> bytes:
    """All bytes, but no word that these are all."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_HUFFMAN_ONLY)
    return packer.compress(data) + packer.flush(zlib.Z_SYNC_FLUSH)


def _lzma(data: bytes) -> bytes:
    filters = [{"id": lzma.FILTER_LZMA1}]
    known = lzma._encode_filter_properties(filters[0])  # type: ignore[attr-defined]  # as zipfile itself does
    return b"\x09\x04" + struct.pack("<H", len(known)) + known + lzma.compress(data, lzma.FORMAT_RAW, filters=filters)


def _ppmd(data: bytes) -> bytes:
    encoder = pyppmd.Ppmd8Encoder(6, 16 << 20, 0)
    return struct.pack("<H", 5 | 15 << 4) + bytes(encoder.encode(data)) + bytes(encoder.flush())


METHODS: dict[int, Callable[[bytes], bytes]] = {
    zipfile.ZIP_STORED: bytes, zipfile.ZIP_DEFLATED: _deflated, 9: _deflated, zipfile.ZIP_BZIP2: bz2.compress,
    zipfile.ZIP_LZMA: _lzma, 93: zstd.compress, 98: _ppmd,
}  # fmt: skip
DATA = bytes(range(256)) * 8


def packed_by(method: int, *, claim: int, crc: int) -> bytes:
    """A zip with one member packed by a method, which claims a size and a checksum."""
    packed = METHODS[method](DATA)
    data = laid_out((b"a", packed, 0))
    for start, at in ((0, 8), (data.rindex(b"PK\1\2"), 10)):
        known = bytearray(data)
        struct.pack_into("<H", known, start + at, method)
        struct.pack_into("<I", known, start + at + 6, crc)
        struct.pack_into("<I", known, start + at + 14, claim)
        data = bytes(known)
    return data


@pytest.mark.parametrize("is_large", [False, True])
@pytest.mark.parametrize("method", METHODS)
def test_a_member_is_what_it_claims_to_be_or_damaged(
    method: int, is_large: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if is_large:
        monkeypatch.setattr(archive, "IN_MEMORY", 10)
    size, crc = len(DATA), zlib.crc32(DATA)

    def member(claim: int, crc: int) -> bytes | Skipped:
        (tmp_path / "a.zip").write_bytes(packed_by(method, claim=claim, crc=crc))
        with archive.opened(export_at(tmp_path / "a.zip"), place=tmp_path / "place") as opened:
            found = opened.read(0)
            if isinstance(found, bytes | Skipped):
                return found
            with found:
                found.seek(0)
                return found.read()

    assert member(size, crc) == DATA
    damaged = Skipped(Reason.DAMAGED_MEMBER)
    assert member(size, crc ^ 1) == damaged
    assert member(size + 1, crc) == damaged
    assert member(size - 1, crc) == damaged
    if method == 9:
        monkeypatch.setitem(METHODS, 9, _without_its_end)
        assert member(size, crc) == damaged


def test_a_password_is_tried_on_bytes_and_not_on_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with pyzipper.AESZipFile(path, "w", encryption=pyzipper.WZ_AES) as made:
        made.setpassword(b"geheim")
        made.writestr("empty", b"")
        made.writestr("one", DATA)
    with path.open("rb") as file:
        with pytest.raises(WrongPassword):
            zips.opened(file, ("wrong", "other"))
        with pytest.raises(Encrypted):
            zips.opened(file, ())
        with zips.opened(file, ("wrong", "geheim")) as opened:
            assert opened.archive.read("one") == DATA
