"""`docs/reference`, made from the code: settings, facts, reasons, commands. `make reference` writes it, a test compares it."""

import re
import tomllib
import typing
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
import msgspec
from annotated_types import Ge, Gt, Le

from radiary.commands.command_line.command import Command
from radiary.commands.command_line.exits import MEANINGS
from radiary.commands.command_line.settings_given import example
from radiary.commands.grammar.root import root
from radiary.commands.speaking.answers import ANSWERS
from radiary.dicom import documents
from radiary.model import errors, events
from radiary.model.errors import SENTENCES, WITHOUT_READER, RadiaryError, Reason
from radiary.settings import Settings

FOLDER = Path(__file__).parents[1] / "docs/reference"
_MADE = "\n*Made from the code by `make reference`; a test holds the two together.*\n"


def pages() -> dict[str, str]:
    """Every page, by its file's name."""
    return {"settings.md": _settings(), "events.md": _events(), "reasons.md": _reasons(), "commands.md": _commands()}


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(head), ["---"] * len(list(head)), *(list(row) for row in rows)]
    return "".join(f"| {' | '.join(one.replace('|', chr(92) + '|') for one in line)} |\n" for line in lines)


def _settings() -> str:
    said = """# Settings

Every setting with its default. `radiary config` shows how each counts now and where it was said; `radiary config --example`
prints [the file](../../config.example.toml) to start from. `radiary COMMAND --set NAME=VALUE` gives one for once, and so does the
environment, as `RADIARY_NAME`. A mistake is one sentence, and exit status 78.
"""
    return said + _MADE + "".join(map(_setting_block, _blocks()))


def _blocks() -> list[tuple[str, dict[str, Any], dict[str, str]]]:
    """Of the example: what is said above some settings, these, and what is said behind one; the head of the file is none."""
    blocks = []
    for block in example().split("\n\n"):
        lines = block.splitlines()
        above = " ".join(line.removeprefix("#").strip() for line in lines if line.startswith("#"))
        behind = {one[1]: one[2] for line in lines if (one := re.match(r"(\w+) = [^#]*# (.*)", line))}
        if found := tomllib.loads(block):
            blocks.append((above, found, behind))
    return blocks


def _setting_block(block: tuple[str, dict[str, Any], dict[str, str]]) -> str:
    above, found, behind = block
    described = {name: Settings.model_fields[name].description or "" for name in found}
    rows = (
        (f"`{name}`", f"`{_toml(value)}`", _may_be(name), f"{described[name]}{f' ({behind[name]})' if name in behind else ''}")
        for name, value in found.items()
    )
    head = ", ".join(f"`{name}`" for name in found) if len(found) < 5 else "What else the wall keeps"
    return f"\n## {head}\n\n{above}\n\n" + _table(("setting", "default", "may be", "what it is"), rows)


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value).replace("'", '"')


def _may_be(name: str) -> str:
    field = Settings.model_fields[name]
    kind = field.annotation
    choices = typing.get_args(kind) if typing.get_origin(kind) is typing.Literal else ()
    if choices:
        return ", ".join(f'`"{one}"`' for one in choices)
    if typing.get_origin(kind) is tuple:
        inner = typing.get_args(kind)[0]
        words = _words(inner)
        return "a list of " + (", ".join(f'`"{one}"`' for one in words) if words else "paths" if inner is Path else "texts")
    if kind is bool:
        return "`true`, `false`"
    if kind in (int, float):
        return _range(field.metadata, "a whole number" if kind is int else "a number")
    return "a path" if kind in (Path, Path | None) else "a text"


def _words(kind: object) -> list[str]:
    """The words of a Literal, or of several of which any one may be."""
    parts = typing.get_args(kind)
    return [word for part in parts for word in (_words(part) if typing.get_args(part) else [part])]


def _range(bounds: Iterable[object], what: str) -> str:
    for bound in bounds:
        match bound:
            case Ge(ge=least):
                what += f" from {least}"
            case Gt(gt=least):
                what += f" above {least}"
            case Le(le=most):
                what += f" to {most}"
    return what


