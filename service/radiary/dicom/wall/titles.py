"""Words of a description that stand behind a title: names, whatever else they mean."""

import re
from collections.abc import Iterator

from radiary.dicom.wall import word_lists

_TITLE = r"(?:(?-i:[Dd]rs?|DRS?(?=\.)|[MH]r(?=\.))|prof(?:essor)?|mme|mlle|mrs|mevr(?:ouw)?|dhr|frau|herrn?|do[ck]t(?:o|e|eu)r)"
"""What somebody is called by. `DR` without a dot is digital radiography, `M.` a muscle, `Ms` milliseconds."""
_SMALL = rf"(?:[^\W\d_]\.\s?|(?:{'|'.join(sorted(word_lists.particles()))})\s+)*"
"""What may stand between a title and a name: initials, and words such as `van`."""
_CALLED = re.compile(rf"(?<![^\W_])(?:{_TITLE}[.\s]+)+{_SMALL}(?-i:[A-ZÀ-ÞŠŽŒ])[^\W\d_]*", re.IGNORECASE)
"""The name begins with a capital letter: in French, `dr` is right, too."""


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Where such words stand, with their titles."""
    return (match.span() for match in _CALLED.finditer(text))
