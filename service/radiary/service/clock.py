"""Notices that the computer's clock was set: what is done every few seconds must not wait for the old time to come again."""

import time

_STEP = 1.0
"""Seconds by which wall clock and monotonic clock drift apart when one of them is set."""


class WallClock:
    """The wall clock, as it goes beside the monotonic one."""

    def __init__(self) -> None:
        self._distance = time.time() - time.monotonic()

    def was_set(self) -> bool:
        """Whether it was set, or the computer slept, since this was asked last."""
        before, self._distance = self._distance, time.time() - time.monotonic()
        return abs(self._distance - before) > _STEP
