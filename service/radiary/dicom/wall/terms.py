"""Terms of several words, one of which is a family name where it stands by itself: `long axis`, `young adult`, `lange botten`."""

import re

FORMS = (
    r"(?<![^\W_])(?:long\s(?:axis|legs?|bones?|views?|arms?|segments?)|young\sadults?|lange\s(?:as|botten|beenopnames?|asopnames?)"
    r"|klein(?:e|es)?\sbecken|petit\sbassin|grand\saxe|petit\saxe|grosses?\sbronches?|lange\sachse|kurze\sachse|court\saxe"
    r"|(?-i:[aà])\sl['’]eau|[aà]\sjeun|[aà]\svide|low[\s-]dose|dual[\s-]energy)(?![^\W_])"
)
_IS_FORM = re.compile(FORMS, re.IGNORECASE)


def are_one(token: re.Match[str]) -> bool:
    """Whether a token is one of them."""
    return _IS_FORM.fullmatch(token[0]) is not None
