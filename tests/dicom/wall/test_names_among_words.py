"""Names of people that are everyday words, told by what stands beside them; what stands beside them stays."""

import pytest

from radiary.dicom.wall.descriptions import cleaned
from radiary.dicom.wall.own_words import OwnWords

NOBODY = OwnWords(frozenset())


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("knie L Zzjansen", "knie"),
        ("KNIE L ZZJANSEN", "KNIE"),
        ("MRI knie L de Zzsmet", "MRI knie"),
        ("IRM genou D Zzmartin", "IRM genou"),
        ("HAND_R_ZZKUYPER", "HAND"),
        ("CT K Arm", "CT"),
        ("CT A BORST", "CT"),
        ("echo k. borst", "echo"),
        ("M. Bras TDM", "TDM"),
        ("Hand J.P. RX pols", "RX pols"),
        ("CT P.J. de Zzsmet", "CT"),
        ("MRI hand A-M Zzclaes", "MRI hand"),
        ("RX hand L Hals", "RX hand"),
        ("BORST A. CT", "CT"),
    ],
)
def test_an_initial_goes_with_its_name(text: str, left: str) -> None:
    assert cleaned(text, NOBODY) == left


@pytest.mark.parametrize(
    "text",
    [
        "knie L", "L knie", "Hand MD", "RX hand R", "Knie L Plattenosteosynthese", "R. Knie ap",
        "Hand L.", "MRI knie L sag", "RX hand L Pols L", "RX Hand R Finger", "RX knie L+R staand", "RX pied D/G",
    ],
)  # fmt: skip
def test_a_letter_that_is_nobodys_stays(text: str) -> None:
    assert cleaned(text, NOBODY) == text


def test_a_side_before_a_word_that_is_too_long_for_a_name_stays() -> None:
    assert cleaned("Knie L Zzplattenversorgung", NOBODY) == "Knie L"


def test_a_side_before_an_unknown_finding_stays() -> None:
    assert cleaned("Knie L Zzgonitis", NOBODY) == "Knie L"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("aanvrager: borst", None),
        ("aanvrager: dr. J. de Zzjong, CT thorax", "CT thorax"),
        ("verwezen door Borst, MRI knie", "MRI knie"),
        ("MRI knie verwezen door A. Hand", "MRI knie"),
        ("CT abdomen t.a.v. Borst", "CT abdomen"),
        ("op vraag van dr. Borst CT", "CT"),
        ("RX pols cc Hand", "RX pols"),
        ("par le Dr main, RX épaule", "RX épaule"),
        ("demandé par main", None),
        ("CT Dr borst", "CT"),
        ("Dr. med. Hals CT Thorax", "CT Thorax"),
        ("überwiesen von Hals", None),
        ("Überw. durch Dr. Arm, MRT Knie", "MRT Knie"),
        ("z.Hd. Dr. Hals MRT", "MRT"),
        ("ref. by Head CT chest", "CT chest"),
        ("referred by dr head", None),
        ("Patient: Hals, CT", "CT"),
        ("patient Head CT chest", "CT chest"),
        ("DR BORST CT", "CT"),
        ("read by: Zzlong Head / Hand CT", "CT"),
        ("kopie: Borst L.", None),
        ("dr p hand MRI", "MRI"),
        ("consultant: Head, CT", "CT"),
        ("zzsecretary: Main", None),
        ("huisarts: hals", None),
        ("validé par Main, IRM genou", "IRM genou"),
        ("baby Head CT chest", "CT chest"),
        ("MRI Dr. Eva Kopf-Hals", "MRI"),
        ("aanvrager: Hand knie", "knie"),
        ("patient borst", None),
        ("cc borst", None),
        ("copie à Main, IRM genou", "IRM genou"),
        ("pt Voet MR knie", "MR knie"),
        ("i.V. Hals", None),
        ("gez. i.V. Kopf, CT Thorax", "CT Thorax"),
        ("CT thorax [Borst]", "CT thorax"),
        ("CT thorax <Hand>", "CT thorax"),
        ("copy to Dr. O'Zzullivan - chest PA", "chest PA"),
    ],
)
def test_what_stands_behind_a_role_is_a_name_up_to_the_end_of_the_phrase(text: str, left: str | None) -> None:
    assert cleaned(text, NOBODY) == left


