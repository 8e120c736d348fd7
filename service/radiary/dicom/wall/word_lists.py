"""The lists of words that may leave: `safe_words.txt` for descriptions in four languages, `coded_words.txt` for coded strings,
`makers.txt` and `models.txt` for names of machines; and that of first names, which tell family names.
"""

import unicodedata
from functools import cache
from importlib import resources

_BARRED = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i"})
"""Letters that Unicode does not decompose into a plain letter and a mark."""


def folded(text: str) -> str:
    """Lower case, accents gone: the form in which words are compared."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_BARRED))
    return "".join(one for one in apart if not unicodedata.combining(one))


def safe() -> frozenset[str]:
    """Words, folded, that are kept wherever they stand."""
    return _listed("safe_words.txt")


def ambiguous() -> frozenset[str]:
    """Words that are names of people, too: kept only beside safe ones."""
    return _listed("safe_words.txt", "ambiguous")


def particles() -> frozenset[str]:
    """Small words that are part of names, too, such as `van`: kept only between two kept words."""
    return _listed("safe_words.txt", "particles")


def first_names() -> frozenset[str]:
    """Frequent first names, folded: what stands beside one of them may be a family name."""
    return _listed("first_names.txt")


@cache
def coded() -> frozenset[str]:
    """Words of coded strings and of machines' makers and models, and all safe words."""
    return _listed("coded_words.txt") | safe()


@cache
def machines(kind: str) -> frozenset[str]:
    """Words of names of `makers` or `models`, which stand with each other's; none for an empty kind."""
    return _listed(f"{kind}.txt") | (_listed("makers.txt") if kind == "models" else frozenset()) if kind else frozenset()


@cache
def _listed(file: str, section: str = "") -> frozenset[str]:
    """The words under the heading `# section:` of a file; those that stand under neither of the two headings for an empty one."""
    words: set[str] = set()
    current_section = ""
    for line in resources.files("radiary.dicom.wall").joinpath(file).read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            current_section = next((name for name in ("ambiguous", "particles") if line.startswith(f"# {name}:")), "")
        elif current_section == section:
            words.update(folded(word) for word in line.split())
    return frozenset(words)
