"""What shows no sign of DICOM is left alone, whatever is wrong with it; what may be hers and cannot be opened is told."""

import gzip
import io
import struct
import zipfile
from pathlib import Path

import pytest
import pyzipper

import odd_archives
from conftest import export_at
from odd_archives import GOOD, IMAGE, OTHER, seven_zipped, tarred, zipped
from radiary.archives import extra, seven_zips, unpack
from radiary.model.errors import FormatNotInstalled, RadiaryError
from radiary.model.nouns import Limits

NOISE = bytes(range(256)) * 40


def verdict(place: Path, name: str, data: bytes, *passwords: str) -> str:
    """`hers`, `not hers`, or what its owner is told."""
    (place / name).write_bytes(data)
    try:
        limits = Limits(files=1100, bytes=50 << 20)
        return (
            "hers" if unpack.holds_dicom(export_at(place / name), place / "scratch", limits, passwords=passwords) else "not hers"
        )
    except RadiaryError as error:
        return error.reason()


def locked(*members: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with pyzipper.AESZipFile(buffer, "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(b"geheim")
        for name, data in members:
            archive.writestr(name, data)
    return buffer.getvalue()


def flipped(data: bytes, inside: bytes) -> bytes:
    changed = bytearray(data)
    changed[changed.index(inside) + 50] ^= 255
    return bytes(changed)


RAR = b"Rar!\x1a\x07\x01\x00"

HIDDEN_7Z = odd_archives.seven_hidden()
CASES: dict[str, tuple[str, bytes, str]] = {
    "a broken game": ("a.zip", zipped(("game.bin", NOISE), method=0)[:-40], "not hers"),
    "a cut game": ("a.zip", zipped(("game.bin", NOISE), method=0)[:5000], "not hers"),
    "a web page": ("a.zip", b"<html>", "not hers"),
    "a bank's locked zip": ("a.zip", locked(("2024.pdf", b"%PDF")), "not hers"),
    "a locked zip of unknown content": ("a.zip", locked(("IM1", IMAGE)), "encrypted"),
    "a locked zip with a readme": ("a.zip", locked(("README", b"x"), ("a.pdf", b"y")), "not hers"),
    "a locked zip with an archive": ("a.zip", locked(("disc1.zip", GOOD)), "encrypted"),
    "a locked zip with an open picture": ("a.zip", zipped(("IM1", IMAGE)), "hers"),
    "a locked 7z of papers": ("a.7z", seven_zipped(("a.pdf", b"%PDF" * 9), password="geheim"), "not hers"),
    "a locked 7z of unknown content": ("a.7z", seven_zipped(("IM1", IMAGE), password="geheim"), "encrypted"),
    "a 7z with names locked": ("a.7z", HIDDEN_7Z, "encrypted"),
    "a cut zip with pictures": ("a.zip", zipped(("IM1", IMAGE), ("noise", NOISE), method=0)[:6000], "truncated-archive"),
    "a zip cut in its first picture": ("a.zip", zipped(("IM1", IMAGE + NOISE * 9), method=0)[:6000], "truncated-archive"),
    "a zip cut in its first picture, packed": ("a.zip", zipped(("IM1", IMAGE + NOISE * 9))[:1000], "truncated-archive"),
    "a cut zip with a zip of pictures": (
        "a.zip", zipped(("b.zip", GOOD), ("noise", NOISE), method=0)[:6000], "truncated-archive"),
    "a bomb": ("a.zip", zipped(("zeros.bin", bytes(60 << 20))), "not hers"),
    "a bomb with a picture": ("a.zip", zipped(("zeros.bin", bytes(60 << 20)), ("IM1", IMAGE)), "unsafe-archive"),
    "too many files of others": ("a.zip", zipped(*((f"{n}.txt", b"") for n in range(1200))), "not hers"),
    "too many files, one hers": ("a.zip", zipped(*[(f"{n}.txt", b"") for n in range(1200)], ("IM1", IMAGE)), "unsafe-archive"),
    "a disc of something else": ("a.iso", bytes(32_769) + b"CD001" + bytes(9999), "not hers"),
    "a broken 7z": ("a.7z", b"7z\xbc\xaf\x27\x1c" + bytes(200), "not hers"),
    "a locked report beside nothing": ("a.zip", zipped(("report.zip", locked(("report.txt", b"x")))), "not hers"),
    "a locked zip inside": ("a.zip", zipped(("disc.zip", locked(("IM1", IMAGE)))), "encrypted"),
    "a locked zip deep inside": ("a.zip", zipped(("b.tar", tarred(("c.zip", locked(("IM1", IMAGE)))))), "encrypted"),
    "a locked zip inside, a picture beside it": ("a.zip", zipped(("disc.zip", locked(("IM1", IMAGE))), ("IM2", OTHER)), "hers"),
    "a damaged zip of others inside": ("a.zip", zipped(("b.zip", zipped(("x.bin", NOISE))[:500])), "not hers"),
    "a bomb inside": ("a.zip", zipped(("b.zip", zipped(("zeros.bin", bytes(60 << 20)))), ("x.txt", b"x")), "not hers"),
    "a bomb inside, a picture beside it": ("a.zip", zipped(("b.zip", zipped(("z", bytes(60 << 20)))), ("IM1", IMAGE)), "hers"),
    "too deep": ("a.zip", odd_archives.nested(4), "too-deep"),
    "too deep, of others": ("a.zip", odd_archives.nested(4, "x.txt", b"hello"), "not hers"),
    "a damaged document of others": ("a.docx", flipped(zipped(("a.xml", NOISE), method=0), NOISE), "not hers"),
    "a damaged picture": ("a.zip", flipped(zipped(("IM1", IMAGE), method=0), IMAGE), "hers"),
    "a picture packed by nobody knows what": ("a.zip", odd_archives.unknown(), "hers"),
    "a picture called zip": ("a.zip", IMAGE, "hers"),
    "a page called dcm": ("a.dcm", b"<html>", "not hers"),
    "a RAR of others": ("a.rar", b"Rar!\x1a\x07\x01\x00" + b"..game.bin.." + NOISE, "not hers"),
    "a RAR with pictures": ("a.rar", b"Rar!\x1a\x07\x01\x00" + NOISE + b"..DISC\\DICOMDIR..", "rar-archive"),
    "a RAR of others in a zip": ("a.zip", zipped(("b.rar", RAR + b"..game.bin..")), "not hers"),
    "a RAR with pictures in a zip": ("a.zip", zipped(("x/b.rar", RAR + b"..DISC\\DICOMDIR..")), "rar-archive"),
    "a RAR with pictures in a packed tar": (
        "a.tar.gz", gzip.compress(tarred(("b.rar", RAR + b"..IM1.dcm.."))), "rar-archive"),
    "a RAR with pictures beside one": ("a.zip", zipped(("b.rar", RAR + b"..IM1.dcm.."), ("IM1", IMAGE)), "hers"),
    "a RAR with pictures behind a program": ("a.exe", b"MZ" + NOISE + RAR + b"..IM1.dcm..", "rar-archive"),
    "a program in a zip": ("a.zip", zipped(("viewer.exe", b"MZ" + NOISE)), "not hers"),
    "a program with pictures in a zip": ("a.zip", zipped(("disc.exe", b"MZ" + NOISE + GOOD)), "hers"),
    "a locked zip of a RAR": ("a.zip", locked(("b.rar", RAR)), "encrypted"),
    "a sealed message": ("smime.p7m", b"0\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03" + NOISE, "not hers"),
    "a sealed disc": ("disc.zip.p7m", b"0\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03" + NOISE, "sealed-mail"),
    "one packed picture": ("IM1.dcm.gz", gzip.compress(IMAGE), "hers"),
    "one packed picture in a zip": ("a.zip", zipped(("x/IM1.dcm.gz", gzip.compress(IMAGE))), "hers"),
    "one packed file of others": ("a.dcm.gz", gzip.compress(b"hello" * 99), "not hers"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_may_be_hers_and_what_is_not(name: str, tmp_path: Path) -> None:
    file_name, data, expected = CASES[name]
    assert verdict(tmp_path, file_name, data) == expected
    assert not (tmp_path / "scratch").exists() or list((tmp_path / "scratch").iterdir()) == []


def test_a_wrong_password_is_told_from_none(tmp_path: Path) -> None:
    assert verdict(tmp_path, "a.zip", CASES["a locked zip inside"][1], "wrong") == "wrong-password"
    assert verdict(tmp_path, "a.zip", CASES["a locked zip inside"][1], "geheim") == "hers"
    assert verdict(tmp_path, "b.zip", locked(("IM1", IMAGE)), "wrong") == "wrong-password"


def test_without_the_extra_a_disc_that_speaks_of_pictures_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_name: str) -> None:
        raise FormatNotInstalled

    monkeypatch.setattr(extra, "library", missing)
    assert verdict(tmp_path, "a.iso", CASES["a disc of something else"][1]) == "not hers"
    assert verdict(tmp_path, "b.iso", CASES["a disc of something else"][1] + b"DICOMDIR;1") == "format-not-installed"
    assert verdict(tmp_path, "b.7z", seven_zipped(("IM1", IMAGE))) == "format-not-installed"


def test_want_of_memory_is_told_for_what_may_be_hers_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(seven_zips, "read", exhausted)
    assert verdict(tmp_path, "a.7z", seven_zipped(("IM1", IMAGE))) == "out-of-memory"
    assert verdict(tmp_path, "b.7z", seven_zipped(("a.pdf", b"%PDF"))) == "not hers"


def test_a_zip_locked_in_part_with_pictures_that_are_not_is_hers(tmp_path: Path) -> None:
    buffer = io.BytesIO(locked(("report", b"x")))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("IM1", IMAGE)
    assert verdict(tmp_path, "a.zip", buffer.getvalue()) == "hers"


def test_a_picture_that_lies_about_its_size_is_hers(tmp_path: Path) -> None:
    data = odd_archives.patched(GOOD, odd_archives.CENTRAL, 24, struct.pack("<I", 10))
    assert verdict(tmp_path, "a.zip", data) == "hers"
