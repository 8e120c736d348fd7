"""Documents keep their word: what they say to type is there, and blocks of `sh` run as written, one after another."""

import re
import tomllib
from pathlib import Path

import pytest

import documented
import reference
from documented import ROOT, blocks, commands, fault, spans
from radiary.commands.command import setting_names
from radiary.settings import Settings

EVERY = [*documented.documents("*.md", "deploy/*.md", "docs/**/*.md", ".github/**/*.md")]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_the_reference_is_that_of_the_code() -> None:
    assert {path.name for path in reference.FOLDER.iterdir()} == set(reference.pages())
    for name, text in reference.pages().items():
        assert (reference.FOLDER / name).read_text() == text, "the code changed: `make reference` writes docs/reference anew"


@pytest.mark.parametrize("path", EVERY, ids=named)
def test_every_command_in_it_is_one_of_the_grammar(path: Path) -> None:
    said = {" ".join(words): fault(words) for words in commands(path.read_text())}
    assert {words: what for words, what in said.items() if what} == {}


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("radiary stauts", "there is no command 'stauts'"),
        ("radiary status --jsn", "No such option"),
        ("sudo radiary service instal --system", "'instal' is none of"),
        ("radiary log --follow | tail -n 1 && radiary pase", "there is no command 'pase'"),
        ("radiary run --set wach=~/x", "there is no setting 'wach=~/x'"),
        ("radiary config libary", "there is no setting 'libary'"),
        ("radiary pause now", "nothing is meant by"),
        ("radiary share 2024-03-11 --to", "requires an argument"),
        ("~/radiary/bin/radiary unlok  # its password", "there is no command 'unlok'"),
        ("RADIARY_STATE=~/x radiary verfy > report", "there is no command 'verfy'"),
    ],
)
def test_a_misspelt_command_in_a_document_is_found(line: str, what: str) -> None:
    for text in (f"```sh\n{line}\n```\n", f"```console\n{line}\n```\n"):
        (found,) = [one for one in map(fault, commands(text)) if one]
        assert what in found


def test_a_misspelt_command_among_words_is_found() -> None:
    text = "Then `radiary\nrebiuld`, and `radiary.`, and `radiary`, and `radiary COMMAND --help`."
    assert [fault(words) for words in commands(text)] == ["there is no command 'rebiuld'", None]


@pytest.mark.parametrize("path", EVERY, ids=named)
def test_every_setting_in_it_is_one(path: Path) -> None:
    text = path.read_text()
    for said in (one.text for one in blocks(text) if one.kind == "toml"):
        Settings(**tomllib.loads(said))
    for span in spans(text):
        name = re.match(r"([a-z_]+) = ", span)
        assert name is None or name[1] in setting_names(), span
        if name and "…" not in span:
            Settings(**tomllib.loads(span))


@pytest.mark.parametrize("path", EVERY, ids=named)
def test_every_link_in_it_leads_somewhere(path: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", path.read_text()):
        place, _, heading = link.partition("#")
        if "://" in place or place.startswith("mailto:"):
            continue
        target = path.parent / place if place else path
        assert target.exists(), link
        if heading:
            assert heading in {anchor(line) for line in target.read_text().splitlines() if line.startswith("#")}, link


def anchor(line: str) -> str:
    """How a heading is linked to."""
    return re.sub(r"[^\w\- ]", "", line.lstrip("# ").lower()).replace(" ", "-")
