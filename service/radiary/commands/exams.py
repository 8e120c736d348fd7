"""Exams as their owner names them: by folder, code or date, where they were filed or where she moved them since."""

from radiary.language import nearest, sentence
from radiary.library import layout, whereabouts
from radiary.library.shelf import Library
from radiary.model.errors import Mistaken
from radiary.model.events import FiledStudy
from radiary.settings import Settings
from radiary.share import choosing
from radiary.state.queue import Queue


def named(settings: Settings, queue: Queue, name: str) -> list[FiledStudy]:
    """Both sides of an exam, of the library and of the shelf: by where it was filed, or by where its owner moved it since."""
    known = [one for one in queue.studies.values() if layout.is_called(one.folder, name)] or _moved(settings, queue, name)
    if not known and any(layout.is_called(one.folder, name) for one in queue.trash.values()):
        raise Mistaken(choosing.is_taken_out(name))
    if not known:
        like = nearest(name, [word for one in queue.studies.values() for word in layout.names(one.folder)])
        shown = sentence(" `radiary status` and `radiary log` show their folders.")
        raise Mistaken(sentence("There is no exam %(name)r.%(like)s", name=name, like=like or shown))
    if len({one.uid for one in known}) > 1:
        folders = ", ".join(sorted({one.folder for one in known}))
        raise Mistaken(sentence("More than one exam is called so; name one of %(folders)s.", folders=folders))
    return known


def _moved(settings: Settings, queue: Queue, name: str) -> list[FiledStudy]:
    """Exams whose folder is called so by now."""
    uids = {
        (uid, is_held)
        for home, is_held in ((Library(settings.library), False), (Library(settings.private), True))
        if home.is_marked
        for uid, folder in whereabouts.uids(home).items()
        if layout.is_called(folder, name)
    }
    chosen = {uid for uid, _ in uids}
    return [study for study in queue.studies.values() if study.uid in chosen]
