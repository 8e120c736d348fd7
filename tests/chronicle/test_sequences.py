"""Random sequences of filings, removals and what a person does to her file, from every state that such files are found in.

Whatever happens: her lines stay as they are, no number is given twice, nothing is doubled, nothing that she took out comes back,
and nothing is lost that an old text was saved over. A lost ledger that is made anew changes none of it.
"""

import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from homes import Home
from radiary.chronicle import preview, told_before
from radiary.chronicle.remembered import Remembered
from radiary.chronicle.story import folded
from radiary.library.shelf import Library
from radiary.model.events import Chronicled, Filed, Removed
from radiary.workers.pool import Pool
from stories import STATES, filed, series

DATES = ("2019-05-05", "2024-01-01", "2024-03-03", "2026-01-01")
STEPS = ("file", "file", "more", "remove", "reword", "rename", "delete", "reorder", "old text", "restart", "rebuild")


class Person:
    """What she does, and what she may expect of her file."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.count = 0
        self.dates: dict[str, str] = {}
        self.expected: set[str] = set()
        self.gone: set[str] = set()
        self.names: dict[str, set[str]] = {}
        """What the pictures of an exam were ever called, by study."""
        self.before = ""
        """Her text before the last exam was written into it; empty once she opened what it was then."""

    def file(self, choice: int) -> None:
        self.count += 1
        study, date = f"s{self.count}", DATES[choice % len(DATES)]
        self.dates[study] = date
        self._told(self._filed(study, 1 + choice % 2), study)

    def more(self, choice: int) -> None:
        """Another series of an exam that is there."""
        study = self._chosen(sorted(self.expected | self.gone), choice)
        if study:
            self._told(self._filed(study, 3), None)

    def _filed(self, study: str, count: int) -> Filed:
        ones = []
        for number in range(1, count + 1):
            name = f"{study}-{number}.png"
            self.home.picture(f"{self.dates[study]}/{study}/{name}", (37 * int(study[1:]) + 83 * number) % 250 + 1)
            ones.append(series(f"{study}.{number}", number).changed(representative=name))
        made = filed(study, self.dates[study], *ones)
        assert isinstance(made, Filed)
        return made

    def _told(self, event: Filed | None, study: str | None) -> None:
        """The service runs; what it wrote is looked at."""
        text, more = self.home.text, [event] if event else []
        story, known = folded([*self.home.events, *more]), frozenset(self.home.known)
        _, expected, _ = preview.addition(story, known, self.home.site, self.home.place / "library")
        note = self.home.tell(*more)
        assert note is None or "older text" in note, note
        after = self.home.text
        assert after == expected, "`--dry-run` shows what a run does"
        lines = iter(after.removeprefix("\ufeff").splitlines())
        kept = [line for line in text.removeprefix("\ufeff").splitlines() if line not in ("  events: []", "days: []")]
        assert all(line in lines for line in kept), (text, after)
        if study and self.home.images.exists():
            self.expected.add(study)
        for fact in (one for one in self.home.events if isinstance(one, Chronicled)):
            self.names.setdefault(fact.study, set()).update(fact.pictures.values())
        if after != text:
            self.before = text
        self.check(after)

    def check(self, text: str) -> None:
        listed = [(date, name) for date, name in listed_in(text)]
        assert len(set(listed)) == len(listed), text
        given_to: dict[tuple[str, str], str] = {}
        for fact in (one for one in self.home.events if isinstance(one, Chronicled)):
            for one, name in fact.pictures.items():
                assert given_to.setdefault((fact.date, name), one) == one
        for study in self.expected | self.gone:
            is_there = any((self.dates[study], name) in listed for name in self.names.get(study, ()))
            assert is_there == (study in self.expected), (study, text)

    def remove(self, choice: int) -> None:
        """Takes an exam out of the library; its entry is hers."""
        standing = [study for study in self.dates if (self.home.place / "library" / self.dates[study] / study).exists()]
        study = self._chosen(standing, choice)
        if study:
            shutil.rmtree(self.home.place / "library" / self.dates[study] / study)
            self.home.events.append(Removed(study=study, held=False, folder=f"{self.dates[study]}/{study}", trash="x"))
            self._told(None, None)

    def reword(self, choice: int) -> None:
        places = [found.span() for found in re.finditer(r'(?<=title: )"[^"\n]*"', self.home.text)]
        if places:
            start, end = places[choice % len(places)]
            self._save(self.home.text[:start] + f'"her words {choice}: don\'t touch, ümläut"' + self.home.text[end:])

    def rename(self, choice: int) -> None:
        """Calls a picture otherwise, on the disk and in her file."""
        study = self._chosen(sorted(self.expected), choice)
        ours = sorted(name for name in self.names.get(study or "", ()) if f'"{name}"' in self._entry(study or ""))
        if study and ours and (self.home.images / self.dates[study] / ours[0]).exists():
            self.count += 1
            new, entry = f"meaning{self.count}.jpg", self._entry(study)
            folder = self.home.images / self.dates[study]
            (folder / ours[0]).rename(folder / new)
            self.names[study].add(new)
            self._save(self.home.text.replace(entry, entry.replace(f'"{ours[0]}"', f'"{new}"')))

    def delete(self, choice: int) -> None:
        study = self._chosen(sorted(self.expected), choice)
        entry = self._entry(study or "")
        if study and entry:
            self.expected.discard(study)
            self.gone.add(study)
            self._save(self.home.text.replace(entry, ""))

    def _entry(self, study: str) -> str:
        """The three lines of an exam's entry."""
        for found in re.finditer(r' *- title: [^\n]*\n *folder: "([^"]*)"\r?\n *images: \[([^\]]*)\](?:\r?\n|$)', self.home.text):
            names = set(re.findall(r'"([^"]*)"', found[2]))
            if found[1] == self.dates.get(study) and names & self.names.get(study, set()):
                return found[0]
        return ""

    def reorder(self, choice: int) -> None:
        """Puts an entry of a day before the one in front of it."""
        entry = r' *- title: [^\n]*\n *folder: "[^"]*"\r?\n *images: \[[^\]]*\]\r?\n'
        pairs = list(re.finditer(rf"({entry})({entry})", self.home.text))
        if pairs:
            pair = pairs[choice % len(pairs)]
            self._save(self.home.text[: pair.start()] + pair[2] + pair[1] + self.home.text[pair.end() :])

    def old_text(self, choice: int) -> None:
        """An editor saves what it had before the last exam came, with a word more."""
        if self.before.strip() and '"' in self.before.replace('""', "") and not re.search(r"her words \d+ saved", self.before):
            place = self.before.rindex('"', 0, self.before.rindex('"'))
            if re.search(r"title: $", self.before[:place]):
                text = self.before[:place] + f'"her words {choice} saved: ' + self.before[place + 1 :]
                self.home.data.write_bytes(text.encode())
                self._told(None, None)

    def _save(self, text: str) -> None:
        """She opened the file, and saves it."""
        assert self.home.data.read_text(encoding="utf-8") is not None
        self.before = ""
        self.home.data.write_bytes(text.encode())
        self._told(None, None)

    def restart(self, _choice: int) -> None:
        self.home.remembered = Remembered()
        self._told(None, None)

    def rebuild(self, _choice: int) -> None:
        """The ledger is lost, and made anew from what stands."""
        events = [one for one in self.home.events if isinstance(one, Filed | Removed)]
        facts = list(told_before.facts(events, set(), self.home.site, Library(self.home.place / "library")))
        self.home.events = [*events, *facts]
        standing = {study for study, date in self.dates.items() if (self.home.place / "library" / date / study).exists()}
        # Of what is gone from the library as well, nothing is known any more: its entry is a person's like any other.
        self.gone &= standing
        self.expected &= standing
        self.home.known, self.home.remembered = {fact.study for fact in facts}, Remembered()
        # What a picture was called before she renamed it is known no more, so its number may be given again.
        listed = set(listed_in(self.home.text))
        self.names = {of: {name for name in names if (self.dates[of], name) in listed} for of, names in self.names.items()}
        for fact in facts:
            self.names.setdefault(fact.study, set()).update(fact.pictures.values())
        self._told(None, None)

    @staticmethod
    def _chosen(studies: list[str], choice: int) -> str | None:
        return studies[choice % len(studies)] if studies else None


