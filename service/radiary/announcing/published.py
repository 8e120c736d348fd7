"""Keeps the files that tell programs how the service is; each stands where its setting says, or nowhere."""

import logging
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from radiary.announcing import status_file
from radiary.announcing.figures import Figures, figures
from radiary.files import private
from radiary.state.queue import Queue

log = logging.getLogger("radiary")

_LONGEST = 2.0
"""Seconds that the end of the service waits for the last word."""
_READABLE = 0o644
"""The metrics file's mode: whoever collects metrics is another user, and finds nothing but numbers."""


class Published:
    """The status file and the metrics file, written by a thread of their own: a share that hangs must not stop the heartbeat."""

    def __init__(self, queue: Queue, *, status: Path | None, metrics: Path | None) -> None:
        self._queue, self._status, self._metrics = queue, status, metrics
        self._has_failed = False
        self._counted: tuple[int, Figures] | None = None
        self._last: Mapping[str, Any] = {}
        self._signs: SimpleQueue[Mapping[str, Any] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="published", daemon=True)

    def publish(self, pulse: Mapping[str, Any] | None) -> None:
        """Have them written after a sign of life, or at the end (None), which waits for that as long as it may take."""
        if self._status is None and self._metrics is None:
            return
        if not self._thread.is_alive() and pulse is not None:
            self._thread.start()
        self._signs.put(pulse)
        if pulse is None:
            self._thread.join(_LONGEST)

    def _run(self) -> None:
        pulse = self._signs.get()
        while pulse is not None:
            self.write(pulse)
            pulse = self._newest()
        self.write(None)

    def _newest(self) -> Mapping[str, Any] | None:
        """The next sign of life; of several that came meanwhile the newest, the end before all."""
        pulse = self._signs.get()
        while pulse is not None and not self._signs.empty():
            pulse = self._signs.get()
        return pulse

    def write(self, pulse: Mapping[str, Any] | None) -> None:
        """Write them now. What cannot be written is said once, until it can be."""
        self._last = pulse or self._last
        try:
            for path, data, mode in self._files(self._last, is_running=pulse is not None):
                private.note(path, data, mode)
            self._has_failed = False
        except OSError as error:
            if not self._has_failed:
                log.warning("the status file or the metrics file cannot be written (%s)", error.strerror)
            self._has_failed = True

    def _files(self, pulse: Mapping[str, Any], *, is_running: bool) -> Iterator[tuple[Path, bytes, int]]:
        counted = self._figures()
        if self._status:
            yield self._status, status_file.content(counted, pulse, is_running=is_running), 0o600
        if self._metrics:
            from radiary.announcing import metrics_file  # here: most do without Prometheus's library

            yield self._metrics, metrics_file.content(counted, pulse, is_running=is_running), _READABLE

    def _figures(self) -> Figures:
        """Counted anew only after something was written down."""
        facts = self._queue.facts
        if self._counted is None or self._counted[0] != facts:
            self._counted = facts, figures(self._queue)
        return self._counted[1]
