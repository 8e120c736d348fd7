"""Odd papers: each is read, or a sentence, within its time and memory."""

import pytest

from odd_papers import ODD, bomb
from radiary.documents import paper, pdf
from radiary.model.errors import DamagedPaper, GaveUp, LockedPaper
from radiary.workers import time_limit
from radiary.workers.pool import Pool
from radiary.workers.process import process

READ = {"a page of 14,400 points", "3,000 pages", "JavaScript and an attachment", "XFA", "a form inside itself"}


@pytest.mark.parametrize("name", sorted(ODD))
def test_an_odd_paper_is_read_or_called_damaged(name: str) -> None:
    try:
        reading = paper.of_bytes(ODD[name], (), 60)
    except DamagedPaper:
        assert name not in READ
    else:
        assert reading.values == ()
        assert name not in READ or reading.day is not None


def test_of_very_many_pages_the_first_are_read_and_all_are_counted() -> None:
    count, sheets = pdf.sheets(ODD["3,000 pages"], (), lambda: None)
    assert (count, len(sheets)) == (3000, pdf.MOST_PAGES)


def test_a_huge_page_becomes_a_picture_of_bounded_size() -> None:
    picture = pdf.picture(ODD["a page of 14,400 points"], 0, (), 40)
    assert max(picture.columns, picture.rows) <= 3600
    assert len(picture.values) == picture.columns * picture.rows


def test_a_bomb_ends_its_worker_and_nothing_else() -> None:
    pool = Pool(process, 1)
    try:
        with pytest.raises(GaveUp):
            pool.call(paper.of_bytes, bomb(), (), 3.0)
        assert pool.call(paper.of_bytes, ODD["XFA"], (), 60.0).day is not None
    finally:
        pool.close()


def test_reading_a_paper_sets_a_limit_to_its_time() -> None:
    signs: list[int] = []
    time_limit.tell(lambda: signs.append(1))
    try:
        with paper.bounds(5):
            assert signs == [1]
    finally:
        time_limit.tell(lambda: None)


def test_a_locked_paper_is_opened_by_one_of_the_passwords() -> None:
    import io

    from reportlab.pdfgen.canvas import Canvas

    file = io.BytesIO()
    canvas = Canvas(file, encrypt="open sesame")
    canvas.drawString(60, 700, "Medisch attest van 05/03/2024, de ondergetekende")
    canvas.save()
    with pytest.raises(LockedPaper):
        paper.of_bytes(file.getvalue(), ("wrong",), 60)
    assert paper.of_bytes(file.getvalue(), ("wrong", "open sesame"), 60).kind == "certificate"
