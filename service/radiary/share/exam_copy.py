"""One exam as it stands in a copy: which pictures go where, and what the viewer is told of them."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from radiary.chronicle.story import Exam
from radiary.model.nouns import SLICES, Box
from radiary.model.records import FileRecord, StudyRecord
from radiary.viewer.stacks import Stack, stacks

Form = str
"""`webp` or `png`: how pictures are written."""
_TENTHS = 10
"""Places are told in tenths of a millimetre."""


@dataclass(frozen=True)
class ExamCopy:
    """An exam in a copy: what it is called there, its day, and how it stands in the library."""

    code: str
    date: str
    exam: Exam
    record: StudyRecord
    person: str = ""
    """Which of several people it is about, in words; empty where there is one."""


@dataclass(frozen=True)
class CopiedPicture:
    """A picture to be copied: its file in the study's folder with its digest, its place in the copy, and what it belongs to."""

    source: str
    sha256: str
    target: str
    instance: str
    window: str
    is_slice: bool
    sweeps: tuple[Box, ...] = ()


def pictures(copy: ExamCopy, form: Form) -> list[CopiedPicture]:
    """Every picture that the viewer shows of an exam, in each of its prepared windows."""
    digests = {file.path: file.sha256 for file in _files(copy.record)}
    owners = {file.path: one for series in copy.record.series for one in series.instances for file in one.pictures}
    copied: dict[str, CopiedPicture] = {}
    for number, stack in enumerate(stacks(copy.record), 1):
        for place, file in enumerate(stack.pictures):
            views = {"": file.path} | {window: paths[place] for window, paths in stack.windows.items()}
            for window, path in views.items():
                ending = f"-{window}.{form}" if window else f".{form}"
                target = f"pictures/{copy.code}/{number:02d}/{place + 1:04d}{ending}"
                owner = owners[file.path]
                picture = CopiedPicture(
                    path,
                    digests[path],
                    target=target,
                    instance=owner.uid,
                    window=window,
                    is_slice=stack.series.modality in SLICES,
                    sweeps=owner.sweeps,
                )
                copied.setdefault(path, picture)
    return list(copied.values())


def without(record: StudyRecord, instances: Collection[str]) -> StudyRecord:
    """A study without some of its instances."""
    series = [replace(one, instances=tuple(i for i in one.instances if i.uid not in instances)) for one in record.series]
    return replace(record, series=tuple(one for one in series if one.instances))


def shown_stacks(copy: ExamCopy, targets: Mapping[str, str], shift: float) -> Iterator[tuple[Stack, Stack]]:
    """Each stack as it stands in the library, and in the copy; `targets` are places by paths in the study's folder.

    Places along the slices are moved by `shift` mm, all alike: where a patient lay would tell one scan from all others.
    """
    prefix = f"pictures/{copy.code}/"
    for stack in stacks(copy.record):
        there = {path: target.removeprefix(prefix) for path, target in targets.items()}
        files = tuple(FileRecord(path=there[file.path], sha256="", size=file.size) for file in stack.pictures)
        windows = {name: tuple(there[path] for path in paths) for name, paths in stack.windows.items()}
        positions = tuple(None if one is None else round((one + shift) * _TENTHS) / _TENTHS for one in stack.positions)
        blanked = frozenset(there[path] for path in stack.blanked)
        yield stack, replace(stack, pictures=files, windows=windows, positions=positions, blanked=blanked)


def reports(record: StudyRecord) -> list[FileRecord]:
    """The texts of its structured reports."""
    instances = [one for series in record.series if series.modality == "SR" for one in series.instances]
    return [file for one in instances for file in one.copies if file.path.endswith(".txt")]


def _files(record: StudyRecord) -> Iterator[FileRecord]:
    return (file for series in record.series for one in series.instances for file in one.files)
