import numpy as np
import pytest

from radiary.dicom.text import judging
from radiary.dicom.text.detection import Line
from radiary.dicom.text.judging import Verdict
from radiary.model.nouns import Box


@pytest.mark.parametrize(
    ("reading", "is_ink", "verdicts"),
    [("&i", True, [Verdict.UNREADABLE]), ("00", True, []), ("", True, [Verdict.UNREADABLE]), ("&i", False, [])],
)
def test_two_tall_letters_of_one_exact_grey_leave_a_doubt_and_two_round_organs_do_not(
    monkeypatch: pytest.MonkeyPatch, reading: str, is_ink: bool, verdicts: list[Verdict]
) -> None:
    picture = np.zeros((200, 400, 3), "u1")
    for x in (80, 150, 220):
        picture[60:140, x : x + 30] = 255
    line = Line(np.array([[70.0, 50], [260, 50], [260, 150], [70, 150]]), 0.9)
    monkeypatch.setattr(judging.recognition, "read", lambda *_: [(reading, 0.8)])
    assert [verdict for _, verdict in judging.judged(picture, [line], is_ink=is_ink)] == verdicts


@pytest.mark.parametrize(
    ("reading", "wide", "verdict"), [("H", 400, Verdict.UNREADABLE), ("H", 110, Verdict.MARKER), ("R M L O", 400, Verdict.MARKER)]
)
def test_a_long_line_of_which_a_letter_was_read_is_no_marker(
    monkeypatch: pytest.MonkeyPatch, reading: str, wide: int, verdict: Verdict
) -> None:
    picture = np.zeros((200, 500, 3), "u1")
    for x in range(60, 30 + wide, 60):
        picture[60:140, x : x + 30] = 255
    line = Line(np.array([[50.0, 50], [50 + wide, 50], [50 + wide, 150], [50, 150]]), 0.9)
    monkeypatch.setattr(judging.recognition, "read", lambda *_: [(reading, 0.8)])
    assert [verdict for _, verdict in judging.judged(picture, [line], is_ink=False)] == [verdict]


NEAR, FAR, PART = (46, 40, 146, 65), (41, 33, 153, 75), (46, 36, 125, 72)
LONG, ALL_BUT_TWO_LETTERS = (41, 33, 341, 75), (46, 40, 310, 65)
TALL, ALL_BUT_THE_LAST = (111, 0, 429, 668), (132, 0, 405, 593)


@pytest.mark.parametrize("boxes", [(NEAR, FAR), (FAR, NEAR)])
def test_of_a_line_seen_from_near_and_from_far_the_near_box_is_blanked(boxes: tuple[Box, Box]) -> None:
    assert judging.merged([(box, Verdict.TEXT) for box in boxes]) == [(NEAR, Verdict.TEXT)]


def test_a_nearer_look_at_a_part_of_a_line_does_not_leave_the_rest_standing() -> None:
    assert judging.merged([(PART, Verdict.TEXT), (FAR, Verdict.TEXT)]) == [(FAR, Verdict.TEXT)]
    for part, whole in ((ALL_BUT_TWO_LETTERS, LONG), (ALL_BUT_THE_LAST, TALL)):
        assert judging.merged([(part, Verdict.TEXT), (whole, Verdict.TEXT)]) == [(whole, Verdict.TEXT)]
    assert (FAR, Verdict.UNREADABLE) in judging.merged([(NEAR, Verdict.TEXT), (FAR, Verdict.UNREADABLE)])
