"""Where what a page shows lies on the disk, as links from the page; what has not changed is not looked at again."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from radiary.chronicle import contact_sheets, viewed_exams
from radiary.chronicle.day_view import Sources
from radiary.chronicle.joined_story import ToldDay
from radiary.chronicle.story import Exam, Story
from radiary.library import layout
from radiary.library.shelf import Library
from radiary.viewer import folder as viewer

_LONGEST = 40_000
"""Characters of a report that are shown."""


class Listings:
    """Remembers what lies in folders, by the time of their last change."""

    def __init__(self) -> None:
        self._listings: dict[str, tuple[int, frozenset[str]]] = {}

    def time(self, folder: str) -> int:
        """When something was last put into a folder, or taken out of it; 0 of one that is not there."""
        try:
            return os.stat(folder).st_mtime_ns  # noqa: PTH116 - asked of every day in every run
        except OSError:
            return 0

    def has(self, folder: str, name: str) -> bool:
        """Whether a file lies in a folder."""
        if "/" in name:
            return Path(folder, name).is_file()
        time = self.time(folder)
        known = self._listings.get(folder)
        if known is None or known[0] != time:
            known = self._listings[folder] = time, _listed(folder)
        return name in known[1]


def _listed(folder: str) -> frozenset[str]:
    try:
        with os.scandir(folder) as entries:
            return frozenset(entry.name for entry in entries if entry.is_file())
    except OSError:
        return frozenset()


@dataclass(frozen=True)
class Made:
    """What of the exams lies in the chronicle's folder: the names of their sheets, and the codes of those that have a page."""

    sheets: frozenset[str]
    viewed: frozenset[str]


def made(folder: Path) -> Made:
    """What lies there."""
    return Made(_listed(str(folder / "sheets")), viewer.codes(folder / viewer.NAME))


class Links:
    """The chronicle's folder with what is `made` in it, the pictures of the site and the library, and links between them."""

    def __init__(
        self, folder: Path, images: Path, made: Made, *, library: Path, looks: Listings, may_show: Callable[[str], bool]
    ) -> None:
        self._folder, self._images, self._library, self._looks = folder, images, library, looks
        self._may_show = may_show
        self._to_images, self._to_library = (os.path.relpath(one, folder) for one in (images, library))
        self._shows_folders = may_show(self._to_library)
        self._sheets, self._viewed = made.sheets, made.viewed

    def sources(self, story: Story, moves: dict[Path, Path]) -> Sources:
        """What the page asks; `moves` are drafts by what they are about to become."""
        told = {(day.date, picture.name) for day in story.days for exam in day.exams for picture in exam.pictures}
        self._moves = {str(path) for path in moves}
        return Sources(
            self.picture,
            self.sheet,
            folder=self.place,
            viewer=self.viewer,
            report=self.report,
            withdrawn=frozenset(story.withdrawn) - told,
        )

    def state(self, day: ToldDay) -> tuple[object, ...]:
        """What a day's page depends on beside the story: whatever lies in its folders."""
        folders = dict.fromkeys([day.date, *(told.own.folder for told in day.events if told.own)])
        exams = [exam for told in day.events for exam in told.exams]
        reports = [self._looks.time(f"{self._library}/{exam.place}/{layout.STUDY_FILE}") for exam in exams if exam.has_report]
        made = [(contact_sheets.name(exam) in self._sheets, viewed_exams.code(exam) in self._viewed) for exam in exams]
        return (*(self._looks.time(f"{self._images}/{one or layout.UNDATED}") for one in folders), *reports, *made)

    def picture(self, folder: str, name: str) -> str | None:
        """The link to a picture of the site."""
        place = f"{self._images}/{folder or layout.UNDATED}"
        if f"{place}/{name}" not in self._moves and not self._looks.has(place, name):
            return None
        return quote(f"{self._to_images}/{folder or layout.UNDATED}/{name}")

    def sheet(self, exam: Exam) -> str | None:
        """The link to an exam's contact sheet."""
        name = contact_sheets.name(exam)
        is_there = name in self._sheets or f"{self._folder}/sheets/{name}" in self._moves
        return quote(f"sheets/{name}") if is_there else None

    def viewer(self, exam: Exam) -> str | None:
        """The link to the page on which an exam is looked through."""
        address = viewer.address(viewed_exams.code(exam))
        is_there = f"{self._folder}/{address}" in self._moves or viewed_exams.code(exam) in self._viewed
        return address if is_there else None

    def place(self, exam: Exam) -> str | None:
        """The link to an exam's folder; none where its owner's name for it may tell whose it is."""
        may_show = self._shows_folders and (not exam.moved_to or self._may_show(exam.place))
        return quote(f"{self._to_library}/{exam.place}/") if may_show else None

    def report(self, exam: Exam) -> str:
        """The text of its structured reports, which the wall let through."""
        if not exam.has_report:
            return ""
        try:
            record = Library(self._library).study(exam.place)
            instances = (one for series in record.series if series.modality == "SR" for one in series.instances)
            files = [file.path for one in instances for file in one.copies if file.path.endswith(".txt")]
            texts = [(self._library / exam.place / path).read_text(encoding="utf-8", errors="replace") for path in files]
        except (OSError, ValueError):
            return ""
        return "\n".join(text.strip() for text in texts)[:_LONGEST]
