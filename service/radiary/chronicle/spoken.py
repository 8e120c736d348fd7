"""The words that Radiary itself says on a page: they are no sign of anybody, though somebody may be called like one."""

import re
from functools import cache

from radiary.language import Language


@cache
def words(language: Language) -> frozenset[str]:
    """All words of its messages, and the names of months and weekdays, in small letters."""
    days = (f"2024-{month:02d}-{day:02d}" for month in range(1, 13) for day in range(1, 8))
    texts = [*language.messages(), *(language.day(day) for day in days)]
    return frozenset(re.findall(r"[^\W_]+", " ".join(texts).casefold()))
