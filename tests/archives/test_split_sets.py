"""An archive in several files is one; with a part missing it is named, if it shows that it may be hers."""

import random
import struct
from pathlib import Path

import pytest

import exports
from conftest import export_at
from odd_archives import CENTRAL, IMAGE, OTHER, seven_zipped, zipped
from radiary.archives import source, split_sets, unpack
from radiary.model.errors import PartMissing, RadiaryError, Reason
from radiary.model.nouns import Limits

TWO = zipped(("IM1", IMAGE), ("x/IM2", OTHER), ("noise.bin", bytes(range(256)) * 8), method=0)
SIZE = 1000


def numbered(place: Path, name: str, data: bytes) -> Path:
    for number, at in enumerate(range(0, len(data), SIZE), 1):
        (place / f"{name}.{number:03d}").write_bytes(data[at : at + SIZE])
    return place / f"{name}.001"


def winzip(place: Path, data: bytes) -> Path:
    """What a program makes that knows of disks: offsets within each, and their number at the end."""
    whole = bytearray(b"PK\7\x08" + data)
    directory, end = whole.index(CENTRAL), whole.rindex(b"PK\5\6")
    last, at = directory // SIZE, -1
    while (at := whole.find(CENTRAL, at + 1)) >= 0:
        (offset,) = struct.unpack_from("<I", whole, at + 42)
        disk, within = divmod(offset + 4, SIZE)
        struct.pack_into("<H", whole, at + 34, disk)
        struct.pack_into("<I", whole, at + 42, within)
    struct.pack_into("<HH", whole, end + 4, last, last)
    struct.pack_into("<I", whole, end + 16, directory - last * SIZE)
    for number in range(last):
        (place / f"disc.z{number + 1:02d}").write_bytes(whole[number * SIZE : (number + 1) * SIZE])
    (place / "disc.zip").write_bytes(whole[last * SIZE :])
    return place / "disc.zip"


def ending(path: Path) -> str:
    try:
        export = export_at(path)
        if not unpack.holds_dicom(export, path.parent / "scratch", Limits(), passwords=()):
            return "not hers"
        with unpack.readable(export, path.parent / "scratch", Limits(), passwords=()) as plain:
            return f"{plain.members} {dict(plain.skipped)}"
    except RadiaryError as error:
        return error.reason()


@pytest.mark.parametrize(("name", "data"), [("a.zip", TWO), ("a.7z", seven_zipped(("IM1", IMAGE), ("IM2", OTHER)))])
def test_numbered_parts_are_one_archive(tmp_path: Path, name: str, data: bytes) -> None:
    path = numbered(tmp_path, name, data)
    assert len(split_sets.parts(path)) >= 2
    assert ending(path) == "2 {}"
    assert export_at(path).size == len(data)


def test_winzips_parts_are_one_archive(tmp_path: Path) -> None:
    path = winzip(tmp_path, TWO)
    assert len(split_sets.parts(path)) == len(list(tmp_path.iterdir())) >= 4
    assert ending(path) == "2 {}"


@pytest.mark.parametrize("gone", ["a.zip.002", "a.zip.005"])
def test_a_numbered_part_that_is_missing_is_named(tmp_path: Path, gone: str) -> None:
    path = numbered(tmp_path, "a.zip", zipped(("IM1", IMAGE), ("IM2", OTHER), ("noise.bin", bytes(4000)), method=0))
    (tmp_path / gone).unlink()
    assert ending(path) == "part-missing"


@pytest.mark.parametrize("gone", ["a.7z.002", "a.7z.003"])
def test_a_7z_in_parts_of_which_one_is_missing_may_hold_anything(tmp_path: Path, gone: str) -> None:
    path = numbered(tmp_path, "a.7z", seven_zipped(("IM1", IMAGE), ("noise.bin", random.Random(1).randbytes(2000))))
    (tmp_path / gone).unlink()
    assert ending(path) == "part-missing"


@pytest.mark.parametrize("gone", ["disc.z01", "disc.z02", "disc.z03"])
def test_a_part_of_winzips_that_is_missing_is_named(tmp_path: Path, gone: str) -> None:
    path = winzip(tmp_path, TWO)
    (tmp_path / gone).unlink()
    assert ending(path) == "part-missing"


