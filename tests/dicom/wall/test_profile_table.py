"""The script that makes the table out of the standard's XML, on a small one of the same form."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from radiary.dicom.wall.profile import rows

ROOT = Path(__file__).parents[3]
HEADS = (
    "Attribute Name|Tag|Retd. (from PS3.6)|In Std. Comp. IOD (from PS3.3)|Basic Prof.|Rtn. Safe Priv. |Rtn. UIDs|Rtn. Dev. Id."
    "|Rtn. Inst. Id.|Rtn. Pat. Chars.|Rtn. Long. Full Dates|Rtn. Long. Modif. Dates|Clean Desc.|Clean Struct. Cont.|Clean Graph."
).split("|")


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("profile_table", ROOT / ".ci/profile_table.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def book(*lines: tuple[str, ...]) -> str:
    heads = "".join(f"<th><para>{head}</para></th>" for head in HEADS)
    body = "".join("<tr>" + "".join(f"<td><para>{cell}</para></td>" for cell in line) + "</tr>" for line in lines)
    return (
        '<book xmlns="http://docbook.org/ns/docbook"><table xml:id="table_E.1-1">'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></book>"
    )


def line(name: str, tag: str, basic: str, dates: str = "") -> tuple[str, ...]:
    return (name, tag, "N", "Y", basic, "", "", "", "", "", dates, dates and "C", "", "", "")


def test_the_standards_xml_becomes_the_table(script: ModuleType) -> None:
    source = book(
        line("Study Date", "(0008,0020)", "Z", "K"), line("Curve Data", "(50xx,xxxx)", "X"), line("Private", "(gggg,eeee)", "X")
    )
    old = script.present(script.PRESENT)
    text = script.written(script.rows(source), old, "2099z")
    assert text.splitlines()[0] == "# DICOM PS3.15 2099z, Table E.1-1: 3 rows. Facts of the standard, (c) NEMA."
    assert "00080020\tDA\tZ\t-\t-\t-\t-\t-\tK\tC\t-\t-\t-\tStudy Date" in text
    assert [row["tag"] for row in script.rows(source)] == ["00080020", "50xxxxxx", "private"]


def test_what_an_edition_changes_is_said_row_by_row(script: ModuleType) -> None:
    old = {"00080020": dict(rows()[0], tag="00080020", basic="Z", name="Study Date"), "00080021": dict(rows()[0], name="Gone")}
    new = script.rows(book(line("Study Date", "(0008,0020)", "X"), line("Newcomer", "(0008,9999)", "X/Z")))
    said = script.changes(new, old)
    assert said[0] == "- 00080021 Gone"
    assert said[1].startswith("~ 00080020 Study Date: basic Z → X")
    assert said[2] == "+ 00089999 Newcomer: X/Z"


def test_the_present_table_is_what_the_script_reads(script: ModuleType) -> None:
    assert list(script.present(script.PRESENT).values()) == list(rows())
