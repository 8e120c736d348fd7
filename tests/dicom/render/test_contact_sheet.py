from io import BytesIO

import numpy as np
from PIL import Image

from radiary.dicom.render import contact_sheet, encode


def test_a_row_holds_the_first_and_the_last_and_others_at_even_distances() -> None:
    assert contact_sheet.chosen(3) == [0, 1, 2]
    assert contact_sheet.chosen(100) == [0, 14, 28, 42, 57, 71, 85, 99]


def test_every_series_has_a_row_under_its_name_and_every_picture_its_number() -> None:
    bright, dark = (encode.png(np.full((300, 200), shade, "u1")) for shade in (250, 5))
    made = contact_sheet.sheet([("3 chest", [(1, bright), (88, dark)]), ("4 neck", [(1, bright)])])
    with Image.open(BytesIO(made)) as opened:
        sheet = np.asarray(opened.convert("L"))
    assert sheet.shape[0] == 8 + 2 * 196
    rows = [sheet[8 + row * 196 + 26 : 8 + row * 196 + 170] for row in range(2)]
    assert [int((row > 200).sum() > 10_000) + int((row[:, 152:304] < 10).sum() > 10_000) for row in rows] == [2, 1]
    assert (sheet[8:34, 8:80] > 120).sum() > 20
    numbers = [int((sheet[180:196, left : left + 40] > 120).sum()) for left in (8, 160)]
    assert 3 < numbers[0] < numbers[1]


def test_a_study_without_pictures_has_an_empty_sheet() -> None:
    assert contact_sheet.sheet([]).startswith(b"\xff\xd8")
