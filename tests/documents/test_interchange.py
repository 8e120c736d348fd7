"""What goes out: a table that other programs read, and a FHIR Bundle that is valid by the official schema."""

import csv
import io
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from radiary.documents import interchange, series
from radiary.documents.interchange import PaperOfDay
from radiary.documents.series import Series
from radiary.model.events import FiledStudy
from radiary.state.paper_facts import ConfirmedValue, PaperFact

SCHEMA = json.loads((Path(__file__).parent / "fhir-4.0.1.json").read_text(encoding="utf-8"))
DAY = date(2024, 3, 5)
VALUES = (
    ConfirmedValue(name="CRP", number=Decimal("0.5"), comparator="<", unit="mg/L", high=Decimal(5), range="<5,0", day=DAY),
    ConfirmedValue(name="Leukocyten", number=Decimal(9), unit="Tsd/µl", low=Decimal(4), high=Decimal(8), range="4 - 8", flag="H"),
    ConfirmedValue(name="Rotavirus", word="Negatief", day=date(2024, 3, 5)),
    ConfirmedValue(name="=HYPERLINK()", number=Decimal("-2.5"), unit="punten"),
)
STUDY = FiledStudy(
    uid="2.25.1", folder="2024-01-02/CT-abcdefgh", date="2024-01-02", patient="P-A", modality="CT", held=False, series=(), added=0
)
PAPER = PaperOfDay("2.25.77", "P-A", "blood-analysis", "2024-03-05")


def known() -> list[Series]:
    return series.series([PaperFact(does="confirmed", paper="2.25.77", person="P-A", laboratory="Labo", values=VALUES)])


def errors(resource: dict[str, Any]) -> list[str]:
    schema = SCHEMA["definitions"][resource["resourceType"]] | {"definitions": SCHEMA["definitions"]}
    return [one.message for one in jsonschema.Draft6Validator(schema).iter_errors(resource)]


def resources() -> list[dict[str, Any]]:
    made = interchange.bundle(
        known(), [STUDY], [PAPER, PaperOfDay("2.25.78", "", "letter", None)], at="2024-04-01T10:00:00+00:00"
    )
    assert (made["resourceType"], made["type"]) == ("Bundle", "collection")
    return [one["resource"] for one in json.loads(json.dumps(made))["entry"]]


def test_every_resource_is_valid_by_the_official_schema() -> None:
    made = resources()
    kinds = [one["resourceType"] for one in made]
    assert {"Patient", "ImagingStudy", "Observation", "DiagnosticReport", "DocumentReference"} == set(kinds)
    assert [message for one in made for message in errors(one)] == []
    assert all(one["id"] for one in made)


@pytest.mark.parametrize("broken", [{"status": 5}, {"valueQuantity": {"value": "five"}}, {"id": "with space"}, {"unknown": 1}])
def test_a_broken_one_is_not(broken: dict[str, Any]) -> None:
    observation = next(one for one in resources() if one["resourceType"] == "Observation")
    assert errors(observation | broken)


def test_a_code_of_a_unit_stands_only_where_its_spelling_is_known() -> None:
    quantities = {
        one["code"]["text"]: one.get("valueQuantity", {}) for one in resources() if one["resourceType"] == "Observation"
    }
    assert quantities["Leukocyten"] | {"value": 9} == {
        "value": 9, "unit": "Tsd/µl", "system": "http://unitsofmeasure.org", "code": "10*9/L",
    }  # fmt: skip
    assert (quantities["CRP"]["code"], quantities["CRP"]["comparator"]) == ("mg/L", "<")
    assert quantities["=HYPERLINK()"] == {"value": -2.5, "unit": "punten"}


def test_the_table_is_read_back_as_it_was_and_no_spreadsheet_calculates_it() -> None:
    rows = list(csv.DictReader(io.StringIO(interchange.table(known()))))
    crp = next(row for row in rows if row["name"] == "CRP")
    assert (crp["date"], crp["comparator"], crp["value"], crp["high"], crp["range"]) == ("2024-03-05", "<", "0.5", "5", "<5,0")
    assert {row["name"] for row in rows} == {"CRP", "Leukocyten", "Rotavirus", "'=HYPERLINK()"}
    assert "-2.5" in {row["value"] for row in rows}


def test_nothing_is_released_by_itself() -> None:
    a, b = (PaperFact(does="released", series=(code, "")) for code in "ab")
    assert series.released([a, b, PaperFact(does="kept", series=("a", ""))]) == {"b": False}
    assert series.released([]) == {}
