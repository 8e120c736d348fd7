import pytest

from radiary.model.nouns import Identity
from radiary.state.same_person import pairs

SHE = Identity("Synthetica^Petronella", "19810704", "5512", "A")


@pytest.mark.parametrize(
    "other",
    [
        Identity("Synthética^Petronella", "19810704", "99", "B"),
        Identity("Petronella Synthetica", "1981.07.04", "99", "B"),
        Identity("Synthetika^Petronella", "19810704", "99", "B"),
        Identity("Synthetica^Petronella^Maria", "19810704", "", ""),
        Identity("Doe^Jane", "19810704", "5512", "B"),
        Identity("Synthetica^Petronella", "", "99", "B"),
        Identity("Synthetica^Petronella", "19810704", "5512", ""),
        Identity("Synthetica^Petronella", "19810704", "", "A"),
        Identity("Synthetica^Petronella", "19810704", "", ""),
        Identity("SYNTHETICA^PETRONELLA^^^", "19810704", "0005512", ""),
        Identity("", "19810704", "55-12", ""),
        Identity("Doe^Jane", "19810704", "005512", "B"),
    ],
)
def test_spellings_and_hospitals_of_one_person_are_proposed(other: Identity) -> None:
    ((one, two, reason),) = pairs({"P-A": [SHE], "P-B": [other]})
    assert (one, two) == ("P-A", "P-B")
    assert not any(word in reason.casefold() for word in ("synthe", "petro", "5512"))


@pytest.mark.parametrize(
    "other",
    [
        Identity("Synthetica^Petronella", "19820815", "99", "B"),
        Identity("Doe^Jane", "19810704", "99", "B"),
        Identity("Doe^Jane", "19500101", "5512", "B"),
        Identity("", "", "", ""),
    ],
)
def test_others_are_not(other: Identity) -> None:
    assert pairs({"P-A": [SHE], "P-B": [other]}) == []
