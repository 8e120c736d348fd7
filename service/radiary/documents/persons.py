"""Whether a line of a table speaks of a person, and not of a test: by a title, a label, a date or a long number."""

import re

from radiary.documents import dates, lexicon

_FILE = "persons.txt"
_TITLE = re.compile(r"\b(?:Drs?|Prof) \S|\b(?i:drs?|prof|mevr|mme|apr)\.")
_LONG = re.compile(r"\d{5,}")


def are_meant(text: str) -> bool:
    """Whether a text is a label of people (`Huisarts`, `INSZ`), has one before a colon, or names somebody with a title."""
    before = lexicon.folded(text.partition(":")[0]).strip(" .(")
    is_label = lexicon.words(_FILE).get(before) in ("label", "phone", "number", "profession")
    return is_label or bool(_TITLE.search(text))


def may_be_meant(text: str) -> bool:
    """The same, or that a date or a long number stands in it: what heads pages, and no tests."""
    return are_meant(text) or bool(_LONG.search(text)) or dates.are_in([text])
