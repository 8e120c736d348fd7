"""Documents keep their word: what they say to type is there, and blocks of `sh` run as written, one after another."""

import json
import re
import shutil
import tomllib
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

import documented
import exports
import reference
from documented import ROOT, blocks, commands, fault, spans
from radiary.commands.command_line.settings_given import setting_names
from radiary.settings import Settings
from readers import Reader

EVERY = [*documented.documents("*.md", "deploy/*.md", "docs/**/*.md")]
GUIDES = [*documented.documents("docs/*.md")]
TYPED = [path for path in GUIDES if any(one.kind == "sh" for one in blocks(path.read_text()))]


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


def test_every_command_that_the_program_itself_names_is_one() -> None:
    known, wrong = set[str](), dict[str, str]()
    for path in documented.documents("service/**/*.py", "service/**/*.po", "service/**/*.j2", "service/**/*.js"):
        text = re.sub(r"[\"']\s+f?[\"']|\{[^{}]*\}| ?%\(\w+\)s", "", path.read_text())  # lines that go on, values
        for words in commands(text):
            known.add(words[0])
            wrong |= {" ".join(words): f"{named(path)}: {what}" for what in [fault(words)] if what}
    assert wrong == {}
    assert known >= {"unlock", "rebuild", "review", "service", "retry"}


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


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which one download was filed."""
    reader = Reader(tmp_path_factory.mktemp("first-day"))
    downloads = reader.home / "Downloads"
    downloads.mkdir()
    exports.zipped(downloads / "scans.zip", exports.ct_files(3, StudyDate="20240311"))
    reader.types("radiary once ~/Downloads/scans.zip")
    return reader.home


@pytest.mark.parametrize("path", TYPED, ids=named)
def test_what_it_says_to_type_works_as_written(path: Path, first_day: Path, tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    shutil.copytree(first_day, reader.home, dirs_exist_ok=True)
    for block in blocks(path.read_text()):
        reader.follows(block)


def test_what_she_sealed_stays_sealed_when_the_guide_takes_her_chronicle_to_a_site(first_day: Path, tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    shutil.copytree(first_day, reader.home, dirs_exist_ok=True)
    chronicle = reader.home / "Pictures/Radiary/chronicle"
    with (chronicle / "chronicle.yml").open("a") as hers:
        hers.write("      sealed: true\n")
    for block in blocks((ROOT / "docs/jekyll.md").read_text()):
        reader.follows(block)
    assert "1 entry is sealed" in (chronicle / "index.html").read_text()


def test_a_block_that_fails_anywhere_is_seen(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="library"):
        Reader(tmp_path).types("radiary config --set libary=~/x watch\necho it went on")


def test_every_guide_is_in_the_list_and_tells_something_to_type() -> None:
    listed = re.findall(r"\]\(([\w-]+\.md)\)", (ROOT / "docs/README.md").read_text())
    assert sorted(listed) == sorted(path.name for path in GUIDES if path.name != "README.md")
    assert {path.name for path in TYPED} == set(listed)
    assert "(docs/README.md)" in (ROOT / "README.md").read_text()


def test_the_glossary_is_told_once() -> None:
    told = [named(path) for path in EVERY if "| **export** |" in path.read_text() or "## Glossary" in path.read_text()]
    assert told == ["README.md"]


def test_the_service_writes_the_files_for_programs_where_the_guide_has_them_and_as_it_says(tmp_path: Path) -> None:
    text = (ROOT / "docs/monitoring.md").read_text()
    reader = Reader(tmp_path)
    (reader.home / "Downloads").mkdir()
    for block in blocks(text[text.index("**A file for a status bar**") :]):
        reader.follows(block)
    status, metrics = (reader.home / ".local/share/radiary" / name for name in ("status.json", "radiary.prom"))
    with reader.keeps_running() as wait:
        wait(lambda: status.exists() and metrics.exists())
    assert set(json.loads(status.read_text())) == set(re.findall(r"`(\w+)`", table(text, "status file"))) - {"done", "total"}
    families = text_string_to_metric_families(metrics.read_text())
    assert {one.name for one in families} == set(re.findall(r"`(radiary_\w+)`", table(text, "metric")))


def table(text: str, heading: str) -> str:
    """A table, by the heading of its first column."""
    return text[text.index(f"| {heading} |") :].partition("\n\n")[0]
