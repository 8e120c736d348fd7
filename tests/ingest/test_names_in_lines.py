"""Which words of a page are blanked, by the rows around them."""

from papers import HEAD_NL, NL, Paper
from radiary.documents import page_view
from radiary.ingest import blanking, others_on_cuttings

WHOLE = (0.0, 0.0, 1.0, 1.0)


def blanked(paper: Paper) -> set[str]:
    lines = page_view.lines(paper.made(), 0, ())
    boxes = blanking.of_printed(lines, WHOLE, others_on_cuttings.known(()))  # type: ignore[arg-type]
    return {line.row.words[at].text for line, hidden in zip(lines, boxes, strict=True) for at in hidden}


def test_the_test_below_a_physician_is_shown() -> None:
    paper = Paper()
    paper.line(*HEAD_NL)
    paper.line((50, "Gevalideerd door Dr. Proefmans"))
    paper.tests(NL[:2])
    paper.line((50, "Kopie aan"))
    paper.tests(NL[3:5])
    assert blanked(paper) == {"Dr.", "Proefmans"}


def test_a_name_goes_on_in_the_next_row_and_stands_below_its_label() -> None:
    paper = Paper()
    paper.line((50, "Met Dr. Jan"), (350, "Datum: 05/03/2024"))
    paper.line((50, "Proefmans besproken."), (350, "Kopie aan"))
    paper.line((350, "Els Testarts"))
    assert blanked(paper) == {"Dr.", "Jan", "Proefmans", "Els", "Testarts"}
