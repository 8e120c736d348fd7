"""The page of `radiary review` in the language of the terminal that it was typed on."""

import html
import re

from radiary.commands.speaking import spoken

_SAID = re.compile(r" data-say>([^<]+)<")
_LABEL = re.compile(r' data-label="([^"]+)"')


def page(text: str) -> str:
    """The page, which is written in English: what its elements say is marked by `data-say`, their labels by `data-label`."""
    text = text.replace('<html lang="en">', f'<html lang="{spoken.language().code}">')
    text = _SAID.sub(lambda found: f">{html.escape(spoken.say(found[1]), quote=False)}<", text)
    return _LABEL.sub(lambda found: f' aria-label="{html.escape(spoken.say(found[1]))}"', text)


def words() -> dict[str, object]:
    """What its script needs to speak."""
    language = spoken.language()
    return {"code": language.code, "messages": dict(language.catalogue)}
