"""Exams that are not where they were: deleted by hand, or in the trash."""

from radiary.library import trash, whereabouts
from radiary.library.shelf import Library
from radiary.model.events import FiledStudy, Removed
from radiary.settings import Settings
from radiary.state.queue import Queue


def gone(settings: Settings, queue: Queue) -> list[FiledStudy]:
    """Studies that were deleted by hand: their library or shelf is there, and they are nowhere in it. Raises NotNow."""
    missing = []
    for home, is_held in ((Library(settings.library), False), (Library(settings.private), True)):
        known = [study for study in queue.studies.values() if study.held == is_held]
        if home.is_marked:
            uids = whereabouts.gone(home, {study.uid: study.folder for study in known})
            missing += [study for study in known if study.uid in uids]
    return missing


def in_trash(settings: Settings, queue: Queue) -> list[Removed]:
    """What was taken out and can be had back."""
    homes = {False: Library(settings.library), True: Library(settings.private)}
    return [event for event in still_out(queue) if trash.is_there(homes[event.held], event.trash)]


def still_out(queue: Queue) -> list[Removed]:
    """What was taken out; what its owner had filed again since is none of it."""
    return [event for event in queue.trash.values() if event.part in queue.removed.get((event.study, event.held), ())]
