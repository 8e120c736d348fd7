"""Abbreviations with dots that only join words (`t.h.v.`, `v.d. knie`), and the letters of views (`F + P`, `RX KNIE P`)."""

import re

_FORMS = "t.h.v t.o.v t.g.v t.b.v o.b.v d.m.v n.a.v m.b.v i.v.m m.b.t i.s.m i.o.m i.h.k.v".split()
_JOINING = "|".join(form.replace(".", r"\.\s?") for form in _FORMS)
JOINING = rf"(?-i:(?<!\w)(?:(?:{_JOINING})(?!\w)\.?|v\.\s?d\.(?=\s+[a-zß-ÿ]{{3}})|u\.(?=\s+[a-zß-ÿ]{{2}})|à(?=\s)(?!\w)))"
"""One word each, in small letters; capital ones may be somebody's initials, and so may those before a capital letter."""
_IS_JOINING = re.compile(rf"(?:{_JOINING})\.?|v\.\s?d\.|u\.|à")
_VIEWS = r"F\s?[+/&]\s?P|L\s?[+/&]\s?R|R\s?[+/&]\s?L|D\s?[+/&]\s?G|G\s?[+/&]\s?D"
VIEWS = rf"(?-i:(?<![^\W_])(?:{_VIEWS})(?![^\W_]))"
"""From the front and from the side, in French and Dutch; left and right."""
_ARE_VIEWS = re.compile(_VIEWS)
_RADIOGRAPH = re.compile(r"\s*(?:rx|xr|r[oö](?:ntgen)?|radio(?:graphie|grafie)?|cr|dx)(?![^\W_])", re.IGNORECASE)


def are_joining(token: re.Match[str]) -> bool:
    """Whether a token is an abbreviation that says nothing by itself."""
    return _IS_JOINING.fullmatch(token[0]) is not None


def are_views(token: re.Match[str]) -> bool:
    """Whether a token is two views or sides that are joined."""
    return _ARE_VIEWS.fullmatch(token[0]) is not None


def is_view(letter: re.Match[str]) -> bool:
    """Whether a letter is a view: `P` or `F` without a dot in the name of a radiograph."""
    text = letter.string
    return letter[0] in ("P", "F") and text[letter.end() : letter.end() + 1] != "." and _RADIOGRAPH.match(text) is not None