@pytest.mark.parametrize("left", ["a.zip.002", "a.zip.005", "a.zip.002 a.zip.003"])
def test_parts_without_the_first_one_are_told_as_what_they_are_where_they_speak_of_dicom(tmp_path: Path, left: str) -> None:
    named = [(f"x/{number}.dcm", IMAGE[:400]) for number in range(6)]
    data = zipped(("noise.bin", bytes(990)), *named, ("more.bin", bytes(2000)), method=0)
    numbered(tmp_path, "a.zip", data)
    last = sorted(tmp_path.iterdir())[-1].name
    names = left.replace("a.zip.005", last).split()
    for one in [one for one in tmp_path.iterdir() if one.name not in names]:
        one.unlink()
    for name in names:
        assert source.sighted(tmp_path / name, ()) == source.Sighting((), is_candidate=True, is_whole=False)
        assert ending(tmp_path / name) == "part-missing"


def test_winzips_parts_without_the_last_one_are_told_as_what_they_are(tmp_path: Path) -> None:
    path = winzip(tmp_path, zipped(("1.dcm", IMAGE), ("2.dcm", OTHER), ("noise.bin", bytes(2000)), method=0))
    part = tmp_path / "disc.z01"
    assert not source.sighted(part, ()).is_candidate
    assert ending(part) == "not hers"
    path.unlink()
    assert source.sighted(part, ()).is_candidate
    assert ending(part) == "part-missing"


def test_a_part_stands_for_nothing_that_it_does_not_belong_to(tmp_path: Path) -> None:
    path = numbered(tmp_path, "a.zip", TWO)
    assert split_sets.standing_for(tmp_path / "a.zip.003") == path
    (tmp_path / "a.zip.002").unlink()
    assert split_sets.standing_for(tmp_path / "a.zip.003") == tmp_path / "a.zip.003"
    assert split_sets.standing_for(path) == path


def test_other_peoples_parts_are_left_alone(tmp_path: Path) -> None:
    films = zipped(("film.mkv", bytes(range(256)) * 20), method=0)
    path = numbered(tmp_path, "a.zip", films)
    assert ending(path) == "not hers"
    (tmp_path / "a.zip.003").unlink()
    assert ending(path) == "not hers"
    path.unlink()
    assert [ending(one) for one in sorted(tmp_path.iterdir())] == ["not hers"] * len(list(tmp_path.iterdir()))
    path = winzip(tmp_path, films)
    (tmp_path / "disc.z01").unlink()
    assert ending(path) == "not hers"


def test_a_part_that_arrives_is_a_change(tmp_path: Path) -> None:
    path = numbered(tmp_path, "a.zip", TWO)
    last = sorted(tmp_path.iterdir())[-1]
    data = last.read_bytes()
    last.unlink()
    before = source.fingerprint(path)
    last.write_bytes(data)
    assert source.fingerprint(path) != before


@pytest.mark.parametrize(
    ("name", "is_start", "is_later"),
    [
        ("a.zip.001", True, False),
        ("a.7z.001", True, False),
        ("a.zip.002", False, True),
        ("IM.001", False, False),
        ("IM.002", False, False),
        ("1.2.840.001", False, False),
        ("a.z01", False, True),
        ("a.zip", False, False),
    ],
)
def test_which_files_stand_for_a_set_and_which_are_parts_of_one(name: str, is_start: bool, is_later: bool) -> None:
    assert (split_sets.is_start(name), split_sets.is_later_part(name)) == (is_start, is_later)


def test_a_zip_of_its_own_beside_a_part_of_another_one_has_no_parts(tmp_path: Path) -> None:
    (tmp_path / "a.z01").write_bytes(b"PK\7\x08" + bytes(99))
    (tmp_path / "a.zip").write_bytes(TWO)
    assert source.files(tmp_path / "a.zip") == [tmp_path / "a.zip"]
    assert export_at(tmp_path / "a.zip").kind == "zip"


