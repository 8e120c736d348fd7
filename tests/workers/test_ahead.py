import threading
from collections.abc import Iterator

import pytest

from radiary.workers.ahead import one_ahead


def test_items_come_in_their_order_and_the_next_one_is_made_while_one_is_used() -> None:
    made = [threading.Event() for _ in range(4)]

    def items() -> Iterator[int]:
        for number in range(4):
            made[number].set()
            yield number

    taken = []
    for number in one_ahead(items()):
        taken.append(number)
        assert all(one.wait(5) for one in made[: number + 2])
        assert not any(one.is_set() for one in made[number + 2 :])
    assert taken == [0, 1, 2, 3]


def test_what_making_an_item_raises_is_raised_after_those_before_it() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise OSError("full")

    ahead = one_ahead(items())
    assert next(ahead) == 1
    with pytest.raises(OSError, match="full"):
        next(ahead)


def test_one_that_is_left_early_leaves_no_thread() -> None:
    ahead = one_ahead(iter(range(9)))
    assert next(ahead) == 0
    del ahead
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("ahead")]
