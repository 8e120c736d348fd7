from io import BytesIO

import numpy as np
from PIL import Image

import exports
from exports import ramp
from radiary.dicom.deidentify import Terms
from radiary.dicom.develop import Development, develop
from radiary.dicom.pseudonym import Pseudonyms
from radiary.errors import Reason
from radiary.model import NotDicom, Skipped, Unscaled

TERMS = Terms(Pseudonyms(bytes(32)), looks=True)


def developed(data: bytes, copies: bool = True, **scales: tuple[float, float]) -> object:
    return develop(data, TERMS, copies=copies, scales=scales)


def test_a_slice_becomes_a_picture_and_a_copy_beside_it() -> None:
    found = developed(exports.written(exports.slice_of_ct()))
    assert isinstance(found, Development)
    files = list(found.files())
    assert [file.path.rsplit(".", 1)[1] for file in files] == ["png", "dcm"]
    assert files[0].path.startswith("001-ct/0001-")
    assert [file.is_picture for file in files] == [True, False]
    assert len(found.pixels) == 64


def test_copies_can_be_left_out() -> None:
    found = developed(exports.written(exports.slice_of_ct()), copies=False)
    assert isinstance(found, Development)
    assert len(list(found.files())) == 1


def test_what_is_no_dicom_and_what_is_no_image_are_values() -> None:
    assert developed(b"<html>" + bytes(300)) == NotDicom()
    key_object = exports.written(exports.dataset(sop_class=exports.KO))
    assert developed(key_object, copies=False) == Skipped(Reason.KEY_OBJECT_SELECTION)
    filing = developed(key_object)
    assert isinstance(filing, Development)
    (copy,) = filing.files()
    assert (copy.is_picture, copy.path.endswith(".dcm"), filing.hold) == (False, True, None)


def test_an_image_without_a_window_waits_for_its_series_range() -> None:
    data = exports.written(exports.with_pixels(exports.dataset(), ramp(top=1000)))
    asked = developed(data)
    assert isinstance(asked, Unscaled)
    assert (asked.low, asked.high) == (0, 1000)
    found = develop(data, TERMS, copies=False, scales={asked.series: (0, 2000)})
    assert isinstance(found, Development)
    with Image.open(BytesIO(next(found.files()).data)) as opened:
        assert np.asarray(opened).max() == 128


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
        runs.append(list(found.files()))
    assert runs[0] == runs[1]
