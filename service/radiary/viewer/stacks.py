"""One exam's series → stacks to look through: slices or frames of one orientation and phase, each clip by itself; windows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from radiary.library import frame_runs, slice_order
from radiary.library.frame_runs import Run
from radiary.model.nouns import CT_WINDOWS
from radiary.model.records import FileRecord, InstanceRecord, SeriesRecord, StudyRecord

VOLUMES = frozenset({"CT", "MR", "PT", "NM", "OPT", "SM"})
"""Modalities whose frames are places, not moments."""


@dataclass(frozen=True)
class Stack:
    """Pictures that are looked through in one go, in viewing order."""

    series: SeriesRecord
    pictures: tuple[FileRecord, ...]
    positions: tuple[float | None, ...]
    """Along the normal of the slices, in mm, where the copy says it; one for each picture."""
    windows: Mapping[str, tuple[str, ...]]
    """Paths of the same pictures in further windows, by the window's name."""
    source: str | None
    """The copy that says how the first picture lies and how fast a clip runs."""
    is_clip: bool
    number: int = 0
    """Of several stacks of one series: which, from 1 on; 0 where there is one."""
    blanked: frozenset[str] = frozenset()
    """Paths of pictures of which a part was made black, for text stood there."""
    frame: int = 0
    """The number, from 0, of the first picture among the frames of `source`."""


def stacks(record: StudyRecord) -> tuple[Stack, ...]:
    """Every stack of an exam, series after series. A series without pictures has none."""
    return tuple(stack for series in record.series for stack in of_series(series))


def of_series(series: SeriesRecord) -> Iterator[Stack]:
    """Every stack of a series, in order."""
    slices = [instance for instance in series.instances if len(instance.pictures) == 1]
    clips = [([one], run) for one in series.instances if len(one.pictures) > 1 for run in frame_runs.runs(one)]
    groups = [(group, _run(group)) for group in slice_order.apart(slices) if group]
    groups = [*groups, *clips]
    for number, (group, run) in enumerate(groups, 1):
        yield _stack(series, group, run, number=number if len(groups) > 1 else 0)


def _run(slices: Sequence[InstanceRecord]) -> Run:
    return Run(tuple(file for one in slices for file in one.pictures), tuple(one.position for one in slices))


def _stack(series: SeriesRecord, instances: Sequence[InstanceRecord], run: Run, *, number: int) -> Stack:
    is_multiframe = len(instances[0].pictures) > 1
    copy = instances[0].copy
    others = {file.path for instance in instances for file in instance.copies}
    return Stack(
        series=series,
        pictures=run.pictures,
        positions=run.positions,
        windows=_windows(run.pictures, others),
        source=copy.path if copy else None,
        is_clip=is_multiframe and series.modality not in VOLUMES,
        number=number,
        frame=run.frame,
        blanked=frozenset(file.path for one in instances if one.blanked for file in one.pictures),
    )


def _windows(pictures: Sequence[FileRecord], others: set[str]) -> dict[str, tuple[str, ...]]:
    """Those that every picture has: one that some lack would show two things under one name."""
    windows: dict[str, tuple[str, ...]] = {}
    for window in CT_WINDOWS:
        paths = tuple(f"{picture.path.removesuffix('.png')}-{window}.png" for picture in pictures)
        if paths and others.issuperset(paths):
            windows[window] = paths
    return windows
