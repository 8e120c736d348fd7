import pytest

import exports
from radiary.dicom.wall import descriptions, own_words

OWN = own_words.in_object(exports.dataset())
NOBODY = own_words.OwnWords(frozenset())


@pytest.mark.parametrize(
    "text",
    [
        "CT Thorax/Abdomen met IV contrast, 1.25 mm",
        "IRM cérébrale avec injection",
        "MRT Knie li ohne KM",
        "t2_tse_sag 4mm",
        "ax T1 FLAIR",
        "echografie abdomen",
        "RX pols rechts AP + lat",
        "b1000 ADC",
        "CT 120kV 95mA",
        "MR TR 3500 TE 90 ms",
        "RX thorax p.a. + lat",
        "FDG 60 min p.i.",
        "RAO 30 CRA 20",
        "IRM sans puis avec gadolinium",
        "DIXON POST",
        "t2_tse_dixon_cor_W",
        "CT hersenen post op",
        "RX heup post-op",
        "Zustand nach OP",
        "Z.n. OP",
        "CT 3000 HU",
        "t1_vibe_dixon_tra_POST",
        "t1 dixon cor post",
        "blanco",
        "HU",
    ],
)
def test_a_description_of_known_words_stays_as_it_is(text: str) -> None:
    assert descriptions.cleaned(text, NOBODY) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("CT Thorax Petronella Synthetica", "CT Thorax"),
        ("thorax SYN 5512", "thorax"),
        ("CT for dr. Fictus at Nowhere Hospital", "CT"),
        ("thorax 04.07.1981", "thorax"),
        ("thorax born 1981", "thorax"),
        ("thorax 4711 0815", "thorax"),
        ("knee P S", "knee"),
        ("P.S. knee", "knee"),
        ("Vandenbroucke", None),
        ("12345678", None),
        ("Elm Street 12", None),
        ("CT 12 Ma", "CT 12"),
        ("CT 12Ma", "CT"),
        ("CT P.I. Fictus", "CT"),
        ("CT Dixon, Cor", "CT"),
        ("CT Dixon Cor", "CT"),
        ("CT Post Op de Zzeeck", "CT"),
        ("CT Post-Op-de-Zzeeck", "CT"),
        ("CT Post Op 't Zzeeck", "CT"),
        ("CT Post Op ter Zzeeck", "CT"),
        ("CT 12 Hu", "CT 12"),
        ("Blanco", None),
        ("Hu", None),
        ("DWI b = 50, 400", "DWI b 50, 400"),
        ("", None),
    ],
)
def test_names_numbers_and_unknown_words_are_dropped(text: str, left: str | None) -> None:
    found = descriptions.cleaned(text, OWN)
    assert found == left or (left and found and not set(found.split()) - {*left.split(), "for", "at", "born"})


@pytest.mark.parametrize("name", ["þ김þɓ", "æжþ김ƒðɣþɓ", "¾¹", "àçê"])
def test_nothing_stays_of_a_name_in_utf_8_that_is_read_in_another_character_set(name: str) -> None:
    for charset in ("latin-1", "iso8859_7", "iso8859_9"):
        assert descriptions.cleaned(f"thorax {name.encode().decode(charset, 'ignore')} 3 mm²", NOBODY) == "thorax 3 mm²", charset


def test_a_persons_own_name_is_dropped_even_where_it_is_a_known_word() -> None:
    own = own_words.in_object(exports.dataset(PatientName="Borst^Anna"))
    assert descriptions.cleaned("MRI borst links", own) == "MRI links"


def test_words_that_are_names_too_need_a_sure_word_beside_them() -> None:
    assert descriptions.cleaned("CT hart", NOBODY) == "CT hart"
    assert descriptions.cleaned("Hart", NOBODY) is None
    assert descriptions.cleaned("van de knie", NOBODY) == "knie"


