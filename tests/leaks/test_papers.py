"""After a release exactly what was released is told, and where it may be."""

import pytest

from leaks import papers
from leaks.searching import Leak
from leaks.tokens import Token

NAME, VALUE = (
    Token(papers.RELEASED + what, (text,)) for what, text in (("name of a test", "bafodutizo"), ("value", "6153.4872"))
)
OTHER = Token("paper: value", ("1234.5678",))


def seen(token: Token, place: str) -> Leak:
    return Leak(token, "UTF-8", f"{place}: its bytes")


@pytest.mark.parametrize("place", ["library/a/study.json", "state/ledger.jsonl", "service.log"])
def test_what_was_released_may_stand_in_the_chronicle_alone(place: str) -> None:
    allowed = [seen(NAME, "chronicle/index.html"), seen(VALUE, "chronicle/values/1a2b3c4d.csv")]
    assert papers.beyond([*allowed, seen(NAME, place)]) == [seen(NAME, place)]


def test_what_was_not_released_is_a_leak_wherever_it_stands() -> None:
    assert papers.beyond([seen(OTHER, "chronicle/index.html")]) == [seen(OTHER, "chronicle/index.html")]


def test_what_was_released_and_is_not_told_is_a_fault() -> None:
    assert [one.place for one in papers.untold([seen(NAME, "chronicle/index.html")])] == [papers.RELEASED + "value"]
    assert papers.untold([seen(NAME, "chronicle/index.html"), seen(VALUE, "chronicle/index.html")]) == []
