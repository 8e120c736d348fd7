from radiary.model.records import FileRecord, InstanceRecord, SeriesRecord, StudyRecord
from radiary.viewer.stacks import stacks


def file(path: str) -> FileRecord:
    return FileRecord(path=path, sha256="0" * 64, size=1)


def instance(name: str, frames: int = 1, *others: str, position: float | None = None) -> InstanceRecord:
    paths = [f"001-x/{name}.png"] if frames == 1 else [f"001-x/{name}-f{frame:03d}.png" for frame in range(1, frames + 1)]
    copies = tuple(file(f"001-x/{other}") for other in (*others, f"{name}.dcm"))
    pictures = tuple(map(file, paths)) if frames else ()
    return InstanceRecord(uid=name, number=1, position=position, pixels="", pictures=pictures, copies=copies)


def study(*instances: InstanceRecord, modality: str = "CT") -> StudyRecord:
    series = SeriesRecord(uid="s", number=1, label="x", modality=modality, body_part=None, instances=instances)
    return StudyRecord(uid="u", patient="p", date=None, modality=modality, held=False, series=(series,), skipped={})


def test_slices_are_one_stack_in_their_order_with_their_places() -> None:
    (stack,) = stacks(study(instance("a", position=1.0), instance("b", position=2.5)))
    assert [one.path for one in stack.pictures] == ["001-x/a.png", "001-x/b.png"]
    assert stack.positions == (1.0, 2.5)
    assert (stack.is_clip, stack.number, stack.source) == (False, 0, "001-x/a.dcm")


def test_each_clip_is_a_stack_of_its_own() -> None:
    found = stacks(study(instance("still"), instance("a", 3), instance("b", 2), modality="US"))
    assert [(one.is_clip, one.number, len(one.pictures)) for one in found] == [(False, 1, 1), (True, 2, 3), (True, 3, 2)]


def test_frames_of_a_volume_are_no_clip() -> None:
    (stack,) = stacks(study(instance("a", 9), modality="MR"))
    assert not stack.is_clip


def test_a_window_counts_when_every_picture_has_it() -> None:
    both = stacks(study(instance("a", 1, "a-lung.png", "a-bone.png"), instance("b", 1, "b-lung.png")))
    assert dict(both[0].windows) == {"lung": ("001-x/a-lung.png", "001-x/b-lung.png")}


def test_frames_have_windows_too() -> None:
    (stack,) = stacks(study(instance("a", 2, "a-f001-bone.png", "a-f002-bone.png")))
    assert dict(stack.windows) == {"bone": ("001-x/a-f001-bone.png", "001-x/a-f002-bone.png")}


def test_what_has_no_picture_is_no_stack() -> None:
    assert stacks(study(instance("report", 0))) == ()
