"""Negations: a description that would lose one, or what it denies, says something else than its author, and leaves not at all.
Words of doubt (`doubts.py`) are kept or cost the whole like those that deny.

English, Dutch, French and German, and the short words of some other languages; abbreviations such as `W/O`, `o. KM`, `C-`.
"""

import re
from collections.abc import Collection, Sequence

from radiary.dicom.wall import doubts
from radiary.dicom.wall.word_lists import folded

CONTRAST = (
    r"(?:contra?st\w*|kontrast\w*|cont?r?\b|km\b|ki\b|cm\b|iv\b|i\.v|gd\b|gad(?:o\w*)?\b|pdc\b|inj\w*|mdc\b|enh\w*|fs\b"
    r"|fat(?:[\s_-]?s\w*)?\b)"
)
"""What contrast is called in examinations' names, and other things that an examination is made with or without."""
_AFTER_CONTRAST = r"(?:v\.?\s?(?:/|u\.?|und)\s?)?n\.?"
"""German `n. KM`, `v. u. n. KM`, `v/n KM`: after it, before it and after it."""
_NO_SIGN = (
    r"(?:no|without|geen|zonder|keine?|ohne|sans|pas\s+d['’]|pas\s+de\s)\s*(?:evidence|signs?|suspicion|aanwijzing(?:en)?|tekenen"
    r"|verdenking|anhalt|hinweise?|zeichen|verdacht|signes?|arguments?)\s+(?:of|for|voor|van|op|f[uü]r|auf|de|pour|en\s+faveur\s+de)"
)
"""Phrases of which nothing is left to deny where what stands behind them is lost."""
SIGNS = r":\s?n(?!\w)|" + "|".join(
    rf"(?<!\w)(?:{form})"
    for form in (
        rf"{_NO_SIGN}(?!\w)",
        r"(?:con\s[ey]\s(?:senza|sin)|(?:senza|sin)\s[ey]\scon)(?!\w)|(?-i:noch(?!\w)|ni(?=\s+(?:de\s+)?[a-zß-ÿ]{4}))",
        r"w\s?/\s?(?:wo|o(?:ut)?)(?!\w)|w\.\s?o(?!\w)\.?",
        rf"w\s?/\s?o(?={CONTRAST})",
        rf"w\s?/(?=\s*(?:&|\+|and\b|or\b|{CONTRAST}))",
        rf"w(?=\s*(?:&|\+|and\b|or\b)\s*w|\s+{CONTRAST})",
        r"[rn]\s?/\s?[oa](?!\w)",
        rf"[sz]\s?/\s?c(?!\w)|[sz]/(?=\s?[^\W\d_]{{3}})|[scz]/(?=\s?{CONTRAST})",
        r"[acm]\s?/\s?z(?!\w)|[ac]\s?/\s?s(?!\w)|[sz]\s?/\s?[am](?!\w)",
        rf"±(?:\s?c(?!\w))?|wout(?=\s+{CONTRAST})|s\.\s?(?={CONTRAST})",
        rf"{_AFTER_CONTRAST}\s?(?=(?-i:KM|i\.\s?v))",
        rf"[omø]\.?\s?(?={CONTRAST})|o\.\s?b(?!\w)\.?|(?<!p\.)o\.(?=\s)|(?:z(?:\.\s?|\s)|v\.\s?)(?={CONTRAST})",
        r"[hs]\s?/\s?[op](?!\w)|(?-i:[Vv]\.\s?[aD]|[Zz]\.\s?[nA]|[Ss]t\.\s?[nN])(?!\w)\.?",
        r"c\s?[-+](?!\w)",
        rf"[-+]\s?(?:c(?!\w)|(?={CONTRAST}))|\([-+]\)|[-+]/[-+]",
        r"rule[sd]?[\s/-]+out(?!\w)|free\s+of(?!\w)",
        r"pas\s+d(?:es?|u)?(?!\w)",
        r"instead(?:\s+of)?(?!\w)|rather\s+than(?!\w)|in\s+plaats\s+van(?!\w)|au\s+lieu\s+d[eu](?!\w)",
        r"i\.?\s?p\.?\s?v(?!\w)\.?",
        r"neg\.?(?!\w)",
    )
)
"""Abbreviations that deny, those that affirm where both may stand together, and phrases: each is one word."""

SIGN = "sign"
"""The name of the group in which abbreviations and phrases that deny or doubt are found."""

