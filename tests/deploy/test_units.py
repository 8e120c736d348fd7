"""The examples in `deploy` are what the program makes; what is in them is tested in `tests/installing`."""

import re
from pathlib import Path

import pytest

from deploy import examples

DEPLOY = examples.DEPLOY


@pytest.mark.parametrize("path", sorted(examples.made()), ids=lambda path: path.name)
def test_an_example_is_what_install_makes(path: Path) -> None:
    """`cd tests && python -m deploy.examples` writes them anew."""
    assert path.read_bytes() == examples.made()[path]


def test_no_other_service_file_stands_beside_the_examples() -> None:
    assert {one for one in DEPLOY.rglob("*") if one.suffix in (".service", ".plist")} == set(examples.made())


def test_every_file_that_the_instructions_name_is_there() -> None:
    text = (DEPLOY / "README.md").read_text()
    named = re.findall(r"\]\(((?:systemd|launchd)/[\w/.@-]+)\)", text)
    assert len(named) >= 3
    for name in named:
        assert (DEPLOY / name).exists(), name
