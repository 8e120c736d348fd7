"""A page as it is looked at: boxes stand over what was read, whichever way the page is turned."""

import io

import numpy as np
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from papers import STYLES
from radiary.documents import page_view, paper


def turned(degrees: int) -> bytes:
    """A page that says of itself that it is to be turned, as scanners write it."""
    import pypdfium2

    document = pypdfium2.PdfDocument(STYLES["dutch"]()[0])
    document[0].set_rotation(degrees)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def cut() -> bytes:
    """A page whose upper left corner is not the paper's."""
    import pypdfium2

    document = pypdfium2.PdfDocument(STYLES["dutch"]()[0])
    document[0].set_cropbox(30, 300, A4[0], A4[1] - 20)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


MADE = {"upright": lambda: STYLES["dutch"]()[0], "sideways": lambda: STYLES["sideways"]()[0], "cut": cut} | {
    f"turned by {degrees}": (lambda degrees=degrees: turned(degrees)) for degrees in (90, 180, 270)
}


@pytest.mark.parametrize("name", MADE)
def test_a_box_holds_the_letters_of_its_row_and_no_more(name: str) -> None:
    data = MADE[name]()
    boxes = [one.box for one in paper.of_bytes(data, (), 60).values]
    assert len(boxes) == 8
    picture, places = page_view.view(data, 0, (), boxes, is_scan=False)
    grey = np.frombuffer(picture.values, np.uint8).reshape(picture.rows, picture.columns)
    size = np.array([picture.columns, picture.rows] * 2)
    dark = grey < 128
    inside = np.zeros_like(dark)
    for place in places:
        x0, y0, x1, y1 = (np.array(place) * size).round().astype(int)
        assert dark[y0:y1, x0:x1].any()
        inside[y0:y1, x0:x1] = True
    assert 0.45 < dark[inside].sum() / dark.sum() < 0.8  # the letterhead is outside


def test_boxes_of_a_scan_stand_in_its_picture() -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(300, 600))
    canvas.rect(30, 540, 60, 30)
    canvas.save()
    _, places = page_view.view(file.getvalue(), 0, (), [(30, 30, 90, 60)], is_scan=True)
    assert places == [(0.1, 0.05, 0.3, 0.1)]
