import struct
from collections.abc import Callable
from typing import Any

import imagecodecs
import numpy as np
import pytest
from pydicom.pixels.encoders.base import RLELosslessEncoder

import exports
from odd_images import JPEG, JPEG_2000, JPEG_LOSSLESS, JPEG_LS, NATIVE, RLE, encapsulated, outcome, pictures
from radiary.model.errors import Reason

TOPS = (4000, 3000, 2000)
SEVERAL = [exports.ramp(64, 48, top=top, offset=top // 9) for top in TOPS]
SYNTAXES = {
    JPEG: lambda values: bytes(imagecodecs.jpeg8_encode((values >> 4).astype("u1"), level=98)),
    JPEG_LOSSLESS: lambda values: bytes(imagecodecs.jpeg8_encode(values, lossless=True)),
    JPEG_LS: lambda values: bytes(imagecodecs.jpegls_encode(values)),
    JPEG_2000: lambda values: bytes(imagecodecs.jpeg2k_encode(values, codecformat="j2k", reversible=True)),
    RLE: lambda values: RLELosslessEncoder.encode(
        values, rows=64, columns=48, samples_per_pixel=1, number_of_frames=1, bits_allocated=16, bits_stored=12,
        pixel_representation=0, photometric_interpretation="MONOCHROME2",
    ),
}  # fmt: skip
Coder = Callable[[Any], bytes]
every_syntax = pytest.mark.parametrize("syntax", SYNTAXES)
marked = pytest.mark.parametrize("syntax", [JPEG, JPEG_LOSSLESS, JPEG_LS, JPEG_2000])


def clip(values: list[Any], syntax: str = NATIVE) -> Any:
    deep = np.stack(values)
    made = exports.dataset(WindowCenter=128, WindowWidth=256)
    if syntax == JPEG:
        return exports.with_pixels(made, (deep >> 4).astype("u1"))
    made.WindowCenter, made.WindowWidth = 2048, 4096
    return exports.with_pixels(made, deep, stored=12)


def single() -> Any:
    return clip(SEVERAL[:1])


def truth(syntax: str) -> list[Any]:
    return pictures(exports.written(clip(SEVERAL, syntax)))


def assert_whole(data: bytes, syntax: str, *, count: int = 3) -> None:
    found = pictures(data)
    assert len(found) == count
    for shown, wanted in zip(found, truth(syntax), strict=False):
        assert np.abs(shown.astype(int) - wanted).max() <= (3 if syntax == JPEG else 0)


def streams(syntax: str) -> list[bytes]:
    made = [SYNTAXES[syntax](one) for one in SEVERAL]
    return [one + b"\0" * (len(one) % 2) for one in made]


def right_table(parts: list[bytes]) -> list[int]:
    return [sum(len(one) + 8 for one in parts[:place]) for place in range(len(parts))]


@every_syntax
@pytest.mark.parametrize(
    "table",
    [
        struct.pack("<3I", 0, 777, 31337),
        struct.pack("<I", 0),
        bytes(12),
        struct.pack("<2I", 0, 12),
        struct.pack("<3I", 8, 16, 24),
        struct.pack("<5I", 0, 1, 2, 3, 4),
        b"\0\0\0\0\1",
        b"",
        None,
    ],
)
def test_a_table_of_offsets_is_a_hint_that_may_be_wrong(syntax: str, table: bytes | None) -> None:
    assert_whole(encapsulated(clip(SEVERAL, syntax), syntax, streams(syntax), table=table), syntax)


@every_syntax
def test_frames_in_several_fragments_are_put_together_with_and_without_a_right_table(syntax: str) -> None:
    whole = streams(syntax)
    halves = [part for one in whole for part in (one[: len(one) // 4 * 2], one[len(one) // 4 * 2 :])]
    starts = right_table(halves)[::2]
    assert_whole(encapsulated(clip(SEVERAL, syntax), syntax, halves, table=struct.pack("<3I", *starts)), syntax)
    for table in (b"", bytes(12), struct.pack("<3I", *right_table(halves)[:3])):
        assert_whole(encapsulated(clip(SEVERAL, syntax), syntax, halves, table=table), syntax)


@every_syntax
@pytest.mark.parametrize("place", [0, 1, 3])
def test_fragments_of_no_bytes_are_no_frames(syntax: str, place: int) -> None:
    parts = streams(syntax)
    parts.insert(place, b"")
    assert_whole(encapsulated(clip(SEVERAL, syntax), syntax, parts), syntax)


@every_syntax
def test_streams_of_one_fragment_are_told_apart(syntax: str) -> None:
    parts = streams(syntax)
    assert_whole(encapsulated(clip(SEVERAL, syntax), syntax, [b"".join(parts)]), syntax)


@every_syntax
@pytest.mark.parametrize("behind", [bytes(600), b"\xff" * 7, b" " * 20, b"made by a converter "])
def test_what_stands_behind_a_streams_end_costs_nothing(syntax: str, behind: bytes) -> None:
    assert_whole(encapsulated(clip(SEVERAL, syntax), syntax, [one + behind for one in streams(syntax)]), syntax)


@marked
@pytest.mark.parametrize("missing", [1, 2])
def test_a_stream_without_its_end_marker_is_read_when_every_value_is_there(syntax: str, missing: int) -> None:
    whole = SYNTAXES[syntax](SEVERAL[0])
    assert_whole(encapsulated(clip(SEVERAL[:1], syntax), syntax, [whole[:-missing]]), syntax, count=1)


@marked
@pytest.mark.parametrize("share", [0.4, 0.7, 0.95])
def test_a_stream_that_is_cut_is_cut_short_and_never_shown(syntax: str, share: float) -> None:
    whole = SYNTAXES[syntax](SEVERAL[0])
    data = encapsulated(clip(SEVERAL[:1], syntax), syntax, [whole[: int(len(whole) * share)]])
    assert outcome(data) == Reason.PIXEL_DATA_TRUNCATED


@pytest.mark.parametrize("syntax", [JPEG, JPEG_LOSSLESS])
@pytest.mark.parametrize("share", [0.4, 0.7, 0.95])
def test_a_stream_that_got_an_end_marker_after_it_was_cut_is_never_shown(syntax: str, share: float) -> None:
    whole = SYNTAXES[syntax](SEVERAL[0])
    scan = whole.index(b"\xff\xda") + 16
    cut = whole[: scan + int((len(whole) - scan) * share)]
    data = encapsulated(clip(SEVERAL[:1], syntax), syntax, [cut + b"\xff\xd9"])
    assert outcome(data) == Reason.PIXEL_DATA_TRUNCATED


@pytest.mark.parametrize("syntax", [JPEG, JPEG_LOSSLESS])
def test_a_whole_stream_of_a_picture_that_ends_in_one_shade_is_shown(syntax: str) -> None:
    values = SEVERAL[0].copy()
    values[-20:] = values[0, 0]
    whole = SYNTAXES[syntax](values)
    for stream in (whole, whole[:-2] + b"\xff" * 3 + b"\xd9", whole + whole):
        assert len(pictures(encapsulated(clip([values], syntax), syntax, [stream]))) == 1


@marked
def test_a_stream_whose_very_last_values_are_missing_is_never_shown(syntax: str) -> None:
    whole = SYNTAXES[syntax](SEVERAL[0])
    assert outcome(encapsulated(clip(SEVERAL[:1], syntax), syntax, [whole[:-6]])) == Reason.PIXEL_DATA_TRUNCATED


def test_a_progressive_jpeg_without_its_end_is_never_shown() -> None:
    from io import BytesIO

    from PIL import Image

    stream = BytesIO()
    Image.fromarray((SEVERAL[0] >> 4).astype("u1")).save(stream, "JPEG", progressive=True)
    assert len(pictures(encapsulated(clip(SEVERAL[:1], JPEG), JPEG, [stream.getvalue()]))) == 1
    assert outcome(encapsulated(clip(SEVERAL[:1], JPEG), JPEG, [stream.getvalue()[:-2]])) == Reason.PIXEL_DATA_TRUNCATED


def test_a_stream_that_is_damaged_but_whole_is_not_called_cut_short() -> None:
    whole = bytearray(SYNTAXES[JPEG_LS](SEVERAL[0]))
    whole[60:90] = b"\x7f" * 30
    assert outcome(encapsulated(single(), JPEG_LS, [bytes(whole)])) == Reason.PIXEL_DATA_UNREADABLE


@pytest.mark.parametrize("missing", [1])
def test_a_last_byte_that_a_writer_forgot_costs_nothing(missing: int) -> None:
    made = exports.with_pixels(exports.dataset(), np.full((5, 7, 3), 200, "u1"))
    made.PixelData = made.PixelData[: 5 * 7 * 3 - missing]
    (shown,) = pictures(exports.written(made))
    assert (shown.ravel()[:-1] == 200).all()
    made.PixelData = made.PixelData[:-3]
    assert outcome(exports.written(made)) == Reason.PIXEL_DATA_TRUNCATED


def test_frames_of_which_there_are_too_few_cost_no_other_ones() -> None:
    assert len(pictures(encapsulated(clip(SEVERAL, JPEG_LS), JPEG_LS, streams(JPEG_LS)[:2]))) == 2
