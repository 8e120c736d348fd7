import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

import exports
from odd_images import copy_of, outcome, pictures, put
from outcomes import ingested
from radiary.ingest.bench import Bench
from radiary.model.errors import Reason

DOWN, ACROSS = np.mgrid[0:32, 0:48]
SHADES = 0.5 + 0.5 * np.sin(ACROSS / 6) * np.cos(DOWN / 7)


def image(low: float, high: float, kind: str = "<u2", **attributes: Any) -> Any:
    values = (low + (high - low) * SHADES).astype(kind)
    return exports.with_pixels(exports.dataset(**attributes), values, stored=16)


def shown(made: Any) -> NDArray[np.uint8]:
    (picture,) = pictures(exports.written(made))
    return picture


def lut(entries: int, first: int, bits: int, values: NDArray[Any]) -> Sequence:
    item = Dataset()
    item.add_new(0x00283002, "US", [entries % 65536, first, bits])
    item.add_new(0x00283006, "OW", values.astype("<u2").tobytes())
    return Sequence([item])


def spread(picture: NDArray[np.uint8]) -> int:
    return int(np.ptp(picture))


@pytest.mark.parametrize(
    "made",
    [
        image(12000, 32000, modality="MR", WindowCenter=3174, WindowWidth=2426),
        image(0, 4000, modality="MR", WindowCenter=30000, WindowWidth=200),
        image(100, 30000, modality="PT", RescaleSlope="0.0001", RescaleIntercept="0", WindowCenter=15000, WindowWidth=30000),
        image(100, 4000, modality="CR", VOILUTSequence=lut(256, 0, 8, np.zeros(256))),
        image(0, 4095, modality="CR", VOILUTSequence=lut(65536, 0, 16, np.arange(65536))),
    ],
)
def test_a_window_beside_the_values_gives_way(made: Any) -> None:
    assert spread(shown(made)) > 200


def test_a_window_beside_the_values_gives_way_and_the_record_says_so(bench: Bench, tmp_path: Path) -> None:
    ingested(bench, tmp_path, image(12000, 32000, modality="MR", WindowCenter=3174, WindowWidth=2426))
    (record,) = (path.read_text() for path in bench.library.root.rglob("study.json"))
    assert '"rule":"own-range"' in record


def test_an_empty_window_before_the_one_that_is_meant_is_passed_over() -> None:
    made = image(0, 4000, WindowCenter=[0, 1000], WindowWidth=[0, 500])
    alone = image(0, 4000, WindowCenter=1000, WindowWidth=500)
    assert (shown(made) == shown(alone)).all()


def test_another_window_of_the_object_comes_before_its_own_range() -> None:
    made = image(0, 4000, modality="MR", WindowCenter=[30000, 1000], WindowWidth=[10, 500])
    assert (shown(made) == shown(image(0, 4000, modality="MR", WindowCenter=1000, WindowWidth=500))).all()


def test_a_window_for_stored_values_is_used_for_them() -> None:
    made = image(100, 30000, modality="PT", RescaleSlope="0.0001", RescaleIntercept="0", WindowCenter=15000, WindowWidth=30000)
    assert (shown(made) == shown(image(100, 30000, modality="PT", WindowCenter=15000, WindowWidth=30000))).all()


def test_a_slice_of_air_and_an_image_of_few_values_stay_as_their_window_shows_them() -> None:
    assert not shown(image(-1000, -900, "<i2", WindowCenter=40, WindowWidth=400)).any()
    few = exports.with_pixels(exports.dataset(modality="MR", WindowCenter=3000, WindowWidth=10), (SHADES * 4).astype("<u2"))
    assert not shown(few).any()
    low = shown(image(-180, 134, "<i2", WindowCenter=1000, WindowWidth=10000))
    assert spread(low) < 10


@pytest.mark.parametrize(
    ("stored", "vr", "value"),
    [(16, "US", struct.pack("<H", 63536)), (16, "SS", struct.pack("<h", -2000)), (16, "IS", "-2000"), (16, "IS", "63536"),
     (12, "US", struct.pack("<H", 63536)), (12, "SS", struct.pack("<h", -2000)), (12, "US", struct.pack("<H", 2096))],
)  # fmt: skip
def test_padding_written_with_another_sign_is_left_out_of_the_range(stored: int, vr: str, value: str | bytes) -> None:
    values = (-200 + 400 * SHADES).astype("<i2")
    values[:10] = -2000
    made = exports.with_pixels(exports.dataset(), values, stored=stored)
    made.PixelData = (values.view("<u2") & ((1 << stored) - 1)).tobytes()
    picture = shown(put(made, 0x00280120, vr, value))
    assert spread(picture[10:]) > 240
    assert not picture[:10].any()


def test_negative_padding_of_unsigned_pixels_is_known_by_its_bits() -> None:
    values = (1000 + 400 * SHADES).astype("<u2")
    values[:10] = 63536
    made = exports.with_pixels(exports.dataset(), values)
    assert spread(shown(put(made, 0x00280120, "SS", struct.pack("<h", -2000)))[10:]) > 240


def protocol(drawn: bytes, **attributes: Any) -> Any:
    made = exports.with_pixels(exports.dataset(WindowCenter=40, WindowWidth=400), np.zeros((32, 48), "<u2"))
    for tag, vr, value in ((0x60020010, "US", 32), (0x60020011, "US", 48), (0x60020100, "US", 1), (0x60020102, "US", 0)):
        made.add_new(tag, vr, value)
    made.add_new(0x60023000, "OW", drawn)
    for keyword, value in attributes.items():
        setattr(made, keyword, value)
    return made


def test_an_empty_picture_with_an_overlay_is_told_and_not_filed() -> None:
    assert outcome(exports.written(protocol(b"\x3c" * 192))) == Reason.OVERLAY_ONLY
    flat = protocol(b"\x3c" * 192)
    flat.PixelData = np.full((32, 48), 700, "<u2").tobytes()
    assert outcome(exports.written(flat)) == Reason.OVERLAY_ONLY
    embedded = protocol(b"")
    del embedded[0x60023000]
    embedded.BitsStored, embedded.HighBit = 12, 11
    embedded[0x60020100].value, embedded[0x60020102].value = 16, 13
    embedded.PixelData = np.where(SHADES > 0.5, 1 << 13, 0).astype("<u2").tobytes()
    assert outcome(exports.written(embedded)) == Reason.OVERLAY_ONLY


def test_an_empty_overlay_and_a_picture_below_one_cost_nothing() -> None:
    assert len(pictures(exports.written(protocol(bytes(192))))) == 1
    drawn = protocol(b"\x3c" * 192)
    drawn.PixelData = (SHADES * 400).astype("<u2").tobytes()
    assert len(pictures(exports.written(drawn))) == 1
    assert not copy_of(exports.written(drawn)).group_dataset(0x6002)
