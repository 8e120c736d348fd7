"""Where what a page shows lies on the disk, as links from the page."""

import os
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

from radiary.chronicle import contact_sheets, picture_size, viewed_exams
from radiary.chronicle.day_view import Sources
from radiary.chronicle.joined_story import ToldDay
from radiary.chronicle.picture_size import Size
from radiary.chronicle.story import Exam, Story
from radiary.files.looks import FileState, Looks, listed
from radiary.library import layout
from radiary.library.shelf import Library
from radiary.viewer import folder as viewer

_LONGEST = 40_000
"""Characters of a report that are shown."""
_HEADS = 4_096, 262_144
"""Bytes in which a picture's size stands: of one of ours, and behind what a camera writes before it."""


@dataclass(frozen=True)
class Made:
    """The names of what lies in the chronicle's folder of exams: sheets, and the viewer's files."""

    sheets: frozenset[str]
    viewed: frozenset[str]

    def without(self, others: "Made") -> "Made":
        """What is left when others are taken away."""
        return Made(self.sheets - others.sheets, self.viewed - others.viewed)


def made(folder: Path) -> Made:
    """What lies there."""
    return Made(listed(str(folder / "sheets")), listed(str(folder / viewer.NAME)))


@dataclass(frozen=True, slots=True)
class Watched:
    """What a day's page depends on beside the story: files, and names among what is `made`."""

    files: tuple[str, ...]
    made: frozenset[str]


States = tuple[tuple[FileState | None, ...], frozenset[str]]
"""How such files are, and which of them may not be shown."""


def withdrawn(story: Story) -> frozenset[tuple[str, str]]:
    """Pictures, by folder and name, that show what their owner took back and of which the story tells no more."""
    if not story.withdrawn:
        return frozenset()
    told = {(day.date, picture.name) for day in story.days for exam in day.exams for picture in exam.pictures}
    return frozenset(story.withdrawn) - told


class Links:
    """The chronicle's folder with what is `made` in it, the pictures of the site and the library, and links between them."""

    def __init__(
        self,
        folder: Path,
        images: Path,
        made: Made,
        *,
        withdrawn: Collection[tuple[str, str]],
        library: Path,
        looks: Looks,
        may_show: Callable[[str], bool],
    ) -> None:
        self._folder, self._images, self._library, self._looks, self._may_show = folder, images, library, looks, may_show
        self._withdrawn, self._hidden = withdrawn, frozenset(self._place(*one) for one in withdrawn)
        self._to_images, self._to_library = (os.path.relpath(one, folder) for one in (images, library))
        self._shows_folders = may_show(self._to_library)
        self.made = made.sheets.union(made.viewed, (path.rpartition("/")[2] for path in looks.drafts))

    @property
    def sources(self) -> Sources:
        """What the page asks."""
        return Sources(
            self.picture,
            self.sheet,
            folder=self.place,
            viewer=self.viewer,
            report=self.report,
            size=self.size,
            withdrawn=self._withdrawn,
        )

    def watched(self, day: ToldDay) -> Watched:
        """What decides how the day's page looks."""
        exams = [exam for told in day.events for exam in told.exams]
        own = [told.own for told in day.events if told.own]
        pictures = [(folder, one.name) for event in own for one in event.pictures for folder in (event.folder, day.date)]
        pictures += [(exam.day, one.name) for exam in exams for one in exam.pictures if one.name]
        files = dict.fromkeys(self._place(folder, name) for folder, name in pictures)
        reports = (path for exam in exams if exam.has_report for path in self._report_files(exam))
        return Watched(
            (*files, *reports),
            frozenset(name for exam in exams for name in (contact_sheets.name(exam), *viewer.files(viewed_exams.code(exam)))),
        )

    def states(self, watched: Watched) -> States:
        """How its files are now, and which of them may not be shown."""
        return tuple(map(self._looks.__getitem__, watched.files)), self._hidden.intersection(watched.files)

    def picture(self, folder: str, name: str) -> str | None:
        """The link to a picture of the site."""
        is_there = self._looks[self._place(folder, name)]
        return quote(f"{self._to_images}/{folder or layout.UNDATED}/{name}") if is_there else None

    def size(self, link: str) -> Size | None:
        """How wide and high a picture is that a link leads to."""
        lies, images = unquote(link), f"{self._to_images}/"
        path = f"{self._images}/{lies.removeprefix(images)}" if lies.startswith(images) else f"{self._folder}/{lies}"
        try:
            with Path(self._looks.drafts.get(path, path)).open("rb") as file:
                heads = (file.read(count) for count in _HEADS)
                head = next(heads)
                return picture_size.of(head) or picture_size.of(head + next(heads))
        except OSError:
            return None

    def _place(self, folder: str, name: str) -> str:
        return f"{self._images}/{folder or layout.UNDATED}/{name}"

    def sheet(self, exam: Exam) -> str | None:
        """The link to an exam's contact sheet."""
        name = contact_sheets.name(exam)
        return quote(f"sheets/{name}") if name in self.made else None

    def viewer(self, exam: Exam) -> str | None:
        """The link to the page on which an exam is looked through."""
        code = viewed_exams.code(exam)
        return viewer.address(code) if self.made.issuperset(viewer.files(code)) else None

    def place(self, exam: Exam) -> str | None:
        """The link to an exam's folder; none where its owner's name for it may tell whose it is."""
        may_show = self._shows_folders and (not exam.moved_to or self._may_show(exam.place))
        return quote(f"{self._to_library}/{exam.place}/") if may_show else None

    def report(self, exam: Exam) -> str:
        """The text of its structured reports, which the wall let through."""
        if not exam.has_report:
            return ""
        texts = (path for path in self._report_files(exam) if path.endswith(".txt"))
        try:
            said = [Path(path).read_text(encoding="utf-8", errors="replace") for path in texts]
        except OSError:
            return ""
        return "\n".join(text.strip() for text in said)[:_LONGEST]

    def _report_files(self, exam: Exam) -> Iterator[str]:
        """The record of an exam, and the texts of its reports, as far as the record can be read."""
        yield f"{self._library}/{exam.place}/{layout.STUDY_FILE}"
        try:
            record = Library(self._library).study(exam.place)
        except (OSError, ValueError):
            return
        instances = (one for series in record.series if series.modality == "SR" for one in series.instances)
        files = (file.path for one in instances for file in one.copies if file.path.endswith(".txt"))
        yield from (f"{self._library}/{exam.place}/{path}" for path in files)
