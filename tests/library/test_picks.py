from radiary.library import picks
from radiary.model.records import FileRecord, InstanceRecord, SeriesRecord, StudyRecord


def instance(uid: str, *, frames: int = 1, is_localizer: bool = False, refers: tuple[str, ...] = ()) -> InstanceRecord:
    pictures = tuple(FileRecord(path=f"{uid}-{frame}.png", sha256="", size=100) for frame in range(1, frames + 1))
    return InstanceRecord(
        uid=uid, number=1, position=None, pixels="", pictures=pictures, copies=(), is_localizer=is_localizer, refers=refers
    )


def study(*series: tuple[InstanceRecord, ...]) -> StudyRecord:
    every = tuple(
        SeriesRecord(uid=f"s{number}", number=number, label="x", modality="CT", body_part=None, instances=ones)
        for number, ones in enumerate(series, 1)
    )
    return StudyRecord(uid="1", patient="P", date=None, modality="CT", held=False, series=every, skipped={})


def shown(record: StudyRecord, changes: dict[picks.Place, bool] | None = None) -> list[tuple[str, int, str]]:
    return [(one.place[0], one.number, one.why) for one in picks.picked(record, changes or {})]


SLICES = tuple(instance(name) for name in "abcde")


def test_the_middle_of_each_series_is_proposed_and_no_series_to_plan_others_by() -> None:
    assert shown(study(SLICES, (instance("l", is_localizer=True),))) == [("c", 3, "proposed")]


def test_what_was_selected_is_proposed_instead() -> None:
    keys = instance("k", frames=0, refers=("b", "x", "e"))
    assert shown(study(SLICES, (keys,))) == [("b", 2, "key object"), ("e", 5, "key object")]


def test_what_she_adds_comes_behind_in_her_order_and_what_is_gone_is_not_shown() -> None:
    changes = {("c", 1): False, ("e", 1): True, ("gone", 1): True, ("a", 1): True}
    assert shown(study(SLICES), changes) == [("e", 5, "yours"), ("a", 1, "yours")]


def test_frames_are_numbered_through_the_series() -> None:
    assert shown(study((instance("a"), instance("b", frames=3))), {("b", 1): True})[-1] == ("b", 2, "yours")
