"""What stands behind a role such as `verwezen door`, `par le Dr`, `überwiesen von`: a name, up to the end of the phrase."""

import re
from collections.abc import Iterator

from radiary.dicom.wall import everyday_parts, negations, nobodys_words, word_lists
from radiary.dicom.wall.word_lists import folded

_DOING = (
    r"(?:verwezen|aangevraagd|gevraagd|uitgevoerd|beoordeeld|verricht|gemaakt|gezien|opgestuurd|gestuurd)\s+door"
    r"|op\s+(?:vraag|verzoek)\s+van|ter\s+attentie\s+van|t\.\s?a\.\s?v|namens|(?:aanvragend|verwijzend|behandelend)e?\s+(?:arts|dr)"
    r"|aanvrager|verwijzer|(?:demand|adress|envoy|prescrit|r[eé]alis|interpr[eé]t|r[eé]f[eé]r)[eé]*e?s?\s+par|lu\s+par"
    r"|(?:par|de\s+la\s+part\s+d[eu])(?:\s+le)?(?=\s+(?:dr|docteur|prof)(?![^\W_]))|[aà]\s+l['’]attention\s+d[eu]"
    r"|prescripteur|demandeur|m[eé]decin(?:\s+(?:traitant|demandeur))?"
    r"|(?:[uü]ber|ueber|zu|ein)(?:ge)?wiesen\s+(?:von|durch)|(?:[uü]berw|zugew|angef|anf)\.\s*(?:von|durch)"
    r"|(?:angefordert|befundet|durchgef[uü]hrt|untersucht|erstellt)\s+(?:von|durch)|(?:[uü]ber|zu|ein)weiser|z\.\s?hd"
    r"|(?:kopie|copie|copy)(?:\s+(?:to|au|aan|an|à))?|aanvr(?=\.?\s?:)|(?:verwijzend|aanvragend)\s+specialist|ref(?:erring)?\s+md|anforderer|untersucher|(?:behandelnder|[uü]berweisender|zuweisender)\s+arzt|hausarzt"
    r"|(?:ref(?:erred)?|requested|ordered|performed|read|reported|sent|done|signed|dictated)\.?\s+by"
    r"|do[ck]t(?:e|eu|o)r|(?:ge|onder)tekend|gez(?=[.:])|signé(?:\s+par)?|signe(?:\s+par|(?=\s?:))|(?:vu|valid[eé])\s+par|(?:gelezen|ondertekend)\s+door"
    r"|(?:referring|ordering|attending|requesting)(?:\s+(?:physician|doctor|dr|md))?|attn"
)
"""Whoever stands behind these is one in small letters, too."""
_BEING = (
    r"patient(?:in|e)?|pati[eë]nte?|pat|(?-i:pt|Pt)|operator|op[eé]rateur|manip(?:ulateur)?|laborante?"
    r"|tech(?:nologist|nicus)?|mtra?|name|naam|nom|verw|ref|ha(?=\s?:)|fr(?=\.)"
    r"|verslag|signed|aanvr|specialist|consultant|correspondant|voorschrijver|referrer|performing"
    r"|(?-i:(?:^|(?<=[,;/]\s)|(?<=[,;/]))i\.\s?[VA](?=\.))|(?-i:Mr|Ms|kind(?:\s+van)?)|baby(?:\s+(?:boy|girl|of))?|b[eé]b[eé]|enfant"
)
"""These are everyday words, too: a name stands behind their colon, or begins with a capital letter."""
_CALLED = re.compile(
    rf"(?<![^\W_])(?:(?P<doing>{_DOING})|(?P<being>{_BEING})|(?P<copy>(?-i:cc|c\.c|CC(?=:)))(?<!\d.cc))(?![^\W_])(?P<colon>[.\s_]*:)?[.\s_]*",
    re.IGNORECASE,
)
_SMALL = re.compile(r"(?:(?:patient|pati[eë]nt)(?:e|in)?|pat|pt|cc)[.\s]+[^\W\d_]+(?=\s*(?:$|[,;()/]))", re.IGNORECASE)
"""`patient borst` at the end of a phrase: in small letters throughout it is no position, either."""
_PLACED = re.compile(r"\s+(?:first|zuerst|oben|up|down|raised|li|re|links?|rechts?|left|right|bds)(?![^\W_])", re.IGNORECASE)
"""What stands behind a part of the body, and behind no name."""
_TITLE = re.compile(
    r"(?:dr(?:s|es|ae)?|prof(?:essor|esseur)?|med|dent|habil|do[ck]t(?:o|e|eu)r|mevr(?:ouw)?|mw|dhr|de\s+heer|herrn?|frau|mr|mrs|ms|miss"
    r"|mme|mlle|m|monsieur|madame|huisarts|arts|arzt|le|i\.\s?[va]|van\s+de[nr]?|van|de[nr]?|von|du)(?![^\W_])[.\s_]*",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"(?:[A-Z]\.[\s-]?|[A-Z](?:-[A-Z])*\s+(?=[A-ZÀ-Þ])){1,4}")
