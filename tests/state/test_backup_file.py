"""What a sealed file gives back: all of it, or a sentence."""

import json
from io import BytesIO

import pytest

from radiary.model.errors import DamagedBackup, NewerBackup, NotABackup, RadiaryError, WrongPassphrase
from radiary.state import backup_file
from radiary.state.backup_file import Opening, Sealing

COST = backup_file._COST
SECRET = "correct horse battery"


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small pieces, and a key at once."""
    monkeypatch.setattr(backup_file, "_PIECE", 64)
    monkeypatch.setattr(backup_file, "_COST", {"n": 16, "r": 8, "p": 1})


def sealed(content: bytes) -> bytes:
    file = BytesIO()
    sealing = Sealing(file, SECRET)
    sealing.write(content)
    sealing.finish()
    return file.getvalue()


def opened(data: bytes, passphrase: str = SECRET) -> bytes:
    opening = Opening(BytesIO(data), passphrase)
    content = opening.read(10) + opening.read(-1)
    opening.finish()
    return content


@pytest.mark.parametrize("size", [0, 1, 63, 64, 65, 128, 1000])
def test_what_was_sealed_comes_back(size: int) -> None:
    content = bytes(number % 251 for number in range(size))
    assert opened(sealed(content)) == content
    assert size < 16 or content not in sealed(content)


def test_another_passphrase_is_told_from_damage() -> None:
    with pytest.raises(WrongPassphrase):
        opened(sealed(b"x" * 200), "correct horse batter")


def test_a_file_that_ends_too_early_is_told_wherever_it_ends() -> None:
    whole = sealed(b"x" * 200)
    for end in range(1, len(whole)):
        with pytest.raises((DamagedBackup, NotABackup)):
            opened(whole[:end])


def test_a_byte_that_was_changed_is_told_wherever_it_is() -> None:
    whole = sealed(b"x" * 200)
    for place in range(len(whole)):
        changed = bytearray(whole)
        changed[place] ^= 1
        with pytest.raises(RadiaryError):
            opened(bytes(changed))


def test_pieces_that_changed_places_are_told() -> None:
    whole = sealed(b"a" * 64 + b"b" * 64 + b"c")
    begin = whole.index(b"\n", len(b"Radiary backup\n")) + 1
    first, second = whole[begin : begin + 80], whole[begin + 80 : begin + 160]
    with pytest.raises(DamagedBackup):
        opened(whole[:begin] + second + first + whole[begin + 160 :])
    with pytest.raises(DamagedBackup):
        opened(whole[:begin] + first + whole[begin + 160 :])


def test_something_else_is_no_backup() -> None:
    for other in (b"PK\x03\x04 a zip", b"", b"Radiary ledger\n"):
        with pytest.raises(NotABackup):
            opened(other)


def test_a_newer_format_is_refused_and_one_that_wants_all_memory_too() -> None:
    _, header, rest = sealed(b"x").split(b"\n", 2)
    for changed, error in (({"format": 2}, NewerBackup), ({"n": 1 << 40}, DamagedBackup), ({"n": 17}, DamagedBackup)):
        said = json.dumps(json.loads(header) | changed).encode()
        with pytest.raises(error):
            opened(b"Radiary backup\n" + said + b"\n" + rest)


def test_two_backups_of_the_same_share_no_piece() -> None:
    assert sealed(b"x" * 64)[-80:] != sealed(b"x" * 64)[-80:]


def test_a_guess_at_the_passphrase_costs_memory() -> None:
    assert COST["n"] * COST["r"] * 128 >= 128 << 20
