"""Elements on their way out, as bytes."""

from io import BytesIO

import pydicom
import pytest
from pydicom.dataelem import DataElement
from pydicom.tag import BaseTag

import exports
from radiary.dicom.read import elements


def written(*made: tuple[int, str, object]) -> bytes:
    clean = elements.dataset({BaseTag(tag): DataElement(tag, vr, value) for tag, vr, value in made})
    return b"".join(elements.written(clean))


@pytest.mark.parametrize("group", [0x0008, 0x0010, 0x0028, 0x7FE0])
def test_a_group_length_does_not_leave_since_it_would_be_wrong(group: int) -> None:
    rest = (group << 16 | 0x0010, "LO", "thorax")
    assert written((group << 16, "UL", 4711), rest) == written(rest)


def test_nothing_is_written_behind_the_pixels_place() -> None:
    clean = elements.dataset(
        {BaseTag(tag): DataElement(tag, "LO", "knee") for tag in (0x00081030, 0x7FE00010, 0x7FE10010, 0xFFFCFFFC)}
    )
    before = b"".join(elements.written(clean, 0x7FE00010))
    assert before.count(b"knee") == 1
    assert before.startswith(b"\x08\x00\x30\x10LO")


def test_a_value_too_long_for_its_vrs_short_form_is_written_as_unknown() -> None:
    assert elements.head(0x00081030, "LO", 70_000)[4:] == b"UN\0\0" + (70_000).to_bytes(4, "little")
    assert elements.head(0x00081030, "LO", 7)[4:] == b"LO" + (7).to_bytes(2, "little")


def test_the_same_bytes_in_another_character_set_are_not_the_same() -> None:
    made = exports.dataset(SeriesDescription="thorax")
    element = pydicom.dcmread(BytesIO(exports.written(made))).get_item(0x0008103E)
    assert elements.key(element, "one") == elements.key(element, "one") != elements.key(element, "other")