def listed_in(text: str) -> list[tuple[str, str]]:
    """Every picture that is listed, with its day."""
    whole = text.removeprefix("\ufeff").split("\n---\n# A page")[0]
    loaded = next((one for one in yaml.safe_load_all(whole) if one), [])
    days = loaded.get("days") or [] if isinstance(loaded, dict) else loaded
    found = []
    for day in days:
        events = day.get("events")
        for event in events if isinstance(events, list) else []:
            found += [(str(day["date"]), name) for name in event.get("images") or []]
    return found


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from(sorted(STATES)),
    st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 11)), min_size=2, max_size=9),
)
@example("no newline", [("file", 0), ("file", 1), ("delete", 8)])
@example("nothing on a day", [("file", 2), ("delete", 1)])
@example("a directive", [("rename", 0), ("rebuild", 0), ("file", 1), ("delete", 0)])
@example("a directive", [("remove", 0), ("rebuild", 0), ("more", 0), ("delete", 0)])
@example("a directive", [("file", 0), ("file", 0), ("remove", 1), ("rename", 2), ("delete", 2), ("rebuild", 0)])
def test_whatever_comes_and_whatever_she_does(pool: Pool, state: str, steps: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as place:
        home = Home(Path(place), pool)
        home.data.write_bytes(STATES[state].encode())
        person = Person(home)
        person.file(1)
        for name, choice in steps:
            step: Callable[[int], None] = getattr(person, name.replace(" ", "_"))
            step(choice)
