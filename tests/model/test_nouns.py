"""No log and no traceback shows whose download it is, nor a secret: both print what things say of themselves."""

from dataclasses import is_dataclass
from pathlib import Path
from typing import Any

import pytest

from radiary.model import nouns
from radiary.model.nouns import Export, Identity, Instance, Person, Placed, Task, Unanchored, Wanted

SHE = Identity("Synthetica^Petronella", "19810704", "SYN-5512", "Nowhere")
EXPORT = Export("a" * 64, "zip", 1, Path("/home/Petronella/Synthetica.zip"), ((1, 2, 19810704, 4, 5),))
TASK = Task(
    EXPORT,
    b"SYN-5512",
    Path("/l"),
    Path("/p"),
    Wanted(),
    passwords=("SYN-5512",),
    people={"P-A": Person("P-A", root="Petronella")},
    scratch=Path("/home/Petronella"),
)


@pytest.mark.parametrize(
    "thing",
    [
        SHE,
        EXPORT,
        TASK,
        Instance("Petronella", "1.2", b"Synthetica"),  # type: ignore[arg-type]
        Unanchored("P-A", SHE, "20240101"),
        Placed(None, None, None, who=("P-A", SHE)),  # type: ignore[arg-type]
    ],
    ids=lambda thing: type(thing).__name__,
)
def test_what_was_received_shows_no_name_and_no_secret(thing: Any) -> None:
    said = repr(thing).casefold()
    assert not [one for one in ("petronella", "synthetica", "5512", "1981", "nowhere") if one in said]


def test_nothing_that_was_said_can_be_changed_later() -> None:
    ours = [one for one in vars(nouns).values() if is_dataclass(one) and one.__module__ == nouns.__name__]
    assert [one for one in ours if not one.__dataclass_params__.frozen] == []  # type: ignore[union-attr]
