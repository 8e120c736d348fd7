"""Headings of a paper's tables that name somebody known are no sections."""

from radiary.documents.reading import Reading, Value
from radiary.ingest import named_headings
from radiary.model.nouns import Identity

HERS = Identity("Quillemans^Roos", "19581123", "Q-4411", "")


def test_a_heading_that_names_somebody_known_is_no_section() -> None:
    sections = ("QUILLEMANS ROOS", "CHEMIE · Mevr Quillemans", "URINE · Sediment", "")
    reading = Reading(kind="blood-analysis", values=tuple(Value(name="Kalium", section=one) for one in sections))
    kept = named_headings.left_out(reading, [HERS]).values
    assert [one.section for one in kept] == ["", "CHEMIE", "URINE · Sediment", ""]
