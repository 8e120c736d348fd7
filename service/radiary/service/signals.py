"""What SIGTERM, SIGINT and SIGHUP ask the service for."""

import signal
import threading


class AskedBySignals:
    """What signals asked for; it outlives a change of settings, so that no signal falls in between."""

    def __init__(self) -> None:
        self.anything = threading.Event()
        self.to_reload = False
        self.to_end = False
        for signum in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(signum, self._hear)

    def _hear(self, signum: int, _frame: object) -> None:
        self.to_reload |= signum == signal.SIGHUP
        self.to_end |= signum != signal.SIGHUP
        self.anything.set()
