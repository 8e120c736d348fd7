"""Numbers that may tell who somebody is: in descriptions and in number attributes."""

from typing import Any

import pytest

import exports
from radiary.dicom.wall import own_words
from radiary.dicom.wall.descriptions import cleaned
from radiary.model.nouns import Identity
from walled import clean

HERS = own_words.in_identity(Identity("Synthetica^Petronella", "19810704", "5512", ""))


@pytest.mark.parametrize(
    ("text", "leaves"),
    [
        ("CT 5512 chest", "CT chest"),
        ("CT chest ID5512", "CT chest"),
        ("CT chest 55-12", "CT chest"),
        ("CT chest L5512", "CT chest"),
        ("CT chest 0055 12", "CT chest"),
        ("CT chest 04.07.", "CT chest"),
        ("CT chest 4/7", "CT chest"),
        ("07-04 CT chest", "CT chest"),
        ("CT chest 92 jaar", "CT chest"),
        ("CT chest 103Y", "CT chest"),
        ("age 95 CT chest", "CT chest"),
        ("CT chest 91 yo", "CT chest"),
        ("CT thorax 97-jährige", "CT thorax"),
        ("CT chest 1234 AB Utrecht", "CT chest"),
        ("CT chest 1234AB", "CT chest"),
        ("CT chest 8000 Wobbelstad", "CT chest"),
        ("CT chest Wobbelstad 3000", "CT chest"),
        ("CT chest SW1A 1AA", "CT chest"),
        ("CT chest K1A 0B1", "CT chest"),
        ("CT chest K1A0B1", "CT chest"),
        ("CT chest 0704", "CT chest"),
        ("CT chest 04 07", "CT chest"),
        ("CT chest geb. 4.7.", "CT chest"),
        ("CT thorax 97jähr.", "CT thorax"),
        ("CT thorax âge 95", "CT thorax"),
        ("CT thorax lft 95", "CT thorax"),
        ("CT thorax âgée de 95", "CT thorax"),
        ("CT chest 95F", "CT chest"),
        ("CT chest M101", "CT chest"),
        ("CT chest 1000, Wobbelstad", "CT chest"),
        ("CT chest Wobbelstad (3000)", "CT chest"),
        ("CT chest CH-8001", "CT chest"),
        ("CT chest 1017 ST", "CT chest"),
        ("CT chest 1000 ST Wobbelstad", "CT chest ST"),
        ("CT chest Wobbelstad 1000 ST", "CT chest ST"),
        ("CT chest 4711 5815", "CT chest"),
        ("CT chest b470_123_451", "CT chest"),
        ("MR chest B 10.10.1990", "MR chest"),
        ("MR chest b 20-10-50", "MR chest"),
        ("CT chest 0470 12 34 56 min", "CT chest 56 min"),
        ("MR 1200 ST te Wobbelstad", "MR ST"),
        ("CT thorax 1500 KV in Wobbelstad", "CT thorax KV in"),
        ("CT chest 1017ab", "CT chest"),
        ("CT chest AT-1010", "CT chest"),
        ("CT chest 4-jul", "CT chest"),
        ("CT chest 04 July", "CT chest"),
        ("CT chest Juli 4", "CT chest"),
        ("PD 4711/58", "PD"),
        ("CT 4000/100", "CT"),
        ("T2 0470/12", None),
        ("CT 4/VII", "CT"),
        ("CT 04.VII.1981", "CT"),
        ("CT 1017 ab", "CT"),
        ("CT 1017 ap Wobbelstad", "CT"),
        ("CT bed 12 kamer 301", "CT"),
        ("CT chest 4/7/81", "CT chest"),
        ("CT chest 4 7 81", "CT chest"),
        ("CT chest 81/7/4", "CT chest"),
        ("CT thorax 94v", "CT thorax"),
        ("CT thorax v94", "CT thorax"),
        ("CT thorax 94/M", "CT thorax"),
        ("V/103 CT thorax", "CT thorax"),
    ],
)
def test_a_telling_number_goes(text: str, leaves: str) -> None:
    assert cleaned(text, HERS) == leaves


@pytest.mark.parametrize(
    "text",
    ["CT chest 5.5 mm", "MR b1000 DWI", "CT 4.7 mm", "T2 TSE 4000 ms", "CT chest 89 jaar", "L4/5 MR", "MR L5-S1 3 mm",
     "95 kV CT", "phase 90 %", "CT 2000 chest", "MR 5513",
     "CT B95F", "CT 0705", "CT chest 4.7", "MR (1000) DWI", "NM TC 99M MDP",
     "CT 1000 ST", "MR 2000 FS", "b50_400_800", "ep_b1000#21",
     "MR 4/8/81", "CT 5 7 9", "CT thorax 84/M",
     "b0, 500, 1000 ADC", "CT 80/140 kV", "Iomeron 400 100 ml", "CT 120 250 mAs",
     "T2 4000/100", "T1 500/12", "FLAIR 9000/120/2500", "MR PD 2500/30 4 mm", "MR 1200 ST in phase",
     "CT 4/III", "TR 1280 te 90", "slice 1017 of 1020", "CT 1017 mm", "CT 1000 st", "PET 6 bed", "PET bed 3",
     "CT 1017mm", "MR 2000fs", "14 MRT", "MAR 4"],
)  # fmt: skip
def test_any_other_number_stays(text: str) -> None:
    assert cleaned(text, HERS) == text


@pytest.mark.parametrize("text", ["CT 14-mrt", "CT 14mrt", "CT MAR 14", "14 MAR CT"])
def test_her_birthday_goes_where_its_month_is_the_name_of_an_examination(text: str) -> None:
    assert cleaned(text, own_words.in_identity(Identity("", "19810314", "", ""))) == "CT"


def left(keyword: str, value: Any, **more: Any) -> Any:
    found = clean(exports.slice_of_ct(**{keyword: value}, **more)).dataset.get(keyword)
    return None if found in (None, "") else str(found)


@pytest.mark.parametrize("keyword", ["SeriesNumber", "AcquisitionNumber"])
def test_a_number_of_four_digits_is_hers_where_it_stands_alone(keyword: str) -> None:
    assert left(keyword, "5512", PatientID="5512") is None
    assert left(keyword, "5513", PatientID="5512") == "5513"


def test_a_measured_number_that_is_like_hers_stays() -> None:
    assert left("XRayTubeCurrent", "2000", PatientID="2000") == "2000"


@pytest.mark.parametrize(
    ("keyword", "value"),
    [("SeriesNumber", "612345678"), ("AcquisitionNumber", "5551234567"), ("ReconstructionDiameter", "31612345678")],
)
def test_other_peoples_long_numbers_go(keyword: str, value: str) -> None:
    assert left(keyword, value) is None


@pytest.mark.parametrize(
    ("keyword", "value"), [("RadionuclideTotalDose", "474592928"), ("ImagingFrequency", "85255980"), ("SeriesNumber", "100501")]
)
def test_a_measured_large_number_stays(keyword: str, value: str) -> None:
    assert left(keyword, value) == value
