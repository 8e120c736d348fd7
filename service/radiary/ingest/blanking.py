"""Words of a page's picture that name others than its owner, blanked: found by the boxes of letters and of the reader's lines."""

from collections.abc import Iterable, Mapping, Sequence

from radiary.documents import page_view
from radiary.documents.page_view import Line, Pixels
from radiary.documents.pdf import PagePicture
from radiary.documents.reading import Box
from radiary.ingest import names_in_lines, others_on_cuttings
from radiary.ingest.others_on_cuttings import Others

_MARGIN = 2
"""Pixels around a blanked word that are blanked, too."""
_PAPER = 150
"""Grey value from which on a pixel is no letter's."""
_GAP, _FURTHEST = 0.2, 1.5
"""Shares of a line's height: a gap between two words, and how far a word's end is looked for."""
Blanks = Mapping[int, Box]
"""Boxes to be blanked of a line, by the numbers of its words."""


def in_pixels(lines: Iterable[Line], picture: PagePicture) -> list[Line]:
    """Lines whose places are shares of a picture, with places in its pixels."""
    wide, high = picture.columns, picture.rows
    return [
        Line(line.row, tuple((x0 * wide, y0 * high, x1 * wide, y1 * high) for x0, y0, x1, y1 in line.places)) for line in lines
    ]


def moved(lines: Iterable[Line], part: Pixels) -> list[Line]:
    """Lines of a part of a picture, with places in the whole of it."""
    across, down = part[:2]
    return [
        Line(line.row, tuple((x0 + across, y0 + down, x1 + across, y1 + down) for x0, y0, x1, y1 in line.places))
        for line in lines
    ]


def texts(lines: Sequence[Line], part: Pixels, blanks: Sequence[Blanks] = ()) -> list[str]:
    """What of these lines stands in a part, blanked words as a sign, cells apart."""
    said = []
    for line, hidden in zip(lines, blanks or ({},) * len(lines), strict=True):
        places = iter(enumerate(line.places))
        cells = [
            " ".join(
                others_on_cuttings.BLANK if at in hidden else word.text
                for word, (at, place) in zip(cell.words, places, strict=False)
                if page_view.reaches(place, part)
            )
            for cell in line.row.cells
        ]
        said.append(others_on_cuttings.APART.join(cell for cell in cells if cell))
    return [text for text in said if text]


def of_printed(lines: Sequence[Line], part: Pixels, others: Others) -> list[Blanks]:
    """What is to be blanked of letters, where it stands in a part."""
    hidden = names_in_lines.hidden([line.row for line in lines], others)
    return [
        {at: line.places[at] for at in found if page_view.reaches(line.places[at], part)}
        for line, found in zip(lines, hidden, strict=True)
    ]


def of_seen(lines: Sequence[Line], picture: PagePicture, others: Others) -> list[Blanks]:
    """The same of what was read on the picture, where words end only about where they are said to."""
    hidden = names_in_lines.hidden([line.row for line in lines], others)
    return [{at: _to_its_ends(line.places[at], picture) for at in found} for line, found in zip(lines, hidden, strict=True)]


def blanked(picture: PagePicture, boxes: Iterable[Box]) -> PagePicture:
    """A picture with black boxes."""
    values = bytearray(picture.values)
    for x0, y0, x1, y1 in boxes:
        left, right = max(0, int(x0) - _MARGIN), min(picture.columns, int(x1) + 1 + _MARGIN)
        for row in range(max(0, int(y0) - _MARGIN), min(picture.rows, int(y1) + 1 + _MARGIN)):
            values[row * picture.columns + left : row * picture.columns + right] = bytes(max(0, right - left))
    return PagePicture(picture.columns, picture.rows, bytes(values))


def _to_its_ends(box: Box, picture: PagePicture) -> Box:
    """A box with both sides moved outwards to where no letter is."""
    x0, y0, x1, y1 = (int(side) for side in box)
    height = y1 - y0
    least, most = max(2, round(_GAP * height)), round(_FURTHEST * height)
    return (
        _free(picture, start=x0, step=-1, rows=(y0, y1), least=least, most=most),
        y0,
        _free(picture, start=x1, step=1, rows=(y0, y1), least=least, most=most),
        y1,
    )


def _free(picture: PagePicture, *, start: int, step: int, rows: tuple[int, int], least: int, most: int) -> int:
    """The nearest column from which on so many are without ink."""
    free, at = 0, start
    for at in range(start, start + step * most, step):
        free = free + 1 if _is_paper(picture, at, rows) else 0
        if free >= least:
            break
    return at


def _is_paper(picture: PagePicture, column: int, rows: tuple[int, int]) -> bool:
    if not 0 <= column < picture.columns:
        return True
    first, last = max(0, rows[0]), min(picture.rows, rows[1])
    return min(picture.values[first * picture.columns + column : last * picture.columns : picture.columns], default=255) > _PAPER