@pytest.mark.parametrize(
    "text",
    [
        "patient head first",
        "Patient Arm oben",
        "Fr. Hand re",
        "patient supine",
        "MG R CC",
        "uitgevoerd door middel van echo",
        "operator hand",
        "CT ref hand",
        "kein KM i.V. Hals",
        "CT [Hals]",
    ],
)
def test_a_role_with_no_name_behind_it_takes_nothing(text: str) -> None:
    words = (cleaned(text, NOBODY) or "").split()
    assert words[-1] == text.rsplit(maxsplit=1)[-1]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Borst^Zzanna", None),
        ("Main^Jean", None),
        ("CT Anna Borst", "CT"),
        ("CT Borst Zzanna", "CT"),
        ("CT BORST ZZANNA", "CT"),
        ("ct anna borst", "ct"),
        ("CT Max Borst", "CT"),
        ("CT door borst", "CT"),
        ("CT chest by Head", "CT chest"),
        ("Hals, Eva CT Becken", "CT Becken"),
        ("CT hals, Anna Borst", "CT hals"),
    ],
)
def test_a_part_of_the_body_beside_a_first_name_is_a_family_name(text: str, left: str | None) -> None:
    assert cleaned(text, NOBODY) == left


@pytest.mark.parametrize(
    "text",
    [
        "CT borst", "RX hand", "CT Hals MR Kopf", "tête et cou", "bone age hand", "MRT Hals Max", "injection par bras", "by hand",
        "Head^General", "Bein Zzödem", "Lever Zzangioom", "Region: Hals", "onderzoek: hand", "Spoel: hand",
        "HAND ZZARTHROSE", "MR door de hand",
    ],
)  # fmt: skip
def test_a_part_of_the_body_among_words_of_an_examination_stays(text: str) -> None:
    left = set((cleaned(text, NOBODY) or "").lower().replace("^", " ").replace(":", "").split())
    asked = {word for word in text.lower().replace("^", " ").replace(":", "").split() if not word.startswith("zz")}
    assert left >= asked - {"max", "door", "spoel"}


@pytest.mark.parametrize(
    "text",
    [
        "MRI v.d. knie", "CT LWK 3 t.h.v. L4", "echo abdomen i.v.m. pijn", "RX KNIE P", "RX thorax F+P staand", "RX KNIE F + P",
        "MRI long axis", "CT young adult", "RX lange botten", "coloscanner à l'eau", "CT Th12-L1", "RX pols in gips",
        "Kontrolle Z.n. Plattenosteosynthese Radius", "CT felsenbeen", "RX schouder Neer",
        "CT long", "MRI SI-gewrichten", "XR T-spine", "CT C/A/P", "L3 à S1 IRM", "Ellenbogen a.p. u. seitl",
        "MRI bot venster", "XR T spine", "XR: no # wrist",
        "veneuze fase 70 s", "Röntgen Hand d.p.",
    ],
)  # fmt: skip
def test_what_radiologists_abbreviate_stays(text: str) -> None:
    assert cleaned(text, NOBODY) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("CT van Zzelder thorax", "CT thorax"),
        ("MRI v.d. Zzberg knie", "MRI knie"),
        ("MRI v.d. zzberg knie", "MRI knie"),
        ("RX P. Zzberg", "RX"),
        ("RX Zzberg P", "RX"),
        ("CT knie P", "CT knie"),
        ("CT Young", "CT"),
        ("ct jan long", "ct"),
        ("CT u. Zzberg thorax", "CT thorax"),
        ("CT Long", "CT"),
        ("voor Dr. Zzlambrecht, knie rechts", "knie rechts"),
        ("CT thorax kopie voor Zzsofie", "CT thorax"),
        ("IRM lombaire pour Mme Zzlef", "IRM lombaire"),
        ("CT abdomen cc Dr Zzverstraete", "CT abdomen"),
        ("CT 100 cc Zzvist", "CT 100 cc"),
        ("MG R CC Zzlambert", "MG R CC"),
        ("XR: no # wrist Zzpeters", "XR no # wrist"),
        ("CT Abdomen i.V. Zzmuller", "CT Abdomen"),
        ("MR knie R Dr. Zzmaes", "MR knie R"),
    ],
)
def test_the_same_letters_and_words_in_a_name_go(text: str, left: str) -> None:
    assert cleaned(text, NOBODY) == left
