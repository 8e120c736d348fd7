"""Terms of several words, one of which is a family name or says nothing by itself: `long axis`, `young adult`, `SI-gewricht`.

A Dutch `long` is a lung in small letters only, and `#` is a fracture.
"""

import re

FORMS = (
    r"(?<![^\W_])(?:long\s(?:axis|legs?|bones?|views?|arms?|segments?)|young\sadults?|lange\s(?:as|botten|beenopnames?|asopnames?)"
    r"|klein(?:e|es)?\sbecken|petit\sbassin|grand\saxe|petit\saxe|grosses?\sbronches?|lange\sachse|kurze\sachse|court\saxe"
    r"|(?-i:[aà])\sl['’]eau|[aà]\sjeun|[aà]\svide|low[\s-]dose|dual[\s-]energy"
    r"|(?-i:SI|AC|MCP|PIP|DIP)[\s-](?:gewricht(?:en)?|joints?|gelenke?|GEWRICHT(?:EN)?|JOINTS?|GELENKE?)|y[\s-](?:view|opname|aufnahme)"
    r"|(?-i:[CTL])[-\s]spine|na\sval|C/A/P|hoog\sresolutie|hoge\sresolutie|bot\svenster|gros\sorteil|au\slit|im\sbett|\#|(?-i:long|d\.\s?pl?\.?))(?![^\W_])"
)
_IS_FORM = re.compile(FORMS, re.IGNORECASE)


def are_one(token: re.Match[str]) -> bool:
    """Whether a token is one of them."""
    return _IS_FORM.fullmatch(token[0]) is not None
