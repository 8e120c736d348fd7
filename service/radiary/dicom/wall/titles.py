"""Words of a description that stand behind a title: names, whatever else they mean."""

import re
from collections.abc import Iterator

from radiary.dicom.wall import word_lists
from radiary.dicom.wall.word_lists import folded

_TITLE = r"(?:(?-i:[Dd]rs?|DRS?(?=\.)|[MH]r(?=\.))|prof(?:essor)?|mme|mlle|mrs|mevr(?:ouw)?|dhr|frau|herrn?|do[ck]t(?:o|e|eu)r)"
"""What somebody is called by. `DR` without a dot is digital radiography, `M.` a muscle, `Ms` milliseconds."""
_SMALL = rf"(?:[^\W\d_]\.\s?|(?:{'|'.join(sorted(word_lists.particles()))})\s+)*"
"""What may stand between a title and a name: initials, and words such as `van`."""
_NAME = r"(?-i:[A-ZÀ-ÞŠŽŒ])[^\W\d_]*"
"""It begins with a capital letter: in French, `dr` is right, too."""
_CALLED = re.compile(rf"(?<![^\W_])(?:{_TITLE}[.\s]+)+{_SMALL}({_NAME})", re.IGNORECASE)
_FURTHER = re.compile(rf"[\s-]+{_SMALL}(?!(?-i:[A-Z]{{2,3}})(?![^\W_]))({_NAME})", re.IGNORECASE)
"""What may belong to a name, too: no abbreviation such as `CT` or `AP`."""
_RADIOGRAPHY = re.compile(r"\s*DR\.")
_WORD = re.compile(r"[^\W\d_]{2,}")


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Where such words stand, with their titles: up to a surname, which may be a listed word behind a first name that is none."""
    for match in _CALLED.finditer(text):
        if _is_radiography(text, match):
            continue
        end, name = match.end(), match[1]
        while not (_is_safe(name) or folded(name) in word_lists.ambiguous()) and (further := _FURTHER.match(text, end)):
            end, name = further.end(), further[1]
        yield match.start(), end


def _is_radiography(text: str, match: re.Match[str]) -> bool:
    """Whether `DR.` begins a text of listed words alone, as in `DR. Thorax`."""
    start = _RADIOGRAPHY.match(text)
    return start is not None and match.start() < start.end() and all(map(_is_safe, _WORD.findall(text, start.end())))


def _is_safe(word: str) -> bool:
    return folded(word) in word_lists.safe() | word_lists.particles()
