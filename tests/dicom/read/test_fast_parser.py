"""The walk says of a file what pydicom says, or nothing."""

import warnings
from importlib import resources
from io import BytesIO
from pathlib import Path

import pydicom
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRLittleEndian, ImplicitVRLittleEndian

import exports
from radiary.dicom.read.fast_parser import parsed
from radiary.dicom.read.header import UNREADABLE

PACKAGED = Path(str(resources.files("pydicom"))) / "data" / "test_files"
FILES = sorted(path for path in PACKAGED.rglob("*") if path.is_file() and path.suffix in ("", ".dcm"))


def said_by_pydicom(data: bytes) -> Dataset | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return pydicom.dcmread(BytesIO(data), force=True)
    except UNREADABLE:
        return None


def same(one: Dataset, other: Dataset) -> bool:
    """Whether both say the same, decoded, at every depth; pydicom's own comparison, element by element."""
    return Dataset(dict(one.items())) == Dataset(dict(other.items()))


def nested(depth: int) -> Dataset:
    inner = Dataset()
    inner.CodeMeaning = "Schädel"
    for _ in range(depth):
        outer = Dataset()
        outer.ConceptCodeSequence = Sequence([inner, inner])
        outer["ConceptCodeSequence"].is_undefined_length = True
        inner.is_undefined_length_sequence_item = True
        inner = outer
    inner.SpecificCharacterSet = "ISO_IR 100"
    return inner


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGED)))
def test_a_real_file_reads_as_pydicom_reads_it(path: Path) -> None:
    data = path.read_bytes()
    found = parsed(data)
    if found is not None:
        other = said_by_pydicom(data)
        assert other is not None
        assert found[1] == other.file_meta.TransferSyntaxUID
        assert found[0].original_encoding == other.original_encoding
        assert same(found[0], other)


def test_most_real_files_are_ordinary() -> None:
    assert sum(parsed(path.read_bytes()) is not None for path in FILES) > 0.6 * len(FILES)


@pytest.mark.parametrize("syntax", [ImplicitVRLittleEndian, ExplicitVRLittleEndian])
@pytest.mark.parametrize("depth", [0, 1, 3])
def test_open_sequences_are_walked_through_and_their_texts_read_in_the_character_set_of_the_file(syntax: str, depth: int) -> None:
    made = exports.dataset()
    made.update(nested(depth))
    data = exports.written(made, syntax)
    found = parsed(data)
    assert found is not None
    inner = found[0]
    for _ in range(depth):
        inner = inner.ConceptCodeSequence[1]
    assert inner.get("CodeMeaning") == "Schädel"


def test_a_slice_that_says_the_same_as_another_one_shares_its_elements() -> None:
    one, other = (parsed(exports.written(exports.slice_of_ct(number))) for number in (1, 2))
    assert one is not None
    assert other is not None
    assert one[0].get_item("PatientName") is other[0].get_item("PatientName")
    assert one[0].get_item("SOPInstanceUID") is not other[0].get_item("SOPInstanceUID")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[128:],
        lambda data: data[:-1],
        lambda data: data + b"\0",
        lambda data: data.replace(b"UL\4\0", b"UL\4\1", 1),
        lambda data: data.replace(b"\x08\0\x16\0UI", b"\x08\0\x16\0ui", 1),
        lambda data: data.replace(b"\x08\0\x18\0UI", b"\x08\0\x16\0UI", 1),
        lambda data: data[:200],
        lambda data: data.replace(b"\xe0\x7f\x10\0OW", b"\xe0\x7f\x10\0OX"),
    ],
)
def test_of_an_unusual_file_it_says_nothing(spoil: object) -> None:
    assert callable(spoil)
    assert parsed(spoil(exports.written(exports.slice_of_ct()))) is None


@settings(max_examples=300)
@given(st.data())
def test_whatever_is_damaged_it_says_what_pydicom_says_or_nothing(data: st.DataObject) -> None:
    whole = bytearray(
        exports.written(exports.slice_of_ct(), data.draw(st.sampled_from([ImplicitVRLittleEndian, ExplicitVRLittleEndian])))
    )
    for _ in range(data.draw(st.integers(1, 3))):
        whole[data.draw(st.integers(0, min(len(whole), 1200) - 1))] = data.draw(st.integers(0, 255))
    found, other = parsed(bytes(whole)), said_by_pydicom(bytes(whole))
    if found is not None and other is not None:
        assert list(found[0].keys()) == list(other.keys())
        assert [one.value for _, one in found[0].items()] == [one.value for _, one in other.items()]
