"""A film (MPEG-2, MPEG-4, HEVC) as it came: its stream, and what its header says of it. No picture of it is made here."""

from collections.abc import Iterator
from typing import BinaryIO

from radiary.dicom.read import code_streams, file_section, header
from radiary.dicom.read.pixel_matrix import Undecodable
from radiary.dicom.render import cine
from radiary.model.errors import Reason
from radiary.model.nouns import Instance
from radiary.model.records import FilmRecord

_MPEG2 = ("1.2.840.10008.1.2.4.100", "1.2.840.10008.1.2.4.101")
_PIECE = 1 << 20
"""Bytes that are copied at once: a film of two hours is one fragment."""
_LONGEST = 7 * 24 * 3600
"""Seconds that a film can last; a header that says more is wrong."""


def stream(received: Instance) -> tuple[str, Iterator[bytes]]:
    """The ending of its name, and its bytes in pieces (PS3.5 A.4.5 to A.4.9), of a film that is cut short as far as they go.

    Raises Undecodable for one without any.
    """
    pixels = file_section.from_start(header.value(received.dataset, 0x7FE00010))
    parts = _parts(pixels) if pixels is not None else []
    if pixels is None or not parts:
        raise Undecodable(Reason.NO_PIXEL_DATA)
    return "mpg" if received.transfer_syntax.startswith(_MPEG2) else "mp4", _pieces(pixels, parts)


def facts(received: Instance) -> FilmRecord:
    """How long it lasts, by Number of Frames and their time; its pixels, by Rows and Columns. None of what is not said."""
    frames, rows, columns = (_count(header.value(received.dataset, tag)) for tag in (0x00280008, 0x00280010, 0x00280011))
    milliseconds = cine.stated_time(received.dataset)
    seconds = frames * milliseconds / 1000 if frames and milliseconds else None
    if seconds is not None and seconds > _LONGEST:
        seconds = None
    return FilmRecord(seconds=seconds and round(seconds, 2), columns=columns, rows=rows)


def _parts(pixels: BinaryIO) -> list[code_streams.Part]:
    """Where the stream stands in the Pixel Data: in all fragments behind the offset table; or bare, without items around it."""
    _, parts = code_streams.fragments(pixels)
    size = file_section.size(pixels)
    if parts or not size:
        return parts
    head = pixels.read(8)
    if not head.startswith(code_streams.ITEM):
        return [(0, size)]
    length = min(int.from_bytes(head[4:], "little"), size - len(head))
    return [(len(head), length)] if length > 0 else []


def _pieces(pixels: BinaryIO, parts: list[code_streams.Part]) -> Iterator[bytes]:
    for start, length in parts:
        for at in range(start, start + length, _PIECE):
            pixels.seek(at)
            yield pixels.read(min(_PIECE, start + length - at))


def _count(value: object) -> int | None:
    """A positive whole number, whatever it is written with; None for anything else."""
    try:
        number = int(float(str(value)))
    except (ValueError, OverflowError):
        return None
    return number if number > 0 else None
