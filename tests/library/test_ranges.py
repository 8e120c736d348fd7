import pytest

from radiary.library import ranges
from radiary.library.ranges import Range
from radiary.model.events import FiledSeries, FiledStudy
from radiary.model.records import FileRecord, InstanceRecord, SeriesRecord
from stories import filed, series


def study(*ones: FiledSeries, held: bool = False) -> FiledStudy:
    (made,) = filed("a", "2024-01-01", *ones, held=held).studies  # type: ignore[union-attr]
    return made


def shown(scale: Range | None, values: Range | None, pictures: int = 3) -> FiledSeries:
    return series("1", pictures=pictures).changed(scale=scale, values=values)


def instance(values: Range | None, *, has_copy: bool = True, has_pictures: bool = True) -> InstanceRecord:
    picture, copy = (FileRecord(path=f"1/1.{ending}", sha256="0", size=1) for ending in ("png", "dcm"))
    pictures, copies = (picture,) * has_pictures, (copy,) * has_copy
    return InstanceRecord(uid="1", number=1, position=None, pixels="", pictures=pictures, copies=copies, values=values)


def of_values(scale: Range | None, *instances: InstanceRecord) -> Range | None:
    record = SeriesRecord(uid="1", number=1, label="x", modality="MR", body_part=None, scale=scale, instances=instances)
    return ranges.of_values(record)


def test_the_range_of_a_series_is_that_of_all_its_values() -> None:
    assert of_values((0, 60), instance((0, 60)), instance((-5, 20)), instance((3, 900))) == (-5, 900)
    assert of_values((0, 60), instance((0, 60)), instance(None, has_pictures=False)) == (0, 60)


def test_it_is_not_known_of_what_cannot_be_made_anew() -> None:
    assert of_values(None, instance(None)) is None
    assert of_values((0, 60), instance((0, 60)), instance((0, 900), has_copy=False)) is None
    assert of_values((0, 60), instance(None), instance((0, 900))) is None  # filed by an earlier version


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ([], (0, 100)),
        ([study(shown((10, 60), (10, 60)))], (0, 100)),
        ([study(shown((-10, 60), (10, 900)))], (-10, 900)),
        ([study(shown((10, 60), None))], (10, 60)),
        ([study(shown((10, 60), (10, 60))), study(shown((20, 50), None), held=True)], (20, 50)),
        ([study(shown(None, None))], (0, 100)),
    ],
)
def test_more_of_a_series_is_shown_in_the_range_of_all_that_came(known: list[FiledStudy], expected: Range) -> None:
    assert ranges.for_more(known, {("a", "1"): (0, 100), ("b", "1"): (7, 8)}) == {("a", "1"): expected, ("b", "1"): (7, 8)}


def test_due_is_what_has_values_outside_of_the_range_it_is_shown_in() -> None:
    for scale, values, wanted in (
        ((0, 60), (0, 60), None),
        ((0, 60), (10, 50), None),  # a range never shrinks
        ((0, 60), (-1, 50), (-1, 60)),
        ((0, 60), (0, 900), (0, 900)),
        ((0, 60), None, None),
        (None, None, None),
    ):
        made = study(shown(scale, values))
        assert ranges.due({("a", False): made}) == ({("a", False): {"1": wanted}} if wanted else {})


def test_what_is_held_and_what_is_not_is_shown_alike() -> None:
    here, there = study(shown((0, 60), (0, 60))), study(shown((0, 60), (0, 900)), held=True)
    studies = {("a", False): here, ("a", True): there}
    assert ranges.due(studies) == {("a", False): {"1": (0, 900)}, ("a", True): {"1": (0, 900)}}


@pytest.mark.parametrize(
    ("pictures", "added", "wanted", "is_so"),
    [
        (16, 1, (0, 101), True),
        (400, 1, (0, 101), False),
        (400, 1, (0, 200), True),
        (400, 1, (-30, 100), True),
        (400, 100, (0, 101), True),
    ],
)
def test_little_of_much_is_not_worth_making_it_anew_at_once(pictures: int, added: int, wanted: Range, is_so: bool) -> None:
    assert ranges.is_worth_it(shown((0, 100), wanted, pictures), wanted, added) is is_so
