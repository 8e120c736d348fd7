"""The right password opens a zip, whatever code page its program wrote it in."""

from pathlib import Path

import pytest
import pyzipper

import odd_archives
from conftest import export_at
from radiary.archives import archive as archive_module
from radiary.archives import unpack, zips
from radiary.model.errors import Reason, WrongPassword
from radiary.model.nouns import Limits, Skipped

PASSWORD = "Müller§1"


def locked(place: Path, password: bytes, *, aes: bool) -> Path:
    path = place / "a.zip"
    if aes:
        with pyzipper.AESZipFile(path, "w", encryption=pyzipper.WZ_AES) as archive:
            archive.setpassword(password)
            archive.writestr("IM1", odd_archives.IMAGE)
    else:
        path.write_bytes(odd_archives.zipcrypto(password=password))
    return path


@pytest.mark.parametrize("aes", [False, True])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "cp850", "cp437"])
def test_a_password_with_an_umlaut_opens_what_was_locked_in_any_code_page(tmp_path: Path, encoding: str, aes: bool) -> None:
    password = PASSWORD if encoding != "cp437" else "Müller1"
    with locked(tmp_path, password.encode(encoding), aes=aes).open("rb") as file:
        with zips.opened(file, ("other", password)) as opened:
            assert opened.archive.read("IM1") == odd_archives.IMAGE
        with pytest.raises(WrongPassword):
            zips.opened(file, ("other", "Muller1"))


def test_one_damaged_member_does_not_make_the_right_password_a_wrong_one(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with pyzipper.AESZipFile(path, "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(b"geheim")
        archive.writestr("small", b"small")
        archive.writestr("IM1", odd_archives.IMAGE)
    data = bytearray(path.read_bytes())
    data[30 + 5 + 11 + 20] ^= 255
    path.write_bytes(data)
    with path.open("rb") as file, zips.opened(file, ("geheim",)) as opened:
        assert opened.archive.read("IM1") == odd_archives.IMAGE


@pytest.mark.parametrize("passwords", [("one", "two"), ("two", "other", "one")])
def test_each_member_is_opened_with_its_own_password(tmp_path: Path, passwords: tuple[str, ...]) -> None:
    path = tmp_path / "a.zip"
    with pyzipper.AESZipFile(path, "w", encryption=pyzipper.WZ_AES) as archive:
        for name, password, data in (("IM1", b"one", odd_archives.IMAGE), ("IM2", b"two", odd_archives.OTHER)):
            archive.setpassword(password)
            archive.writestr(name, data)
    with archive_module.opened(export_at(path), passwords) as opened:
        assert [opened.read(0), opened.read(1)] == [odd_archives.IMAGE, odd_archives.OTHER]
    with archive_module.opened(export_at(path), passwords[:1]) as opened:
        assert Skipped(Reason.LOCKED_MEMBER) in (opened.read(0), opened.read(1))
    for known, expected in ((passwords, None), (passwords[:1], "wrong-password")):
        with unpack.readable(export_at(path), tmp_path / "scratch", Limits(), passwords=known) as plain:
            assert (plain.waiting and plain.waiting.reason()) == expected


def test_a_password_that_a_member_takes_by_chance_does_not_hide_the_right_one(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(odd_archives.zipcrypto(password=b"geheim"))
    with path.open("rb") as file:
        archive = zips.opened(file, ("geheim",)).archive
        taken = [b"%d" % number for number in range(2000) if archive._seems_to_fit("r", archive.infolist()[0], b"%d" % number)]
        assert taken
        archive.known = (*taken, b"geheim")
        assert archive.read("IM1") == odd_archives.IMAGE
        archive.close()
