"""The README's promises that a program can check."""

import re
import subprocess
import sys
from pathlib import Path

import radiary
from radiary.commands.grammar.root import root

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "README.md").read_text()


def test_its_two_commands_are_targets_and_ci_runs_both() -> None:
    makefile, ci = (ROOT / "Makefile").read_text(), (ROOT / ".ci/run").read_text()
    made = {word for line in re.findall(r"^make (.*)", ci, re.MULTILINE) for word in line.split("#")[0].split()}
    for target in ("demo", "test"):
        assert f"make {target} " in TEXT
        assert f"\n{target}:" in makefile
        assert target in made


def test_the_demo_says_that_it_installs_something_before_it_does(tmp_path: Path) -> None:
    line = ["make", "--dry-run", "demo", f"VENV={tmp_path}/venv", f"PYTHON={sys.executable}"]
    commands = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert 0 <= commands.find("echo 'Installing into") < commands.find(" install ")


def test_every_command_it_names_exists_and_every_command_is_named() -> None:
    named = set(re.findall(r"^radiary (\w+)", TEXT, re.MULTILINE))
    assert named | {"demo"} == set(root.commands)


def test_its_tree_names_every_room() -> None:
    tree = re.search(r"```\nservice/radiary/\n(.*?)```", TEXT, re.DOTALL)
    assert tree is not None
    named = set(re.findall(r"^[│ ]*[├└]── (\w+)/", tree[1], re.MULTILINE))
    rooms = {path.name for path in (ROOT / "service/radiary").rglob("*") if (path / "__init__.py").exists()}
    assert named == rooms


def test_it_says_how_long_every_target_takes() -> None:
    makefile = (ROOT / "Makefile").read_text()
    timed = {target for row in re.findall(r"^\| `make .*", TEXT, re.MULTILINE) for target in re.findall(r"`make ([\w-]+)", row)}
    assert timed == set(re.findall(r"^([\w-]+):", makefile, re.MULTILINE)) - {"format", "clean", "leaks-peers"}


def test_every_file_it_links_is_there() -> None:
    for link in re.findall(r"\]\(([^)#:]+)\)", TEXT):
        assert (ROOT / link).exists(), link


def test_version_and_changelog_agree() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text()
    assert "[Unreleased]" in changelog or f"[{radiary.__version__}]" in changelog


def test_nothing_leads_to_a_machine() -> None:
    import subprocess

    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    for name in tracked:
        if not name.endswith((".png", ".onnx", ".mp4", ".mpg")):
            assert "/work" + "/" not in (ROOT / name).read_text(), name
