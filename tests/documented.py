"""What a document tells its reader to type: fenced blocks, spans of code, and whether Radiary's grammar knows it."""

import re
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from radiary.commands.command_line.settings_given import setting_names
from radiary.commands.grammar.root import root

ROOT = Path(__file__).parents[1]
_FENCE = re.compile(r"^(?:<!-- (?P<note>[^>]*) -->\n)?```(?P<kind>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_SHELL = ("sh", "console")
_SHARED = ("-h", "--help", "--set", "--config")
_ASSIGNED = re.compile(r"[A-Za-z_]\w*=")


@dataclass(frozen=True)
class Block:
    """A fenced block; `note` stands in a comment above it, which no reader sees."""

    kind: str
    text: str
    note: str = ""


def blocks(text: str) -> list[Block]:
    """Every fenced block, in order."""
    return [Block(one["kind"], one["text"], one["note"] or "") for one in _FENCE.finditer(text)]


def spans(text: str) -> list[str]:
    """Every span of code outside of blocks; one may go over the end of a line."""
    return [" ".join(one.split()) for one in re.findall(r"`([^`]+)`", _FENCE.sub("", text))]


def commands(text: str) -> Iterator[list[str]]:
    """The words of every `radiary …` of a document, without `radiary`; of spans those alone that name a command."""
    for block in blocks(text):
        if block.kind in _SHELL:
            yield from _of_shell(block.text)
    for span in spans(text):
        words = _words(span)
        if words and words[0] == "sudo":
            words = words[1:]
        if words and words[0] == "radiary" and words[1:]:
            yield words[1:]


def _words(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:  # an apostrophe
        return text.split()


def _of_shell(text: str) -> Iterator[list[str]]:
    for line in text.replace("\\\n", " ").replace("$(which radiary)", "radiary").splitlines():
        lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
        lexer.whitespace_split = True
        part: list[str] = []
        for word in [*lexer, ";"]:
            if set(word) <= set("();<>|&"):
                yield from _radiary(part)
                part = []
            else:
                part.append(word)


def _radiary(words: list[str]) -> Iterator[list[str]]:
    while words and (words[0] in ("sudo", "if", "!", "then", "else", "do") or _ASSIGNED.match(words[0])):
        words = words[1:]
    if words and words[0].rpartition("/")[2] == "radiary" and words[1:]:
        yield words[1:]


def fault(words: list[str]) -> str | None:
    """What the grammar does not know of a command's words; capitals and three dots stand for something else."""
    name, *rest = words
    if name in ("--help", "--version", "-h") or _is_placeholder(name):
        return next((f"not every command has {one}" for one in rest if one.startswith("-") and one not in _SHARED), None)
    command = root.commands.get(name)
    if command is None:
        return f"there is no command {name!r}"
    context = click.Context(command, info_name=name)
    try:
        given, left, _ = command.make_parser(context).parse_args([one for one in rest if one != "[OPTIONS]"])
    except click.UsageError as error:
        return error.format_message()
    if left:
        return f"nothing is meant by {left!r}"
    return next(_wrong_words(command, given), None)


def _wrong_words(command: click.Command, given: dict[str, object]) -> Iterator[str]:
    for param in command.params:
        said = list(_said(given.get(str(param.name))))
        if isinstance(param.type, click.Choice):
            yield from (f"{one!r} is none of {param.type.choices}" for one in said if one not in param.type.choices)
        if param.name == "pairs":
            yield from (f"there is no setting {one!r}" for one in said if one.partition("=")[0] not in setting_names())
        if command.name == "config" and param.name == "names":
            yield from (f"there is no setting {one!r}" for one in said if one not in setting_names())


def _said(value: object) -> Iterator[str]:
    """The words of a parameter, each alternative of `csv|fhir` for itself; what stands for something else is none."""
    for one in value if isinstance(value, list | tuple) else [value]:
        if isinstance(one, str):
            yield from (word for word in one.strip("[]").split("|") if not _is_placeholder(word.partition("=")[0]))


def _is_placeholder(word: str) -> bool:
    return word.strip("[]….") == "" or word.isupper() or word in ("name", "does")


def documents(*patterns: str) -> Iterable[Path]:
    """Files of this checkout, in order."""
    return (path for pattern in patterns for path in sorted(ROOT.glob(pattern)))
