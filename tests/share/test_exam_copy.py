from dataclasses import replace

from radiary.chronicle.story import Exam
from radiary.model.records import FileRecord, InstanceRecord, SeriesRecord, StudyRecord
from radiary.share import exam_copy
from radiary.share.exam_copy import ExamCopy


def instance(number: int, *windows: str, frames: int = 1) -> InstanceRecord:
    names = [f"s/{number}.png"] if frames == 1 else [f"s/{number}-f{frame}.png" for frame in range(frames)]
    others = [name.replace(".png", f"-{window}.png") for name in names for window in windows]
    return InstanceRecord(
        uid=f"2.25.{number}",
        number=number,
        position=12.34 + 2.5 * number,
        pixels="",
        pictures=tuple(FileRecord(path=name, sha256=f"digest of {name}", size=1) for name in names),
        copies=tuple(FileRecord(path=name, sha256=f"digest of {name}", size=1) for name in (*others, f"s/{number}.dcm")),
    )


def copy(*ones: InstanceRecord, modality: str = "CT") -> ExamCopy:
    series = SeriesRecord(uid="2.25.1", number=1, label="x", modality=modality, body_part=None, instances=ones)
    record = StudyRecord(uid="2.25.0", patient="P", date=None, modality=modality, held=False, series=(series,), skipped={})
    return ExamCopy("abcdefgh", "", Exam("2.25.0", "P", "CT", "undated/CT-x"), record)


def test_every_picture_goes_with_its_windows_to_a_place_that_says_nothing_of_where_it_lay() -> None:
    pictures = exam_copy.pictures(copy(instance(1, "lung"), instance(2, "lung")), "webp")
    assert [(one.source, one.target, one.instance, one.window, one.is_slice) for one in pictures] == [
        ("s/1.png", "pictures/abcdefgh/01/0001.webp", "2.25.1", "", True),
        ("s/1-lung.png", "pictures/abcdefgh/01/0001-lung.webp", "2.25.1", "lung", True),
        ("s/2.png", "pictures/abcdefgh/01/0002.webp", "2.25.2", "", True),
        ("s/2-lung.png", "pictures/abcdefgh/01/0002-lung.webp", "2.25.2", "lung", True),
    ]
    assert [one.sha256 for one in pictures][:2] == ["digest of s/1.png", "digest of s/1-lung.png"]


def test_a_clip_is_no_slice() -> None:
    assert {one.is_slice for one in exam_copy.pictures(copy(instance(1, frames=3), modality="US"), "png")} == {False}


def test_what_is_left_out_is_in_no_stack_and_places_are_moved_all_alike() -> None:
    whole = copy(instance(1, "lung"), instance(2, "lung"), instance(3, "lung"))
    targets = {one.source: one.target for one in exam_copy.pictures(whole, "webp")}
    left = ExamCopy(whole.code, "", whole.exam, exam_copy.without(whole.record, {"2.25.2"}))
    ((of, shown),) = exam_copy.shown_stacks(left, targets, 100.0)
    assert [file.path for file in of.pictures] == ["s/1.png", "s/3.png"]
    assert [(file.path, file.sha256) for file in shown.pictures] == [("01/0001.webp", ""), ("01/0003.webp", "")]
    assert shown.windows == {"lung": ("01/0001-lung.webp", "01/0003-lung.webp")}
    assert shown.positions == (114.8, 119.8)
    assert exam_copy.without(whole.record, {"2.25.1", "2.25.2", "2.25.3"}).series == ()


def test_where_a_picture_was_made_black_in_part_the_copy_says_so() -> None:
    whole = copy(instance(1), replace(instance(2), blanked=((1, 2, 3, 4),)))
    targets = {one.source: one.target for one in exam_copy.pictures(whole, "webp")}
    ((of, shown),) = exam_copy.shown_stacks(whole, targets, 0.0)
    assert (of.blanked, shown.blanked) == ({"s/2.png"}, {"01/0002.webp"})


def test_what_an_ultrasound_draws_over_time_is_known_of_its_pictures() -> None:
    ones = [replace(instance(1), sweeps=((1, 2, 3, 4),)), instance(2)]
    assert [one.sweeps for one in exam_copy.pictures(copy(*ones, modality="US"), "png")] == [((1, 2, 3, 4),), ()]
