"""Which characters of a text lie in any of many spans: looked up at once, however many there are."""

from collections.abc import Iterable


def by(spans: Iterable[tuple[int, int]], text: str) -> bytearray:
    """One for every character of a text that lies in one of the spans, naught for the others."""
    covered, reached = bytearray(len(text)), 0
    for start, end in sorted(spans):
        first = max(start, reached)
        covered[first:end] = b"\1" * (end - first)
        reached = max(reached, end)
    return covered
