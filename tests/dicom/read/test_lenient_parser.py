import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from pydicom.dataset import Dataset
from pydicom.filebase import DicomBytesIO
from pydicom.filewriter import write_dataset
from pydicom.uid import DeflatedExplicitVRLittleEndian, ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian

import exports
from radiary.dicom.read import file_section, header, lenient_parser, signature
from radiary.dicom.read.elements import END_OF_ITEMS
from radiary.model.nouns import Content, Instance
from walled import compressed

JPEG_LS = "1.2.840.10008.1.2.4.80"
PADDING = struct.pack("<HH", 0x0028, 0x0120)


def read(data: bytes) -> Instance:
    instance = header.read(data)
    assert isinstance(instance, Instance)
    return instance


def shown(data: bytes) -> tuple[Any, ...]:
    """What an image's reader needs of a file."""
    dataset = read(data).dataset
    return tuple(header.value(dataset, tag) for tag in (0x00280010, 0x00280011, 0x00281050, 0x00100020, 0x7FE00010))


WHOLE = shown(exports.written(exports.slice_of_ct()))


@pytest.mark.parametrize("vr", [b"  ", b"--", b"\0\0", b"??", b"us", b"XX"])
def test_a_vr_that_is_none_costs_nothing(vr: bytes) -> None:
    data = exports.written(exports.slice_of_ct(PixelPaddingValue=0))
    at = data.index(PADDING)
    assert shown(data[: at + 4] + vr + data[at + 6 :]) == WHOLE


@pytest.mark.parametrize("form", ["<2sHI", "<I"])
def test_a_vr_that_is_none_may_have_a_length_of_four_bytes(form: str) -> None:
    data = exports.written(exports.slice_of_ct(PixelPaddingValue=0))
    at = data.index(PADDING)
    length = struct.pack(form, b"  ", 0, 2) if "s" in form else struct.pack(form, 2)
    assert shown(data[: at + 4] + length + data[at + 8 :]) == WHOLE


@pytest.mark.parametrize("vr", [b"  ", b"--", b"\0\0"])
def test_a_text_whose_vr_is_none_is_read(vr: bytes) -> None:
    data = exports.written(exports.slice_of_ct())
    at = data.index(struct.pack("<HH", 0x0008, 0x0060) + b"CS")
    assert header.value(read(data[: at + 4] + vr + data[at + 6 :]).dataset, 0x00080060) == "CT"
    assert shown(data[: at + 4] + vr + data[at + 6 :]) == WHOLE


def with_vr(data: bytes, tag: tuple[int, int], vr: bytes) -> bytes:
    at = data.index(struct.pack("<HH", *tag))
    return data[: at + 4] + vr + data[at + 6 :]


@pytest.mark.parametrize("vr", [b"  ", b"--", b"\0\0", b"us", b"XX"])
def test_pixels_whose_vr_is_none_are_read_whole(vr: bytes) -> None:
    assert shown(with_vr(exports.written(exports.slice_of_ct()), (0x7FE0, 0x0010), vr)) == WHOLE
    data = exports.written(compressed(exports.slice_of_ct()), JPEG_LS)
    assert shown(with_vr(data, (0x7FE0, 0x0010), vr)) == shown(data)


@pytest.mark.parametrize("vr", [b"  ", b"--", b"\0\0"])
@pytest.mark.parametrize("first", [(0x0002, 0x0010), (0x0008, 0x0005)])
def test_a_vr_that_is_none_does_not_make_an_explicit_file_an_implicit_one(first: tuple[int, int], vr: bytes) -> None:
    assert shown(with_vr(exports.written(exports.slice_of_ct(SpecificCharacterSet="ISO_IR 100")), first, vr)) == WHOLE


@pytest.mark.parametrize("vr", [b"UN", b"OB", b"UT"])
def test_a_vr_of_long_values_may_have_a_length_of_two_bytes(vr: bytes) -> None:
    assert shown(with_vr(exports.written(exports.slice_of_ct(PixelPaddingValue=0)), (0x0028, 0x0120), vr)) == WHOLE


def test_uncompressed_pixels_may_be_without_a_length() -> None:
    data = exports.written(exports.slice_of_ct())
    at = data.index(struct.pack("<HH", 0x7FE0, 0x0010))
    assert shown(data[: at + 8] + b"\xff" * 4 + data[at + 12 :]) == WHOLE


def test_fragments_without_their_delimiter_are_read() -> None:
    data = exports.written(compressed(exports.slice_of_ct()), JPEG_LS)
    assert data.endswith(struct.pack("<HHI", 0xFFFE, 0xE0DD, 0))
    whole, cut = read(data), read(data[:-8])
    assert cut.transfer_syntax == JPEG_LS
    assert header.value(cut.dataset, 0x7FE00010) == header.value(whole.dataset, 0x7FE00010)