@pytest.mark.parametrize("text", ["CT Zzanna Hart", "CT Hart, Zzanna", "CT Hart van Zzelder", "dr Hart CT"])
def test_a_word_that_is_a_name_too_is_dropped_beside_one_that_is_on_no_list(text: str) -> None:
    assert descriptions.cleaned(text, NOBODY) == "CT"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("CT Dr. Hand", "CT"),
        ("CT Prof. Dr. A. van der Borst", "CT"),
        ("CT DR. HAND", "CT"),
        ("knee Mr. Head", "knee"),
        ("CT Frau Hals thorax", "CT thorax"),
        ("coude mme Main", "coude"),
        ("CT Dr. Zzanna Hand", "CT"),
        ("Dr. Zzanna van der Hand thorax", "thorax"),
        ("CT Dr. Hand thorax", "CT thorax"),
        ("Dr. Zzanna CT thorax", "CT thorax"),
        ("Dr. Thorax", "Thorax"),
        ("DR. Hand Zzanna", None),
        ("DR. Knie Zzanna", None),
        ("DR. HAND", None),
        ("Dr. Zzjansen Thorax", "Thorax"),
        ("DR. ZZJANSEN THORAX", "THORAX"),
        ("Dr. Zzjansen HRCT Lendenwirbelsäule", "HRCT Lendenwirbelsäule"),
        ("Dr. Zzjansen T1", "T1"),
        ("CT Dr. Max Borst", "CT"),
        ("CT Dr. AP Hand", "CT"),
        ("CT Dr. Zzanna BAL thorax", "CT thorax"),
        ("CT Dr. med. Hals", "CT"),
        ("CT_Dr_Hand_thorax", "CT thorax"),
        ("CT Dr: Hand", "CT"),
        ("DRS ZZJANSEN KNIE thorax", "thorax"),
        ("Mw. Borst CT", "CT"),
        ("Madame Main thorax", "thorax"),
        ("huisarts Borst thorax", "thorax"),
        ("Patient: Borst CT", "CT"),
        ("Drs. Zzjansen en Borst CT", "CT"),
        ("Dr. Zzjansen/Hals MRI", "MRI"),
        ("Drs. Borst & Hals & Hand CT", "CT"),
        ("Dr. Zzjansen/Dr. Borst & Hals MRI Knie", "MRI Knie"),
        ("Hand, Dr. CT thorax", "CT thorax"),
        ("Hand, MD, CT", "CT"),
        ("Thorax, MD", "Thorax, MD"),
        ("thorax dr. borst", "thorax"),
        ("main dr. pouce", "main pouce"),
        ("prof thorax", "thorax"),
        ("mw. met knie", "met knie"),
        ("DR HAND", "HAND"),
        ("DR. Thorax", "Thorax"),
        ("DR. ABDOMEN AP", "ABDOMEN AP"),
        ("genou dr face", "genou face"),
    ],
)
def test_a_known_word_behind_a_title_is_a_name(text: str, left: str | None) -> None:
    assert descriptions.cleaned(text, NOBODY) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("CT J. Hand", "CT"),
        ("CT J.P. Borst thorax", "CT thorax"),
        ("CT Borst, P.", "CT"),
        ("CT A. Hand", "CT"),
        ("CT A. Knie", "CT"),
        ("CT Zzjansen-Hand", "CT"),
        ("CT Hand-Zzjansen thorax", "CT thorax"),
        ("CT van der Hand", "CT"),
        ("ct van der hand", "ct"),
        ("CT Van De Borst thorax", "CT thorax"),
        ("echo v.d. Borst", "echo"),
        ("CT van 't Hals", "CT"),
    ],
)
def test_a_known_word_that_is_written_like_a_name_is_one(text: str, left: str) -> None:
    assert descriptions.cleaned(text, NOBODY) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("R. Knie ap", "R. Knie ap"),
        ("N. Ulnaris", "N. Ulnaris"),
        ("M. Biceps", "M. Biceps"),
        ("CT T. Spine", "CT Spine"),
        ("CT A. Carotis", "CT Carotis"),
        ("CT Hand, A.P.", "CT Hand"),
        ("C.T. Head", "Head"),
        ("MRI van de hand", "MRI van de hand"),
        ("MRI van de Knie", "MRI van de Knie"),
        ("MRI van den Thorax", "MRI van den Thorax"),
        ("Röntgen der Hand", "Röntgen der Hand"),
        ("CT Kopf-Hals", "CT Kopf-Hals"),
        ("ZZX-Knie", "Knie"),
        ("FDG-Zzplan", "FDG"),
        ("Zzplan-Thorax", "Thorax"),
    ],
)
def test_a_word_beside_letters_and_signs_that_belong_to_no_name_stays(text: str, left: str) -> None:
    assert descriptions.cleaned(text, NOBODY) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("L. Zzbergman", None),
        ("MR bekken Zzkuyper D.", "MR bekken"),
        ("CT Zzkuyper N.", "CT"),
        ("CT M. Zzkuyper thorax", "CT thorax"),
        ("Zzkuyper knie L", "knie L"),
        ("CT Zzkuyper w contrast", "CT w contrast"),
        ("N. ulnaris L", "N. ulnaris L"),
        ("R", "R"),
    ],
)
def test_a_single_letter_beside_a_word_that_is_on_no_list_is_an_initial(text: str, left: str | None) -> None:
    assert descriptions.cleaned(text, NOBODY) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Zzkuyper knie L thorax", "knie L thorax"),
        ("ZZKUYPER_KNEE_R_AP", "KNEE R AP"),
        ("genou D zzkuyper", "genou D"),
        ("knie L Hart", "knie L"),
        ("knie L. Zzkuyper", "knie"),
        ("thorax L Zzkuyper", "thorax"),
        ("knie D Zzkuyper", "knie"),
        ("L Zzkuyper knie", "knie"),
        ("knie L R Zzkuyper", "knie"),
        ("left knee R Zzkuyper", "left knee"),
        ("left knee R zzkuyper", "left knee"),
        ("Knie li Zzkuyper", "Knie li"),
        ("Knie Li Zzkuyper", "Knie"),
    ],
)
def test_a_letter_behind_a_part_of_which_there_are_two_is_its_side(text: str, left: str) -> None:
    assert descriptions.cleaned(text, NOBODY) == left


def test_a_persons_own_additions_are_kept() -> None:
    assert descriptions.cleaned("CT oncodetect", NOBODY, frozenset({"oncodetect"})) == "CT oncodetect"


def test_a_text_without_end_costs_no_time() -> None:
    assert descriptions.cleaned("thorax " * 10_000_000, NOBODY) is not None


def test_words_that_the_owner_added_are_kept_with_their_accents() -> None:
    added = frozenset({"zzmédiastinqq", "zzstraße"})
    assert descriptions.cleaned("CHEST Zzmédiastinqq ZZSTRASSE zzother", NOBODY, added) == "CHEST Zzmédiastinqq ZZSTRASSE"
