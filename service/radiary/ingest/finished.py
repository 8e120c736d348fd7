"""Downloads that are done with: put away as their owner wants it, as soon as nobody is at work on them any more."""

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Literal

from radiary.archives import source
from radiary.ingest.places import Places
from radiary.model.errors import NotNow, UnreadableExport
from radiary.model.events import Event, PutAway
from radiary.model.nouns import Export
from radiary.watch import put_away
from radiary.watch.inbox import Inbox
from radiary.watch.put_away import Place

log = logging.getLogger("radiary")

_AGAIN = 60
"""Seconds after which it is tried again to put a download away."""


class Finished:
    """What waits to be put away. Not for two threads at once, but for `add` and `add_copy`."""

    def __init__(
        self, inbox: Inbox, places: Places, putting_away: put_away.PutAway, *, write_down: Callable[[list[Event]], None]
    ) -> None:
        self._inbox = inbox
        self._places = places
        self._putting_away = putting_away
        self._write_down = write_down
        self._exports: dict[str, tuple[Export, Event]] = {}
        self._copies: dict[Path, Export] = {}
        """Copies of what is done with, by their path."""
        self._not_before: dict[Path, float] = {}
        """When it is tried again with a download (monotonic seconds)."""
        self._refused: set[Path] = set()
        """Downloads that cannot be moved or deleted."""

    def add(self, export: Export, end: Event) -> None:
        """Remember an export that ended with a fact, until its download can be put away."""
        if self._putting_away.is_wanted(export, end):
            self._exports[export.digest] = export, end

    def add_copy(self, copy: Export) -> None:
        """A copy of an export that is done with lies there once more."""
        self._copies[copy.path] = copy

    @property
    def unmoved(self) -> int:
        """How many downloads could not be put away though nobody is at work on them."""
        return len(self._refused)

    def put_away(self) -> None:
        """Whatever nobody is at work on. What cannot be moved stays, and is tried again later."""
        for digest, (export, end) in list(self._exports.items()):
            if self._is_done(export, partial(self._put_away, export, end)):
                del self._exports[digest]
        for path, copy in list(self._copies.items()):
            if self._is_done(copy, partial(self._put_copy_away, copy)):
                self._copies.pop(path, None)

    def _is_done(self, export: Export, put_away: Callable[[], None]) -> bool:
        """Whether a download was put away, or is not there any more."""
        path = export.path
        if time.monotonic() < self._not_before.get(path, 0):
            return False
        try:
            if not self._inbox.may_be_moved(path):
                return False
            put_away()
        except (OSError, NotNow, UnreadableExport) as error:
            if not self._inbox.is_gone(path):
                self._put_off(export, error)
                return False
        self._not_before.pop(path, None)
        self._refused.discard(path)
        return True

    def _put_off(self, export: Export, error: Exception) -> None:
        if export.path not in self._not_before:
            log.warning("export %s: cannot be put away just now (%s)", export.digest[:12], type(error).__name__)
        self._not_before[export.path] = time.monotonic() + _AGAIN
        if not isinstance(error, NotNow):  # whose place is told in any case
            self._refused.add(export.path)

    def _put_copy_away(self, copy: Export) -> None:
        if self._putting_away.duplicate(copy):
            self._note_place(copy, "duplicate", copy.path)

    def _put_away(self, export: Export, end: Event) -> None:
        place = self._putting_away.finished(export, end)
        if place is not None:
            self._note_place(export, *place)
        if place is not None and place[0] != "deleted":
            self._copies.update({one.path: one for one in self._places.all(export.digest) if one.path != place[1]})

    def _note_place(self, export: Export, into: Place | Literal["deleted"], path: Path) -> None:
        """Write down that a download was put away, and remember where it lies now."""
        self._write_down([PutAway(export=export.digest, into=into)])
        self._places.remove(export, is_moved=True)
        if into not in ("duplicate", "deleted"):
            self._places.add(replace(export, path=path, fingerprint=source.fingerprint(path)))
