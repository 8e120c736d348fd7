"""When watched folders are scanned though nobody said that something changed. Time comes in by argument."""

_SHARE = 0.004
"""Of a core: what scans that nobody asked for may cost; where they would cost more, every second one is left out."""


class Rescans:
    """Scans every so many `seconds`; every second one is left out where a scan is dear: a folder of a hundred thousand files."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._ended = 0.0
        self._cost = 0.0

    def note(self, ended: float, cost: float) -> None:
        """A scan, whoever asked for it: when it ended, and what it cost, in seconds of the processor."""
        self._ended, self._cost = ended, cost

    def are_due(self, now: float) -> bool:
        """Whether one is to be made, when so many seconds are over once more."""
        is_dear = self._cost > _SHARE * self._seconds
        return not is_dear or now - self._ended > 1.5 * self._seconds
