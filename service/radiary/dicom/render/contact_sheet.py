"""A study on one sheet: under the title of each series, some of its pictures at even distances."""

from collections.abc import Sequence

from radiary.dicom.render import drawing, encode

_SIDE, _GAP, _LINE, _NUMBER, _ACROSS = 144, 8, 26, 18, 8
"""Pixels of a thumbnail's side, between two of them, of a line of text, and of a picture's number; thumbnails in a row."""
_SERIES = 40
"""Series on a sheet, at most."""
_PAPER, _INK = (24, 24, 26), (200, 200, 205)


def chosen(count: int) -> list[int]:
    """Which of `count` pictures, numbered from 0, stand on a sheet: at most one row, the first and the last among them."""
    if count <= _ACROSS:
        return list(range(count))
    return [round(place * (count - 1) / (_ACROSS - 1)) for place in range(_ACROSS)]


def sheet(series: Sequence[tuple[str, Sequence[tuple[int, bytes]]]]) -> bytes:
    """The sheet as a JPEG; `series` holds titles and their chosen pictures (PNG), each with its number in the series."""
    listed = series[:_SERIES]
    widest = max((len(pictures) for _, pictures in listed), default=1)
    width = _GAP + max(2, min(_ACROSS, widest)) * (_SIDE + _GAP)
    canvas = drawing.Sheet(width, _GAP + len(listed) * (_LINE + _SIDE + _NUMBER + _GAP), _PAPER)
    for row, (title, pictures) in enumerate(listed):
        top = _GAP + row * (_LINE + _SIDE + _NUMBER + _GAP)
        canvas.text(_GAP, top + 4, title, _INK)
        for place, (number, picture) in enumerate(pictures[:_ACROSS]):
            small = encode.shrunk(encode.pixels_of(picture), _SIDE)
            across, down = (_SIDE - small.shape[1]) // 2, (_SIDE - small.shape[0]) // 2
            canvas.paste(_GAP + place * (_SIDE + _GAP) + across, top + _LINE + down, small)
            canvas.text(_GAP + place * (_SIDE + _GAP), top + _LINE + _SIDE + 1, str(number), _INK)
    return encode.jpeg_of(canvas.picture)
