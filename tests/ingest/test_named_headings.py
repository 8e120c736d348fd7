"""Headings of a paper's tables that name somebody known are no sections."""

from decimal import Decimal

import pytest

from radiary.documents.reading import Reading, Value
from radiary.ingest import named_headings
from radiary.model.nouns import Identity

HERS = Identity("Quillemans^Roos", "19581123", "Q-4411", "")


def test_a_heading_that_names_somebody_known_is_no_section() -> None:
    sections = ("QUILLEMANS ROOS", "CHEMIE · Mevr Quillemans", "URINE · Sediment", "")
    reading = Reading(kind="blood-analysis", values=tuple(Value(name="Kalium", section=one) for one in sections))
    kept = named_headings.left_out(reading, [HERS]).values
    assert [one.section for one in kept] == ["", "CHEMIE", "URINE · Sediment", ""]


def test_a_row_that_names_somebody_known_beside_a_number_is_no_test() -> None:
    named = Value(name="Quillemans Roos", number=Decimal(65))
    tests = (Value(name="Kalium", number=Decimal(4), unit="mmol/L"), Value(name="Roos", word="1/320"), Value(name="INR"))
    reading = Reading(kind="blood-analysis", values=(named, *tests))
    assert named_headings.left_out(reading, [HERS]).values == tests


@pytest.mark.parametrize(
    "heading", ["Jan Proefmans", "PROEFMANS JAN", "Proefmans J.", "Peter van den Proef", "Els Galle, internist", "KERKSTRAAT 12"]
)
def test_a_heading_that_may_name_somebody_who_is_not_known_is_no_section(heading: str) -> None:
    assert section_of(heading) == ""


@pytest.mark.parametrize(
    "heading",
    ["Kleines Blutbild", "LEVER EN GAL", "Bilan Hépatique", "Full Blood Count", "Bijzondere Bepalingen", "Vitamine D"],
)
def test_a_heading_of_medicine_is_a_section(heading: str) -> None:
    assert section_of(heading) == heading


@pytest.mark.parametrize("heading", ["Proefmans", "PROEFMANS", "Proef-Mans", "Urine · Proefmans"])
def test_one_word_that_may_be_a_family_name_is_no_section(heading: str) -> None:
    assert section_of(heading) == heading.rpartition("Urine")[1]


@pytest.mark.parametrize("heading", ["Bloedbeeld", "Hartmerkers", "Gazométrie", "Blutgase", "Natrium", "PBF", "Thyroid", "URINE"])
def test_one_word_of_medicine_is_a_section(heading: str) -> None:
    assert section_of(heading) == heading


def section_of(heading: str) -> str:
    reading = Reading(kind="blood-analysis", values=(Value(name="Kalium", section=heading),))
    return named_headings.left_out(reading, ()).values[0].section
