"""One exam's series → stacks to look through: slices of one orientation and phase, each clip by itself; their further windows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from radiary.library import slice_order
from radiary.model.records import FileRecord, InstanceRecord, SeriesRecord, StudyRecord

_WINDOWS = ("soft-tissue", "lung", "bone", "brain")
"""Windows that a CT's pictures may have been made in besides; the endings of their names."""
_VOLUMES = frozenset({"CT", "MR", "PT", "NM", "OPT", "SM"})
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


def stacks(record: StudyRecord) -> tuple[Stack, ...]:
    """Every stack of an exam, series after series. A series without pictures has none."""
    return tuple(stack for series in record.series for stack in _numbered(series))


def _numbered(series: SeriesRecord) -> Iterator[Stack]:
    slices = [instance for instance in series.instances if len(instance.pictures) == 1]
    clips = [[instance] for instance in series.instances if len(instance.pictures) > 1]
    groups = [group for group in (*slice_order.apart(slices), *clips) if group]
    for number, group in enumerate(groups, 1):
        yield _stack(series, group, number if len(groups) > 1 else 0)


def _stack(series: SeriesRecord, instances: Sequence[InstanceRecord], number: int) -> Stack:
    pictures = tuple(file for instance in instances for file in instance.pictures)
    is_multiframe = len(instances[0].pictures) > 1
    positions = (None,) * len(pictures) if is_multiframe else tuple(instance.position for instance in instances)
    copy = instances[0].copy
    others = {file.path for instance in instances for file in instance.copies}
    return Stack(
        series=series,
        pictures=pictures,
        positions=positions,
        windows=_windows(pictures, others),
        source=copy.path if copy else None,
        is_clip=is_multiframe and series.modality not in _VOLUMES,
        number=number,
    )


def _windows(pictures: Sequence[FileRecord], others: set[str]) -> dict[str, tuple[str, ...]]:
    """Those that every picture has: one that some lack would show two things under one name."""
    found = {}
    for window in _WINDOWS:
        paths = tuple(f"{picture.path.removesuffix('.png')}-{window}.png" for picture in pictures)
        if paths and others.issuperset(paths):
            found[window] = paths
    return found
