"""Exports for which there was no room on a disk, and when there may be. Free bytes and time come in by argument."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

ASK_AGAIN = 5.0
"""Seconds between looks at how much is free."""
_GROWTH = 16 << 20
"""Bytes by which the free space of a disk has to grow before another try is worth its while."""
_LONGEST = 3600.0
"""Seconds after which it is tried in any case: a quota may have been raised."""


@dataclass(frozen=True)
class _Refusal:
    reason: str
    free: tuple[int, ...]
    at: float


class Room:
    """What did not fit, by digest: it waits until a disk has more room; what is smaller goes before it."""

    def __init__(self) -> None:
        self._refused: dict[str, _Refusal] = {}

    def refuse(self, digest: str, reason: str, *, free: Sequence[int], now: float) -> None:
        """An export did not fit, for this reason (a slug), when so many bytes were `free` on each disk."""
        self._refused[digest] = _Refusal(reason, tuple(free), now)

    def keep(self, pending: Collection[str]) -> None:
        """Of what waits, only exports that are still `pending` do; the others were forgotten, or are not there any more."""
        for digest in [digest for digest in self._refused if digest not in pending]:
            del self._refused[digest]

    def accept(self, digest: str) -> None:
        """An export came to its end."""
        self._refused.pop(digest, None)

    def may_fit(self, digest: str, *, free: Sequence[int], now: float) -> bool:
        """Whether an export is worth a try: the disk that was fullest has grown emptier, or an hour has passed."""
        refusal = self._refused.get(digest)
        if refusal is None:
            return True
        fullest = min(range(len(free)), key=lambda disk: refusal.free[disk])
        return free[fullest] - refusal.free[fullest] >= _GROWTH or now - refusal.at >= _LONGEST

    @property
    def reason(self) -> str | None:
        """Why something waits for room; None when nothing does."""
        return next((refusal.reason for refusal in self._refused.values()), None)
