"""The files of a copy beside its pictures."""

from dataclasses import replace

from radiary.language import Language
from radiary.share import exam_copy, pages
from radiary.share.codes import Codes
from radiary.share.days import Days, relative
from radiary.share.page import Account
from radiary.share.pages import CallingTerms, Made
from radiary.viewer.exam_data import CopyFacts
from share.test_exam_copy import copy, instance


def texts(days: Days) -> str:
    """All that is said of an exam whose series has a date in its name."""
    one = copy(instance(1), instance(2))
    series = tuple(replace(series, label="Control of October 2023") for series in one.record.series)
    whole = replace(one, date="2023-10-17", record=replace(one.record, series=series))
    targets = {picture.source: picture.target for picture in exam_copy.pictures(whole, "webp")}
    stacks = tuple(exam_copy.shown_stacks(whole, targets, 0.0))
    made = Made(whole, stacks, facts=(CopyFacts(),) * len(stacks), chosen=("s/1.png",), report="")
    terms = CallingTerms(Codes(bytes), days, Language("en"))
    account = Account(days.are_relative, "webp")
    return "".join(text for name, text in pages.files([made], terms, account) if not name.endswith(("viewer.js", ".css")))


def test_no_title_of_a_series_says_a_date_where_days_are_counted() -> None:
    said = texts(relative(["2023-10-17"]))
    assert "1 Control of (\\u2026)" in said
    assert "1 Control of (…), Day 0" in said
    assert not any(part in said for part in ("October", "2023"))


def test_true_days_may_stand_in_a_title() -> None:
    assert "1 Control of October 2023" in texts(Days())
