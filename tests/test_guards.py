"""The table of guards is about the code as it stands; whether the tests bite is `make guards`."""

import ast
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

import radiary
from guard import Guard
from guards import GUARDS

CODE, TESTS = Path(radiary.__file__).parent, Path(__file__).parent


@cache
def functions_of(name: str) -> frozenset[str]:
    tree = ast.parse((TESTS / name).read_text())
    return frozenset(one.name for one in tree.body if isinstance(one, ast.FunctionDef) and one.name.startswith("test_"))


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: f"{guard.file}: {guard.what}")
def test_a_guard_stands_once_in_its_file_and_has_tests(guard: Guard) -> None:
    text = (CODE / guard.file).read_text()
    assert text.count(guard.old) == 1
    assert guard.new != guard.old
    if guard.file.endswith(".py"):
        compile(text.replace(guard.old, guard.new), guard.file, "exec")
    assert guard.tests
    for test in guard.tests:
        name, _, function = test.partition("::")
        assert functions_of(name)
        assert not function or function.partition("[")[0] in functions_of(name)


def test_no_guard_is_there_twice() -> None:
    assert [one for one, count in Counter((guard.file, guard.old, guard.new) for guard in GUARDS).items() if count > 1] == []


def test_the_readme_says_how_many_there_are() -> None:
    assert f"takes the {len(GUARDS):,} guards of" in (TESTS.parent / "README.md").read_text()
