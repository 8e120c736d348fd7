from hypothesis import given
from hypothesis import strategies as st

from radiary.dicom.wall.pseudonym import Pseudonyms
from radiary.model.nouns import Identity

ONE, OTHER = Pseudonyms(bytes(32)), Pseudonyms(bytes([1]) * 32)


@given(st.text("0123456789.", min_size=1, max_size=64))
def test_a_pseudonymous_uid_is_a_uid_and_always_the_same(uid: str) -> None:
    found = ONE.uid(uid)
    assert found == ONE.uid(uid)
    if found != uid:
        assert found.startswith("2.25.")
        assert len(found) <= 64
        assert found != OTHER.uid(uid)


def test_the_standards_own_uids_stay() -> None:
    assert ONE.uid("1.2.840.10008.1.2.4.80") == "1.2.840.10008.1.2.4.80"
    assert ONE.uid("") == ""


def test_a_number_hidden_behind_the_standards_root_does_not() -> None:
    assert ONE.uid("1.2.840.10008.1981.704.4711").startswith("2.25.")
    assert ONE.uid("1.2.840.10008.19810704.1").startswith("2.25.")
    assert ONE.uid("1.2.840.10008.Synthetica").startswith("2.25.")


def test_a_person_is_known_by_everything_that_is_said_of_her() -> None:
    def code(issuer: str = "", identifier: str = "", name: str = "", birth_date: str = "") -> str:
        return ONE.person(Identity(name, birth_date, identifier, issuer))

    assert code(identifier="7", name="Ódegard^ANNA") == code(identifier=" 7 ", name="Anna Odegard")
    assert code(identifier="7", name="A") != code(identifier="7", name="B")
    assert code(identifier="7", issuer="X") != code(identifier="7", issuer="Y")
    assert code(name="A", birth_date="1") != code(name="A", birth_date="2")
    assert code(issuer="ab", identifier="c") != code(issuer="a", identifier="bc")


def test_the_key_is_in_no_representation() -> None:
    assert "\\x01" not in repr(OTHER)


def test_the_shift_of_dates_is_one_secret_number_of_days_back_in_time() -> None:
    shifts = {ONE.shift(f"P-{number}", keep_weekdays=False) for number in range(50)}
    assert len(shifts) > 40
    assert all(-3651 < days < 0 for days in shifts)
    assert ONE.shift("P-1", keep_weekdays=False) != OTHER.shift("P-1", keep_weekdays=False)
    assert all(ONE.shift(f"P-{number}", keep_weekdays=True) % 7 == 0 for number in range(50))
