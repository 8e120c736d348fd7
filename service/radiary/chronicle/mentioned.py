"""Places in her file as a sentence names them: some, with their lines, and how many more there are."""

from collections.abc import Sequence

from radiary.language import joined, sentence


def at_line(what: str, line: int | None) -> str:
    """Something, and the line on which it stands, where that is known."""
    return sentence("%(what)s (line %(number)s)", what=what, number=line) if line else what


def some(first: Sequence[str], count: int) -> str:
    """The first of `count` things: the beginning of a sentence."""
    names = joined(first, ", ")
    rest = count - len(first)
    return sentence("%(names)s and %(number)s more", names=names, number=rest) if rest > 0 else names
