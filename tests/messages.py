"""Every message that a page, a notice or a command may say, found in the sources."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract

import radiary
from radiary.language import Domain
from radiary.model import errors
from radiary.state import ledger as _of_state  # noqa: F401 - it knows a reason of its own

ROOM = Path(radiary.__file__).parent
PAGES = ("announcing", "chronicle", "viewer", "share")
"""Rooms that make pages and notices: what they mark is for these, unless they make a sentence of it, which a command may say."""
_MARKS = {"say": 1, "marked": 1, "remark": 1, "busy": 1, "count": 2}
_HELPS = {"command_of", "option", "Option"}
_SENTENCES = {"sentence": 1, "counted": 2, "Mistaken": 1, "Unusable": 1, "NotMergeable": 1}
"""How many messages each call takes: two are of one thing, and of many."""


@cache
def spoken(domain: Domain = "pages") -> frozenset[tuple[str, ...]]:
    """Messages, with their plural where they have one. Commands may say what pages say, without saying it twice."""
    found = set(_of_code(domain)) | set(_of_files(domain))
    if domain == "commands":
        found |= {(one,) for one in errors.sentences()}
        found -= spoken("pages")
    return frozenset(message for message in found if re.search(r"\w", message[0]))


def _of_code(domain: Domain) -> Iterator[tuple[str, ...]]:
    for path in ROOM.rglob("*.py"):
        is_page = path.relative_to(ROOM).parts[0] in PAGES
        calls = (_MARKS if is_page else {}) if domain == "pages" else _SENTENCES | ({} if is_page else _MARKS)
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and (taken := calls.get(_name(node.func))):
                yield from _messages(node.args, taken)
            if isinstance(node, ast.Call) and domain == "commands":
                yield from ((text,) for text in _of_help(node))


def _of_help(call: ast.Call) -> Iterator[str]:
    """What a help says of a command (its summary, and what there is more to say) and of an option."""
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    said = call.args[1:3] if _name(call.func) == "command_of" else []
    said += [named[name] for name in ("more", "help") if name in named and _name(call.func) in _HELPS]
    for one in said:
        yield from _texts(one)


def _name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""


def _messages(arguments: list[ast.expr], taken: int) -> Iterator[tuple[str, ...]]:
    """The literal first arguments; of a choice between two, both."""
    said = [one for argument in arguments[:1] for one in _texts(argument)]
    many = [one for argument in arguments[1:taken] for one in _texts(argument)]
    if said and many:
        yield (said[0], many[0])
    else:
        yield from ((one,) for one in said)


def _texts(argument: ast.expr) -> list[str]:
    if isinstance(argument, ast.IfExp):
        return [*_texts(argument.body), *_texts(argument.orelse)]
    return [argument.value] if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else []


def _of_files(domain: Domain) -> Iterator[tuple[str, ...]]:
    """What templates of pages say, and the page of `radiary review` with its scripts."""
    for path in ROOM.rglob("*.j2") if domain == "pages" else ():
        keywords = {"say": None, "count": (1, 2)}
        for _, message, _, _ in extract("jinja2.ext:babel_extract", BytesIO(path.read_bytes()), keywords=keywords):
            yield tuple(message) if isinstance(message, tuple) else (message,)
    for path in (ROOM / "commands").rglob("*.*") if domain == "commands" else ():
        if path.suffix == ".html":
            yield from ((one,) for one in re.findall(r' data-(?:say>|label=")([^<"]+)', path.read_text()))
        elif path.suffix == ".js":
            for message, many in re.findall(r'\b(?:spoken|counted)\("([^"]*)"(?:, "([^"]*)")?', path.read_text()):
                yield (message, many) if many else (message,)
