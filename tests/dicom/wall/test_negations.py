"""No description says the opposite of what its author wrote, whatever the wall drops of it."""

import pytest

import exports
from radiary.dicom.wall.descriptions import cleaned
from radiary.dicom.wall.own_words import OwnWords
from walled import clean

HERS = OwnWords(frozenset({"synthetica", "petronella", "5512345"}))

WHOLE = (
    "CT CHEST W/O CONTRAST", "CT abdomen w/o", "CT THORAX o. KM", "CT THORAX o KM", "CT ohne KM",
    "MR s/ contraste", "IRM sans injection",
    "CT zonder contrast", "geen fractuur", "pas de fracture", "R/O fracture", "CT C- thorax", "CT thorax C+", "no fracture",
    "WITHOUT CONTRAST", "NON CONTRAST", "CT w/wo contrast", "CT W & W/O CONTRAST", "CT THORAX -KM", "CT mit/ohne KM",
    "negative for PE", "neg. for PE", "excl fracture", "exclude PE", "uitsluiten longembolie", "aucune fracture", "rule out PE",
    "denies pain", "keine Fraktur", "nicht kontrast", "CT W.O. contrast", "fracture excluded", "CT NC", "fracture?",
    "CT abdomen z. contrast", "CT z KM", "contrast: N", "Fraktur: nein", "KM verweigert", "contrast refused", "fractuur: neen",
    "contraste refusé", "fracture écartée", "kaum KM", "nauwelijks contrast", "contraindicated contrast", "statt links",
    "instead of left", "i.p.v. links", "au lieu de gauche", "in plaats van links", "s/p fracture", "V.a. Fraktur",
    "Z.n. Fraktur", "no h/o trauma", "zonder i.v. contrast", "ohne i.v. KM", "exclusie fractuur", "v. KM",
    "CT thorax z/c", "CT z/contrast", "CT m/z contrast", "TDM a/s injection", "TDM c/s PDC", "IRM s. gado", "MRI ± gad",
    "MRI (±C)",
    "CT wout contrast", "CT n. KM", "CT v. u. n. KM", "CT v/n KM", "links ipv rechts", "V.D. Fraktur", "z.A. Pneumonie",
    "uitsl. fractuur", "Ausschl. Fraktur", "ruled-out PE", "KM-freie Phase",
    "rule/out PE",
    "CT zc", "CT zkm", "T1 NFS", "TDM thorax SIV", "RO thorax", "Rö Thorax", "RO fracture", "elim fracture", "T2 s. fatsat",
    "geen fractuur noch luxatie", "weder Fraktur noch Luxation", "sans fracture ni luxation", "St.n. Appendektomie",
    "geen aanwijzingen voor longembolie", "kein Anhalt für Fraktur", "pas de signe de fracture", "senza mdc TC torace",
    "TC addome con e senza mdc", "RM rodilla sin contraste",
    "CT Thorax v.KM", "beidseits außer links", "behalve links", "sauf gauche",
)  # fmt: skip
DROPPED = (
    "geen Synthetica fractuur", "no Synthetica fracture", "without Petronella contrast", "CT Synthetica w/o xyzzy contrast",
    "niet afwijkend", "never smoker", "Ni fracture", "fracture Synthetica excluded", "CT Petronella KM frei",
    "CT Synthetica KM-frei",
    "n'est pas vu fracture", "fracture isn't there", "pas une fracture", "CT Synthetica ohneKM", "Synthetica free",
    "CT Synthetica without Petronella", "no 5512345 fracture", "fracture Synthetica excluded CT",
    "KM: N Synthetica", "fractuur: nee", "links instead of Synthetica", "contrast Synthetica refused", "s/p Synthetica fracture",
    "CT contrastvrij", "CT contrastfree", "kontrastmittelfreie Phase", "T1 noFS", "T2 nofat", "MR nogad",
    "RO Synthetica fracture", "élim. Synthetica fracture", "Ro Synthetica CT", "CT Synthetica RO",
    "links ipv Synthetica", "CT z/ Synthetica contrast",
    "geen aanwijzingen voor Synthetica", "no evidence of Zzosis", "ni Synthetica fracture", "geen fractuur noch Synthetica",
    "CT O. Synthetica Fraktur", "CT o. Synthetica", "O. Zzkuyper thorax",
)  # fmt: skip
SHORTENED = {
    "CT Synthetica o. KM": "CT o. KM",
    "Petronella CT chest w/o contrast": "CT chest w/o contrast",
    "CT Synthetica - KM": "CT -KM",
    "CT Synthetica –KM": "CT -KM",
    "CT thorax zonder contrast Synthetica": "CT thorax zonder contrast",
    "CT Synthetica thorax": "CT thorax",
    "Synthetica pas de fracture": "pas de fracture",
    "CT thorax i.v. Synthetica": "CT thorax i.v.",
    "CT chest 55 y/o": "CT chest 55",
    "CT Synthetica p.o. contrast": "CT p.o. contrast",
    "CT Synthetica P.O. KM": "CT P.O. KM",
    "CT zc Synthetica": "CT zc",
    "Synthetica CT NC": "CT NC",
    "CT unenhanced Synthetica": "CT unenhanced",
    "CT RO Synthetica": "CT",
    "CT thorax O. Zzkuyper": "CT thorax",
    "CT O. KM Zzkuyper": "CT O. KM",
    "CT S. Fatima": "CT",
    "CT Synthetica nerve: N. ulnaris": "CT nerve : N ulnaris",
}


@pytest.mark.parametrize("text", WHOLE)
def test_a_denial_of_safe_words_stays_as_it_is(text: str) -> None:
    assert cleaned(text, HERS) == text


@pytest.mark.parametrize("text", DROPPED)
def test_what_would_lose_a_denial_or_deny_something_else_is_dropped_whole(text: str) -> None:
    assert cleaned(text, HERS) is None


@pytest.mark.parametrize("text", SHORTENED)
def test_a_denial_keeps_what_it_denies_when_other_words_are_dropped(text: str) -> None:
    found = cleaned(text, HERS)
    assert found is not None
    assert found.replace("- ", "-") == SHORTENED[text]


def test_a_patient_who_is_called_like_a_denial_costs_the_description() -> None:
    assert cleaned("CT chest no contrast", OwnWords(frozenset({"no"}))) is None


@pytest.mark.parametrize(
    "keyword", ["SeriesDescription", "StudyDescription", "ImageComments", "RequestedContrastAgent", "ProtocolName"]
)
def test_in_every_kind_of_description_a_lost_denial_costs_the_whole(keyword: str) -> None:
    made = exports.slice_of_ct()
    setattr(made, keyword, "no Synthetica fracture")
    assert keyword not in clean(made).dataset
    setattr(made, keyword, "CT W/O CONTRAST")
    assert clean(made).dataset[keyword].value == "CT W/O CONTRAST"


def test_what_is_denied_may_be_an_own_number_in_parts() -> None:
    assert cleaned("CT no 55 12 345 fracture", OwnWords(frozenset({"5512345"}))) is None
    assert cleaned("CT no L55 fracture L12 L345", OwnWords(frozenset({"5512345"}))) is None
