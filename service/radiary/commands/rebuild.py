"""`radiary rebuild`: a lost ledger, begun anew from what stands in the library; an older one, brought up to it."""

from collections.abc import Iterator

from radiary import __version__
from radiary.chronicle import told_before
from radiary.chronicle.site import site_of
from radiary.commands.speaking import console, spoken
from radiary.language import marked, sentence
from radiary.library import layout, ownership, trash, whereabouts
from radiary.library.assemble import filed, pictures
from radiary.library.shelf import Library
from radiary.model.errors import LibraryAhead, LibraryOfAnotherKey, Mistaken, Unusable
from radiary.model.events import Event, FiledStudy, Opened, Rebuilt, Removed
from radiary.model.records import StudyRecord
from radiary.settings import Settings
from radiary.state import ledger
from radiary.state.folder import State, fingerprint
from radiary.state.ledger import Ledger
from radiary.state.queue import Queue, folded

_NO_KEY = marked(
    "No file `key` is in the state folder %(folder)s, and without it no ledger can be made anew. Put the state folder back "
    "from a backup: `radiary restore FILE`."
)


def rebuild(settings: Settings) -> int:
    """Begin a ledger anew from every study in the library and on the private shelf, or add those that it does not know."""
    state = State(settings.state)
    homes = Library(settings.library), Library(settings.private)
    with state.locked():
        _refuse(state, homes[0])
        queue = folded(ledger.read(state.ledger))
        claim = ownership.claim_of(state, queue)
        troubles = {ownership.trouble(home, claim) for home in homes}
        if LibraryOfAnotherKey in troubles:
            raise Unusable(LibraryOfAnotherKey.sentence())
        with console.busy("The library is being read …"):
            studies = [study for home in homes for study in _standing(home, queue) if _is_news(study, queue)]
        if queue.beginning is not None and not studies and LibraryAhead not in troubles:
            raise Mistaken("There is a ledger already, and it knows everything that stands in the library.")
        if queue.beginning is None:
            (state.folder / "ledger.head").unlink(missing_ok=True)
        _write(state, settings, studies, queue=queue)
    exams = spoken.count("%(number)s exam", "%(number)s exams", len(studies))
    console.answer(exams=len(studies))
    console.say("The ledger knows %(exams)s again. Exports that are still there are recognised by their pictures.", exams=exams)
    return 0


def _refuse(state: State, library: Library) -> None:
    """Raises Unusable where nothing can be made anew."""
    if state.ledger.exists() and ledger.faults(state.ledger):
        raise Unusable("There is a ledger already, and it is damaged; move `ledger.jsonl` and `ledger.head` away first.")
    if not (state.folder / "key").exists():
        raise Unusable(sentence(_NO_KEY, folder=state.folder))
    if not library.is_marked:
        raise Unusable("The library is not there. Connect its disk first.")


def _standing(home: Library, queue: Queue) -> list[FiledStudy]:
    """Every study that is there. The ledger calls it as Radiary did: its owner's words may name somebody."""
    studies = []
    for folder in sorted({*home.folders(), *home.remains()}):
        try:
            record = home.study(folder)
        except (ValueError, FileNotFoundError, IsADirectoryError):
            said = sentence("The study %(folder)s has no sound `study.json`. Move that folder away first.", folder=folder)
            raise Unusable(said) from None
        known = queue.studies.get((record.uid, record.held))
        named = known.folder if known else layout.study_folder(record.date, record.modality, record.uid)
        studies.append(filed(record, named, added=pictures(record)))
    return studies


def _is_news(study: FiledStudy, queue: Queue) -> bool:
    """Whether the ledger knows a study not at all, or otherwise than it stands."""
    known = queue.studies.get((study.uid, study.held))
    return known is None or known.series != study.series


def _taken_out(settings: Settings, queue: Queue) -> Iterator[Removed]:
    """What lies in the trash, and the ledger does not know to be there: exams as a whole, and parts of those that stand."""
    for home, is_held in ((Library(settings.library), False), (Library(settings.private), True)):
        places = whereabouts.uids(home)
        for name, record in trash.entries(home):
            if (is_held, name) not in queue.trash:
                standing = home.standing(places[record.uid]) if record.uid in places else None
                yield from _removed(record, standing, name, queue=queue, is_held=is_held)


def _removed(record: StudyRecord, standing: StudyRecord | None, name: str, *, queue: Queue, is_held: bool) -> Iterator[Removed]:
    """The facts about one thing in the trash: one for the exam, or one for each series or instance that stands no more."""
    known = queue.studies.get((record.uid, is_held))
    folder = known.folder if known else layout.study_folder(record.date, record.modality, record.uid)
    if standing is None:
        yield Removed(study=record.uid, held=is_held, folder=folder, trash=name)
        return
    there = {series.uid: {one.uid for one in series.instances} for series in standing.series}
    left = (filed(standing, folder, added=0),)
    for series in record.series:
        gone = [one.uid for one in series.instances if one.uid not in there.get(series.uid, ())]
        for uid in gone if series.uid in there else [""]:
            yield Removed(
                study=record.uid, held=is_held, series=series.uid, instance=uid, folder=folder, trash=name, studies=left
            )


def _write(state: State, settings: Settings, studies: list[FiledStudy], *, queue: Queue) -> None:
    """The facts, and the markers that they bring up to date."""
    key = fingerprint(state.key(queue.beginning.key if queue.beginning else None))
    made = Ledger(state.ledger)
    rebuilt = Rebuilt(studies=tuple(studies))
    stamped = made.append(*([] if queue.beginning else [Opened(radiary=__version__, key=key)]), rebuilt)[-1]
    queue.fold(stamped)
    site = site_of(settings)
    told = told_before.facts(ledger.read(state.ledger), queue.chronicled, site, Library(settings.library))
    facts: list[Event] = [*told, *_taken_out(settings, queue)]
    for fact in facts:
        stamped = made.append(fact)[0]
    made.close()
    for home in (Library(settings.library), Library(settings.private)):
        if home.is_marked:
            ownership.claim_of(state, queue).keep(home, stamped.seq, ledger.digest(stamped))
