"""Pictures that came later to an exam and of which she lists a copy of her own: they are shown where she lists it alone."""

import contextlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from radiary.chronicle import series_pictures
from radiary.chronicle.joined_story import Joined, Place, Told
from radiary.chronicle.own_days import OwnDay
from radiary.chronicle.story import Exam


def shown_once(told: Joined, own: Iterable[OwnDay], images: Path) -> Joined:
    """The story, in which what has a copy elsewhere is known to have one."""
    exams = [exam for day in told.days for event in day.events for exam in event.exams]
    later = [(exam.day, one.name) for exam in exams for one in exam.pictures if one.is_later and one.name]
    codes = {place: _code(images, place) for place in later}
    if not codes:
        return told
    copied = _copied({code for code in codes.values() if code}, exams, own, images)
    places = {place for place, code in codes.items() if code in copied}
    days = (replace(day, events=tuple(_with(event, places) for event in day.events)) for day in told.days)
    return replace(told, days=tuple(days)) if places else told


def _later(exam: Exam) -> set[Place]:
    return {(exam.day, picture.name) for picture in exam.pictures if picture.is_later and picture.name}


def _copied(codes: set[bytes], exams: Iterable[Exam], own: Iterable[OwnDay], images: Path) -> set[bytes]:
    """Those of `codes` that a picture says which she lists and to which Radiary gave no name: two exams may have one picture."""
    named = {(exam.day, picture.name) for exam in exams for picture in exam.pictures}
    listed = ((event.folder, picture.name) for day in own for event in day.events for picture in event.pictures)
    return codes.intersection(_code(images, place) for place in listed if place not in named)


def _code(images: Path, place: Place) -> bytes:
    """What a picture of the site was made of, as it says itself; nothing of one that does not, or is not there."""
    with contextlib.suppress(OSError):
        return series_pictures.code_of_source(series_pictures.folder(images, place[0]) / place[1])
    return b""


def _with(event: Told, places: set[Place]) -> Told:
    elsewhere = places.intersection(place for exam in event.exams for place in _later(exam)).difference(event.elsewhere)
    return replace(event, elsewhere=(*event.elsewhere, *sorted(elsewhere))) if elsewhere else event
