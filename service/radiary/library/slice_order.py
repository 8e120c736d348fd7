"""In which order the images of a series stand, and which picture stands for all of them."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from statistics import median
from typing import Protocol, TypeVar

from radiary.library import frame_runs, phases_told
from radiary.model.nouns import SLICES
from radiary.model.records import FileRecord, InstanceRecord

_PARALLEL = 0.99
"""Cosine of the angle between the normals of two slices of one stack, at least."""
_EMPTY = 0.5
"""Share of the usual size of a picture below which it shows next to nothing: what has less content is packed smaller."""


class Located(Protocol):
    """What lies somewhere in space and time: an image, or a frame of one."""

    @property
    def uid(self) -> str:
        """What tells it from others of its number."""

    @property
    def number(self) -> int | None:
        """Its place as its scanner counts."""

    @property
    def position(self) -> float | None:
        """Along the normal, in millimetres."""

    @property
    def normal(self) -> tuple[float, float, float] | None:
        """The direction that it faces."""

    @property
    def phase(self) -> tuple[float, ...]:
        """What tells it from others at its place."""


_Located = TypeVar("_Located", bound=Located)


def in_order(instances: Iterable[InstanceRecord]) -> tuple[InstanceRecord, ...]:
    """Stack by stack, in each one phase by phase, in each of these by position along the normal; else by Instance Number."""
    return tuple(one for group in groups_of(list(instances)) for one in group)


def apart(instances: Iterable[_Located]) -> list[list[_Located]]:
    """What is looked through in one go: each stack and phase by itself; all together where most of them hold one image."""
    return of_neighbours(groups_of(list(instances)))


def of_neighbours(groups: list[list[_Located]]) -> list[list[_Located]]:
    """Groups as they are; all of them together where most hold one image."""
    every = [one for group in groups for one in group]
    return groups if len(every) >= 2 * len(groups) else [every]


def groups_of(known: Sequence[_Located]) -> list[list[_Located]]:
    """The slices of each stack and phase, in order; of images without positions all are one group."""
    numbered = sorted(known, key=_number)
    if None in {one.position for one in known}:
        return [numbered]
    return [group for stack in _stacks(numbered) for group in _phases(stack)]


def _number(located: Located) -> tuple[int, str]:
    return located.number or 0, located.uid


def _stacks(numbered: Sequence[_Located]) -> list[list[_Located]]:
    """Images that are parallel, by the first number of each stack."""
    stacks: list[list[_Located]] = []
    for image in numbered:
        stack = next((stack for stack in stacks if _are_parallel(image.normal, stack[0].normal)), None)
        if stack is None:
            stacks.append([image])
        else:
            stack.append(image)
    return stacks


def _are_parallel(one: tuple[float, ...] | None, other: tuple[float, ...] | None) -> bool:
    if one is None or other is None:
        return one is other
    return sum(a * b for a, b in zip(one, other, strict=True)) >= _PARALLEL


def _phases(stack: Sequence[_Located]) -> list[list[_Located]]:
    """A stack's images by phase: those of one rank at every position; of like values where positions differ in number.

    Trigger times of one phase differ a little from slice to slice, so that their order says more than their values.
    """
    if len({_place(one) for one in stack}) == 1:
        return [sorted(stack, key=lambda one: (one.phase, *_number(one)))]
    counts = Counter(map(_place, stack))
    phases: dict[object, list[_Located]] = {}
    places: Counter[float] = Counter()
    levels = phases_told.levels({one.phase for one in stack}, max(counts.values()))
    for image in sorted(stack, key=lambda one: (one.phase, *_number(one))):
        key = places[_place(image)] if len(set(counts.values())) == 1 else levels[image.phase]
        places[_place(image)] += 1
        phases.setdefault(key, []).append(image)
    return [sorted(phase, key=lambda one: (one.position or 0.0, *_number(one))) for phase in phases.values()]


def _place(located: Located) -> float:
    """Where a slice lies, in tenths of a millimetre: the same place is not always written alike."""
    return round(located.position or 0.0, 1)


def representative(instances: Sequence[InstanceRecord], selected: Collection[str], modality: str) -> str | None:
    """The picture that stands for a series: from the middle of what somebody selected, else of its largest stack and phase.

    No localizer and no empty slice, while there are others. Of frames that follow each other in time or depth, the one with most
    content near the middle.
    """
    known = [one for one in instances if one.pictures]
    chosen = [one for one in known if one.uid in selected]
    if not chosen:
        groups = groups_of([one for one in known if not one.is_localizer] or known)
        chosen = max(groups, key=len, default=[])
    if not chosen:
        return None
    middle = chosen[_middle([max(file.size for file in image.pictures) for image in chosen])]
    return frame(middle, modality).path


def _middle(sizes: Sequence[int]) -> int:
    """The place nearest to the middle whose picture is not empty beside the others."""
    usual = median(sizes)
    middle = len(sizes) // 2
    full = [place for place, size in enumerate(sizes) if size >= _EMPTY * usual]
    return min(full, key=lambda place: (abs(place - middle), place)) if full else middle


def frame(image: InstanceRecord, modality: str) -> FileRecord:
    """The frame that stands for an image of several: of its largest run."""
    pictures = max((run.pictures for run in frame_runs.runs(image)), key=len)
    sizes = [picture.size for picture in pictures]
    if modality in SLICES or len(pictures) < 3:
        return pictures[_middle(sizes)]
    count, middle = len(pictures), len(pictures) // 2
    near = range(count // 4, count - count // 4)
    return pictures[max(near, key=lambda place: (sizes[place], -abs(place - middle)))]
