"""The right password opens a zip, whatever code page its program wrote it in."""

from pathlib import Path

import pytest
import pyzipper

import odd_archives
from radiary.archives import zips
from radiary.model.errors import WrongPassword

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
