"""Diseases and parts of the body that are called after somebody keep their names, and people of these names lose theirs."""

import pytest

from radiary.dicom.wall.descriptions import cleaned
from radiary.dicom.wall.own_words import OwnWords

NOBODY = OwnWords(frozenset())


@pytest.mark.parametrize(
    "text",
    [
        "MRA circulus van Willis", "Bell palsy MR", "echo Baker cyste knie links", "Baker's cyst left knee",
        "Baker-Zyste Knie li",
        "RX voet syndroom van Down", "ziekte van Crohn, MR enterografie", "maladie de Crohn IRM", "Morbus Bechterew RX ISG",
        "M. Bechterew ISG", "Parkinson's disease DaTscan", "Alzheimer-Krankheit MRT Kopf", "tendon d'Achille gauche",
        "Hill-Sachs letsel schouder", "Arnold-Chiari IRM cérébrale", "Osgood-Schlatter knie li", "Colles fracture R wrist",
        "non-Hodgkin lymphoma FDG PET", "lésion de Bankart épaule droite", "Barrett oesofagus", "papilla Vateri",
    ],
)  # fmt: skip
def test_what_is_called_after_somebody_keeps_its_name(text: str) -> None:
    assert cleaned(text, NOBODY) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Bell, Karen MR brain", "MR brain"),
        ("Bell K. palsy", "palsy"),
        ("Willis CT", "CT"),
        ("Baker knee MR", "knee MR"),
        ("M. Turner IRM", "IRM"),
        ("M. Scheuermann BWS", "BWS"),
        ("Mr Graves disease, CT", "Mr disease CT"),
        ("Mevr. Turner syndroom", None),
        ("Dr. Parkinson disease", None),
        ("Smith fracture wrist", "fracture wrist"),
        ("ziekte van Zzjansen", "ziekte"),
        ("MRI Zzanna-Chiari", "MRI"),
    ],
)
def test_a_name_without_what_makes_a_term_of_it_goes(text: str, left: str | None) -> None:
    assert cleaned(text, NOBODY) == left


@pytest.mark.parametrize("text", ["Bell palsy", "syndroom van Bell", "paralysie de Bell"])
def test_a_term_that_holds_the_patients_own_name_goes(text: str) -> None:
    assert "bell" not in (cleaned(text, OwnWords(frozenset({"bell"}))) or "").lower()
