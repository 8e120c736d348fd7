"""Numbers and ranges as laboratories print them."""

from decimal import Decimal

import pytest

from radiary.documents import numbers, printed_value, units


def test_most_numbers_of_a_paper_say_what_stands_before_the_decimals() -> None:
    assert numbers.decimal_sign(["Na 4,51 g/L 5,2", "01/12/21", "815.333.051"]) == ","
    assert numbers.decimal_sign(["4.51", "0.123"]) == "."
    assert numbers.decimal_sign(["1.234", "ref 815.333.051"]) == ""


@pytest.mark.parametrize(
    ("digits", "sign", "value"),
    [
        ("1.234", ",", "1234"),
        ("1.234", ".", "1.234"),
        ("1.234,5", "", "1234.5"),
        ("13 120", ",", "13120"),
        ("251'000", ".", "251000"),
    ],
)
def test_a_point_is_what_the_paper_means_by_it(digits: str, sign: numbers.Sign, value: str) -> None:
    assert numbers.value_of(digits, sign) == (Decimal(value), False)


def test_a_number_that_may_be_a_thousand_or_one_is_asked_about() -> None:
    printed = printed_value.parsed("1.234", "")
    assert printed is not None
    assert printed.is_undecided


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("4 - 5.2", "4", "5.2"),
        ("57-295", "57", "295"),
        ("< 1.4", None, "1.4"),
        ("≥60", "60", None),
        ("(3,5 à 5,1)", "3.5", "5.1"),
        ("[12 ; 16]", "12", "16"),
        ("tot 40", None, "40"),
        ("> OR = 60", "60", None),
        ("> of = 60", "60", None),
        ("< ou = 60", None, "60"),
        ("0,3 t.e.m. 4,2", "0.3", "4.2"),
        ("van 9 tot 22", "9", "22"),
        ("kleiner dan 115", None, "115"),
        ("minstens 200", "200", None),
        ("Sup. à 60", "60", None),
        ("über 45", "45", None),
        ("min.60", "60", None),
        ("max.5,0", None, "5.0"),
        ("tot5", None, "5"),
        ("N: 136 à 145", "136", "145"),
        ("Réf. : < 5,0", None, "5.0"),
    ],
)
def test_ranges_of_many_forms_are_read(text: str, low: str | None, high: str | None) -> None:
    found = numbers.range_of(text, "")
    assert found is not None
    assert (found.low, found.high) == (low and Decimal(low), high and Decimal(high))


@pytest.mark.parametrize("text", ["1/320", "weken HCG", "Negatief", "0", "12 - 4", "AB1234", "minuten 5", "V: 12 - 16"])
def test_what_is_no_range_is_none(text: str) -> None:
    assert numbers.range_of(text, "") is None


@pytest.mark.parametrize(
    ("text", "comparator"), [("inférieur à 3", "<"), ("Kleiner als 0,5", "<"), ("groter dan 90", ">"), ("≤ 5", "<=")]
)
def test_a_comparator_in_words_is_one(text: str, comparator: str) -> None:
    printed = printed_value.parsed(text, ",")
    assert printed is not None
    assert (printed.comparator, printed.number is None) == (comparator, False)


@pytest.mark.parametrize("text", ["4,5.10^12/L", "4,5·10^12/L", "4,5*10^12/L", "4,5 .10^12/L", "4,5x10^12/L"])
def test_a_power_of_ten_close_behind_a_value_is_its_unit(text: str) -> None:
    printed = printed_value.parsed(text, ",")
    assert printed is not None
    assert (printed.number, units.same(printed.unit)) == (Decimal("4.5"), "10*12/L")


@pytest.mark.parametrize("text", ["<31 1)", "<31 a)", "<31 (2)", "<31 ^2"])
def test_what_leads_from_a_value_to_a_note_is_no_part_of_it(text: str) -> None:
    printed = printed_value.parsed(text, ",")
    assert printed is not None
    assert (printed.comparator, printed.number, printed.word) == ("<", 31, "")


@pytest.mark.parametrize("text", ["1/320", "5+", "01/12/21", "815.333.051 Gent", "2 - 4", "1 d", "tot 35"])
def test_what_is_no_number_is_a_word(text: str) -> None:
    printed = printed_value.parsed(text, ",")
    assert printed is not None
    assert printed.number is None


@pytest.mark.parametrize(
    ("text", "level"),
    [("+ @ 5.0", "H"), ("-- 25", "LL"), ("13,1 H", "H"), ("5,0*", ""), ("↑ 7,1", "H"), ("L 3,1", "L")],
)
def test_flags_before_and_behind_a_value_are_read(text: str, level: str) -> None:
    printed = printed_value.parsed(text, ",")
    assert printed is not None
    assert printed.number is not None
    assert printed_value.level(printed.flags) == level
