from members import placed
from radiary.library import assemble
from radiary.model.errors import Reason
from radiary.model.nouns import NotDicom, Skipped


def test_members_become_studies_in_an_order_that_does_not_depend_on_arrival() -> None:
    outcomes = {
        2: placed("b", study="2.25.9", date="2024-01-01"),
        0: placed("a", study="2.25.8", date="2024-02-02"),
        1: NotDicom(),
    }
    studies = assemble.studies(outcomes)
    assert [study.record.date for study in studies] == ["2024-01-01", "2024-02-02"]
    assert studies == assemble.studies(dict(reversed(outcomes.items())))
    assert assemble.left(outcomes) == 1


def test_what_is_held_is_a_study_of_its_own() -> None:
    outcomes = {0: placed("a"), 1: placed("b", hold=Reason.BURNED_IN_ANNOTATION)}
    assert [study.record.held for study in assemble.studies(outcomes)] == [False, True]
    assert assemble.holds(assemble.studies(outcomes)) == {Reason.BURNED_IN_ANNOTATION: 1}


def test_a_duplicate_counts_once_and_one_with_other_pixels_is_reported() -> None:
    outcomes = {0: placed("a"), 1: placed("a"), 2: placed("a", pixels="other")}
    studies = assemble.studies(outcomes)
    assert assemble.pictures(studies[0].record) == 1
    assert studies[0].members == {"a": 0}
    assert assemble.skips(outcomes, studies) == {Reason.DIFFERENT_PIXELS: 1, Reason.DUPLICATE: 1}


def test_the_discs_table_of_contents_is_no_loss() -> None:
    outcomes = {0: Skipped(Reason.DIRECTORY), 1: Skipped(Reason.VIDEO)}
    assert assemble.skips(outcomes, []) == {Reason.VIDEO: 1}


def test_the_studys_modality_is_the_one_that_names_the_exam() -> None:
    outcomes = {0: placed("a", modality="SR"), 1: placed("b", modality="SR"), 2: placed("c", modality="PT")}
    assert assemble.studies(outcomes)[0].record.modality == "PT"


def test_an_undated_slice_joins_its_dated_study() -> None:
    outcomes = {0: placed("a", date=None), 1: placed("b", date="2024-01-02")}
    assert [study.record.date for study in assemble.studies(outcomes)] == ["2024-01-02"]


def test_slices_are_ordered_by_position_then_by_number() -> None:
    ones = [placed("a", position=30.0), placed("b", position=-10.0), placed("c", position=5.0)]
    assert [one.uid for one in assemble.slices_in_order(one.record for one in ones)] == ["b", "c", "a"]
    ones = [placed("a", position=None, instance_number=2), placed("b", position=1.0, instance_number=1)]
    assert [one.uid for one in assemble.slices_in_order(one.record for one in ones)] == ["b", "a"]


def test_the_middle_picture_stands_for_a_series() -> None:
    record = assemble.studies({n: placed(f"u{n}", position=float(n)) for n in range(5)})[0].record
    filed = assemble.filed(record, "2024/CT-x", 5)
    assert filed.series[0].representative == "001/u2.png"
    assert filed.series[0].pictures == 5


def test_a_studys_day_is_the_most_frequent_one_of_the_first_of_its_dates() -> None:
    real, moved = ("2024-03-11", "2025-06-20", "2025-06-20", "2025-06-20"), ("", "2025-06-20", "2025-06-20", "2025-06-20")
    odd = ("2023-01-01", "", "", "")
    outcomes = {0: placed("a", dates=odd), 1: placed("b", dates=real), 2: placed("c", dates=real), 3: placed("d", dates=moved)}
    assert [study.record.date for study in assemble.studies(outcomes)] == ["2024-03-11"]
    assert [study.record.date for study in assemble.studies({0: placed("a", dates=moved), 1: placed("b", dates=moved)})] == [
        "2025-06-20"
    ]


def test_what_is_held_has_the_day_of_its_study() -> None:
    outcomes = {
        0: placed("a", dates=("2024-03-11", "", "", "")),
        1: placed("b", dates=("", "", "", ""), date=None, hold=Reason.BURNED_IN_ANNOTATION),
    }
    assert {study.record.date for study in assemble.studies(outcomes)} == {"2024-03-11"}