def encoded(made: Any, groups: set[int], *, is_implicit: bool) -> bytes:
    """A file whose groups are written in explicit or implicit VR; `groups` in the other one."""
    whole = exports.written(made, ImplicitVRLittleEndian if is_implicit else ExplicitVRLittleEndian)
    meta = whole[: 144 + int.from_bytes(whole[140:144], "little")]
    content = b""
    for element in made:
        if element.tag.group == 2:
            continue
        buffer = DicomBytesIO()
        buffer.is_little_endian, buffer.is_implicit_VR = True, is_implicit is not (element.tag.group in groups)
        write_dataset(buffer, Dataset({element.tag: element}))
        content += buffer.getvalue()
    return meta + content


@pytest.mark.parametrize("is_implicit", [True, False])
@pytest.mark.parametrize("groups", [{0x28}, {0x28, 0x7FE0}, {0x10}, {0x08}, {0x7FE0}])
def test_a_group_in_another_encoding_than_the_others_is_read(*, groups: set[int], is_implicit: bool) -> None:
    made = exports.slice_of_ct(SpecificCharacterSet="ISO_IR 100")
    assert shown(encoded(made, groups, is_implicit=is_implicit)) == WHOLE


@pytest.mark.parametrize("tag", [(0x0028, 0x0010), (0x0028, 0x1050), (0x0020, 0x0013)])
def test_a_number_that_is_called_a_sequence_is_read(tag: tuple[int, int]) -> None:
    data = exports.written(exports.slice_of_ct())
    at = data.index(struct.pack("<HH", *tag), 300)
    length = data[at + 6 : at + 8] + b"\0\0"
    for changed in (with_vr(data, tag, b"SQ"), data[: at + 4] + b"SQ\0\0" + length + data[at + 8 :]):
        assert shown(changed) == WHOLE
        assert header.value(read(changed).dataset, 0x00200013) == 1


@pytest.mark.parametrize("name", [ExplicitVRLittleEndian, DeflatedExplicitVRLittleEndian])
@pytest.mark.parametrize("window", [-15, 15, 31, 0])
def test_contents_are_read_deflated_or_not_whatever_the_header_names(name: str, window: int) -> None:
    data = exports.written(exports.slice_of_ct(), name)
    start = 144 + int.from_bytes(data[140:144], "little")
    plain = exports.written(exports.slice_of_ct())
    content = plain[144 + int.from_bytes(plain[140:144], "little") :]
    packer = zlib.compressobj(wbits=window) if window else None
    packed = packer.compress(content) + packer.flush() if packer else content
    assert shown(data[:start] + packed) == WHOLE


@pytest.mark.parametrize("start", ["no preamble", "no prefix", "twice"])
def test_a_file_that_lost_its_preamble_or_has_two_is_read(start: str) -> None:
    data = exports.written(exports.slice_of_ct())
    changed = {"no preamble": data[128:], "no prefix": data[:128] + data[132:], "twice": bytes(128) + b"DICM" + data}[start]
    assert shown(changed) == WHOLE
    assert signature.looks_like_dicom(changed[: signature.HEAD])


def item(content: bytes, *, is_open: bool = False, is_closed: bool = True) -> bytes:
    head = struct.pack("<HHI", 0xFFFE, 0xE000, 0xFFFFFFFF if is_open else len(content))
    return head + content + (struct.pack("<HHI", 0xFFFE, 0xE00D, 0) if is_open and is_closed else b"")


CODE = struct.pack("<HH2sH", 0x0008, 0x0100, b"SH", 4) + b"ABC "


@pytest.mark.parametrize(
    "items", [item(CODE), item(CODE) * 2, item(CODE, is_open=True), item(CODE, is_open=True, is_closed=False), b""]
)
def test_a_sequence_that_is_never_closed_ends_where_no_item_comes(items: bytes) -> None:
    data = exports.written(exports.slice_of_ct())
    at = data.index(struct.pack("<HH", 0x0008, 0x103E) + b"LO")
    sequence = struct.pack("<HH2sHI", 0x0008, 0x1032, b"SQ", 0, 0xFFFFFFFF) + items
    assert shown(data[:at] + sequence + data[at:]) == WHOLE


