"""What filing and the story need to know of a de-identified data set: pseudonyms, numbers, dates and words from closed lists."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from pydicom.dataset import Dataset

from radiary.dicom.read import header
from radiary.dicom.wall import burned_in, closed_lists
from radiary.model.nouns import Facts

_DATES = (0x00080020, 0x00080021, 0x00080022, 0x00080023, 0x0008002A, 0x00080012)
"""Study, Series, Acquisition, Content Date, Acquisition DateTime, Instance Creation Date: the first valid one counts."""

_LONGEST = 64
"""Characters of a description (LO) that are kept, as many as the standard allows."""


def facts_of(clean: Dataset, received: Dataset, patient: str) -> Facts:
    """The facts of one instance whose UIDs are pseudonyms already; `received` says how its pixels are searched for text."""
    return Facts(
        study=str(header.value(clean, 0x0020000D)),
        series=str(header.value(clean, 0x0020000E)),
        instance=str(header.value(clean, 0x00080018)),
        patient=patient,
        date=day_of(clean),
        modality=closed_lists.modality(header.value(clean, 0x00080060)),
        body_part=closed_lists.body_part(header.value(clean, 0x00180015)),
        series_number=_whole_number(clean, 0x00200011),
        instance_number=_whole_number(clean, 0x00200013),
        position=_position(clean),
        text_search=burned_in.text_search(received),
        is_typical=burned_in.is_typical(received),
        refers=tuple(dict.fromkeys(_referred(clean))),
        side=closed_lists.side(header.value(clean, 0x00200062) or header.value(clean, 0x00200060)),
        view=closed_lists.view(header.value(clean, 0x00185101)),
        words=_words(clean),
    )


def _words(clean: Dataset) -> str:
    """What the wall kept of Series Description and Study Description."""
    said = (str(header.value(clean, tag) or "").strip() for tag in (0x0008103E, 0x00081030))
    return " · ".join(dict.fromkeys(words[:_LONGEST] for words in said if words))


def day_of(dataset: Dataset) -> str | None:
    """The day of an exam as YYYY-MM-DD: the first valid one of its dates; None without one."""
    return _day(str(header.value(dataset, tag) or "") for tag in _DATES)


def _day(candidates: Iterable[str]) -> str | None:
    """The first real calendar day among DICOM dates, as YYYY-MM-DD; days before X-rays were discovered (1895) are none."""
    for candidate in candidates:
        digits = re.sub(r"\D", "", candidate)[:8].ljust(8, "x")
        try:
            day = date.fromisoformat(digits)
        except ValueError:
            continue
        if day.year >= 1895:
            return day.isoformat()
    return None


def _referred(clean: Dataset) -> Iterator[str]:
    """SOP Instance UIDs of the images that a key object selection (PS3.3 C.17.6) or a presentation state (C.11.11) is about."""
    if str(header.value(clean, 0x00080060) or "") not in ("KO", "PR"):
        return
    groups = [*header.items(clean, 0x0040A730), *header.items(clean, 0x00081115)]
    for group in groups:
        for reference in (*header.items(group, 0x00081199), *header.items(group, 0x00081140)):
            uid = header.value(reference, 0x00081155)
            if uid:
                yield str(uid)


def _whole_number(clean: Dataset, tag: int) -> int | None:
    number = header.value(clean, tag)
    try:
        return int(number) if number is not None else None
    except (TypeError, ValueError):
        return None


def _position(clean: Dataset) -> float | None:
    """Image Position (Patient) along the normal of Image Orientation (Patient), PS3.3 C.7.6.2.1.1, in millimetres."""
    try:
        place = [float(number) for number in header.value(clean, 0x00200032) or ()]
        cosines = [float(number) for number in header.value(clean, 0x00200037) or ()]
        (ax, ay, az, bx, by, bz), (x, y, z) = cosines, place
    except (TypeError, ValueError):
        return None
    return round(x * (ay * bz - az * by) + y * (az * bx - ax * bz) + z * (ax * by - ay * bx), 3)
