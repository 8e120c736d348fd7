import pytest

from radiary.dicom.wall import dates
from radiary.model.nouns import Policy


@pytest.mark.parametrize(
    ("policy", "vr", "value", "expected"),
    [
        (Policy(), "DA", "20240229", "20240229"),
        (Policy(dates="shift"), "DA", "20240229", "20240226"),
        (Policy(dates="shift"), "DA", "2024.02.29", "20240226"),
        (Policy(dates="shift"), "TM", "120000", "120000"),
        (Policy(dates="shift"), "DT", "20240301120000.5+0100", "20240227120000.5+0100"),
        (Policy(dates="shift"), "DT", "2024", None),
        (Policy(dates="shift"), "DA", "20240230", None),
        (Policy(dates="relative"), "DA", "20240301", "20240227"),
        (Policy(dates="month"), "DA", "20240229", "20240201"),
        (Policy(dates="month"), "DT", "20240229120000", "202402"),
        (Policy(dates="month"), "TM", "120000", None),
        (Policy(dates="year"), "DA", "20240229", "20240101"),
        (Policy(dates="year"), "DT", "20240229120000", "2024"),
        (Policy(dates="shift"), "DA", "00010102", None),
    ],
)
def test_a_date_leaves_as_the_policy_says(policy: Policy, vr: str, value: str, expected: str | None) -> None:
    assert dates.changed(value, vr, policy, days=-3) == expected
