"""What a line of the ledger may be: nothing else can be written, and nothing else is read."""

from typing import Any

import pytest

from radiary.model.events import Filed, FiledSeries, FiledStudy, NoFact, Queued, Rejected, parsed

A = "a" * 64


def test_a_fact_is_the_same_when_it_is_read_again() -> None:
    fact = Rejected(export=A, reason="gave-up", skipped={"too-slow": 1})
    assert parsed(fact.line) == fact


@pytest.mark.parametrize("digest", ["", "a" * 63, "a" * 65, "A" * 64, "Petronella Synthetica.zip"])
def test_an_export_is_known_by_its_digest_only(digest: str) -> None:
    with pytest.raises(NoFact):
        parsed(Queued(export=digest, kind="zip", size=1).line)


@pytest.mark.parametrize("reason", ["", "Petronella", "of Petronella", "gave-up-", "gave--up", "5512", "synthetica^petronella"])
def test_a_reason_is_a_slug_and_quotes_nothing(reason: str) -> None:
    with pytest.raises(NoFact):
        parsed(Rejected(export=A, reason=reason).line)


def test_a_fact_with_one_more_field_is_none() -> None:
    line = Queued(export=A, kind="zip", size=1).line
    with pytest.raises(NoFact):
        parsed(line.replace(b'"size":1', b'"size":1,"name":"Petronella"'))


def test_a_fact_stays_as_it_was_said() -> None:
    fact = Queued(export=A, kind="zip", size=1)
    with pytest.raises(AttributeError):
        fact.size = 2  # type: ignore[misc]


@pytest.mark.parametrize("scale", [(float("nan"), 1.0), (0.0, float("inf"))])
def test_a_range_is_made_of_numbers(scale: Any) -> None:
    study: dict[str, Any] = {"uid": "1", "folder": "f", "date": None, "patient": "P", "modality": "CT", "held": False, "added": 1}
    series = FiledSeries(uid="1", number=1, label="ct", modality="CT", body_part=None, pictures=1, scale=scale)
    with pytest.raises(NoFact):
        parsed(Filed(export=A, studies=(FiledStudy(**study, series=(series,)),), pictures=1, held={}, skipped={}, left=0).line)
