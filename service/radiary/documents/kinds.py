"""What kind of paper it is: words in four languages, those of its titles three times as heavy, a table of values as evidence."""

from collections.abc import Mapping, Sequence
from functools import cache
from statistics import median

from radiary.documents import lexicon
from radiary.documents.rows import Row

UNSURE = "document"
"""The kind of a paper of which nothing is suggested."""
BLOOD = "blood-analysis"
_FILE = "kinds.txt"
_TITLE = 3
"""How many times as heavy words of a title are."""
_LEAST, _MARGIN = 4, 1.25
"""Points that a kind has to have, and how many times those of the next one."""
_TABLE = 6
"""Points of a table of values for a blood analysis."""
_LARGER = 1.15
"""Times the height of most letters from which on a line is a title."""
_GREETINGS = ("geachte ", "beste ", "cher ", "chere ", "sehr geehrte", "liebe ", "lieber ", "dear ")
"""With these a letter begins, and its values are what it speaks of."""
_TOPICS = ("betreft", "concerne", "betreff", "betr.", "objet", "onderwerp", "re:", "subject")


@cache
def names() -> tuple[str, ...]:
    """All kinds."""
    return (*dict.fromkeys(role.split()[0] for role in lexicon.words(_FILE).values()), UNSURE)


def kind(pages: Sequence[Sequence[Row]], values: int) -> str:
    """The kind of a paper with so many values; `UNSURE` where two are as likely."""
    points = _points(pages)
    if values >= 2 and not any(lexicon.folded(row.text).startswith(_GREETINGS) for page in pages[:1] for row in page):
        points[BLOOD] = points.get(BLOOD, 0) + _TABLE * min(values, 4) / 4
    best = sorted(points.items(), key=lambda one: -one[1])[:2]
    if not best or best[0][1] < _LEAST:
        return UNSURE
    return best[0][0] if len(best) == 1 or best[0][1] >= _MARGIN * best[1][1] else UNSURE


def _points(pages: Sequence[Sequence[Row]]) -> dict[str, float]:
    rows = [row for page in pages[:3] for row in page]
    if not rows:
        return {}
    usual = median(row.height for row in rows)
    titles = {at for at, row in enumerate(rows) if _is_title(row, usual)}
    weights: dict[str, int] = {}
    for at, row in enumerate(rows):
        for phrase in _phrases(row.text):
            weights[phrase] = max(weights.get(phrase, 1), _TITLE if at in titles else 1)
    points: dict[str, float] = {}
    for phrase, weight in _longest(weights).items():
        name, points_each = lexicon.words(_FILE)[phrase].split()
        points[name] = points.get(name, 0) + weight * int(points_each)
    return points


def _longest(weights: Mapping[str, int]) -> dict[str, int]:
    """Without those that are only a part of others: a `prescription` within a longer phrase is none."""
    parts = {word for phrase in weights if " " in phrase for word in phrase.split()}
    return {phrase: weight for phrase, weight in weights.items() if phrase not in parts}


def _is_title(row: Row, usual: float) -> bool:
    text = row.text
    return row.height > _LARGER * usual or (text.isupper() and len(row.words) <= 6) or text.casefold().startswith(_TOPICS)


def _phrases(text: str) -> set[str]:
    words = [one.strip(',;:()"“”') for one in lexicon.folded(text).replace("’", "'").split()]
    words = [stripped if (stripped := one.rstrip(".")) and one not in lexicon.words(_FILE) else one for one in words]
    known, longest = lexicon.words(_FILE), lexicon.longest(_FILE)
    spans = (" ".join(words[at : at + length]) for at in range(len(words)) for length in range(1, longest + 1))
    return {span for span in spans if span in known}
