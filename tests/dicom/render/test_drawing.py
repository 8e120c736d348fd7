import numpy as np

from radiary.dicom.render import drawing


def test_lines_words_and_pictures_are_laid_on_the_sheet() -> None:
    sheet = drawing.Sheet(60, 40, (255, 255, 255))
    sheet.line([(0, 5), (59, 5)], (255, 0, 0))
    sheet.paste(10, 20, np.full((4, 6), 90, "u1"))
    sheet.text(30, 10, "R", (0, 0, 0))
    assert (sheet.picture[5] == (255, 0, 0)).all()
    assert (sheet.picture[20:24, 10:16] == 90).all()
    assert (sheet.picture[10:30, 30:45] < 100).any()
    assert sheet.picture.shape == (40, 60, 3)


def test_the_inside_of_a_polygon_holds_its_corners() -> None:
    mask = drawing.inside([(1, 1), (4, 1), (4, 3), (1, 3)], 5, 6)
    assert mask.sum() == 12
    assert mask[1, 1]
    assert mask[3, 4]
    assert not mask[0, 0]
