import numpy as np
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

import exports
from radiary.dicom.develop import develop
from radiary.dicom.image_files import Development
from radiary.dicom.render import slide
from radiary.model.nouns import Wanted
from walled import TERMS, clean

SLIDE = "1.2.840.10008.5.1.4.1.1.77.1.6"


def tiled(columns: int, rows: int, *, places: list[tuple[int, int]] | None = None) -> Dataset:
    """Tiles of 32 × 16, each in a shade of its own, row after row."""
    across, down = -(-columns // 32), -(-rows // 16)
    shades = np.arange(across * down) * 10 + 5
    values = np.broadcast_to(shades[:, None, None, None], (len(shades), 16, 32, 3)).astype("u1")
    made = exports.with_pixels(exports.dataset(modality="SM", sop_class=SLIDE), values)
    made.TotalPixelMatrixColumns, made.TotalPixelMatrixRows = columns, rows
    made.ImageType = ["ORIGINAL", "PRIMARY", "VOLUME", "NONE"]
    if places:
        groups = []
        for column, row in places:
            plane, group = Dataset(), Dataset()
            plane.ColumnPositionInTotalImagePixelMatrix, plane.RowPositionInTotalImagePixelMatrix = column, row
            group.PlanePositionSlideSequence = Sequence([plane])
            groups.append(group)
        made.PerFrameFunctionalGroupsSequence = Sequence(groups)
    return made


def overview(made: Dataset) -> np.ndarray:
    one = clean(made)
    shape = slide.Matrix(16, 32, 3, made.NumberOfFrames, 8, 8, 7, is_signed=False, planar=False, photometric="RGB")
    found = slide.overview(one.dataset, shape)
    assert found is not None
    for number, frame in enumerate(exports.read_back(exports.written(made)).pixel_array):
        found.add(number, frame)
    return found.picture


def test_tiles_are_put_together_row_after_row() -> None:
    picture = overview(tiled(64, 48))
    assert picture.shape == (48, 64, 3)
    assert [int(picture[8 + 16 * row, 16 + 32 * column, 0]) for row in range(3) for column in range(2)] == [5, 15, 25, 35, 45, 55]


def test_tiles_that_say_where_they_stand_stand_there_and_the_rest_is_white() -> None:
    picture = overview(tiled(96, 16, places=[(65, 1), (1, 1), (1, 1)]))
    assert int(picture[8, 80, 0]) == 5
    assert int(picture[8, 48, 0]) == 255


def test_a_large_slide_is_shown_in_small() -> None:
    assert max(overview(tiled(6400, 16)).shape) == 2048


def test_of_many_tiles_only_the_overview_becomes_a_picture() -> None:
    data = exports.written(tiled(64, 48))
    for tiles, expected in ((6, 6), (5, 1)):
        found = develop(data, TERMS, scales={}, wanted=Wanted(copies=False, tiles=tiles))
        assert isinstance(found, Development)
        files = list(found.files())
        assert sum(one.is_picture for one in files) == expected
        assert files[-1].path.endswith("-overview.png")


def grey_overview(tiles: np.ndarray, places: list[tuple[int, int]], columns: int, rows: int) -> np.ndarray:
    groups = tiled(64, 48, places=places).PerFrameFunctionalGroupsSequence
    shape = slide.Matrix(*tiles.shape[1:], 1, len(tiles), 8, 8, 7, is_signed=False, planar=False, photometric="MONOCHROME2")
    made = Dataset()
    made.PerFrameFunctionalGroupsSequence = groups
    found = slide.Overview(made, shape, columns=columns, rows=rows)
    for number, tile in enumerate(tiles):
        found.add(number, tile)
    return found.picture


def test_of_tiles_at_one_place_an_empty_one_hides_nothing() -> None:
    tiles = np.zeros((3, 16, 32), "u1")
    tiles[0, 4:8, 4:8], tiles[2, 10:12, 20:30] = 255, 180
    picture = grey_overview(tiles, [(1, 1)] * 3, 32, 16)
    assert (picture[5, 5, 0], picture[10, 25, 0], picture[0, 0, 0]) == (255, 180, 0)
    coloured = np.stack([np.full((16, 32, 3), 200, "u1"), np.zeros((16, 32, 3), "u1")])
    coloured[0, 3:5] = 90
    assert int(grey_overview(coloured[..., 0], [(1, 1)] * 2, 32, 16)[3, 3, 0]) == 90


def test_fine_content_of_a_dark_tile_is_seen_in_the_overview() -> None:
    tiles = np.zeros((1, 512, 512), "u1")
    tiles[0, ::97, ::89] = 255
    picture = grey_overview(tiles, [(1, 1)], 51_200, 51_200)
    assert picture[:20, :20].max() == 255


def test_a_tile_that_is_said_to_begin_before_the_first_pixel_begins_there() -> None:
    picture = grey_overview(np.full((1, 16, 32), 90, "u1"), [(0, 0)], 32, 16)
    assert (picture == 90).all()
