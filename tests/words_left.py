"""Whether what was shown in one language still has words of another one."""

import re
from collections.abc import Iterator

from radiary.language import Language


def left_over(shown: str, spoken_here: str, other: str) -> Iterator[str]:
    """Parts of sentences in another language, as far as they are none in the one that is spoken."""
    ours = "\n".join(_said_in(spoken_here))
    for text in _said_in(other):
        for part in re.split(r"%\(\w+\)[sr]|`[^`]*`", text):
            words = part.strip(" .,:;()\n")
            if words.count(" ") >= 2 and words in shown and words not in ours:
                yield words


def _said_in(code: str) -> Iterator[str]:
    for message, text in Language("nl" if code == "en" else code, "commands").catalogue.items():
        yield from (message,) if code == "en" else (text,) if isinstance(text, str) else text
