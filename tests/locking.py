"""`requirements-dev.lock`: the versions that Radiary is developed with, for who wants the very same. `make lock` writes it.

It has no hashes: wheels are others on every system and for every Python, and a hash of one would refuse all the others.
"""

import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements-dev.lock"
_OURS = "radiary"
_EXTRAS = ("test", "browser")
_HEAD = """\
# The versions that Radiary is developed with; `make lock` writes them from what is installed, `make test LOCKED=1` installs them.
"""


def wanted() -> list[Requirement]:
    """What the package and its tests ask for by name, extras of its own taken apart."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    asked, found = [*map(Requirement, project["dependencies"])], list[Requirement]()
    asked += [one for extra in _EXTRAS for one in map(Requirement, extras[extra])]
    while asked:
        one = asked.pop()
        if one.name == _OURS:
            asked += [more for extra in one.extras for more in map(Requirement, extras[extra])]
        else:
            found.append(one)
    return found


def locked() -> dict[str, str]:
    """The versions in the lock file, by name."""
    lines = (line for line in LOCK.read_text().splitlines() if not line.startswith("#"))
    return dict(line.split("==") for line in lines)


def _installed() -> dict[str, str]:
    """The versions that are installed of what is asked for, and of what that asks for in turn."""
    versions: dict[str, str] = {}
    asked = [one for one in wanted() if one.marker is None or one.marker.evaluate({"extra": ""})]
    while asked:
        one = asked.pop()
        name = canonicalize_name(one.name)
        if name not in versions or one.extras:
            versions[name] = metadata.version(one.name)
            asked += [more for more in _asked_by(one) if canonicalize_name(more.name) not in versions]
    return dict(sorted(versions.items()))


def _asked_by(one: Requirement) -> Iterator[Requirement]:
    for more in map(Requirement, metadata.requires(one.name) or ()):
        if more.marker is None or any(more.marker.evaluate({"extra": extra}) for extra in ("", *one.extras)):
            yield more


def write() -> None:
    """Write the lock file."""
    LOCK.write_text(_HEAD + "".join(f"{name}=={version}\n" for name, version in _installed().items()))


if __name__ == "__main__":
    write()
