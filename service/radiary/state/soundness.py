"""What of a state folder is not as Radiary keeps it, beside what key, ledger, people and passwords say of themselves."""

import contextlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from radiary.language import sentence
from radiary.model.errors import PeopleDamaged, Unusable
from radiary.state.names import Names
from radiary.state.paper_facts import PaperFacts
from radiary.state.people import People

_FILES = (
    ".insertions.json",
    ".places.json",
    "backup.json",
    "digests.json",
    "heartbeat.json",
    "ledger.head",
    "lock",
    "names",
    "papers.lock",
    "paused",
    "people.lock",
)
_FOLDERS = ("answers", "cuttings", "scratch", "wishes")


UNKNOWN = sentence(
    "The file `people` in the state folder is missing or an older one: it does not know everybody whose exams were filed, so "
    "their names are not looked for in what is shown. Put the newest one back from a backup, or run `radiary once` on their "
    "downloads."
)


def faults(state: Path, key: bytes | None, patients: Iterable[str] = ()) -> Iterator[str]:
    """One sentence for each file or folder that cannot be used; none while the folder itself cannot be looked into.

    `patients` are the codes of those whose exams were filed.
    """
    try:
        yield from (said for name in sorted((*_FILES, *_FOLDERS)) if (said := fault(state / name)))
    except OSError:
        return
    if key is not None:
        yield from _of_sealed(state, key)
        yield from _of_people(People(state / "people", key), patients)


def fault(place: Path) -> str | None:
    """What is wrong with one file or folder of the state folder; None where it is sound, or not there. Raises OSError."""
    is_folder = place.name in _FOLDERS
    if not place.exists():
        return None
    if not (place.is_dir() if is_folder else place.is_file()):
        return sentence("Something else lies in the place of `%(file)s` in the state folder. Move it away.", file=place.name)
    if not os.access(place, os.R_OK | os.W_OK | (os.X_OK if is_folder else 0)):
        return sentence("`%(file)s` in the state folder may not be read and written. Allow that to your user.", file=place.name)
    if place.suffix in (".json", ".head") and not _is_json(place.read_bytes().strip()):
        return sentence("`%(file)s` in the state folder is damaged. Delete it; it is made anew.", file=place.name)
    return None


def _is_json(content: bytes) -> bool:
    """Whether it looks like it, both ends of it: one of them may be long."""
    return content.startswith(b"{") and content.endswith(b"}")


def _of_sealed(state: Path, key: bytes) -> Iterator[str]:
    names = state / "names"
    if names.is_file() and os.access(names, os.R_OK) and not Names(names, lambda: key).are_at_hand():
        yield sentence(
            "The file `names` in the state folder is damaged: what downloads were called is lost, and is noted anew of those "
            "that come. Put it back from a backup, or delete it."
        )
    try:
        PaperFacts(state / "papers", key).all()
    except Unusable as error:
        yield str(error)


def _of_people(people: People, patients: Iterable[str]) -> Iterator[str]:
    with contextlib.suppress(PeopleDamaged):
        if people.lacks(patients):
            yield UNKNOWN
