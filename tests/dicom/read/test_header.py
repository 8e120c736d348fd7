from typing import Any

import pytest
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.uid import DeflatedExplicitVRLittleEndian, ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian

import exports
from radiary.dicom.read import header
from radiary.model.errors import Reason
from radiary.model.nouns import Instance, Skipped


def read(data: bytes) -> Instance:
    found = header.read(data)
    assert isinstance(found, Instance)
    return found


@pytest.mark.parametrize("syntax", [ExplicitVRLittleEndian, ImplicitVRLittleEndian, ExplicitVRBigEndian])
def test_the_encoding_is_known_with_and_without_file_meta(syntax: str) -> None:
    assert read(exports.written(exports.slice_of_ct(), syntax)).transfer_syntax == syntax
    if syntax != ExplicitVRBigEndian:
        assert read(exports.written(exports.slice_of_ct(), syntax, preamble=False)).transfer_syntax == syntax


def test_a_deflated_data_set_is_read() -> None:
    found = read(exports.written(exports.slice_of_ct(), DeflatedExplicitVRLittleEndian))
    assert found.dataset.Rows == 16


@pytest.mark.parametrize("data", [b"", b"\0" * 128 + b"DICM", b"\0" * 128 + b"DICM" + b"\xff" * 50])
def test_damage_is_a_value(data: bytes) -> None:
    assert header.read(data) == Skipped(Reason.UNREADABLE_HEADER)


def test_a_header_nested_without_end_is_a_value() -> None:
    inner = b""
    for _ in range(3000):
        inner = b"\xfe\xff\x00\xe0\xff\xff\xff\xff" + b"\x08\x00\x15\x11SQ\0\0\xff\xff\xff\xff" + inner
    assert header.read(b"\0" * 128 + b"DICM" + b"\x08\x00\x15\x11SQ\0\0\xff\xff\xff\xff" + inner) == Skipped(
        Reason.NESTED_TOO_DEEPLY
    )


@pytest.mark.parametrize(
    ("sop_class", "syntax", "reason"),
    [
        (exports.KO, ExplicitVRLittleEndian, Reason.KEY_OBJECT_SELECTION),
        ("1.2.840.10008.5.1.4.1.1.88.67", ExplicitVRLittleEndian, Reason.STRUCTURED_REPORT),
        ("1.2.840.10008.5.1.4.1.1.11.1", ExplicitVRLittleEndian, Reason.PRESENTATION_STATE),
        ("1.2.840.10008.5.1.4.1.1.104.1", ExplicitVRLittleEndian, Reason.ENCAPSULATED_DOCUMENT),
        ("1.2.840.10008.5.1.4.1.1.9.1.1", ExplicitVRLittleEndian, Reason.WAVEFORM),
        ("1.2.840.10008.5.1.4.1.1.481.5", ExplicitVRLittleEndian, Reason.RADIOTHERAPY),
        ("1.2.840.10008.5.1.4.1.1.66", ExplicitVRLittleEndian, Reason.NOT_AN_IMAGE),
        (exports.CT, "1.2.840.10008.1.2.4.102", Reason.VIDEO),
        (exports.CT, "1.2.840.10008.1.2.4.107", Reason.VIDEO),
    ],
)
def test_what_is_no_image_has_its_reason(sop_class: str, syntax: str, reason: Reason) -> None:
    assert header.not_an_image(Instance(exports.dataset(sop_class=sop_class), syntax, "")) == reason


def test_an_image_is_an_image_and_one_without_pixels_is_named() -> None:
    whole = exports.slice_of_ct()
    assert header.not_an_image(Instance(whole, ExplicitVRLittleEndian, "")) is None
    del whole.PixelData
    assert header.not_an_image(Instance(whole, ExplicitVRLittleEndian, "")) == Reason.NO_PIXEL_DATA


def test_reading_prints_and_warns_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    made = exports.slice_of_ct()
    made.add_new(0x00080050, "SH", "PETRONELLA SYNTHETICA WITH FAR TOO LONG AN ACCESSION NUMBER")
    data = exports.written(made).replace(b"20240101", b"Synthet!")
    read(data).dataset.walk(lambda dataset, element: str(element.value))
    assert capfd.readouterr() == ("", "")


def test_an_undecodable_value_counts_as_absent() -> None:
    made: Any = Dataset()
    made.Rows = 5
    made.ReferencedImageSequence = Sequence([])
    assert header.value(made, 0x00280010) == 5
    assert header.value(made, 0x00280011) is None
    whole = exports.written(exports.dataset(Rows=5))
    broken = whole.replace(b"\x28\x00\x10\x00US\x02\x00\x05\x00", b"\x28\x00\x10\x00US\x03\x00\x05\x00\x00")
    assert header.value(read(broken).dataset, 0x00280010) is None


def test_no_representation_shows_the_patient() -> None:
    assert "Synthetica" not in repr(read(exports.written(exports.slice_of_ct())))


def test_a_discs_table_of_contents_is_known_by_its_records() -> None:
    made = Dataset()
    made.FileSetID, made.DirectoryRecordSequence = "DISC", Sequence([Dataset()])
    instance = header.read(exports.written(made, preamble=False))
    assert isinstance(instance, Instance)
    assert header.not_an_image(instance) == Reason.DIRECTORY


def test_an_image_is_one_whatever_else_it_carries() -> None:
    made = exports.slice_of_ct()
    made.DirectoryRecordSequence = Sequence([Dataset()])
    assert header.not_an_image(read(exports.written(made))) is None
