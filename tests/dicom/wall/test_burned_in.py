from typing import Any

import numpy as np
import pytest
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

import exports
import walled
from radiary.dicom.wall import burned_in
from radiary.model.errors import Reason
from radiary.model.nouns import Box


def region(x0: Any, y0: Any, x1: Any, y1: Any) -> Dataset:
    item = Dataset()
    for keyword, value in zip(("MinX0", "MinY0", "MaxX1", "MaxY1"), (x0, y0, x1, y1), strict=True):
        if value is not None:
            setattr(item, f"RegionLocation{keyword}", value)
    return item


def hold(made: Dataset, *, searches_text: bool) -> str | None:
    return burned_in.hold(made, clean=made, searches_text=searches_text)


def test_an_ultrasound_is_blanked_outside_its_regions_both_ends_included() -> None:
    made = exports.ultrasound(SequenceOfUltrasoundRegions=Sequence([region(2, 3, 5, 6), region(8, 0, 9, 1)]))
    made.SequenceOfUltrasoundRegions = Sequence([region(2, 3, 5, 6), region(8, 0, 9, 1)])
    shown = burned_in.blank(np.full((10, 12, 3), 200, "u1"), made, (), fill=0)[..., 0] == 200
    expected = np.zeros((10, 12), bool)
    expected[3:7, 2:6] = expected[0:2, 8:10] = True
    assert (shown == expected).all()


@pytest.mark.parametrize(
    "corners", [(5000, 5000, 6000, 6000), (80, 0, 120, 40), (0, 60, 79, 90), (79, 0, 200, 59), (20, 20, 20, 40)]
)
def test_a_region_beside_the_picture_is_none_and_the_picture_is_held(corners: Box) -> None:
    made = exports.ultrasound()
    made.SequenceOfUltrasoundRegions = Sequence([region(*corners)])
    assert hold(made, searches_text=True) == Reason.ULTRASOUND_REGIONS_MISSING
    made.SequenceOfUltrasoundRegions = Sequence([region(*corners), region(10, 30, 200, 50)])
    assert hold(made, searches_text=True) is None
    assert burned_in.regions(made) == [(10, 30, 79, 50)]


def test_the_received_pixels_are_not_written_to() -> None:
    frame = np.full((60, 80, 3), 200, "u1")
    frame.flags.writeable = False
    assert burned_in.blank(frame, exports.ultrasound(), (), fill=0)[0, 0, 0] == 0


@pytest.mark.parametrize("broken", [region(None, 0, 5, 5), region(5, 5, 5, 5), region(9, 9, 1, 1)])
def test_an_ultrasound_without_a_real_region_is_held(broken: Dataset) -> None:
    assert hold(exports.ultrasound(regions=False), searches_text=True) == Reason.ULTRASOUND_REGIONS_MISSING
    made = exports.ultrasound()
    made.SequenceOfUltrasoundRegions = Sequence([broken])
    assert hold(made, searches_text=True) == Reason.ULTRASOUND_REGIONS_MISSING


def test_ultrasound_is_known_by_its_class_when_the_modality_says_otherwise() -> None:
    made = exports.ultrasound(regions=False)
    made.Modality = "OT"
    assert hold(made, searches_text=True) == Reason.ULTRASOUND_REGIONS_MISSING


def test_captures_and_flagged_pictures_are_held_and_others_are_not() -> None:
    assert hold(exports.dataset(sop_class=exports.SC), searches_text=True) == Reason.BURNED_IN_ANNOTATION
    assert hold(exports.slice_of_ct(BurnedInAnnotation="YES"), searches_text=True) == Reason.BURNED_IN_ANNOTATION
    assert hold(exports.slice_of_ct(BurnedInAnnotation="NO"), searches_text=True) is None
    assert hold(exports.ultrasound(), searches_text=True) is None
    assert (
        hold(exports.slice_of_ct(ImageType=["DERIVED", "SECONDARY", "SCREEN SAVE"]), searches_text=True)
        == Reason.BURNED_IN_ANNOTATION
    )
    assert hold(exports.slice_of_ct(Modality="ES"), searches_text=True) == Reason.BURNED_IN_ANNOTATION
    assert hold(exports.dataset(sop_class="1.2.840.10008.5.1.4.1.1.77.1.6", modality="SM"), searches_text=True) is None
    assert hold(exports.dataset(modality="BDUS"), searches_text=True) == Reason.ULTRASOUND_REGIONS_MISSING


def test_a_region_that_is_the_whole_picture_says_nothing_and_it_is_held() -> None:
    made = exports.ultrasound()
    made.SequenceOfUltrasoundRegions = Sequence([region(0, 0, 5000, 5000)])
    assert hold(made, searches_text=True) == Reason.ULTRASOUND_REGIONS_MISSING


