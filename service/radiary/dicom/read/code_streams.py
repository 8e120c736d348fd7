"""Encapsulated Pixel Data → one code stream a frame (PS3.5 A.4), and what a stream's own header says.

A Basic Offset Table is a hint: it counts only where it leads to fragments with which streams begin. Nothing is decoded here.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import BinaryIO, Literal

from radiary.dicom.read import file_section

Kind = Literal["jpeg", "jpeg-ls", "jpeg-2000", "jpeg-xl", "rle"]
Part = tuple[int, int]
"""Start and length, in bytes of the Pixel Data."""
ITEM = b"\xfe\xff\x00\xe0"
_HEAD = 1 << 16
"""Bytes of a stream in which its header is looked for."""
_UNDEFINED = 0xFFFFFFFF
FRAMES = frozenset({*range(0xC0, 0xD0), 0xF7}) - {0xC4, 0xC8, 0xCC}
"""Second bytes of frame headers' markers (ISO/IEC 10918-1, B.1.1.3; JPEG-LS 14495-1, C.1.1)."""
SOF_PROGRESSIVE, SOF_LOSSLESS, _SOF_LS, _SOS = 0xC2, 0xC3, 0xF7, 0xDA
_FIRST_SEGMENT = b"\x40\0\0\0"
"""The offset of the first segment in RLE's header, behind the number of segments."""
EOI = b"\xff\xd9"
"""The marker at the end of streams of JPEG, JPEG-LS and JPEG 2000; it stands nowhere in their coded data."""


@dataclass(frozen=True)
class Head:
    """What a stream says of itself; `frame` is the marker of a JPEG's frame header. Of RLE, `samples` are its segments."""

    kind: Kind
    rows: int
    columns: int
    samples: int
    frame: int = 0


def fragments(pixels: BinaryIO) -> tuple[list[int], list[Part]]:
    """The offsets of the Basic Offset Table and every fragment that holds something; a cut one holds what there is of it.

    A stream without items around it is one fragment.
    """
    size = file_section.size(pixels)
    parts: list[Part] = []
    at = 0
    while at + 8 <= size:
        pixels.seek(at)
        head = pixels.read(8)
        length = int.from_bytes(head[4:], "little")
        if not head.startswith(ITEM) or length == _UNDEFINED:
            break
        parts.append((at + 8, min(length, size - at - 8)))
        at += 8 + length
    if not parts:
        return [], [(0, size)] if kind_of(_bytes(pixels, (0, 64))) else []
    if kind_of(_bytes(pixels, parts[0])):
        return [], [part for part in parts if part[1]]
    table = _bytes(pixels, parts[0], most=parts[0][1])
    offsets = list(struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4]))
    first = parts[0][0] + parts[0][1]
    return [first + offset + 8 for offset in offsets], [part for part in parts[1:] if part[1]]


def frames(pixels: BinaryIO, count: int, extended: tuple[bytes, bytes] | None = None) -> list[list[Part]]:
    """The fragments of each frame, of which there are to be `count`; there may be more or fewer."""
    offsets, parts = fragments(pixels)
    if not parts:
        return []
    if extended is not None:
        offsets = _extended(extended[0], parts[0][0])
    if count == 1:
        return [parts]
    begins = [_begins(pixels, part, parts[0]) for part in parts]
    groups = _by_table(parts, begins, offsets, count=count)
    if groups is not None:
        return groups
    is_one_each = len(parts) == count and not any(_continues(pixels, part, begins[0]) for part in parts)
    if is_one_each or not begins[0]:
        return [[part] for part in parts]
    groups = [[]]
    for is_first, part in zip(begins, parts, strict=True):
        if is_first and groups[-1]:
            groups.append([])
        groups[-1].append(part)
    return groups if len(groups) >= count else [one for group in groups for one in _parted(pixels, group)]


