"""What the reader knows of words: files of lines `role = words | words …`, folded to lower case without accents."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib import resources


def folded(text: str) -> str:
    """Lower case, accents gone, spaces single: the form in which words are compared."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(one for one in apart if not unicodedata.combining(one)).split())


@cache
def exact(file: str) -> Mapping[str, str]:
    """Role by words, as they are written in the file."""
    roles: dict[str, str] = {}
    for line in resources.files(__name__).joinpath(file).read_text(encoding="utf-8").splitlines():
        role, is_entry, spellings = line.partition(" = ")
        if is_entry and not line.startswith("#"):
            roles |= dict.fromkeys((words for one in re.split(r" \| ", spellings) if (words := one.strip())), role)
    return roles


@cache
def words(file: str) -> Mapping[str, str]:
    """Role by words, folded."""
    return {folded(words): role for words, role in exact(file).items()}


@cache
def longest(file: str) -> int:
    """How many words the longest entry of a file has."""
    return max(len(entry.split()) for entry in words(file))


def role_of(file: str, text: str) -> str | None:
    """The role of a text that is an entry of a file, or begins with one."""
    plain = folded(text).strip(" .:*()")
    known = words(file)
    return known.get(plain) or next((role for entry, role in known.items() if plain.startswith(f"{entry} ")), None)
