"""The private record of who is who: identities as hospitals write them, and the code that the library uses for each person.

It holds names: it stays in the state folder, sealed with the pseudonyms' key, so that no search, backup or index of the disk
reads a name in passing; and only codes ever leave it.
"""

import contextlib
import fcntl
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from radiary.files import private
from radiary.files.disk_errors import on_state_disk
from radiary.model.errors import Mistaken, PeopleDamaged
from radiary.model.nouns import Acquaintance, Identity, Person
from radiary.state.sealed import Seal


class Known(BaseModel):
    """One person: her code, the first day from which relative dates count, her identities by the code each gives by itself."""

    model_config = ConfigDict(extra="forbid")

    code: str
    root: str = ""
    formerly: list[str] = []
    first_day: str | None = None
    identities: dict[str, Identity] = Field(repr=False)


class Record(BaseModel):
    """The file."""

    model_config = ConfigDict(extra="forbid")

    version: int = 1
    people: list[Known] = Field(default=[], repr=False)
    others: list[str] = Field(default=[], repr=False)
    """Names of everybody else whom received headers name, such as physicians."""


class People:
    """The record at `path`; every change is one atomic replacement under a lock."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._seal = Seal(key, b"people")

    def all(self) -> list[Known]:
        """Everybody. Raises PeopleDamaged for a file that is none of ours."""
        return self._record().people

    def others(self) -> list[str]:
        """Names of physicians and everybody else whom received headers named. Raises PeopleDamaged."""
        return self._record().others

    def _record(self) -> Record:
        try:
            return Record.model_validate_json(self._seal.opened(self._path.read_bytes())) if self._path.exists() else Record()
        except (ValidationError, ValueError, OSError):
            raise PeopleDamaged from None

    def codes(self) -> dict[str, str]:
        """A person's code now, by every code that she ever had."""
        return {old: one.code for one in self.all() for old in (*one.identities, *one.formerly)}

    def lacks(self, patients: Iterable[str]) -> bool:
        """Whether somebody of these codes is not known: the file is missing, or an older one. Raises PeopleDamaged.

        An empty one is of a paper of which it is not known whose it is.
        """
        codes = self.codes()
        return not codes.keys() | set(codes.values()) | {""} >= set(patients)

    def known(self) -> dict[str, Person]:
        """What the wall needs: a person for the code of every identity."""
        return {own: Person(one.code, one.first_day, one.root or one.code) for one in self.all() for own in one.identities}

    def acquaintances(self) -> tuple[Acquaintance, ...]:
        """Everybody, with her names and birth dates, by which a paper is known as hers."""
        return tuple(Acquaintance(one.code, tuple(one.identities.values())) for one in self.all())

    def version(self) -> str:
        """Another one when somebody else is known; to be had without reading the record."""
        try:
            status = self._path.stat()
        except OSError:
            return ""
        return hashlib.sha256(f"{status.st_mtime_ns} {status.st_size}".encode()).hexdigest()[:12]

    def try_out(self) -> None:
        """Make sure that the record could be written. Raises NotNow."""
        trial = self._path.with_suffix(".trial")
        with on_state_disk():
            private.folder(trial.parent)
            private.replace(trial, b"")
            trial.unlink()

    def learn(self, identities: Mapping[str, Identity], first_days: Mapping[str, str]) -> None:
        """Add identities that are not known yet, each as a person of its own, and first days (YYYYMMDD) of those without."""
        if not identities:
            return
        with self._changed() as people:
            owners = {own: one for one in people for own in one.identities}
            for own, identity in sorted(identities.items()):
                if own not in owners:
                    owners[own] = Known(code=own, root=own, identities={own: identity})
                    people.append(owners[own])
                owners[own].first_day = owners[own].first_day or first_days.get(own)

    def hear_of(self, names: Iterable[str]) -> None:
        """Remember names of everybody else, as headers write them."""
        new = set(names) - set(self.others())
        if new:
            with self._opened() as record:
                record.others = sorted({*record.others, *new})

    def merge(self, code: str, into: str) -> None:
        """From now on two people are one, called `into`. Raises Mistaken for a code that nobody has."""
        with self._changed() as people:
            person, other = _called(people, code), _called(people, into)
            if person is other:
                raise Mistaken("These two codes are one person already.")
            other.identities |= person.identities
            other.formerly += [*person.formerly, person.code]
            days = [day for day in (person.first_day, other.first_day) if day]
            other.first_day = min(days) if days else None
            people.remove(person)

    def split(self, code: str) -> list[str]:
        """From now on every identity of a person is a person of its own again; their codes. Raises Mistaken."""
        with self._changed() as people:
            person = _called(people, code)
            people.remove(person)
            parts = [
                Known(code=own, root=own, first_day=person.first_day, identities={own: who})
                for own, who in person.identities.items()
            ]
            parts[0].formerly = [old for old in (*person.formerly, person.code) if old not in person.identities]
            people.extend(parts)
            return [part.code for part in parts]

    def rename(self, code: str, new: str) -> None:
        """From now on a person has another code. Raises Mistaken for one that is taken."""
        with self._changed() as people:
            person = _called(people, code)
            if any(new in (other.code, *other.formerly, *other.identities) for other in people if other is not person):
                raise Mistaken("Another person has, or had, this code.")
            person.formerly.append(person.code)
            person.code = new

    @contextlib.contextmanager
    def _changed(self) -> Iterator[list[Known]]:
        with self._opened() as record:
            yield record.people

    @contextlib.contextmanager
    def _opened(self) -> Iterator[Record]:
        """The record, to be changed under the lock, and written when that is done. Raises NotNow where the disk refuses."""
        with on_state_disk():
            private.folder(self._path.parent)
            descriptor = os.open(self._path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            record = self._record()
            before = record.model_dump_json()
            yield record
            if record.model_dump_json() != before:
                with on_state_disk():
                    private.replace(self._path, self._seal.closed(record.model_dump_json().encode()))
        finally:
            os.close(descriptor)


def _called(people: list[Known], code: str) -> Known:
    for person in people:
        if person.code == code.upper():
            return person
    raise Mistaken("Nobody has this code; `radiary people` shows them.")
