"""Words of the calendar in four languages: what is left of a date that was counted, and dates that are said in words alone."""

import re

from radiary.dicom.wall import identity_forms

_SHORT = 4
"""Letters of the longest shortened name of a month; what is as short may be another word, and counts behind a preposition."""
_SHORT_IN_FULL = frozenset("mai mars mei märz juin juni juli june july août aout".split())
_MONTHS = identity_forms.month_names()
_ANY = "|".join(sorted(_MONTHS, key=len)[::-1])
_FULL = "|".join(sorted({one for one in _MONTHS if len(one) > _SHORT} | _SHORT_IN_FULL, key=len)[::-1])
_BEGINNING = "januar|februar|märz|september|oktober|octobre|october|november|novembre|dezember|december|décembre"
"""What begins a longer word: Märzkontrolle, oktoberscan."""
_BEFORE = (
    r"in|of|since|from|until|till|through|by|during|last|next|this|early|late|mid|end|beginning|on|de|du|en|d['’]|depuis|dès|fin"
    r"|début|mi|jusqu['’]en|avant|après|le|im|seit|ab|bis|vom|von|am|zum|anfang|ende|mitte|letzten|vor|nach|sinds|vanaf|van|tot"
    r"|eind|begin|half|vorige|op"
)
_BEFORE_NUMBERS = r"since|until|till|on|dated|depuis|dès|le|du|jusqu['’]au|seit|ab|bis|vom|am|zum|sinds|vanaf|tot|op|d\.d\.|dd"
"""What stands before a day or a month in numbers, and seldom before a score such as 4/10."""
WEEKDAYS = (
    "mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag"
    "|zondag|lundis?|mardis?|mercredis?|jeudis?|vendredis?|samedis?|dimanches?|montags?|dienstags?|mittwochs?|donnerstags?"
    "|freitags?|samstags?|sonnabends?|sonntags?"
)
SHORT_WEEKDAYS = "mon|tues?|wed|thu(?:rs?)?|fri|sat|sun|ma|di|wo|do|vr|za|zo|lun|mar|mer|jeu|ven|sam|dim|mo|mi|fr|sa|so"
_SEASONS = "summer|autumn|winter|printemps|automne|hiver|frühling|frühjahr|sommer|herbst|voorjaar|zomer|herfst|najaar"
_FEASTS = (
    "christmas|easter|new year['’]?s|noël|pâques|pentecôte|toussaint|weihnachten|ostern|pfingsten|silvester|neujahr"
    "|kerst(?:mis)?|pasen|pinksteren|nieuwjaar"
)
_PARTS_OF_A_YEAR = (
    rf"{_SEASONS}|spring|fall|été|lente|q[1-4]|[1-4]\.? ?(?:quartal|kwartaal|trimestre)|(?:week|woche|kw|semaine) ?\d{{1,2}}"
)
"""What may be something else, unless a year stands behind it."""
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = rf"{_TEENS}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:{_ONES}))?"
_DAYS = "|".join(
    (
        r"(?:(?:twenty|thirty)[- ])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)",
        r"(?:ten|eleven|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twentie|thirtie)th|twelfth",
        rf"(?:(?:twenty|thirty)[- ])?(?:{_ONES})|{_TEENS}|twenty|thirty",
        r"(?:(?:ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun)und)?(?:zwanzig|drei[ßs]s?ig)(?:ste[nrms]?)?",
        r"(?:erst|zweit|dritt|viert|fünft|sechst|siebt|siebent|acht|neunt|elft|zwölft|\w*zehnt)e[nrms]?|elf|zwölf|\w*zehn",
        r"premier|deux|trois|quatre|cinq|six|sept|huit|neuf|dix(?:[- ](?:sept|huit|neuf))?|onze|douze|treize|quatorze|quinze",
        r"seize|vingt(?:[- ](?:et[- ])?\w+)?|trente(?:[- ]et[- ]un)?",
        r"eerste|tweede|derde|vierde|vijfde|zesde|zevende|achtste|negende|\w*tiende|elfde|twaalfde|\w*(?:twintig|dertig)(?:ste)?",
        r"een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|twaalf|\w*tien",
    )
)
_OF_CENTURY = "vingts?|trente|quarante|cinquante|soixante|quatre|dix|onze|douze|treize|quatorze|quinze|seize"
_YEARS = "|".join(
    (
        rf"(?:nineteen|twenty)[- ](?:hundred(?:[- ]and)?(?:[- ]\w+)?|(?:oh|o)[- ](?:{_ONES})|{_TENS})",
        rf"two thousand(?:(?: and)?[- ](?:{_TENS}|{_ONES}))?",
        r"(?:neunzehnhundert|zweitausend|negentienhonderd|tweeduizend)(?:[- ]?(?!m[lg]\b|hu\b)\w+)?",
        rf"(?:deux|mil(?:le)?)[- ](?:mille|neuf[- ]cents?)(?:[- ](?:{_OF_CENTURY}|un|deux|trois|cinq|six|sept|huit|neuf|et))*",
    )
)
_TAIL = rf"(?:[ ,]+(?:{_YEARS}))?"
_MAY = r"(?-i:May|MAY(?! BE\b))"
_IS_SO = r"(?! (?:be|have|represent|reflect|indicate|suggest|also|not)\b)"
_OTHER = r"march fractures?"
_FORMS = (
    rf"(?:(?:the|den|der|le|de) )?(?:{_DAYS}) (?:(?:day )?(?:of|de|du|van) )?(?:{_FULL})(?![^\W\d_]){_TAIL}",
    rf"(?:(?:the|le) )?(?:{_DAYS}) (?:of (?:may)|(?-i:May))(?![^\W\d_]){_TAIL}",
    rf"(?:{_PARTS_OF_A_YEAR})(?: (?:of|de|du|van|des|der))?(?: (?:the year|jahres|l['’]année))?[-/ ]{{0,2}}\(…\)",
    r"\(…\)[-/ ]?(?:w|kw|q)\d{1,2}",
    r"(?:in|of|during|last|this|next) (?:the )?spring(?= ?(?:$|[.,;)]|it\b|the\b|and\b))",
    rf"(?:in|of|since|from|until|till|through|by|during|mid|early|late)[- ]may(?![^\W_]){_IS_SO}",
    rf"(?:last|next|this|end|beginning)[- ]{_MAY}",
    rf"(?:{_BEFORE})[-. ]{{0,2}}(?!(?<=de )sept|(?<=avant )sept|(?<=après )sept|may)(?:{_ANY})(?![^\W\d_])\.?",
    rf"(?!{_OTHER})(?:{_FULL})(?: the)? (?:{_DAYS})(?![^\W_]){_TAIL}",
    rf"(?!{_OTHER})(?:{_FULL})(?![^\W\d_]){_TAIL}",
    rf"(?:{_BEGINNING})[^\W\d_]+",
    rf"(?:{WEEKDAYS}|{_SEASONS}|{_FEASTS})(?![^\W_])",
    rf"(?:{_YEARS})(?![^\W_]|\s?(?:ml|mg|mm|hu)\b)",
    rf"(?:{_BEFORE}) ['’]\d\d(?![\d%])",
    rf"(?:{_BEFORE_NUMBERS}) (?:0?[1-9]|1[0-2])/\d\d(?![\d/])",
    rf"(?:{_BEFORE_NUMBERS}) (?:0?[1-9]|[12]\d|3[01])(?:[-/](?:0?[1-9]|1[0-2])|\.(?:0?[1-9]|1[0-2])\.)(?![\d/])",
)
_PART = re.compile(rf"(?<![^\W_])(?:{'|'.join(_FORMS)})", re.IGNORECASE)
_REPEATED = re.compile(r"\(…\)(?:[ ,/.-]*\(…\))+")


def left_out(text: str, instead: str) -> tuple[str, int]:
    """A text of which dates were taken out, without what tells of the calendar in words or halves; and how many those were."""
    plain, count = _PART.subn(instead, text)
    return _REPEATED.sub(instead, plain), count
