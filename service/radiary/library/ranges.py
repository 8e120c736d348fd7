"""Which range of values a series that names no window is to be shown in, when more of it came later.

All of it in one range, or it flickers; and in one that holds every value, or much of it is plain white. So what comes later is
shown in the range of all that came, in which it is searched for text as well, and what was there before is made anew in it.
A range never shrinks again: in a wider one, nothing comes to light that was not there to be found before.
"""

from collections.abc import Collection, Iterable, Mapping

from radiary.model.events import FiledSeries, FiledStudy
from radiary.model.records import SeriesRecord

Range = tuple[float, float]
Key = tuple[str, bool]
"""A study by its UID, and whether it is held."""
SeriesKey = tuple[str, str]
"""A series by its study's UID and its own: two studies may carry one series' UID."""
_FEW, _TIMES = 16, 4
_COARSE = 1.25


def hull(ranges: Iterable[Range | None]) -> Range | None:
    """The least range that holds all of some, where there are any."""
    known = [one for one in ranges if one is not None]
    return (min(low for low, _ in known), max(high for _, high in known)) if known else None


def of_values(series: SeriesRecord) -> Range | None:
    """The range of all values of a series that names no window, if all of it can be made anew: from DICOM copies beside it.

    Nothing is known of the values of what was filed by earlier versions.
    """
    shown = [one for one in series.instances if one.pictures]
    if series.scale is None or not all(one.copy and one.values for one in shown):
        return None
    return hull(one.values for one in shown)


def for_more(studies: Collection[FiledStudy], came: Mapping[SeriesKey, Range]) -> dict[SeriesKey, Range]:
    """In which range to show more of series, by study and UID; `came` has the ranges of what comes now.

    What cannot be made anew keeps the range it is shown in, and so does all that joins it.
    """
    wide, fixed = dict(came), dict[SeriesKey, Range]()
    known = (((study.uid, one.uid), one) for study in studies for one in study.series if one.scale)
    for key, series in ((key, one) for key, one in known if key in came):
        wide[key] = hull([wide[key], series.scale, series.values]) or wide[key]
        if series.values is None and series.scale:
            fixed[key] = series.scale
    return wide | fixed


def due(studies: Mapping[Key, FiledStudy]) -> dict[Key, dict[str, Range]]:
    """The series that are shown in another range than they are to be shown in, and in which, by study."""
    pairs = ((key, due_in(study, studies.get((key[0], not key[1])))) for key, study in list(studies.items()))
    return {key: series for key, series in pairs if series}


def due_in(study: FiledStudy, other: FiledStudy | None) -> dict[str, Range]:
    """Those of one study; `other` is the part of it that is held where this one is not, and the other way round."""
    beside = {one.uid: one.values for one in other.series} if other else {}
    known = [one for one in study.series if one.scale and one.values]
    wanted = [(one, hull([one.scale, one.values, beside.get(one.uid)])) for one in known]
    return {one.uid: wide for one, wide in wanted if wide and wide != one.scale}


def is_worth_it(series: FiledSeries, wanted: Range, added: int) -> bool:
    """Whether to make a series anew at once, `added` pictures having come.

    Where little of much came, that waits until the series is still, so that 500 slices which come one by one are not made anew
    500 times; unless the range is far too narrow for it.
    """
    low, high = series.scale or wanted
    return series.pictures <= _FEW + _TIMES * added or wanted[1] - wanted[0] > _COARSE * (high - low)
