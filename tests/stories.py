"""Filed facts from literals, for the tests of the chronicle."""

from dataclasses import replace

from radiary.chronicle.story import Day, Story
from radiary.model.events import Event, Filed, FiledSeries, FiledStudy


def series(uid: str, number: int = 1, *, part: str | None = "chest", pictures: int = 3, modality: str = "CT") -> FiledSeries:
    return FiledSeries(
        uid=uid, number=number, label="x", modality=modality, body_part=part, pictures=pictures, representative=f"{uid}.png"
    )


def filed(
    uid: str, date: str | None, *ones: FiledSeries, held: bool = False, patient: str = "P-A", modality: str = "CT"
) -> Event:
    study = FiledStudy(
        uid=uid, folder=f"{date}/{uid}", date=date, patient=patient, modality=modality, held=held, series=ones, added=1
    )
    return Filed(export="a" * 64, studies=(study,), pictures=1, held={}, skipped={}, left=0)


def named(story: Story) -> Story:
    """The story with its pictures named as in an empty chronicle."""
    days = []
    for day in story.days:
        numbers = iter(range(1, 1000))
        exams = [
            replace(exam, pictures=[replace(one, name=f"scan{next(numbers)}.jpg") for one in exam.pictures]) for exam in day.exams
        ]
        days.append(Day(day.date, exams))
    return replace(story, days=tuple(days))
