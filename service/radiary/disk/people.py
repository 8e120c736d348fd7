"""The private record of who is who: identities as hospitals write them, and the code that the library uses for each person.

It holds names: it stays in the state folder, readable by its owner alone, and only codes ever leave it.
"""

import contextlib
import fcntl
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from radiary.disk import private
from radiary.errors import Unusable
from radiary.model import Identity, Person


class Known(BaseModel):
    """One person: her code, the first day from which relative dates count, her identities by the code each gives by itself."""

    model_config = ConfigDict(extra="forbid")

    code: str
    first_day: str | None = None
    identities: dict[str, Identity] = Field(repr=False)


class Record(BaseModel):
    """The file."""

    model_config = ConfigDict(extra="forbid")

    version: int = 1
    people: list[Known] = Field(default=[], repr=False)


class People:
    """The record at `path`; every change is one atomic replacement under a lock."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def all(self) -> list[Known]:
        """Everybody. Raises Unusable for a file that is none of ours."""
        try:
            return Record.model_validate_json(self._path.read_bytes()).people if self._path.exists() else []
        except (ValidationError, OSError):
            raise Unusable("The file `people.json` in the state folder cannot be read. Put it back from a backup.") from None

    def known(self) -> dict[str, Person]:
        """What the wall needs: a person for the code of every identity."""
        return {own: Person(one.code, one.first_day) for one in self.all() for own in one.identities}

    def learn(self, found: Mapping[str, Identity], first_days: Mapping[str, str]) -> None:
        """Add identities that are not known yet, each as a person of its own, and first days (YYYYMMDD) of those without."""
        if not found:
            return
        with self._changed() as people:
            owners = {own: one for one in people for own in one.identities}
            for own, identity in sorted(found.items()):
                if own not in owners:
                    owners[own] = Known(code=own, identities={own: identity})
                    people.append(owners[own])
                owners[own].first_day = owners[own].first_day or first_days.get(own)

    def merge(self, code: str, into: str) -> None:
        """From now on two people are one, called `into`. Raises Unusable for a code that nobody has."""
        with self._changed() as people:
            one, other = _called(people, code), _called(people, into)
            if one is other:
                raise Unusable("These two codes are one person already.")
            other.identities |= one.identities
            days = [day for day in (one.first_day, other.first_day) if day]
            other.first_day = min(days) if days else None
            people.remove(one)

    def split(self, code: str) -> list[str]:
        """From now on every identity of a person is a person of its own again; their codes. Raises Unusable."""
        with self._changed() as people:
            one = _called(people, code)
            people.remove(one)
            parts = [Known(code=own, first_day=one.first_day, identities={own: who}) for own, who in one.identities.items()]
            people.extend(parts)
            return [part.code for part in parts]

    def rename(self, code: str, new: str) -> None:
        """From now on a person has another code. Raises Unusable for one that is taken."""
        with self._changed() as people:
            one = _called(people, code)
            if any(other.code == new for other in people):
                raise Unusable("Another person has this code already.")
            one.code = new

    @contextlib.contextmanager
    def _changed(self) -> Iterator[list[Known]]:
        private.folder(self._path.parent)
        descriptor = os.open(self._path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            people = self.all()
            yield people
            private.replace(self._path, Record(people=people).model_dump_json(indent=1).encode() + b"\n")
        finally:
            os.close(descriptor)


def _called(people: list[Known], code: str) -> Known:
    for one in people:
        if one.code == code.upper():
            return one
    raise Unusable("Nobody has this code; `radiary people` shows them.")
