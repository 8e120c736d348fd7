"""Exams as the viewer knows them: what they are called, where they stand, and what their series show."""

from radiary.chronicle.story import Exam
from radiary.library import layout
from radiary.viewer import folder as viewer
from radiary.viewer.exam_data import Heading


def code(exam: Exam) -> str:
    """What names an exam's page."""
    return layout.code(exam.study)


def viewed(exam: Exam) -> viewer.Exam:
    """An exam as the viewer knows it."""
    titles = {picture.series: picture.caption.rpartition(" · ")[0] for picture in exam.pictures}
    return viewer.Exam(Heading(code(exam), exam.day, title=exam.title, patient=exam.patient), exam.place, titles)
