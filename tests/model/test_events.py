"""What a line of the ledger may be: nothing else can be written, and nothing else is read."""

from typing import Any

import pytest
from pydantic import ValidationError

from radiary.model.events import EVENT, FiledSeries, Queued, Rejected

A = "a" * 64


def test_a_fact_is_the_same_when_it_is_read_again() -> None:
    fact = Rejected(export=A, reason="gave-up", skipped={"too-slow": 1})
    assert EVENT.validate_json(fact.model_dump_json()) == fact


@pytest.mark.parametrize("digest", ["", "a" * 63, "a" * 65, "A" * 64, "Petronella Synthetica.zip"])
def test_an_export_is_known_by_its_digest_only(digest: str) -> None:
    with pytest.raises(ValidationError):
        Queued(export=digest, kind="zip", size=1)


@pytest.mark.parametrize("reason", ["", "Petronella", "of Petronella", "gave-up-", "gave--up", "5512", "synthetica^petronella"])
def test_a_reason_is_a_slug_and_quotes_nothing(reason: str) -> None:
    with pytest.raises(ValidationError):
        Rejected(export=A, reason=reason)


def test_a_fact_with_one_more_field_is_none() -> None:
    line = Queued(export=A, kind="zip", size=1).model_dump_json()
    with pytest.raises(ValidationError):
        EVENT.validate_json(line.replace('"size":1', '"size":1,"name":"Petronella"'))


def test_a_fact_stays_as_it_was_said() -> None:
    fact = Queued(export=A, kind="zip", size=1)
    with pytest.raises(ValidationError):
        fact.size = 2  # type: ignore[misc]


@pytest.mark.parametrize("scale", [(float("nan"), 1.0), (0.0, float("inf"))])
def test_a_range_is_made_of_numbers(scale: Any) -> None:
    known = {"uid": "1", "number": 1, "label": "ct", "modality": "CT", "body_part": None, "pictures": 1}
    with pytest.raises(ValidationError):
        FiledSeries(**known, scale=scale)  # type: ignore[arg-type]
