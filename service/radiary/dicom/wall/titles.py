"""Words of a description that stand behind a title: names, whatever else they mean."""

import re
from collections.abc import Iterator

from radiary.dicom.wall import everyday_parts, negations, nobodys_words, sides, word_lists
from radiary.dicom.wall.word_lists import folded

_TITLE = (
    r"(?:(?-i:[Dd]rs?|D(?:res|r[ae])|DRS?(?=\.)|[MH]r(?=\.)|Hr|Pr|Ms(?=\.)|[Mm]w)|prof(?:essor|esseur)?|mme|mlle|mrs|miss"
    r"|mevr(?:ouw)?|meneer|(?:de\s+)?heer|monsieur|madame|mademoiselle|dhr|frau|herrn?|do[ck]t(?:o|e|eu)r"
    r"|(?:huis)?arts|arzt|[aä]rztin|m[eé]decin|physician|aanvrager|verwijzer|(?:zu|[uü]ber|ein)weiser|prescripteur"
    r"|radiologist|radioloog|radiologe|radiologue|chirurg|geb(?=\.)|geborene?|n[eé]e|[eé]pouse"
    r"|(?:patient|pati[eë]nt|name|naam|nom)(?=\s?:))"
)
"""What somebody is called by. `DR` without a dot is digital radiography, `M.` a muscle, `Ms` milliseconds."""
_APART = r"[.:\s_]+(?:(?:med|dent|habil|phil|nat)[.\s]+){0,4}"
_SMALL = rf"(?:[^\W\d_](?:\.\s?|\s+)|(?:{'|'.join(sorted(word_lists.particles()))})\s+){{0,6}}"
"""What may stand between a title and a name: initials, and words such as `van`."""
_NAME = r"(?-i:[A-ZÀ-ÞŠŽŒ])[^\W\d_]*(?![^\W_])"
"""It begins with a capital letter: in French, `dr` is right, too."""
_CALLED = re.compile(rf"(?<![^\W_])(?P<title>(?:{_TITLE}{_APART}){{1,6}}){_SMALL}(?P<name>{_NAME})", re.IGNORECASE)
_SHOUTED = re.compile(rf"(?<![^\W_])(?P<title>(?-i:DRS?)\s+){_SMALL}(?P<name>(?-i:[A-ZÀ-ÞŠŽŒ]{{2,}})(?![^\W_]))", re.IGNORECASE)
"""`DR` without a dot before a word on no list is a title, too."""
_SMALL_LETTERS = re.compile(
    rf"(?<![^\W_])(?P<title>(?-i:[Dd]r|[Pp]rof|[Mm]evr|[Dd]hr|[Mm]w)(?:\.|[\s_])[\s_]*){_SMALL}(?P<name>(?-i:[a-zß-ÿšžœ]{{3,}})(?![^\W_]))"
)
"""The same in small letters throughout: a listed word behind it may be somebody, too."""
_AND = r"\s*(?:[&+/]|(?<!\w)(?:en|et|und|and)(?!\w))\s*"
_FURTHER = re.compile(rf"(?:(?P<and>{_AND})(?:{_TITLE}{_APART}){{0,6}}|[\s_-]+){_SMALL}(?P<name>{_NAME})", re.IGNORECASE)
"""What may belong to a name, too, or be somebody else's."""
_BEFORE_TITLE = re.compile(
    rf"(?<![^\W_])(?P<name>{_NAME})(?=,\s*(?-i:Dr|Prof|MD|PhD|arts)(?![^\W_])\.?(?!\s*{_SMALL}{_NAME})|,?\s*(?-i:M\.D\.))"
)
"""`Hand, MD`: a title that stands behind."""
_RADIOGRAPHY = re.compile(r"\s*DR\.")
_WORD = re.compile(r"[^\W\d_]{2,}")
_NEAR = 12
"""Characters before a title in which a modality stands."""
_MODALITIES = r"(?:CT|MRI?|MRT|IRM|TDM|US|ECHO|PET)"
_MODALITY, _MODALITY_BEFORE = re.compile(rf"\s+{_MODALITIES}(?![^\W_])"), re.compile(rf"(?<![^\W_]){_MODALITIES}\s+$")
_MOST = 12
"""Words of names in a row that are looked at behind one title; each title among them begins anew."""
_JOINS = frozenset("met bij voor na in aan avec et chez pour mit bei nach und auf with and at for of from the".split())


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Where such words stand, with their titles: up to a surname, which may be a listed word behind a first name.

    Words that are nobody's name (`nobodys_words.py`) are none.
    """
    for match in _CALLED.finditer(text):
        if not _is_radiography(text, match) and not nobodys_words.are_one_of(match["name"]):
            yield match.start(), _end(text, match)
    for match in _SHOUTED.finditer(text):
        if not _is_listed(match["name"]) or _is_among_others(text, match):
            yield match.start(), _end(text, match)
    for match in _SMALL_LETTERS.finditer(text):
        if _may_be_small(match["name"]) and not sides.is_behind_part(text, match.start(), "D"):
            yield match.span()
    for match in _BEFORE_TITLE.finditer(text):
        if not nobodys_words.are_one_of(match["name"]):
            yield match.span()


def _is_among_others(text: str, match: re.Match[str]) -> bool:
    """Whether `DR HEAD` stands beside another modality: it is no digital radiography, and a part may be a doctor's name."""
    is_beside = _MODALITY_BEFORE.search(text, max(0, match.start() - _NEAR), match.start()) or _MODALITY.match(text, match.end())
    return everyday_parts.are_one_of(match["name"]) and is_beside is not None


def _end(text: str, match: re.Match[str]) -> int:
    """Where the names end that begin with a match: behind a listed word only others follow that are joined by `and`."""
    is_surname = False
    for _ in range(_MOST):
        further = _FURTHER.match(text, match.end())
        if (
            further is None
            or nobodys_words.are_one_of(further["name"])
            or (is_surname and not further["and"] and not further[0].startswith("-"))
        ):
            break
        is_surname, match = _is_listed(further["name"]), further
    return match.end()


def _may_be_small(word: str) -> bool:
    token = folded(word)
    return not (nobodys_words.are_one_of(word) or negations.is_kept(token) or token in _JOINS)


def _is_radiography(text: str, match: re.Match[str]) -> bool:
    """Whether `DR.` begins a text of several listed words alone, or one that is nobody's name, as in `DR. Thorax`."""
    start = _RADIOGRAPHY.match(text)
    if start is None or match.start() >= start.end():
        return False
    words = _WORD.findall(text, start.end())
    return all(map(_is_listed, words)) and len(words) > 1


def _is_listed(word: str) -> bool:
    return folded(word) in word_lists.safe() | word_lists.particles() | word_lists.ambiguous()
