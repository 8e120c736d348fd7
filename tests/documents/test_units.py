"""Which spellings of a unit are one unit."""

import pytest

from radiary.documents import units


@pytest.mark.parametrize("text", ["10*9/L", "10^9/L", "10E9/L", "10⁹/L", "G/L", "Tsd/µl", "/nl", "x 1.000/µL", "10*3/µL"])
def test_spellings_of_one_unit_are_equal(text: str) -> None:
    assert units.same(text) == "10*9/L"


_POWERS = "10^9/L 10⁹/l x10⁹/L ×10^9/L 10**9/L 10(9)/L 10E09/L 10e+9/L 10exp9/L E9/L 109/L 10³/mm^3 10*3/mm³ Gpt/l".split()


@pytest.mark.parametrize("text", [*_POWERS, "10 9 / L", ".10^9/L", "·10⁹/l", "*10^9/L"])
def test_a_power_of_ten_is_one_however_it_is_printed(text: str) -> None:
    assert units.code(text) == "10*9/L"


@pytest.mark.parametrize(("text", "code"), [("/cumm", "/uL"), ("mill/cumm", "10*12/L")])
def test_a_cubic_millimetre_may_be_spelled_out(text: str, code: str) -> None:
    assert units.code(text) == code


_DIFFERENT = [
    ("g/L", "G/L"),
    ("mg/dL", "mmol/L"),
    ("U/L", "IU/L"),
    ("mU/L", "MU/L"),
    ("%", "/µL"),
    ("E/L", "E9/L"),
    ("/µL", "100/µL"),
]


@pytest.mark.parametrize(("one", "other"), _DIFFERENT)
def test_different_units_are_never_equal(one: str, other: str) -> None:
    assert units.same(one) != units.same(other)


@pytest.mark.parametrize("text", ["%", "s", "mm", "fL", "U/L"])
def test_a_unit_of_which_others_are_built_has_its_own_code_still(text: str) -> None:
    assert units.code(text) == text


@pytest.mark.parametrize(
    ("text", "code"), [("mmol/l", "mmol/L"), ("µg/L", "ug/L"), ("mg/dl", "mg/dL"), ("mL/min", "mL/min"), ("jours/L", None)]
)
def test_a_unit_that_is_spelled_as_its_code_has_that_code(text: str, code: str | None) -> None:
    assert units.code(text) == code


@pytest.mark.parametrize(
    "text", ["mmol/l", "µg/24h", "mL/min/1,73m²", "kU/L", "sec", "nmol/s", "ng/mL", "µmol/L", "mg/g creat.", "%"]
)
def test_units_are_known(text: str) -> None:
    assert units.is_known(text)


@pytest.mark.parametrize("text", ["", "Herentals", "jaar", "Negatief", "S", "weken", "Vrouw"])
def test_other_words_are_no_units(text: str) -> None:
    assert not units.is_known(text)
