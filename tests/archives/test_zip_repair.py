"""A zip without a directory, or with one that does not fit, gives what is whole in it."""

import io
import struct
import zipfile
from pathlib import Path

import pytest

import odd_archives
from conftest import export_at
from odd_archives import CENTRAL, GOOD, IMAGE, OTHER, zipped
from radiary.archives import archive, unpack
from radiary.model.errors import TruncatedArchive
from radiary.model.nouns import Limits, Skipped


class Pipe(io.BytesIO):
    """Cannot go back: sizes stand behind the members then."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: int) -> int:
        raise OSError

    def tell(self) -> int:
        raise OSError


def streamed(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", method) as made:
        for name, data in members:
            made.writestr(name, data)
    return pipe.getvalue()


TWO = (("IM1", IMAGE), ("x/IM2", OTHER))


def read(place: Path, data: bytes, *passwords: str) -> tuple[list[bytes | str], dict[str, int]]:
    (place / "a.zip").write_bytes(data)
    with archive.opened(export_at(place / "a.zip"), passwords) as opened:
        found = [opened.read(one.index) for one in opened.members()]
        whole = [one if isinstance(one, bytes) else one.reason if isinstance(one, Skipped) else "" for one in found]
        return whole, dict(opened.left_out)


def without_directory(data: bytes) -> bytes:
    return data[: data.index(CENTRAL)]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
@pytest.mark.parametrize("made", [zipped, streamed])
def test_without_a_directory_members_are_found_by_their_headers(tmp_path: Path, made: object, method: int) -> None:
    data = made(*TWO, method=method)  # type: ignore[operator]
    for cut in (without_directory(data), data[:-25]):
        assert read(tmp_path, cut) == ([IMAGE, OTHER], {"archive-damaged": 1}), "more of them may be missing"
    assert read(tmp_path, data.replace(CENTRAL, b"PK\x09\x09")) == ([IMAGE, OTHER], {}), "its end says how many there are"
    assert read(tmp_path, data) == ([IMAGE, OTHER], {})


def test_the_same_of_a_locked_zip(tmp_path: Path) -> None:
    data = without_directory(odd_archives.locked(aes=True))
    assert read(tmp_path, data, "geheim") == ([IMAGE], {"archive-damaged": 1})


def test_of_a_zip_that_is_damaged_in_the_middle_the_rest_is_found(tmp_path: Path) -> None:
    three = zipped(("IM1", IMAGE), ("noise", bytes(range(256)) * 9), ("IM2", OTHER), method=zipfile.ZIP_STORED)
    data = bytearray(without_directory(three))
    at = data.index(b"noise")
    data[at - 30 : at + 5] = bytes(35)
    assert read(tmp_path, bytes(data)) == ([IMAGE, OTHER], {"archive-damaged": 1})


def test_a_damaged_member_whose_size_stands_behind_it_costs_itself_alone(tmp_path: Path) -> None:
    data = bytearray(without_directory(streamed(*TWO)))
    data[40:60] = b"\xff" * 20
    assert read(tmp_path, bytes(data)) == (["damaged-member", OTHER], {"archive-damaged": 1})


@pytest.mark.parametrize("shift", [-3, 7])
def test_a_directory_that_points_beside_its_members_is_not_followed(tmp_path: Path, shift: int) -> None:
    data, at = GOOD, -1
    while (at := data.find(CENTRAL, at + 1)) >= 0:
        (offset,) = struct.unpack_from("<I", data, at + 42)
        data = data[: at + 42] + struct.pack("<I", offset + shift if offset + shift >= 0 else offset + 5) + data[at + 46 :]
    assert read(tmp_path, data) == ([IMAGE, OTHER], {})


def test_the_end_of_a_zip_inside_is_not_taken_for_that_of_a_cut_one(tmp_path: Path) -> None:
    data = zipped(("b.zip", GOOD), ("noise", bytes(range(256)) * 40), method=zipfile.ZIP_STORED)[:6000]
    with pytest.raises(TruncatedArchive):
        read(tmp_path, data)


def test_two_zips_in_a_row_give_what_is_in_both(tmp_path: Path) -> None:
    assert read(tmp_path, zipped(("IM1", IMAGE)) + zipped(("IM2", OTHER)))[0] == [IMAGE, OTHER]


@pytest.mark.parametrize("at", [0.3, 0.8, 0.97])
def test_a_cut_zip_is_cut(tmp_path: Path, at: float) -> None:
    data = without_directory(zipped(("IM1", IMAGE), ("IM2", OTHER)))
    with pytest.raises(TruncatedArchive):
        read(tmp_path, data[: int(len(data) * at)])


def test_a_cut_zip_inside_gives_what_is_whole_in_it(tmp_path: Path) -> None:
    inner = without_directory(zipped(*TWO))[:-40]
    (tmp_path / "a.zip").write_bytes(zipped(("b.zip", inner)))
    with unpack.readable(export_at(tmp_path / "a.zip"), tmp_path / "scratch", Limits(), passwords=()) as plain:
        assert (plain.members, plain.skipped) == (1, {"inner-archive-damaged": 1})
