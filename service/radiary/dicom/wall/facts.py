"""What filing and the story need to know of a de-identified data set: pseudonyms, numbers, dates and words from closed lists."""

import math
from collections.abc import Iterator

from pydicom.dataset import Dataset
from pydicom.multival import MultiValue

from radiary.dicom.read import frame_order, header
from radiary.dicom.wall import burned_in, closed_lists, dates
from radiary.model.nouns import Facts

_DATES = (0x00080020, 0x00080021, 0x00080022, 0x00080023)
"""Study, Series, Acquisition and Content Date: the first one that can be the day of an exam counts."""
_DATE_TIMES = {0x00080022: 0x0008002A}
"""Acquisition DateTime stands for Acquisition Date where that is absent."""

_PHASES = (0x00200100, 0x00180086, 0x00180081, 0x00189087, 0x00181060)
"""Temporal Position Identifier, Echo Numbers, Echo Time, Diffusion b-value, Trigger Time."""

_TITLES = frozenset({"113000", "113002", "113004", "113005", "113007", "113013", "113018", "113020", "128203"})
"""Titles of key object selections (PS3.16 CID 7010) that count: Of Interest, For Referring Provider, For Teaching, For
Conference, For Patient, Best In Set, For Printing, For Report Attachment, For Tumor Board.
"""
_LONGEST = 64
"""Characters of a description (LO) that are kept, as many as the standard allows."""


def facts_of(clean: Dataset, received: Dataset, patient: str, *, latest: str = dates.LATEST) -> Facts:
    """The facts of one instance whose UIDs are pseudonyms already; `received` says how its pixels are searched for text.

    A date of `clean`, which the owner's policy may have moved, counts where the received one is none after `latest` (YYYYMMDD).
    """
    days = tuple(_day(clean, received, tag, latest=latest) for tag in _DATES)
    return Facts(
        study=str(header.value(clean, 0x0020000D)),
        series=str(header.value(clean, 0x0020000E)),
        instance=str(header.value(clean, 0x00080018)),
        patient=patient,
        date=next((day for day in days if day), None),
        dates=days,
        modality=closed_lists.modality(header.value(clean, 0x00080060), str(header.value(clean, 0x00080016) or "")),
        body_part=closed_lists.body_part(header.value(clean, 0x00180015)),
        series_number=_whole_number(clean, 0x00200011),
        instance_number=_whole_number(clean, 0x00200013),
        position=_position(clean),
        normal=_normal(clean),
        phase=_phase(clean),
        is_localizer="LOCALIZER" in str(header.value(clean, 0x00080008) or "").upper(),
        text_search=burned_in.text_search(received),
        is_typical=burned_in.is_typical(received),
        refers=tuple(dict.fromkeys(_referred(clean))),
        side=closed_lists.side(header.value(clean, 0x00200062) or header.value(clean, 0x00200060)),
        view=closed_lists.view(header.value(clean, 0x00185101)),
        words=_words(clean),
        size=burned_in.size(received),
        sweeps=burned_in.sweeps(received),
    )


def _words(clean: Dataset) -> str:
    """What the wall kept of Series Description and Study Description."""
    said = (str(header.value(clean, tag) or "").strip() for tag in (0x0008103E, 0x00081030))
    return " · ".join(dict.fromkeys(words[:_LONGEST] for words in said if words))


def day_of(dataset: Dataset, latest: str = dates.LATEST) -> str | None:
    """The day of an exam as YYYY-MM-DD: the first of its dates that can be one; None without one."""
    return next((day for tag in _DATES if (day := _day(dataset, dataset, tag, latest=latest))), None)


def _day(clean: Dataset, received: Dataset, tag: int, *, latest: str) -> str:
    """A date that was received as one an exam can have, as YYYY-MM-DD; empty for any other."""
    was, now = _written(received, tag), _written(clean, tag)
    if not was or not now or not dates.is_of_an_exam(was, latest):
        return ""
    return f"{now[:4]}-{now[4:6]}-{now[6:]}"