@pytest.mark.parametrize(
    ("corners", "is_held"),
    [((0, 0, 79, 59), True), ((0, 0, 78, 59), False), ((0, 0, 79, 58), False), ((1, 0, 79, 59), False), ((0, 1, 79, 59), False)],
)
def test_a_region_is_the_whole_picture_only_when_it_reaches_its_last_row_and_column(
    corners: tuple[int, int, int, int], is_held: bool
) -> None:
    made = exports.ultrasound()
    made.SequenceOfUltrasoundRegions = Sequence([region(*corners)])
    assert (hold(made, searches_text=True) == Reason.ULTRASOUND_REGIONS_MISSING) is is_held


def test_one_region_over_the_whole_picture_is_enough_to_hold_it() -> None:
    made = exports.ultrasound()
    made.SequenceOfUltrasoundRegions = Sequence([region(5, 5, 9, 9), region(0, 0, 79, 59)])
    assert hold(made, searches_text=True) == Reason.ULTRASOUND_REGIONS_MISSING


@pytest.mark.parametrize(("vr", "corner"), [("FD", 20.5), ("DS", "20.5"), ("UL", [20, 21])])
def test_a_region_whose_corners_are_no_whole_numbers_is_none(vr: str, corner: Any) -> None:
    odd = region(0, None, 79, 59)
    odd.add_new(0x0018601A, vr, corner)
    made = exports.ultrasound()
    made.SequenceOfUltrasoundRegions = Sequence([odd])
    assert burned_in.regions(made) == []
    assert hold(made, searches_text=True) == Reason.ULTRASOUND_REGIONS_MISSING


def test_a_region_that_begins_before_the_picture_begins_with_it() -> None:
    before = region(None, 3, 5, 6)
    before.add_new(0x00186018, "SL", -4)
    made = exports.ultrasound()
    made.SequenceOfUltrasoundRegions = Sequence([before])
    shown = burned_in.blank(np.full((10, 12), 200, "u1"), made, (), fill=0) == 200
    expected = np.zeros((10, 12), bool)
    expected[3:7, 0:6] = True
    assert (shown == expected).all()


def test_a_region_that_does_not_pass_the_wall_is_none_and_the_picture_is_held() -> None:
    before = region(None, 3, 50, 40)
    before.add_new(0x00186018, "SL", -4)
    made = exports.ultrasound()
    made.SequenceOfUltrasoundRegions = Sequence([before])
    clean = walled.clean(made)
    assert burned_in.regions(clean.dataset) == []
    assert clean.hold == Reason.ULTRASOUND_REGIONS_MISSING


def test_a_box_is_blanked_with_both_its_ends_inside_a_region_as_well() -> None:
    made = exports.ultrasound()
    made.SequenceOfUltrasoundRegions = Sequence([region(0, 0, 11, 8)])
    shown = burned_in.blank(np.full((10, 12), 200, "u1"), made, ((2, 3, 4, 5),), fill=0) == 200
    expected = np.ones((10, 12), bool)
    expected[9:] = expected[3:6, 2:5] = False
    assert (shown == expected).all()


def test_what_may_show_text_waits_where_nobody_can_look_for_it() -> None:
    assert hold(exports.ultrasound(), searches_text=False) == Reason.TEXT_NOT_LOOKED_FOR
    assert hold(exports.slice_of_ct(Modality="DX"), searches_text=False) == Reason.TEXT_NOT_LOOKED_FOR
    derived = exports.slice_of_ct(ImageType=["DERIVED", "PRIMARY"])
    assert hold(derived, searches_text=False) == Reason.TEXT_NOT_LOOKED_FOR
    assert hold(exports.slice_of_ct(ImageType=["ORIGINAL", "PRIMARY"]), searches_text=False) is None


@pytest.mark.parametrize(("number", "says"), [("481.2", "every"), ("66.4", "drawn"), ("30", "drawn")])
def test_a_dose_is_searched_for_text_and_what_is_drawn_as_that(number: str, says: str) -> None:
    made = exports.slice_of_ct(Modality="RTDOSE", sop_class=f"1.2.840.10008.5.1.4.1.1.{number}")
    assert burned_in.text_search(made) == says


@pytest.mark.parametrize(("form", "is_one"), [(1, False), (2, True), (3, True), (4, True), (5, False), (None, False)])
def test_what_an_ultrasound_draws_over_time_is_told_by_its_regions(form: int | None, is_one: bool) -> None:
    made, drawn = exports.ultrasound(), region(10, 30, 79, 50)
    if form is not None:
        drawn.RegionSpatialFormat = form
    made.SequenceOfUltrasoundRegions = Sequence([region(0, 5, 79, 29), drawn])
    assert burned_in.sweeps(made) == (((10, 30, 79, 50),) if is_one else ())


def test_nothing_is_told_of_places_where_a_picture_is_of_another_size_or_no_ultrasound() -> None:
    made, drawn = exports.ultrasound(), region(10, 30, 79, 50)
    drawn.RegionSpatialFormat = 3
    made.SequenceOfUltrasoundRegions = Sequence([drawn])
    assert burned_in.sweeps(made)
    made.PixelAspectRatio = [1, 2]
    assert burned_in.sweeps(made) == ()
    del made.PixelAspectRatio
    made.Modality, made.SOPClassUID = "DX", exports.CT
    assert burned_in.sweeps(made) == ()