def _events() -> str:
    facts = typing.get_args(events.Event)
    said = """# Facts of the ledger

The ledger is `ledger.jsonl` in the state folder: one fact a line, as JSON, oldest first. `radiary log --json` prints it,
`radiary log` says it in words, `radiary log --schema` gives its JSON Schema. It never holds a name, an identifier, a birth date
or a file's name. Words are explained in the [glossary](../../README.md#glossary).
"""
    shared = "\n## Every fact\n\n" + _fields(events.Fact, ())
    nested = (f"\n## {one.__name__}\n\n{_doc(one)}\n\n{_fields(one, ())}" for one in (events.FiledStudy, events.FiledSeries))
    return said + _MADE + shared + "".join(map(_event, facts)) + "".join(nested)


def _event(kind: type[events.Fact]) -> str:
    own = _fields(kind, events.Fact.__struct_fields__)
    return f"\n## {kind.__struct_config__.tag}\n\n{_doc(kind)}\n" + (f"\n{own}" if own else "")


def _doc(kind: type) -> str:
    return " ".join((kind.__doc__ or "").split())


def _fields(kind: type, without: Iterable[str]) -> str:
    """A table of what a fact holds, by its JSON Schema."""
    schema = msgspec.json.schema(kind)["$defs"][kind.__name__]
    needed = set(events.Fact.__struct_fields__ if kind is events.Fact else schema.get("required", ()))
    rows = [
        (f"`{name}`", _type(said), said["description"] + ("" if name in needed else "; older lines may lack it"))
        for name, said in schema["properties"].items()
        if name not in {"type", *without}
    ]
    return _table(("field", "type", "what it is"), rows) if rows else ""


def _type(said: dict[str, Any]) -> str:
    if "$ref" in said:
        return said["$ref"].rpartition("/")[2]
    if "anyOf" in said:
        return " or ".join(_type(one) for one in said["anyOf"])
    if "enum" in said:
        return ", ".join(f"`{one}`" for one in said["enum"])
    if "prefixItems" in said:
        return f"{len(said['prefixItems'])} {said['prefixItems'][0]['type']}s"
    if said["type"] == "array":
        return f"list of {_type(said['items'])}"
    if said["type"] == "object":
        return f"{said['additionalProperties']['type']} by name"
    return {"date-time": "moment"}.get(said.get("format", ""), said["type"])


_OF_DOWNLOADS: tuple[tuple[type[RadiaryError], str, str], ...] = (
    (errors.Unacceptable, "Not filed", """\
`rejected`. The download is not touched; with `after = "sort"` it is moved into `failed`, of `only-own-copies` and
`only-taken-out` into `duplicate`. `radiary retry` tries it again, `radiary forget` has you hear no more of it."""),
    (errors.NoDicom, "Left alone", """\
`ignored`. It is no download of yours that Radiary is for; `radiary status --all` only counts it."""),
    (errors.Waiting, "Waits for you", """\
`waiting`. It goes on once you have done what the sentence says."""),
    (errors.NotNow, "Not just now", """\
`deferred`, or nothing is begun meanwhile. No attempt is counted; it is tried again by itself."""),
)  # fmt: skip
"""What becomes of a download, by the class of the error; one that is named here itself is not told with those above it."""

_HELD = (
    documents.HELD
    | documents.UNDECIDED
    | WITHOUT_READER
    | {Reason.PAPER, Reason.ULTRASOUND_REGIONS_MISSING, Reason.BURNED_IN_ANNOTATION, Reason.TEXT_UNCERTAIN, Reason.TEXT_REMAINS}
)
_OF_INSTANCES: tuple[tuple[frozenset[Reason], str, str], ...] = (
    (_HELD, "Held", """\
It is on the private shelf, and in no library and no chronicle; `radiary review` shows it, and `radiary papers` what
papers say."""),
    (frozenset({Reason.TEXT_SEEN, Reason.NAME_REMAINS}), "Stopped by the second look", """\
You released it in `radiary review`, and what was found wants a second yes. `text-remains` and `text-not-looked-for` may stop it,
too."""),
    (frozenset({Reason.UID_OF_SEVERAL, Reason.STUDY_UID_OF_SEVERAL}), "Filed otherwise than it came", """\
It is in the library, or held for another reason; the fact counts it as `noted`."""),
    (frozenset({Reason.FRAMES_MISSING, Reason.FRAMES_DAMAGED, Reason.FRAMES_BEYOND_NUMBER}), "Filed but for some frames", """\
The frames are counted as `skipped`; the others are filed."""),
    (frozenset({Reason.DIRECTORY}), "Left alone", """\
It says of a disc what is on it; that is no loss, and not counted."""),
    (documents.FILED, "Filed as a copy, or skipped without copies", """\
It is no picture, and its de-identified copy is filed. With `copies = "none"` it is skipped for this reason, but for
`key-object-selection`, `structured-report` and `waveform`, of which there is a text or a drawing beside the copy."""),
)  # fmt: skip


