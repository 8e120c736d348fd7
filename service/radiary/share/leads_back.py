"""The last look at a copy: whether anything in it leads back to the library, or, where days are counted, to a date."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from radiary.dicom.wall import identity_forms
from radiary.language import CODES, Language
from radiary.library import layout
from radiary.model.records import StudyRecord

_DIGITS = 12
"""Hex digits of a file's digest, of which the captions in the owner's own viewer say so many."""
_LEAST = 5
"""Letters of the shortest code of a person that is looked for: a shorter one, which its owner made up, stands anywhere."""


def marks(records: Iterable[StudyRecord], people: Iterable[str], days: Iterable[str]) -> set[str]:
    """What must not be in it: identifiers, codes and digests of the library, codes of `people`, and `days` (YYYY-MM-DD)."""
    marks_of_library = set[str]()
    for record in records:
        marks_of_library |= {record.patient, *_of_study(record)}
    marks_of_library |= {form for day in days for form in _written(day)}
    return {mark.lower() for mark in {*marks_of_library, *people} if len(mark) >= _LEAST}


def places(marks: Iterable[str], texts: Mapping[str, bytes], names: Iterable[str]) -> list[str]:
    """The files, by name, in which one of the marks stands as a word of its own."""
    pattern = re.compile(rb"(?<![0-9a-z])(?:" + b"|".join(re.escape(mark.encode()) for mark in sorted(marks)) + rb")(?![0-9a-z])")
    return [
        *(name for name, data in texts.items() if pattern.search(data.decode(errors="replace").lower().encode())),
        *(name for name in names if pattern.search(name.lower().encode())),
    ]


def _of_study(record: StudyRecord) -> Iterator[str]:
    uids = [record.uid]
    for series in record.series:
        uids.append(series.uid)
        for image in series.instances:
            uids += [image.uid, *image.refers]
            yield image.pixels
            for file in image.files:
                yield file.sha256
                yield file.sha256[:_DIGITS]
    yield from uids
    yield from map(layout.code, uids)


def _written(day: str) -> Iterator[str]:
    """A day in the forms that people and programs write, in every language; not the short ones that are numbers of anything."""
    yield day
    yield day.replace("-", "")
    for language in map(Language, CODES):
        yield language.day(day)
        yield language.short_day(day)
    of_day = date.fromisoformat(day)
    for parts in identity_forms.dates(f"{of_day:%Y%m%d}"):
        if str(of_day.year) in parts:
            yield from (sign.join(parts) for sign in (" ", "-", ".", "/"))