_ALL = frozenset("woc nc ncct nect nce noncon unenhanced zc zkm zcm okm siv nfs".split())
"""What denies and is denied in one word, folded."""
_WORDS = doubts.WORDS | frozenset(
    "no not non none never without w/o wo nor neither cannot unlikely improbable exclude"
    " excludes excluding excl except absence lack lacking denies denied deny isn doesn don didn wasn aren"
    " couldn won hasn haven geen niet nooit zonder noch uitsluiten uitsluiting excluderen ontkent onwaarschijnlijk"
    " afwezigheid sans aucun aucune jamais exclure exclusion ni ohne kein keine keinen keiner keinem keines nicht nie"
    " niemals weder ausschluss ausschliessen verneint unwahrscheinlich sin sem senza sine sense utan uden uten ikke"
    " inte bez fara nem nincs ninguna nenhum nessuna pas ne rien point nein nee neen hardly barely nauwelijks kaum"
    " exclusie eliminer elimination eliminate contra contre contraindicated contraindication contraindicatie"
    " kontraindiziert kontraindikation statt anstatt anstelle ausser ausgenommen behalve sauf hormis"
    " ausschl uitsl elim ro".split()
)
"""What stands before what it denies, folded."""
_AFTER = frozenset(
    "free off less excluded absent negative neg negativ negativer negatives resolved cancelled canceled aborted"
    " failed vrij loos uitgesloten afwezig negatief negatieve geannuleerd mislukt afgebroken libre exclu exclue"
    " negatif absente annule annulee frei los ausgeschlossen abwesend abgebrochen entfallen fehlend fehlt nein nee"
    " neen refused declined omitted contraindicated geweigerd gecontraindiceerd ecarte ecartee elimine eliminee refuse"
    " refusee verweigert abgelehnt kontraindiziert freie freien freier freies vrije".split()
)
"""What may stand behind what it denies."""
_NAMES = frozenset(
    "pas ni nie sin sem bez nem fara sense noch fehlt absent entfallen lack don won frei los less vrij libre loos"
    " rien point ne nee elim ro".split()
)
"""Those of them that are people's names or mean something else, too: no safe words by themselves."""
_GLUED = ("without", "ohne", "sans", "zonder", "geen", "kein", "non", "nicht", "niet")
_GLUED_FORMS = re.compile(rf"(?:no|wo){CONTRAST}|[^\W\d_]{{2,}}(?:frei(?:e[mnrs]?)?|vrije?|free)")


def is_kept(token: str) -> bool:
    """Whether a folded token is a word that denies or doubts and may leave as it is."""
    return token in _WORDS | _AFTER | _ALL and token not in _NAMES


def may_be_initial(token: re.Match[str]) -> bool:
    """Whether a token is `O.`: without, or somebody called Olga."""
    return token[0] == "O."


def turn(tokens: Sequence[re.Match[str]], kept: Collection[int], particles: Collection[str]) -> bool:
    """Whether a text of which only the tokens at the places `kept` leave denies or doubts less than before, or something else."""
    places = [place for place, token in enumerate(tokens) if folded(token[0]) not in particles or place in kept]
    told, is_lost = [tokens[place] for place in places], [place not in kept for place in places]
    return any(is_lost[one] for index in range(len(told)) for one in _needed(told, index, is_lost))


def _needed(tokens: Sequence[re.Match[str]], index: int, is_lost: Sequence[bool]) -> list[int]:
    """Where tokens stand that have to leave together: a denial and what it denies; none where nothing is denied.

    One that is a name, too, is taken for a name where it is lost and so is all behind it.
    """
    token = folded(tokens[index][0])
    is_after, is_last = token in _AFTER, index + 1 == len(tokens)
    if token in _ALL:
        return [index]
    if not (is_after or token in _WORDS or tokens[index].lastgroup == SIGN or _is_glued(token)):
        return []
    if (token in _NAMES or may_be_initial(tokens[index])) and not (is_after or is_last) and all(is_lost[index:]):
        return []
    behind = [] if is_last or doubts.hangs(tokens[index]) else [index + 1]
    before = [index - 1] if index and (is_after or not behind) else []
    return [*before, index, *behind]


def _is_glued(token: str) -> bool:
    """Whether a token is a negation with what it denies, in one word: `ohneKM`, `noFS`, `contrastvrij`."""
    return (len(token) > 5 and token.startswith(_GLUED)) or _GLUED_FORMS.fullmatch(token) is not None