def _reasons() -> str:
    said = """# Reasons

Why something was not filed, or is held: the slug that programs see (in `radiary log --json`, `radiary status --json` and
`study.json`), and the sentence that you see.
"""
    of_downloads = "".join(_section(what, becomes, _slugs(kind)) for kind, what, becomes in _OF_DOWNLOADS)
    grouped = [reason for reasons, _, _ in _OF_INSTANCES for reason in reasons]
    rest = [reason for reason in Reason if reason not in grouped]
    assert len(set(grouped)) == len(grouped)
    skipped = "It is not filed. The fact counts it as `skipped`, and `study.json` where its exam is known; the rest is filed."
    of_instances = "".join(
        _section(what, becomes, {str(one): SENTENCES[one] for one in Reason if one in reasons})
        for reasons, what, becomes in (*_OF_INSTANCES, (frozenset(rest), "Skipped", skipped))
    )
    return said + _MADE + "\n## Of a download\n" + of_downloads + "\n## Of one object in a download\n" + of_instances


def _section(what: str, becomes: str, sentences: dict[str, str]) -> str:
    rows = ((f"`{slug}`", sentence) for slug, sentence in sentences.items())
    return f"\n### {what}\n\n{becomes}\n\n" + _table(("slug", "sentence"), rows)


def _slugs(kind: type[RadiaryError]) -> dict[str, str]:
    """Of the classes below one, down to those that are told by themselves; one that is the whole of its kind is told, too."""
    own = {kind.reason(): kind.sentence()} if kind is errors.NoDicom else {}
    apart = [one for one, _, _ in _OF_DOWNLOADS if one is not kind]
    for child in kind.__subclasses__():
        if child not in apart:
            own |= {child.reason(): child.sentence()} | _slugs(child)
    return own


def _commands() -> str:
    said = """# Commands

`radiary COMMAND --help` says the same on one screen. Every command but `completion` and `demo` takes `--set NAME=VALUE` and
`--config FILE`.
"""
    sections = (f"\n## {heading}\n{''.join(map(_command, commands))}" for heading, commands in root.sections.items())
    rows = ((str(status.value), words) for status, words in MEANINGS.items())
    return said + _MADE + "".join(sections) + "\n## Exit statuses\n\n" + _table(("status", "means"), rows)


def _command(command: Command) -> str:
    context = click.Context(command, info_name=command.name)
    usage = " ".join(["radiary", str(command.name), *command.collect_usage_pieces(context)])
    words = "\n\n".join(" ".join(passage.split()) for passage in (command.help or "").split("\n\n"))
    shown = (option for option in command.params[:-2] if isinstance(option, click.Option))
    records = [one for option in shown if (one := option.get_help_record(context))]
    options = "\n" + _table(("option", ""), ((f"`{name}`", says) for name, says in records)) if records else ""
    examples = "\n".join(command.examples)
    shown = f"{options}\n```console\n{examples}\n```\n{_answers(str(command.name))}"
    return f"\n### radiary {command.name}\n\n`{usage}`\n\n{words}\n{shown}"


def _answers(name: str) -> str:
    """What it answers to programs, by what is typed."""
    rows = [
        (f"`{typed}`", f"`{key}`", meaning)
        for typed, keys in ANSWERS.items()
        if typed.split()[0] == name
        for key, meaning in keys.items()
    ]
    return "\n" + _table(("with `--json`", "key", "what it is"), rows) if rows else ""


def write() -> None:
    """Write every page."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text)


if __name__ == "__main__":
    write()
