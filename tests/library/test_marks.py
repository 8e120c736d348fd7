import json

import pytest

from radiary.library.marks import Mark, parsed, written


def test_a_mark_is_read_as_it_was_written() -> None:
    mark = Mark("66a33815f32c", 7, "0" * 64)
    assert parsed(written(mark)) == mark
    assert json.loads(written(mark))["made by"] == "Radiary"


_EARLIER = b'{"made by": "Radiary", "version": 1}\n'


@pytest.mark.parametrize("data", [b"", _EARLIER, b"hello", b"[]", b'{"ledger": {"seq": "x"}}', b"\xff"])
def test_a_marker_that_says_nothing_is_one_all_the_same(data: bytes) -> None:
    assert parsed(data) == Mark()
