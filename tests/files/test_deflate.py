import zlib

import pytest

from radiary.files import deflate

DATA = bytes(range(256)) * 40
STREAM = zlib.compress(DATA, wbits=-15)


def test_what_is_packed_can_be_read_by_others() -> None:
    assert zlib.decompress(deflate.packed(DATA)) == DATA


def test_a_stream_is_what_it_claims_to_be() -> None:
    assert deflate.checksum(DATA[5000:], deflate.checksum(DATA[:5000])) == zlib.crc32(DATA)
    assert deflate.unpacked(STREAM, len(DATA), zlib.crc32(DATA)) == DATA


@pytest.mark.parametrize(
    ("stream", "size", "crc"),
    [
        (STREAM, len(DATA), zlib.crc32(DATA) ^ 1),
        (STREAM, len(DATA) - 1, zlib.crc32(DATA[:-1])),
        (STREAM, len(DATA) + 1, zlib.crc32(DATA)),
        (STREAM[: len(STREAM) // 2], len(DATA), zlib.crc32(DATA)),
        (b"\xff" * 100, 100, 0),
    ],
)
def test_one_that_is_longer_or_shorter_or_other_than_it_claims_is_none(stream: bytes, size: int, crc: int) -> None:
    assert deflate.unpacked(stream, size, crc) is None


def test_the_beginning_of_a_cut_stream_can_be_read_and_nothing_of_a_damaged_one() -> None:
    assert deflate.beginning(STREAM[: len(STREAM) - 40], 132) == DATA[:132]
    assert deflate.beginning(b"\xff" * 100, 132) == b""
