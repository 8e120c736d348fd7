import numpy as np
import pytest
from pydicom.dataset import Dataset

import exports
from radiary.dicom.read import pixel_description
from radiary.dicom.render import palette, pixels
from walled import clean


def dataset(first: int, entries: list[int], *, bits: int, wide: bool) -> Dataset:
    made = Dataset()
    for colour in ("Red", "Green", "Blue"):
        setattr(made, f"{colour}PaletteColorLookupTableDescriptor", [len(entries), first, bits])
        setattr(made, f"{colour}PaletteColorLookupTableData", np.array(entries, "<u2" if wide else "u1").tobytes())
    return made


@pytest.mark.parametrize(
    ("bits", "wide", "entries"), [(8, False, [0, 100, 255]), (8, True, [0, 100, 255]), (16, True, [0, 25700, 65535])]
)
def test_entries_of_either_width_are_shown_in_eight_bits(bits: int, wide: bool, entries: list[int]) -> None:
    shown = palette.applied(dataset(0, entries, bits=bits, wide=wide), np.array([[0, 1, 2]], "u1"))
    assert shown[..., 0].tolist() == [[0, 100, 255]]
    assert shown.shape == (1, 3, 3)


def test_values_beyond_the_table_take_its_ends() -> None:
    shown = palette.applied(dataset(10, [7, 8, 9], bits=8, wide=False), np.array([[0, 10, 12, 200]], "u1"))
    assert shown[..., 1].tolist() == [[7, 7, 9, 9]]


def test_the_first_mapped_value_has_the_sign_of_the_pixels() -> None:
    shown = palette.applied(dataset(65534, [1, 2, 3], bits=8, wide=False), np.array([[-2, -1, 0]], "<i2"))
    assert shown[..., 2].tolist() == [[1, 2, 3]]


def test_a_supplemental_palette_colours_what_stands_above_the_grey_values() -> None:
    made = exports.slice_of_ct(PixelPresentation="COLOR")
    made = exports.with_pixels(made, np.array([[0, 2000, 3000, 3001]], "<u2"), stored=12)
    for name, table in (("Red", [0xFF00, 0]), ("Green", [0, 0xFF00]), ("Blue", [0, 0])):
        setattr(made, f"{name}PaletteColorLookupTableDescriptor", [2, 3000, 16])
        setattr(made, f"{name}PaletteColorLookupTableData", np.array(table, "<u2").tobytes())
    one = clean(made)
    shape = pixel_description.matrix(one)
    (frame,) = pixels.frames(one, shape)
    found = pixels.picture(one, shape, frame, 0, None).tolist()
    assert found == [[[0, 0, 0], [128, 128, 128], [255, 0, 0], [0, 255, 0]]]


def test_values_of_one_colour_lie_between_its_least_and_its_greatest() -> None:
    entries = [100] * 101 + list(range(100, 255))
    made = dataset(0, entries, bits=8, wide=False)
    shades = palette.shades(made, np.arange(256, dtype="u1"))
    assert shades[[0, 50, 200]].tolist() == [0, pytest.approx(50 / 101), 0]


def test_values_of_one_colour_that_lie_side_by_side_are_no_shades() -> None:
    made = dataset(0, [value // 16 for value in range(256)], bits=8, wide=False)
    assert not palette.shades(made, np.arange(256, dtype="u1")).any()
