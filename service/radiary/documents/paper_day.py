"""The day of a paper, of all that are printed on it."""

from collections.abc import Collection, Sequence
from datetime import date

from radiary.documents import dates, kinds, medication
from radiary.documents.reading import Value
from radiary.documents.rows import Row

_SAMPLE = ("sample",)
_OTHERS = ("exam", "letter", "reported", "requested", "")
_OF_LETTERS = ("letter", "exam", "reported", "requested", "")
_ORDER = dict.fromkeys(("letter", "discharge-letter", "referral"), _OF_LETTERS) | {medication.KIND: (*_OTHERS, "printed")}
"""The dates by which papers of a kind are filed, the best first; of others as `_OTHERS` says."""


def best(read: Sequence[Sequence[Row]], kind: str, found: Sequence[Value], *, births: Collection[date]) -> dates.Dated | None:
    """The date by which a paper is filed: never a birth or a receipt, and that of its print for a medication plan alone."""
    known = [dated for page in read[:3] for dated in dates.in_rows(page)]
    sample = dates.first(known, *_SAMPLE)
    if kind == kinds.BLOOD or (sample and found):
        return sample
    born = {*births, *(one.day for one in known if one.role == "birth")}
    return dates.first([one for one in known if one.day not in born], *_SAMPLE, *_ORDER.get(kind, _OTHERS))


def newest(dated: dates.Dated | None, columns: Collection[date]) -> dates.Dated | None:
    """The date of a paper's sample; where it is that of a column, or where there is none, the newest column's."""
    is_older = dated is None or dated.role not in _SAMPLE or (dated.day in columns and dated.day < max(columns))
    return dates.Dated(max(columns), "sample") if columns and is_older else dated


def issued(read: Sequence[Sequence[Row]]) -> str:
    """When a paper was printed or released, as it says itself: YYYY-MM-DDTHH:MM."""
    known = [dated for page in read[:3] for dated in dates.in_rows(page)]
    dated = dates.first(known, "printed", "reported")
    return f"{dated.day.isoformat()}T{dated.time or '00:00'}" if dated else ""
