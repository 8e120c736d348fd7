from dataclasses import replace

from members import placed
from radiary.library import assemble
from radiary.library.merge import merged
from radiary.model.records import FileRecord, InstanceRecord, RunRecord, StudyRecord


def study(*instances: InstanceRecord) -> StudyRecord:
    record = assemble.studies({0: placed("a")})[0].record
    return replace(record, series=(replace(record.series[0], instances=instances),))


def instance(*files: str, bits: str = "0", pixels: str = "p") -> InstanceRecord:
    records = [FileRecord(path=path, sha256=bits, size=1) for path in files]
    pictures = tuple(one for one in records if one.path.endswith(".png"))
    copies = tuple(one for one in records if not one.path.endswith(".png"))
    return InstanceRecord(uid="a", number=1, position=None, pixels=pixels, pictures=pictures, copies=copies)


def test_a_known_study_only_gains() -> None:
    known = assemble.studies({0: placed("a"), 1: placed("b")})[0].record
    more = assemble.studies({0: placed("b", pixels="other"), 1: placed("c"), 2: placed("d", series="2.25.77")})[0].record
    found = merged(known, more, {})
    assert {one.uid for series in found.gained.series for one in series.instances} == {"c", "d"}
    assert (found.added, found.different) == (2, 1)
    assert [len(series.instances) for series in found.record.series] == [3, 1]
    again = merged(found.record, more, {})
    assert (again.record, again.gained.series, again.added, again.different) == (found.record, (), 0, 1)


def test_what_comes_back_is_as_it_was_made_now_beside_what_was_never_lost() -> None:
    known = study(instance("a.png", "a.dcm", "a.json", "a.txt"))
    again = instance("a.png", "a.dcm", "a.tiff", bits="1")
    found = merged(known, study(again), {"a": {"a.dcm", "a.json"}})
    assert [series.instances for series in found.gained.series] == [(again,)]
    assert found.added == 0
    (one,) = found.record.series[0].instances
    assert [(file.path, file.sha256) for file in (*one.pictures, *one.copies)] == [
        ("a.png", "1"),
        ("a.dcm", "1"),
        ("a.tiff", "1"),
        ("a.json", "0"),
    ]


def test_another_picture_never_takes_the_place_of_one_that_stands() -> None:
    known = study(instance("a.png", "a.dcm"))
    found = merged(known, study(instance("a.png", "a.dcm", pixels="other")), {"a": {"a.png"}})
    assert (found.record, found.gained.series, found.different) == (known, (), 1)


def test_a_lost_picture_comes_back_though_text_was_blanked_since() -> None:
    known, again = study(instance("a.png", "a.dcm")), study(instance("a.png", "a.dcm", pixels="blanked"))
    found = merged(known, again, {"a": {"a.dcm"}})
    assert (found.record, found.different) == (again, 0)


def test_pictures_of_an_older_version_stay_and_are_looked_through_in_the_runs_that_are_known_now() -> None:
    known = instance("1.png", "2.png", "a.dcm")
    again = replace(instance("2.png", "1.png", "a.dcm", bits="1"), runs=(RunRecord(frames=(1,)), RunRecord(frames=(0,))))
    found = merged(study(known), study(again), {})
    (one,) = found.record.series[0].instances
    assert [(file.path, file.sha256) for file in one.pictures] == [("2.png", "0"), ("1.png", "0")]
    assert (one.runs, one.copies) == (again.runs, known.copies)
    assert (found.gained.series, found.added, found.different) == ((), 0, 0)
    assert merged(found.record, study(again), {}).record == found.record
    other = replace(again, pixels="other")
    assert merged(study(known), study(other), {}).record == study(known)


def test_what_comes_back_is_looked_through_in_the_runs_that_are_known_now() -> None:
    again = replace(instance("2.png", "1.png", "a.dcm", bits="1"), runs=(RunRecord(frames=(1, 0)),))
    found = merged(study(instance("1.png", "2.png", "a.dcm")), study(again), {"a": {"1.png"}})
    assert found.record == study(again)
