from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image

import exports
from exports import ramp
from radiary.dicom.develop import develop
from radiary.dicom.image_files import Development
from radiary.dicom.wall.deidentify import Terms
from radiary.dicom.wall.pseudonym import Pseudonyms
from radiary.model.errors import Reason
from radiary.model.nouns import NotDicom, Skipped, Treatment, Unscaled, Wanted

TERMS = Terms(Pseudonyms(bytes(32)), searches_text=True)


def developed(data: bytes, copies: bool = True, **scales: tuple[float, float]) -> object:
    return develop(data, TERMS, wanted=Wanted(copies=copies), scales=scales)


def kept(made: Any) -> Development:
    found = developed(exports.written(made))
    assert isinstance(found, Development)
    return found


def test_a_slice_becomes_a_picture_and_a_copy_beside_it() -> None:
    found = developed(exports.written(exports.slice_of_ct()))
    assert isinstance(found, Development)
    files = list(found.files())
    assert [file.path.rsplit(".", 1)[1] for file in files] == ["png", "dcm"]
    assert files[0].path.startswith("001-ct/0001-")
    assert [file.is_picture for file in files] == [True, False]
    assert len(found.pixels) == 64


def test_what_is_too_large_for_a_copy_keeps_its_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    made = exports.slice_of_ct()
    monkeypatch.setattr("radiary.dicom.dicom_copy._MOST", len(made.PixelData))
    assert len(list(kept(made).files())) == 2
    monkeypatch.setattr("radiary.dicom.dicom_copy._MOST", len(made.PixelData) - 1)
    assert [file.is_picture for file in kept(made).files()] == [True]


def test_copies_can_be_left_out() -> None:
    found = developed(exports.written(exports.slice_of_ct()), copies=False)
    assert isinstance(found, Development)
    assert len(list(found.files())) == 1


def test_what_is_no_dicom_and_what_is_no_image_are_values() -> None:
    assert developed(b"<html>" + bytes(300)) == NotDicom()
    plan = exports.written(exports.dataset(modality="RTPLAN", sop_class="1.2.840.10008.5.1.4.1.1.481.5"))
    assert developed(plan, copies=False) == Skipped(Reason.RADIOTHERAPY)
    filing = developed(plan)
    assert isinstance(filing, Development)
    (copy,) = filing.files()
    assert (copy.is_picture, copy.path.endswith(".dcm"), filing.hold) == (False, True, None)


def test_a_report_can_be_read_without_its_copy() -> None:
    filing = developed(exports.written(exports.dataset(modality="KO", sop_class=exports.KO)), copies=False)
    assert isinstance(filing, Development)
    assert [(file.path.split(".")[-1], file.is_picture) for file in filing.files()] == [("txt", False), ("json", False)]


def test_further_windows_and_more_grey_are_made_when_they_are_wanted() -> None:
    made = exports.slice_of_ct(WindowCenter=[40, 600], WindowWidth=[400, 800])
    wanted = Wanted(copies=False, windows=("lung", "others"), sixteen_bits=True)
    found = develop(exports.written(made), TERMS, scales={}, wanted=wanted)
    assert isinstance(found, Development)
    files = {file.path.split("-")[-1]: file for file in found.files()}
    assert [one.is_picture for one in files.values()] == [True, False, False, False]
    assert list(files)[1:] == ["lung.png", "window2.png", "16bit.png"]
    with Image.open(BytesIO(files["window2.png"].data)) as opened:
        assert int(np.asarray(opened)[0, 0]) == 0
        assert abs(int(np.asarray(opened).max()) - 255) == 0
    with Image.open(BytesIO(files["16bit.png"].data)) as opened:
        assert len(np.unique(np.asarray(opened))) > 20


def test_an_image_without_a_window_waits_for_its_series_range() -> None:
    data = exports.written(exports.with_pixels(exports.dataset(), ramp(top=1000)))
    asked = developed(data)
    assert isinstance(asked, Unscaled)
    assert (asked.low, asked.high) == (0, 1000)
    found = develop(data, TERMS, wanted=Wanted(copies=False), scales={asked.series: (0, 2000)})
    assert isinstance(found, Development)
    with Image.open(BytesIO(next(found.files()).data)) as opened:
        assert np.asarray(opened).max() == 128


def test_every_frame_whose_range_is_found_is_a_sign_of_life() -> None:
    ticks: list[int] = []
    made = exports.written(exports.with_pixels(exports.dataset(), np.arange(3 * 64 * 64, dtype="<u2").reshape(3, 64, 64) % 900))
    assert isinstance(develop(made, TERMS, scales={}, tick=lambda: ticks.append(1)), Unscaled)
    assert len(ticks) == 3


def test_a_cine_gives_every_frame() -> None:
    made = exports.with_pixels(exports.ultrasound(), np.full((3, 60, 80, 3), 9, "u1"))
    found = developed(exports.written(made))
    assert isinstance(found, Development)
    assert [file.path[-9:] for file in found.files()][:3] == ["-f001.png", "-f002.png", "-f003.png"]


def test_a_cut_picture_never_comes_out_whole() -> None:
    made = exports.slice_of_ct()
    made.Rows = 99
    found = developed(exports.written(made))
    assert isinstance(found, Skipped)
    assert found.reason == Reason.PIXEL_DATA_TRUNCATED
    assert found.study is not None


def test_the_same_bytes_give_the_same_files() -> None:
    runs = []
    for _ in range(2):
        found = developed(exports.written(exports.slice_of_ct()))
        assert isinstance(found, Development)
        runs.append([(made.path, made.data) for made in found.files()])
    assert runs[0] == runs[1]


def boxed() -> Development:
    made = exports.written(exports.slice_of_ct(WindowCenter=2000, WindowWidth=4000))
    found = develop(made, TERMS, scales={}, treatment=Treatment(blank=((2, 3, 6, 7),)))
    assert isinstance(found, Development)
    return found


def test_boxes_are_black_in_the_picture_and_in_the_copy_and_everything_else_stays() -> None:
    picture, copy = (file.data for file in boxed().files())
    with Image.open(BytesIO(picture)) as opened:
        grey = np.asarray(opened)
    values = exports.read_back(copy).pixel_array
    inside = np.zeros((16, 24), bool)
    inside[3:8, 2:7] = True
    assert not grey[inside].any()
    assert not values[inside].any()
    assert (values[~inside] == ramp(offset=1)[~inside]).all()


def test_a_letter_is_held_and_stays_what_it_was() -> None:
    made = exports.dataset(modality="DOC", sop_class="1.2.840.10008.5.1.4.1.1.104.1")
    made.EncapsulatedDocument, made.MIMETypeOfEncapsulatedDocument = b"%PDF-1.4 of somebody", "application/pdf"
    found = developed(exports.written(made))
    assert isinstance(found, Development)
    assert found.hold == Reason.ENCAPSULATED_DOCUMENT
    (letter,) = found.files()
    assert (letter.path.split(".")[-1], letter.data, letter.is_picture) == ("pdf", b"%PDF-1.4 of somebody", False)