@pytest.mark.parametrize(
    ("stated", "items"),
    [(4, item(CODE)), (30, item(CODE)), (0xFFFFFFFF, struct.pack("<HHI", 0xFFFE, 0xE000, 18) + CODE + END_OF_ITEMS)],
)
def test_a_sequence_or_an_item_of_a_wrong_length_ends_where_no_item_comes(stated: int, items: bytes) -> None:
    data = exports.written(exports.slice_of_ct())
    at = data.index(struct.pack("<HH", 0x0008, 0x103E) + b"LO")
    sequence = struct.pack("<HH2sHI", 0x0008, 0x1032, b"SQ", 0, stated) + items
    assert shown(data[:at] + sequence + data[at:]) == WHOLE


@pytest.mark.parametrize("element", [0xE00D, 0xE0DD])
def test_a_delimiter_of_nothing_costs_nothing(element: int) -> None:
    data = exports.written(exports.slice_of_ct())
    at = data.index(struct.pack("<HH", 0x0008, 0x103E) + b"LO")
    assert shown(data[:at] + struct.pack("<HHI", 0xFFFE, element, 0) + data[at:]) == WHOLE


def test_file_meta_in_implicit_vr_is_read() -> None:
    data = exports.written(exports.slice_of_ct())
    uid = b"1.2.840.10008.1.2.1\0"
    meta = struct.pack("<HHI", 2, 0x10, len(uid)) + uid
    start = 144 + int.from_bytes(data[140:144], "little")
    assert shown(data[:132] + struct.pack("<HHII", 2, 0, 4, len(meta)) + meta + data[start:]) == WHOLE
    assert shown(data[:132] + meta + data[start:]) == WHOLE


def test_file_meta_that_is_there_twice_not_at_all_or_of_a_wrong_length_costs_nothing() -> None:
    data = exports.written(exports.slice_of_ct())
    start = 144 + int.from_bytes(data[140:144], "little")
    assert shown(data[:start] + data[132:start] + data[start:]) == WHOLE
    assert shown(data[:start] + data) == WHOLE
    assert shown(data[:132] + data[start:]) == WHOLE
    for length in (0, 4, 2000, 0xFFFFFFFF):
        assert shown(data[:140] + struct.pack("<I", length) + data[144:]) == WHOLE


@pytest.mark.parametrize("length", [0, 10, 0xFFFFFFF0])
def test_a_group_of_a_wrong_length_costs_nothing(length: int) -> None:
    data = exports.written(exports.slice_of_ct())
    for group, first in ((0x0008, data.index(b"\x08\0\x16\0UI")), (0x0028, data.index(b"\x28\0\x02\0US"))):
        wrong = struct.pack("<HH2sHI", group, 0, b"UL", 4, length)
        assert shown(data[:first] + wrong + data[first:]) == WHOLE


@pytest.mark.parametrize("syntax", [ImplicitVRLittleEndian, ExplicitVRBigEndian])
def test_it_reads_what_is_whole_in_every_encoding(syntax: str) -> None:
    found = lenient_parser.parsed(exports.written(exports.slice_of_ct(), syntax))
    assert found is not None
    assert found[1] == syntax
    assert header.value(found[0], 0x00280010) == 16


def pixels_of(content: Content) -> bytes:
    instance = header.read(content)
    assert isinstance(instance, Instance)
    pixels = file_section.from_start(header.value(instance.dataset, 0x7FE00010))
    assert pixels is not None
    return pixels.read()


@pytest.mark.parametrize("syntax", [ExplicitVRLittleEndian, JPEG_LS])
def test_a_file_too_large_for_memory_is_read_as_leniently(syntax: str) -> None:
    image = exports.slice_of_ct(PixelPaddingValue=0, DataSetTrailingPadding=bytes(4))
    data = exports.written(compressed(image) if syntax == JPEG_LS else image, syntax)
    broken = with_vr(with_vr(data, (0x0028, 0x0120), b"  "), (0x7FE0, 0x0010), b"--")
    assert pixels_of(BytesIO(broken)) == pixels_of(broken) == pixels_of(data)
    read_again = header.read(BytesIO(broken))
    assert isinstance(read_again, Instance)
    assert max(read_again.dataset.keys()) == 0x7FE00010


def test_what_is_cut_anywhere_ends_in_a_reading_or_a_reason() -> None:
    data = exports.written(compressed(exports.slice_of_ct()), JPEG_LS)
    for end in range(0, len(data), 7):
        header.read(data[:end])


def test_sequences_in_sequences_without_an_end_are_given_up() -> None:
    data = exports.written(exports.slice_of_ct())
    at = data.index(struct.pack("<HH", 0x0008, 0x103E) + b"LO")
    opened = struct.pack("<HH2sHI", 0x0008, 0x1032, b"SQ", 0, 0xFFFFFFFF) + struct.pack("<HHI", 0xFFFE, 0xE000, 0xFFFFFFFF)
    assert not isinstance(header.read(data[:at] + opened * 3000 + data[at:]), Instance)
