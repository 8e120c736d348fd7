"""What is installed: everything that the program points to lies in the wheel."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from zipfile import ZipFile

import yaml
from packaging.utils import canonicalize_name

import locking

ROOT = Path(__file__).parents[1]
NEEDED = (
    "radiary/config.example.toml", "radiary/py.typed",
    "radiary/installing/templates/user.service", "radiary/installing/templates/system.service",
    *(f"radiary/catalogues/{name}{code}.po" for name in ("", "commands.") for code in ("nl", "fr", "de")),
    "radiary/commands/review/page/index.html", "radiary/commands/review/page/review.js",
)  # fmt: skip
"""What is looked for when it is used only: a wheel without it would seem to work."""


def tracked(*line: str) -> list[str]:
    done = subprocess.run(["git", *line], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def data_files() -> set[str]:
    """Everything in the package but Python's own, by its place in the wheel."""
    return {name.removeprefix("service/") for name in tracked("ls-files", "service/radiary") if not name.endswith(".py")}


def test_what_is_needed_is_there() -> None:
    assert set(NEEDED) <= data_files()


def test_the_wheel_holds_everything_that_it_points_to(tmp_path: Path) -> None:
    source = tmp_path / "source"
    for name in tracked("ls-files", "service", "deploy", "pyproject.toml", "README.md", "LICENSE"):
        target = source / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, target)
    line = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path / "dist")]
    subprocess.run(line, cwd=source, check=True, capture_output=True)
    [wheel] = (tmp_path / "dist").glob("*.whl")
    with ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert data_files() <= names
    assert any(name.endswith("/share/man/man1/radiary.1") for name in names)
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not any(name.startswith("tests/") for name in names)


def test_the_threat_model_and_the_ways_to_report_are_there() -> None:
    security = (ROOT / "SECURITY.md").read_text()
    for heading in ("## What is protected", "## Against whom", "## What is not protected", "## Reporting"):
        assert heading in security
    templates = {path.name: yaml.safe_load(path.read_text()) for path in (ROOT / ".github/ISSUE_TEMPLATE").iterdir()}
    assert sorted(templates) == ["config.yml", "mistake.yml", "wish.yml"]
    for form in (templates["mistake.yml"], templates["wish.yml"]):
        first, *asked = form["body"]
        assert "Never attach a scan" in first["attributes"]["value"]
        assert all(one["type"] in ("input", "textarea") and one["attributes"]["label"] for one in asked)
    labels = [one["attributes"].get("label", "") for one in templates["mistake.yml"]["body"]]
    assert "What `radiary report` prints" in labels


def test_the_lock_file_fits_what_the_package_asks_for() -> None:
    locked = locking.locked()
    asked = locking.wanted()
    assert len(asked) > len(tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"])
    for one in asked:
        assert one.specifier.contains(locked[canonicalize_name(one.name)], prereleases=True), f"{one}: `make lock` writes it anew"


def test_the_lock_file_is_made_of_exact_versions_in_order() -> None:
    lines = [line for line in locking.LOCK.read_text().splitlines() if not line.startswith("#")]
    assert all(re.fullmatch(r"[a-z0-9-]+==[0-9][0-9a-z.]*", line) for line in lines)
    assert lines == sorted(lines, key=lambda line: line.partition("==")[0])
