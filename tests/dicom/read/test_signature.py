import pytest
from pydicom.uid import ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian

import exports
from radiary.dicom.read.signature import HEAD, looks_like_dicom


@pytest.mark.parametrize("syntax", [ExplicitVRLittleEndian, ImplicitVRLittleEndian, ExplicitVRBigEndian])
@pytest.mark.parametrize("preamble", [True, False])
def test_dicom_is_recognised_with_and_without_preamble(syntax: str, preamble: bool) -> None:
    data = exports.written(exports.slice_of_ct(), syntax, preamble=preamble)
    assert looks_like_dicom(data[:HEAD])


def test_a_file_that_lost_only_its_preamble_is_recognised() -> None:
    assert looks_like_dicom(exports.written(exports.slice_of_ct())[132:])


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04" + bytes(200), b"MZ" + bytes(200), b"<!doctype html>" + b" " * 200, b"\x89PNG\r\n\x1a\n" + bytes(200),
     bytes(200), b"\xff\xd8\xff\xe0" + bytes(200), b"%PDF-1.7" + bytes(200), b"\x08\x00", b"DICM"],
)  # fmt: skip
def test_other_files_are_not(data: bytes) -> None:
    assert not looks_like_dicom(data[:HEAD])