def _extended(table: bytes, first: int) -> list[int]:
    """Where the Extended Offset Table says that frames begin."""
    return [first + offset for offset in struct.unpack(f"<{len(table) // 8}Q", table[: len(table) // 8 * 8])]


def _by_table(parts: Sequence[Part], begins: Sequence[bool], offsets: Sequence[int], *, count: int) -> list[list[Part]] | None:
    """Fragments grouped by offsets; None for a table that is wrong."""
    starts = {start: place for place, (start, _) in enumerate(parts)}
    places = [starts.get(offset, -1) for offset in offsets]
    is_right = len(places) == count and places[0] == 0 and all(one < other for one, other in pairwise(places))
    if not is_right or (begins[0] and not all(begins[place] for place in places)):
        return None
    return [list(parts[start:stop]) for start, stop in zip(places, [*places[1:], len(parts)], strict=True)]


def _begins(pixels: BinaryIO, part: Part, first: Part) -> bool:
    """Whether a stream of the same kind as the first one begins with a fragment."""
    kind = kind_of(_bytes(pixels, part))
    return kind is not None and kind == kind_of(_bytes(pixels, first))


def _continues(pixels: BinaryIO, part: Part, are_known: bool) -> bool:
    """Whether a fragment is the rest of a stream: it begins like none, and not with the zeros of a frame that was lost."""
    beginning = _bytes(pixels, part)
    return are_known and kind_of(beginning) is None and any(beginning[:16])


def _parted(pixels: BinaryIO, group: Sequence[Part]) -> Iterator[list[Part]]:
    """The streams of one fragment, where several stand in it one behind the other, with nothing but padding between them."""
    start, length = group[0]
    data = _bytes(pixels, group[0], most=length) if len(group) == 1 else b""
    begins = list(_run_lengths(data) if kind_of(data[:64]) == "rle" else _behind_ends(data))
    if not begins:
        yield list(group)
        return
    for begin, end in pairwise([0, *begins, length]):
        yield [(start + begin, end - begin)]


def _behind_ends(data: bytes) -> Iterator[int]:
    """Where further streams begin behind the end marker of another."""
    begin = 0
    while (end := data.find(EOI, begin)) >= 0:
        following = end + 2
        while following < len(data) and data[following] in (0, 0xFF) and not kind_of(data[following : following + 64]):
            following += 1
        if kind_of(data[following : following + 64]) is None:
            return
        yield following
        begin = following


def _run_lengths(data: bytes) -> Iterator[int]:
    """Where further headers of RLE stand: nothing marks the end of its streams, but each begins at an even byte."""
    at = 64
    while (at := data.find(_FIRST_SEGMENT, at)) >= 0:
        if at % 2 == 0 and kind_of(data[at - 4 : at + 60]) == "rle":
            yield at - 4
        at += 2


def joined(pixels: BinaryIO, parts: Sequence[Part]) -> bytes:
    """The bytes of a stream."""
    return b"".join(_bytes(pixels, part, most=part[1]) for part in parts)


def _bytes(pixels: BinaryIO, part: Part, most: int = 64) -> bytes:
    pixels.seek(part[0])
    return pixels.read(min(part[1], most))


def kind_of(stream: bytes) -> Kind | None:
    """Which kind of stream begins like this; None for what begins like none."""
    if stream.startswith(b"\xff\xd8\xff"):
        return "jpeg-ls" if stream[3:4] == b"\xf7" else "jpeg"
    if stream.startswith((b"\xff\x4f\xff\x51", b"\0\0\0\x0cjP  ")):
        return "jpeg-2000"
    if stream.startswith((b"\xff\x0a", b"\0\0\0\x0cJXL ")):
        return "jpeg-xl"
    return "rle" if _is_run_length(stream) else None


def _is_run_length(stream: bytes) -> bool:
    """Whether a stream begins with RLE's header: segments, then their offsets, the first of which is 64 (PS3.5 G.5)."""
    numbers = struct.unpack("<16I", stream[:64]) if len(stream) >= 64 else (0,)
    used, unused = numbers[1 : numbers[0] + 1], numbers[numbers[0] + 1 :]
    return 1 <= numbers[0] <= 15 and used[0] == 64 and list(used) == sorted(used) and not any(unused)


def head_of(stream: bytes) -> Head | None:
    """A stream's header; None for one without, or that is damaged."""
    kind = kind_of(stream)
    if kind in ("jpeg", "jpeg-ls"):
        marker, content = next(((marker, content) for marker, content in segments(stream) if marker in FRAMES), (0, b""))
        if len(content) < 6:
            return None
        rows, columns = struct.unpack(">HH", content[1:5])
        return Head("jpeg-ls" if marker == _SOF_LS else "jpeg", rows, columns=columns, samples=content[5], frame=marker)
    if kind == "jpeg-2000":
        at = stream.find(b"\xff\x4f\xff\x51", 0, _HEAD)
        if at < 0 or len(stream) < at + 42:
            return None
        x1, y1, x0, y0 = struct.unpack(">4I", stream[at + 8 : at + 24])
        return Head(kind, y1 - y0, columns=x1 - x0, samples=int.from_bytes(stream[at + 40 : at + 42]))
    return Head(kind, 0, columns=0, samples=stream[0]) if kind == "rle" else None


def segments(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and content of the segments before the first scan, in a stream of JPEG or JPEG-LS."""
    at = 2
    while at + 4 <= len(stream) and stream[at] == 0xFF:
        marker, length = stream[at + 1], int.from_bytes(stream[at + 2 : at + 4])
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        if marker == _SOS or length < 2:
            return
        yield marker, stream[at + 4 : at + 2 + length]
        at += 2 + length


def ends(stream: bytes) -> bool | None:
    """Whether a stream is all there: by its end marker, whatever follows it, or by the length that its parts state.

    None where only decoding shows it.
    """
    kind = kind_of(stream)
    if kind not in ("jpeg", "jpeg-ls", "jpeg-2000"):
        return None
    if stream.rfind(EOI) > 0:
        return True
    return _tiles_end(stream) if kind == "jpeg-2000" else None


def _tiles_end(stream: bytes) -> bool | None:
    """Whether every tile of a JPEG 2000 stream is there to its last part; None where that is not stated (15444-1 A.4.2)."""
    at = stream.find(b"\xff\x4f\xff\x51")
    x1, y1, _, _, across, down, left, top = struct.unpack(">8I", stream[at + 8 : at + 40])
    tiles = -(-(x1 - left) // across) * -(-(y1 - top) // down) if across and down else 0
    at, seen, missing = stream.find(b"\xff\x90\0\x0a"), set[int](), dict[int, int]()
    while 0 <= at <= len(stream) - 12 and stream.startswith(b"\xff\x90\0\x0a", at):
        tile, length, _, parts = struct.unpack(">HIBB", stream[at + 4 : at + 12])
        seen.add(tile)
        missing[tile] = (missing.get(tile, 0) or parts) - 1 if parts or missing.get(tile) else 0
        if not length or at + length > len(stream):
            return False if length else None
        at += length
    return len(seen) == tiles > 0 and not any(number > 0 for number in missing.values())
