"""What becomes of a film: its stream as it came, and what its header says."""

from typing import Any

import pytest
from pydicom.encaps import encapsulate

import filmed
from radiary.dicom.develop import develop
from radiary.dicom.image_files import Development
from radiary.dicom.read.pixel_matrix import Undecodable
from radiary.model.errors import Reason
from radiary.model.records import FilmRecord
from walled import TERMS


def developed(data: bytes) -> Development:
    made = develop(data, TERMS, scales={})
    assert isinstance(made, Development)
    assert made.hold == Reason.VIDEO
    return made


def stream(data: bytes) -> bytes:
    (file,) = developed(data).files()
    return file.data


@pytest.mark.parametrize("name", filmed.FILMS)
def test_a_film_is_held_byte_for_byte_under_a_name_that_players_know(name: str) -> None:
    made = developed(filmed.written(name))
    (file,) = made.files()
    assert file.data.removesuffix(b"\0") == filmed.stream(name).removesuffix(b"\0")
    assert (file.path.rpartition(".")[2], file.is_picture) == (name.rpartition(".")[2], False)
    assert made.film == FilmRecord(seconds=0.4, columns=64, rows=48)


def test_a_film_in_several_fragments_is_one_stream() -> None:
    whole = filmed.stream("h264.mp4")
    assert stream(filmed.written(pixels=encapsulate([whole], fragments_per_frame=4))) == whole


def test_a_film_that_is_cut_short_is_held_as_far_as_it_goes() -> None:
    whole = filmed.written()
    assert filmed.stream("h264.mp4").startswith(stream(whole[:-700]))
    assert len(stream(whole[:-700])) > 1000


@pytest.mark.parametrize("head", [b"", b"\xfe\xff\x00\xe0" + (2036).to_bytes(4, "little")])
def test_a_film_without_offset_table_or_items_is_held_whole(head: bytes) -> None:
    whole = filmed.stream("h264.mp4")
    assert len(whole) == 2036
    assert stream(filmed.written(pixels=head + whole)) == whole


@pytest.mark.parametrize("pixels", [b"", b"\xfe\xff\x00\xe0\0\0\0\0\xfe\xff\xdd\xe0\0\0\0\0"])
def test_a_film_without_a_stream_is_no_empty_file(pixels: bytes) -> None:
    made = developed(filmed.written(pixels=pixels))
    with pytest.raises(Undecodable) as raised:
        list(made.files())
    assert raised.value.reason == Reason.NO_PIXEL_DATA


@pytest.mark.parametrize(
    ("attributes", "seconds"),
    [
        ({"NumberOfFrames": "10.0"}, 0.4),
        ({"FrameTime": "", "CineRate": "5"}, 2.0),
        ({"FrameTime": "", "FrameTimeVector": ["0", *("100",) * 9]}, 1.0),
        ({"FrameTime": ""}, None),
        ({"NumberOfFrames": ""}, None),
        ({"NumberOfFrames": "0"}, None),
        ({"NumberOfFrames": "2000000000"}, None),
    ],
)
def test_its_length_is_told_where_its_header_says_it(attributes: dict[str, Any], seconds: float | None) -> None:
    made = developed(filmed.written(**attributes))
    list(made.files())
    assert made.film is not None
    assert made.film.seconds == seconds
