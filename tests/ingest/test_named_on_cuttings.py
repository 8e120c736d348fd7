"""Whose name stands on a part of a page: as it is written, and as a reader of pictures misreads it."""

import pytest

from radiary.ingest.named_on_cuttings import is_named
from radiary.model.nouns import Identity

HERS = Identity("Quillemans^Roos", "19581123", "Q-44117", "")


@pytest.mark.parametrize(
    "line",
    [
        "Mevr. QUILLEMANS Roos",
        "Roos, 65 jaar",
        "Quillernans",
        "Oui11emans",
        "mevrouwQuillemans",
        "ref. Q 44 117",
        "O44117",
        "° 23/11/1958",
        "geb. 23 november 1958",
        "23-11-58",
        "581123-002.14",
        "verslag 2024/0815-X",
    ],
)
def test_she_is_found_however_she_is_written_or_misread(line: str) -> None:
    assert is_named(["Hemoglobine 13,4", line], [HERS], ["2024/0815-X"])


@pytest.mark.parametrize(
    "line",
    [
        "Hemoglobine 13,4 g/dL 12,0 - 16,0",
        "Dr. Jan Testarts, Zorglab",
        "Afname 05/03/2024 08:10",
        "Roosendaal",
        "25-OH vitamine D 31,5 ng/mL 30 - 100",
        "58 11 U/L",
    ],
)
def test_values_days_and_others_are_not_hers(line: str) -> None:
    assert not is_named([line], [HERS], ["2024/0815-X", ""])
    assert not is_named([line], [], [])
