"""Headings of a paper's tables that name somebody known, such as the one at the top of each page: they are no sections."""

from collections.abc import Collection
from dataclasses import replace

from radiary.dicom.wall import identity_forms
from radiary.documents.reading import Reading
from radiary.documents.values import APART
from radiary.ingest import named_on_cuttings
from radiary.model.nouns import Identity


def left_out(reading: Reading, people: Collection[Identity]) -> Reading:
    """What a paper says, without them: a section goes wherever a released series goes."""
    names = {name for one in people for name in named_on_cuttings.names(one)}
    values = tuple(replace(value, section=_section(value.section, names)) for value in reading.values)
    return replace(reading, values=values)


def _section(text: str, names: set[str]) -> str:
    return APART.join(part for part in text.split(APART) if names.isdisjoint(identity_forms.words(part)))
