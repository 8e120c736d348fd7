"""Exams as the viewer knows them: what they are called, where they stand, and what their series show."""

from collections.abc import Iterator

from radiary.chronicle.story import Exam, Story
from radiary.library import layout
from radiary.viewer import folder as viewer
from radiary.viewer.exam_data import Heading


def exams(story: Story) -> Iterator[tuple[str, Exam]]:
    """Every exam that has pictures, with its date."""
    return ((day.date, exam) for day in story.days for exam in day.exams if exam.pictures)


def code(exam: Exam) -> str:
    """What names an exam's page."""
    return layout.code(exam.study)


def viewed(exam: Exam, date: str) -> viewer.Exam:
    """An exam as the viewer knows it."""
    titles = {picture.series: picture.caption.rpartition(" · ")[0] for picture in exam.pictures}
    return viewer.Exam(Heading(code(exam), date, title=exam.title, patient=exam.patient), exam.place, titles)
