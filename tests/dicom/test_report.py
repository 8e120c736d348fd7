import json

from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

import exports
from radiary.dicom import report
from walled import clean

SR = "1.2.840.10008.5.1.4.1.1.88.67"


def code(value: str, scheme: str, meaning: str) -> Dataset:
    made = Dataset()
    made.CodeValue, made.CodingSchemeDesignator, made.CodeMeaning = value, scheme, meaning
    return made


def item(kind: str, name: Dataset, **values: object) -> Dataset:
    made = Dataset()
    made.RelationshipType, made.ValueType, made.ConceptNameCodeSequence = "CONTAINS", kind, Sequence([name])
    for keyword, value in values.items():
        setattr(made, keyword, value)
    return made


def dose_report() -> Dataset:
    """Of a CT: one event with its dose, and who did it."""
    measured = Dataset()
    measured.NumericValue, measured.MeasurementUnitsCodeSequence = "312.5", Sequence([code("mGy.cm", "UCUM", "mGy.cm")])
    content = [
        item("CODE", code("121058", "DCM", "Procedure reported"), ConceptCodeSequence=Sequence([code("77477000", "SCT", "CT")])),
        item("PNAME", code("113870", "DCM", "Person Name"), PersonName="Fictus^Operator"),
        item(
            "CONTAINER",
            code("113819", "DCM", "CT Acquisition"),
            ContentSequence=Sequence(
                [
                    item("TEXT", code("125203", "DCM", "Acquisition Protocol"), TextValue="Thorax of Petronella"),
                    item("NUM", code("113838", "DCM", "DLP"), MeasuredValueSequence=Sequence([measured])),
                ]
            ),
        ),
    ]
    made = exports.dataset(modality="SR", sop_class=SR, ContentDate="20240116")
    made.ValueType, made.ConceptNameCodeSequence = "CONTAINER", Sequence([code("113701", "DCM", "X-Ray Radiation Dose Report")])
    made.ContentSequence = Sequence(content)
    return made


def test_a_dose_report_can_be_read() -> None:
    said = report.text(clean(dose_report()).dataset)
    assert said.splitlines() == [
        "2024-01-16",
        "X-Ray Radiation Dose Report",
        "  Procedure reported: Computed tomography",
        "  Person Name: (left out)",
        "  CT Acquisition",
        "    Acquisition Protocol: (left out)",
        "    DLP: 312.5 mGy.cm",
    ]


def test_the_same_stands_in_json() -> None:
    found = json.loads(report.json_of(clean(dose_report()).dataset))
    assert found["name"] == "X-Ray Radiation Dose Report"
    assert found["contains"][2]["contains"][1] == {"name": "DLP", "type": "NUM", "value": {"number": "312.5", "unit": "mGy.cm"}}


def test_a_report_without_content_is_no_error() -> None:
    assert report.text(Dataset()) == "\n"


def test_a_birth_date_leaves_under_no_name() -> None:
    made = dose_report()
    made.PatientBirthDate = "19530828"
    made.ContentSequence.append(item("DATE", code("L-1", "99LOCAL", "Geburtsdatum"), Date="19530828"))
    made.ContentSequence.append(item("DATE", code("L-2", "99LOCAL", "Geburtsdatum der Mutter"), Date="19310704"))
    made.ContentSequence.append(item("DATE", code("111060", "DCM", "Study Date"), Date="19530828"))
    left = clean(made).dataset
    assert "1953" not in str(left)
    assert "1931" not in str(left)


def test_running_text_passes_as_a_whole_or_not_at_all() -> None:
    made = dose_report()
    for text in (
        "A tumor in the liver could be excluded by Petronella",
        "A tumor in the liver seen with Petronella",
        "Normal liver",
    ):
        made.ContentSequence.append(item("TEXT", code("121071", "DCM", "Finding"), TextValue=text))
    said = report.text(clean(made).dataset)
    assert "Finding: (left out)" in said
    assert "Finding: Normal liver" in said
    assert "tumor" not in said
