"""When something that did not work may be tried again: after pauses that double, with jitter. Time comes in by argument."""

import random

_FIRST, _LONGEST = 5.0, 300.0
"""Seconds."""


class BackOff:
    """Pauses by name."""

    def __init__(self, chance: random.Random | None = None) -> None:
        self._chance = chance or random.Random()  # noqa: S311 - jitter is no secret
        self._pauses: dict[str, tuple[float, float]] = {}

    def begin(self, name: str, now: float, *, longest: float = _LONGEST) -> None:
        """Another try failed: wait twice as long as last time, and up to a fifth longer, so that retries do not march in step."""
        pause = min(longest, 2 * self._pauses[name][1] if name in self._pauses else _FIRST)
        self._pauses[name] = (now + pause * self._chance.uniform(1, 1.2), pause)

    def end(self, name: str) -> None:
        """What has this name works again, and is paused no more; nothing else is resumed for that."""
        self._pauses.pop(name, None)

    def has_begun(self, name: str) -> bool:
        """Whether a thing is paused, or was and has not worked since."""
        return name in self._pauses

    def is_over(self, name: str, now: float) -> bool:
        """Whether a thing may be tried."""
        return name not in self._pauses or self._pauses[name][0] <= now

    def remaining(self, now: float) -> float | None:
        """Seconds until something may be tried again; None when nothing waits for that."""
        coming = [until for until, _ in self._pauses.values() if until > now]
        return max(0.01, min(coming) - now) if coming else None