_NAME = re.compile(r"(?:[OD]['’](?=[A-ZÀ-Þ]))?[^\W\d_]{2,}(?:['’-][^\W\d_]{2,})*(?![^\W_])")
_LAST = re.compile(r"(?:,?\s(?-i:[A-Z])\.?(?=\s*(?:$|[,;)/])))?")
"""An initial behind a name, at the end of the phrase."""
_AND = re.compile(r"\s*(?:[&+/]|(?<!\w)(?:en|et|und|and)(?!\w))\s*", re.IGNORECASE)
_APART = re.compile(r"[\s_^]+")
_MOST = 8
"""Words of one phrase that are looked at."""
_NO_NAMES = frozenset(
    "middel van de het een the le la les des first met bij voor na in aan avec et chez pour mit bei nach und auf with and at for"
    " of from".split()
)


def without_names(text: str, instead: str) -> str:
    """A text with something else in the place of each such name and its role: `op vraag van` doubts nothing."""
    parts, place = [], 0
    for start, end in _spans(text):
        if start >= place:
            parts += [text[place:start], instead]
            place = end
    return "".join([*parts, text[place:]])


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where such names stand, with their roles."""
    for match in _CALLED.finditer(text):
        end = _end(text, match.end())
        if end and (match["doing"] or match["colon"] or _is_plainly_name(text, match)):
            yield match.start(), end


def _is_plainly_name(text: str, role: re.Match[str]) -> bool:
    """Whether behind a role without a colon a part of the body is written like a name or ends the phrase, and is no position."""
    name = _NAME.match(text, role.end())
    if name is None or not everyday_parts.are_one_of(name[0]):
        return False
    return _SMALL.match(text, role.start()) is not None or (name[0].istitle() and not _PLACED.match(text, name.end()))


def _end(text: str, start: int) -> int:
    """Where the names end that begin at a place, which is naught where none does: behind a listed word only another's follows."""
    place, end = start, 0
    for _ in range(_MOST):
        place = _behind_titles(text, place)
        name = _NAME.match(text, place)
        if name is None or _is_no_name(name[0]):
            break
        end = place = name.end()
        last = _LAST.match(text, end)
        end = last.end() if last else end
        joined = _AND.match(text, place) or (None if _is_listed(name[0]) else _APART.match(text, place))
        if joined is None:
            break
        place = joined.end()
    return end


def _behind_titles(text: str, place: int) -> int:
    for _ in range(_MOST):
        found = _TITLE.match(text, place) or _INITIALS.match(text, place)
        if found is None:
            break
        place = found.end()
    return place


def _is_no_name(word: str) -> bool:
    token = folded(word)
    return nobodys_words.are_one_of(word) or negations.is_kept(token) or token in _NO_NAMES


def _is_listed(word: str) -> bool:
    token = folded(word)
    return token in word_lists.safe() or token in word_lists.ambiguous()