def test_a_zip_that_claims_to_be_a_last_part_and_is_whole_is_one_of_its_own(tmp_path: Path) -> None:
    data = bytearray(TWO)
    struct.pack_into("<HH", data, data.rindex(b"PK\5\6") + 4, 3, 3)
    (tmp_path / "a.zip").write_bytes(data)
    assert export_at(tmp_path / "a.zip").kind == "zip"
    assert ending(tmp_path / "a.zip") == "3 {}"


def test_a_7z_of_which_a_part_is_missing_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.7z.001").write_bytes(b"7z\xbc\xaf\x27\x1c" + bytes(500))
    with pytest.raises(PartMissing):
        unpack.holds_dicom(export_at(tmp_path / "x.7z.001"), tmp_path / "scratch", Limits(), passwords=())


def of_folder_and_zips(place: Path) -> list[str]:
    """How it ends with what lies in a folder, with the same in a zip, and with that zip in another one."""
    files = sorted(place.rglob("*"))
    packed = [(str(path.relative_to(place)), path.read_bytes()) for path in files if path.is_file()]
    (place.parent / "one.zip").write_bytes(zipped(*packed))
    (place.parent / "outer.zip").write_bytes(zipped(("one.zip", zipped(*packed))))
    return [ending(path) for path in (place, place.parent / "one.zip", place.parent / "outer.zip")]


@pytest.mark.parametrize("kind", ["a.zip", "a.7z"])
def test_a_set_inside_is_one_archive(tmp_path: Path, kind: str) -> None:
    for place in ("x", "y"):
        (tmp_path / "in" / place).mkdir(parents=True)
    data = {"a.zip": TWO, "a.7z": seven_zipped(("IM1", IMAGE), ("IM2", OTHER), ("noise.bin", random.Random(1).randbytes(3000)))}
    numbered(tmp_path / "in/x", kind, data[kind])
    numbered(tmp_path / "in/y", kind, zipped(("IM3", IMAGE + bytes(2)), ("n.bin", bytes(3000)), method=0))
    assert source.sighted(tmp_path / "in", source.fingerprint(tmp_path / "in")).is_candidate
    assert of_folder_and_zips(tmp_path / "in") == ["3 {}"] * 3


def test_winzips_parts_inside_are_one_archive(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    winzip(tmp_path / "in", TWO)
    assert of_folder_and_zips(tmp_path / "in") == ["2 {}"] * 3


@pytest.mark.parametrize("gone", ["a.zip.001", "a.zip.002", "a.zip.005"])
def test_a_set_inside_that_lacks_a_part_is_counted(tmp_path: Path, gone: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/IM9").write_bytes(IMAGE)
    numbered(tmp_path / "in", "a.zip", zipped(("IM1", IMAGE), ("IM2", OTHER), ("noise.bin", bytes(4000)), method=0))
    (tmp_path / "in" / gone).unlink()
    for end in of_folder_and_zips(tmp_path / "in"):
        assert "damaged" in end


def test_a_zip_of_its_own_inside_beside_a_part_of_another_one_has_no_parts(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.z01").write_bytes(b"PK\7\x08" + bytes(99))
    (tmp_path / "in/a.zip").write_bytes(TWO)
    assert of_folder_and_zips(tmp_path / "in") == [f"2 {{{Reason.INNER_ARCHIVE_DAMAGED!r}: 1}}"] * 3


def test_of_a_set_of_many_members_every_one_is_where_its_own_file_begins(tmp_path: Path) -> None:
    """The last member lies in the last file, and is found though the first ones are not where the directory seems to say."""
    images = [(f"IM{number:02d}", exports.written(exports.slice_of_ct(number))) for number in range(1, 6)]
    wholes = (zipped(*images, ("noise", bytes(length)), ("z", b"z"), method=0) for length in range(0, SIZE, 100))
    whole = next(one for one in wholes if (one.index(CENTRAL) + 4) % SIZE > 300)
    path = winzip(tmp_path, whole)
    assert b"PK\3\4" in path.read_bytes()
    assert len(split_sets.parts(path)) > 3
    assert ending(path) == "5 {}"
