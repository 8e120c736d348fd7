"""A long text takes as much longer as it is longer, whatever it repeats: no import waits for one free text."""

import time

import pytest

from radiary.dicom.wall import descriptions
from radiary.dicom.wall.own_words import OwnWords

OWN = OwnWords(frozenset({"synthetica"}))
SHORT = 1_000
"""Characters of the shorter text; the other one is four times as long."""
LINEAR = 9
"""How many times longer the longer one may take: it is four in theory, and sixteen where each word looks at all others."""


@pytest.mark.parametrize(
    "repeated",
    [
        "dr ", "Dr. ", "aanvrager: ", "verwezen door ", "knie L ", "van der ", "zz ", "Zz ", "Zz-Zz-", "Borst ", "J. ",
        "Zzanna Borst ", "Borst^", "door ", "no ", "1 ", "T2 4000/100 ", "DR A ", "Hand, MD ", "v.d. ", "x", " ", "é",
        "RX F + P ", "P.J. de ", "ziekte van ", "Bell ", "[", "patient ", "i.V. ", "cc ", "ni ", "geen aanwijzing ",
    ],
)  # fmt: skip
def test_a_text_that_is_four_times_as_long_takes_about_four_times_as_long(repeated: str) -> None:
    _seconds(repeated, SHORT)
    assert any(_seconds(repeated, 4 * SHORT) < LINEAR * _seconds(repeated, SHORT) for _ in range(5))


def _seconds(repeated: str, length: int) -> float:
    """Of this process alone, so that others on the machine do not count."""
    text = (repeated * length)[:length]
    started = time.process_time()
    descriptions.cleaned(text, OWN)
    return time.process_time() - started
