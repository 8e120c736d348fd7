"""The story of what stands: exams that their owner moved are found, those that she deleted by hand are told no more."""

from dataclasses import replace

from radiary.chronicle.story import Day, Exam, Story
from radiary.library import whereabouts
from radiary.library.shelf import Library


def standing(story: Story, library: Library) -> Story:
    """The story as its library has it; a library that is away changes nothing. Raises NotNow."""
    if not library.is_marked:
        return story
    places = whereabouts.places(library, {exam.study: exam.folder for day in story.days for exam in day.exams})
    days = (Day(day.date, [_at(exam, places[exam.study]) for exam in day.exams if exam.study in places]) for day in story.days)
    return replace(story, days=tuple(day for day in days if day.exams))


def _at(exam: Exam, place: str) -> Exam:
    if place == exam.folder:
        return exam
    pictures = [replace(one, source=place + one.source.removeprefix(exam.folder)) for one in exam.pictures]
    return replace(exam, pictures=pictures, moved_to=place)
