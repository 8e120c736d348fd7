"""Words and signs of doubt in English, Dutch, French and German: without them a question is told as a finding."""

import re

SIGN = (
    r"(?<![^\W_])\?+|\?+(?![^\W_])|(?<!\w)(?:d/?dx?[:.]?|d\.\s?d\.)\s+(?=[^\W\d_])|(?<!\w)d/?dx?(?=\s*$)"
    r"|(?<!\w)(?:poss|prob|mog|verd)\.(?=\s)"
)
"""A question mark that is no letter lost within a word, `DD` that is no date's, and abbreviations."""

WORDS = frozenset(
    "query queried question suspect suspected suspicion suspicious suspicions susp suspi possible possibly probable probably"
    " likely maybe perhaps questionable doubt doubtful equivocal presumed presumptive suggestive concern unsure unclear"
    " vraag verdenking verdacht verdachte mogelijk mogelijke waarschijnlijk waarschijnlijke wsch misschien wellicht"
    " vermoeden vermoedelijk vermoedelijke twijfel twijfelachtig twijfelachtige eventueel eventuele evt onduidelijk"
    " suspecte suspectee suspects suspectes possibles possiblement probables probablement eventuel eventuelle eventuellement"
    " evaluate doute douteux douteuse hypothese presume presumee"
    " verdachts fraglich fragliche fraglicher fragliches fragl moglich mogliche moglicher mogliches moglicherweise moeglich"
    " moegliche moeglicherweise wahrscheinlich wahrscheinliche vermutlich vermutete vermutet vermutung eventuell eventuelle"
    " evtl frage unklar unklare unsicher differentialdiagnose differenzialdiagnose differential ddx".split()
)
"""Folded; they stand before what is doubted, or last behind it."""


def hangs(match: re.Match[str]) -> bool:
    """Whether a token is a question mark behind its word, which doubts that one alone."""
    return match[0].startswith("?") and match.string[: match.start()][-1:].isalnum()
