"""Diseases and parts of the body that are called after somebody: `ziekte van Crohn`, `Bell palsy`, `circulus van Willis`.

Each name stands only with the words that make a term of it; by itself it is somebody's. One that is the patient's own goes.
Names that many people bear stand with no words that may follow a patient's: `Smith fracture` is not among them.
"""

import re

_DISEASES = (
    "addison|alzheimer|barrett?|basedow|bechterew|beh[cç]et|binswanger|bowen|buerger|calv[eé]|castleman|charcot|chagas|crohn|cushing"
    "|dupuytren|erdheim|fabry|forestier|freiberg|gaucher|graves|haglund|hashimoto|hirschsprung|hodgkin|huntington|kawasaki"
    "|kienb[oö]c?k|krabbe|ledderhose|lyme|m[eé]ni[eè]re|mondor|ollier|ormond|paget|parkinson|perthes|peyronie|pick|pompe|pott"
    "|quervain|raynaud|scheuermann|schlatter|sever|still|sudeck|takayasu|whipple|wilson"
)
_SYNDROMES = (
    "alport|asherman|bartter|boerhaave|brown|brugada|caplan|conn|cowden|crouzon|down|dressler|edwards|eisenmenger|felty|gardner"
    "|goodpasture|gorlin|heerfordt|horner|hunt|kartagener|klinefelter|leriche|lynch|marfan|meigs|mirizzi|noonan|pancoast|patau"
    "|reiter|reye|roemheld|sheehan|sj[oö]gren|tietze|tourette|turner|wallenberg|williams"
)
_FRACTURES = "colles|duverney|galeazzi|goyrand|jefferson|lisfranc|maisonneuve|malgaigne|monteggia|segond|stener|tillaux"
_BEFORE_NOUNS = {
    _DISEASES: r"disease|krankheit|ziekte|contract(?:ure|uur)|kontraktur",
    f"{_DISEASES}|{_SYNDROMES}": r"syndrome?s?|syndroom",
    "barrett|hodgkin": r"o?esophagus|[oö]sophagus|o?esofagus|slokdarm|lymphoma?|lymphome|lymfoom",
    _FRACTURES: r"fractur(?:en|es?)|fractuur|frakturen?|luxat(?:ie|ion)|dislocat(?:ie|ion)|l[aeé]si(?:e|on)",
    "baker|tarlov|rathke|bartholin": r"(?:c|z)ysten?|cysts?|kystes?",
    "bell|erb|klumpke": r"pals(?:y|ie)|parese|paralysis|verlamming|l[aä]hmung",
    "achill(?:es)?": r"tend[io]n(?:s|itis|opathie|opathy)?|pees|pezen|sehnen?|rupt(?:ure?|uur)",
    "hoffa|kager": r"fat\s?pad|vetlichaam|fettk[oö]rper|triangle|driehoek",
    "meckel": r"diverti(?:kel|cle|cule|culum)",
    "bankart|hill-sachs|stener": r"l[eé]sions?|letsels?|l[eé]sies?|l[aä]sion(?:en)?",
    "chiari|arnold-chiari|dandy-walker": r"malformat(?:ions?|ies?)",
    "schmorl": r"nodes?|nod(?:uli|ule)|kn[oö]tchen|hernia",
    "warthin|wilms|ewing|grawitz|klatskin|krukenberg|pancoast": r"tumou?r(?:en|s)?|sar[ck]om[ae]?|sarcoom",
    "morton": r"neurom[ae]?|neuroom",
    "willis": r"circle|polygon",
}
"""Names → what stands behind them."""
_BEHIND_NOUNS = {
    _DISEASES: r"ziekte|maladie|contract(?:ure|uur)|morbus|mb\.|morbo|malattia|enfermedad",
    f"{_DISEASES}|{_SYNDROMES}": r"syndro?me?|syndroom|s[ií]ndrom[ae]?|sindrome",
    _FRACTURES: r"fract(?:ure|uur)|luxat(?:ie|ion)",
    "baker|tarlov|rathke|bartholin": r"cyste?|kyste",
    "bell": r"paralysie|verlamming",
    "achilles?": r"tendon|pees",
    "hoffa": r"graisse|vetlichaam",
    "meckel": r"diverti(?:kel|cule|culum)",
    "bankart|hill-sachs": r"l[eé]sions?|letsel",
    "arnold-chiari|chiari": r"malformat(?:ion|ie)",
    "morton": r"n[eé]vrome|neuroom",
    "willisi?i?": r"circulus|polygone|cirkel|circle|cercle",
    "wirsung": r"canal|ductus",
    "vateri?": r"papilla|papille|ampulla",
    "treitz": r"ligament",
    "douglas": r"cavum|cul-de-sac|ruimte",
    "his": r"bundle|bundel|faisceau",
}
"""Names → what stands before them, mostly with `van` or `de` between."""
_PAIRS = (
    r"hill-sachs|osgood-schlatter|legg-calv[eé]-perthes|arnold-chiari|guillain-barr[eé]|charcot-marie-tooth|ehlers-danlos"
    r"|creutzfeldt?-ja[ck]ob|klippel-(?:feil|tr[eé]naunay)|budd-chiari|salter-harris|pouteau-colles|dandy-walker|sturge-weber"
    r"|(?:von\s)?hippel-lindau|rendu-osler(?:-weber)?|mallory-weiss|zollinger-ellison|ramsay-hunt|peutz-jeghers|erdheim-chester"
    r"|sinding-larsen(?:-johansson)?|non-hodgkin|kellgren-lawrence|wolff-parkinson-white|blalock-taussig"
)
_MORBUS = "bechterew|crohn|basedow|hirschsprung|dupuytren|ledderhose"
"""Those that are hardly anybody's family name today: before them, `M.` is Morbus and no Monsieur."""
_OF = r"(?:(?:van|von|de|di|of)\s+|d['’])"
_BEHIND = "|".join(rf"(?:{names})['’]?(?:s(?:che[nrs]?)?)?[\s_-]{{0,2}}(?:{nouns})" for names, nouns in _BEFORE_NOUNS.items())
_BEFORE = "|".join(rf"(?:{nouns})\s+{_OF}(?:{names})" for names, nouns in _BEHIND_NOUNS.items())
FORMS = (
    rf"(?<![^\W_])(?-i:(?<!Mr\s)(?<!Ms\s))(?:{_BEHIND}|{_BEFORE}|{_PAIRS}|(?:morbus|mb\.)\s*(?:{_DISEASES})|circulus\s+willisi?i?|papilla\s+vateri"
    rf"|cavum\s+douglas|(?-i:M\.)\s?(?:{_MORBUS}))(?![^\W_])"
)
_FORM = re.compile(FORMS, re.IGNORECASE)


def are_one(token: re.Match[str]) -> bool:
    """Whether a token is such a term."""
    return _FORM.fullmatch(token[0]) is not None


def are_at(text: str, place: int) -> bool:
    """Whether such a term begins at a place in a text."""
    return _FORM.match(text, place) is not None
