"""No question becomes a finding, whatever the wall drops of a description."""

import pytest

from radiary.dicom.wall.descriptions import cleaned
from radiary.dicom.wall.own_words import OwnWords

HERS = OwnWords(frozenset({"synthetica", "petronella"}))

WHOLE = (
    "query PE", "susp. fracture", "DD Fraktur", "DD: Fraktur", "vraag: fractuur?", "? fracture", "CT thorax ?PE", "CT (PE?)",
    "probable fracture", "mogelijk fractuur", "waarschijnlijk fractuur", "eventueel fractuur", "fragl. Fraktur",
    "mögliche Fraktur", "doute fracture", "fracture éventuelle", "CT poss. fracture", "Fraktur fraglich",
    "MR d.d. fractuur", "evaluate for PE", "CT DD", "fractuur dd",
)  # fmt: skip
SHORTENED = {
    "CT thorax Synthetica fracture?": "CT thorax fracture ?",
    "CT thorax Synthetica ?PE": "CT thorax ? PE",
    "CT thorax PE? Synthetica": "CT thorax PE ?",
    "CT Synthetica query PE": "CT query PE",
    "CT Synthetica DD Fraktur": "CT DD Fraktur",
    "IRM c?r?brale": "IRM",
    "CT d.d. 12-03-2024": "CT",
    "CT dd 12-03-2024": "CT",
}
DROPPED = (
    "query Synthetica PE", "CT Synthetica? PE", "CT ? Synthetica fracture", "DD Synthetica Fraktur", "susp. Synthetica fracture",
    "mogelijk Synthetica fractuur", "vraag Petronella: fractuur", "fracture probable Synthetica",
    "fracture Synthetica DD",
)  # fmt: skip


@pytest.mark.parametrize("text", WHOLE)
def test_a_doubt_about_safe_words_stays_as_it_is(text: str) -> None:
    assert cleaned(text, HERS) == text


@pytest.mark.parametrize("text", SHORTENED)
def test_a_doubt_keeps_what_it_doubts_when_other_words_are_dropped(text: str) -> None:
    assert cleaned(text, HERS) == SHORTENED[text]


@pytest.mark.parametrize("text", DROPPED)
def test_what_would_lose_a_doubt_or_doubt_something_else_is_dropped_whole(text: str) -> None:
    assert cleaned(text, HERS) is None
