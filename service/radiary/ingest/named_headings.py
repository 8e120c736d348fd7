"""Headings of a paper's tables that name somebody, such as the one at the top of each page: they are no sections."""

import re
from collections.abc import Collection
from dataclasses import replace

from radiary.dicom.wall import identity_forms, word_lists
from radiary.documents import lexicon
from radiary.documents.reading import APART, Reading
from radiary.ingest import named_on_cuttings, others_on_cuttings
from radiary.model.nouns import Identity

_FILE = "sections.txt"
_NOBODY = others_on_cuttings.known(())
_MOST = 5
"""Words of a name without a title."""
_SHORTEST = 4
"""Letters of a name that stands alone; shorter ones are abbreviations."""


def left_out(reading: Reading, people: Collection[Identity]) -> Reading:
    """What a paper says, without them, as a section goes wherever a released series goes; and without rows of somebody's name."""
    names = {name for one in people for name in named_on_cuttings.names(one)}
    tests = (one for one in reading.values if one.unit or one.range or not _is_somebody(one.name, names))
    return replace(reading, values=tuple(replace(one, section=_section(one.section, names)) for one in tests))


def _is_somebody(text: str, names: set[str]) -> bool:
    """Whether a text is somebody's names and nothing else; one word may be a test's, such as ANA."""
    words = set(identity_forms.words(text))
    return len(words) > 1 and names.issuperset(words)


def _section(text: str, names: set[str]) -> str:
    parts = (part for part in text.split(APART) if names.isdisjoint(identity_forms.words(part)))
    return APART.join(part for part in parts if not (others_on_cuttings.are_in([part], _NOBODY) or _is_like_a_name(part)))


def _is_like_a_name(text: str) -> bool:
    """Whether a heading is words with capitals, none of them one of medicine: it may name somebody without a title."""
    words = [word for word in re.findall(r"[\w'’.-]+", text) if lexicon.folded(word) not in word_lists.particles()]
    is_abbreviation = len(words) == 1 and len(words[0]) < _SHORTEST
    are_capitals = all(word[0].isupper() and not re.search(r"\d", word) for word in words)
    is_written_so = 0 < len(words) <= _MOST and are_capitals and not is_abbreviation
    return is_written_so and not any(map(_is_usual, identity_forms.words(text)))


def _is_usual(word: str) -> bool:
    is_listed = word in word_lists.coded() and word not in word_lists.ambiguous()
    known = lexicon.words(_FILE)
    return is_listed or word in known or any(role == "piece" and piece in word for piece, role in known.items())
