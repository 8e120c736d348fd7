from typing import Any

import pytest

from radiary.announcing.state_line import state_line
from radiary.model.errors import LibraryFull, Paused


@pytest.mark.parametrize(
    ("pulse", "said"),
    [
        ({}, "Watching"),
        ({"arriving": 2}, "Watching; 2 still arriving, or incomplete"),
        ({"working": {"export": "abc", "done": 3, "total": 9, "seconds_left": None}}, "At work: 3 of 9 files"),
        ({"working": {"done": 3, "total": 9, "seconds_left": 130}}, "At work: 3 of 9 files, about 2 minutes left"),
        ({"paused": Paused.reason(), "arriving": 1}, Paused.sentence()),
        ({"away": {"0": LibraryFull.reason(), "1": LibraryFull.reason()}}, LibraryFull.sentence()),
    ],
)
def test_the_service_is_told_in_one_line(pulse: dict[str, Any], said: str) -> None:
    assert state_line(pulse) == said
