import numpy as np

from inputs.expected import TABLE
from inputs.run import End, differences


def ended(name: str, **otherwise: object) -> End:
    expected = TABLE[name]
    values: dict[str, object] = {
        "exams": expected.exams,
        "people": expected.people,
        "pictures": tuple(one() for one in expected.pictures),
        "reasons": (expected.told,) if expected.told else (),
        "chronicled": expected.chronicled,
        "status": 0,
    }
    return End(**(values | otherwise))  # type: ignore[arg-type]


def test_what_ended_as_it_should_differs_in_nothing() -> None:
    assert [name for name in TABLE if TABLE[name].exams and differences(ended(name), TABLE[name])] == []


def test_a_date_a_person_a_picture_and_a_word_that_are_missing_are_seen() -> None:
    name = "k6d_one_bad_frame"
    dark = tuple(np.zeros_like(one()) for one in TABLE[name].pictures)
    assert differences(ended(name, exams=(("undated", "XA"),)), TABLE[name])
    assert differences(ended(name, people=2), TABLE[name])
    assert differences(ended(name, pictures=dark), TABLE[name])
    assert differences(ended(name, reasons=()), TABLE[name])
    assert differences(ended(name, chronicled=0), TABLE[name])


def test_what_may_be_refused_may_only_be_for_a_true_reason() -> None:
    name = "k1a_comma_rescale"
    assert differences(ended(name, exams=(), pictures=(), reasons=("display-value-not-understood",)), TABLE[name]) == []
    assert differences(ended(name, exams=(), pictures=(), reasons=("pixel-data-truncated",)), TABLE[name]) != []