def _written(dataset: Dataset, tag: int) -> str | None:
    """A date as YYYYMMDD. Of several values the first one counts."""
    for place in (tag, _DATE_TIMES.get(tag, tag)):
        value = header.value(dataset, place)
        first = value[0] if isinstance(value, MultiValue | list) and value else value
        day = dates.written_day(str(getattr(first, "original_string", first) or ""))
        if day:
            return day
    return None


def _referred(clean: Dataset) -> Iterator[str]:
    """SOP Instance UIDs of the images that a key object selection (PS3.3 C.17.6) or a presentation state (C.11.11) is about."""
    modality = str(header.value(clean, 0x00080060) or "")
    if modality not in ("KO", "PR") or (modality == "KO" and not _selects_what_matters(clean)):
        return
    groups = [*header.items(clean, 0x0040A730), *header.items(clean, 0x00081115)]
    for group in groups:
        for reference in (*header.items(group, 0x00081199), *header.items(group, 0x00081140)):
            uid = header.value(reference, 0x00081155)
            if uid:
                yield str(uid)


def _selects_what_matters(selection: Dataset) -> bool:
    """Whether a key object selection names what is worth a look: others name what is to be thrown away, or was sent wrongly."""
    titles = header.items(selection, 0x0040A043)
    return bool(titles) and str(header.value(titles[0], 0x00080100) or "").strip() in _TITLES


def _whole_number(clean: Dataset, tag: int) -> int | None:
    number = header.value(clean, tag)
    try:
        return int(number) if number is not None else None
    except (TypeError, ValueError):
        return None


def _number(clean: Dataset, tag: int) -> float:
    """A finite number; 0 where there is none."""
    value = header.value(clean, tag)
    try:
        number = float(value[0] if isinstance(value, MultiValue) else value)
    except (IndexError, TypeError, ValueError):
        return 0.0
    return number if math.isfinite(number) else 0.0


def _phase(clean: Dataset) -> tuple[float, ...]:
    """What tells an image from others at its place; of an enhanced object with one frame, its functional groups say so."""
    groups = _of_only_frame(clean)
    if groups:
        return tuple(next(iter(frame_order.numbers(groups, where)), 0.0) for where in frame_order.PHASES)
    return tuple(_number(clean, tag) for tag in _PHASES)


def _of_only_frame(clean: Dataset) -> list[Dataset]:
    """The functional groups of an object with one frame, its own before those of all; none of any other object."""
    own = header.items(clean, frame_order.PER_FRAME)
    return [*own, *header.items(clean, frame_order.SHARED)[:1]] if len(own) == 1 else []


def _numbers(clean: Dataset, where: tuple[int, int]) -> list[float]:
    """The numbers of an attribute, of the header or of the groups of an only frame. Raises TypeError and ValueError."""
    own = [float(number) for number in header.value(clean, where[1]) or ()]
    return own or frame_order.numbers(_of_only_frame(clean), where)


def _normal(clean: Dataset) -> tuple[float, float, float] | None:
    """The normal of Image Orientation (Patient), PS3.3 C.7.6.2.1.1."""
    try:
        ax, ay, az, bx, by, bz = _numbers(clean, frame_order.ORIENTATION)
    except (TypeError, ValueError):
        return None
    normal = (ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx)
    length = math.hypot(*normal)
    if not math.isfinite(length) or not length:
        return None
    x, y, z = (round(part / length, 4) + 0.0 for part in normal)
    return x, y, z


def _position(clean: Dataset) -> float | None:
    """Image Position (Patient) along the normal, in millimetres."""
    normal = _normal(clean)
    try:
        place = _numbers(clean, frame_order.PLACE)
    except (TypeError, ValueError):
        return None
    if normal is None or len(place) != 3 or not all(map(math.isfinite, place)):
        return None
    return round(sum(one * part for one, part in zip(place, normal, strict=True)), 3)
