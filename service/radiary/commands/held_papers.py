"""What `radiary papers` works with: the papers on the private shelf, what they say, and what was confirmed of them."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from radiary.documents import kinds, paper, series
from radiary.documents.reading import Reading
from radiary.documents.series import Series
from radiary.ingest import decisions
from radiary.ingest.text_search import is_possible
from radiary.library.shelf import Library
from radiary.model.errors import Mistaken
from radiary.model.events import FiledStudy
from radiary.settings import Settings
from radiary.state import ledger
from radiary.state.folder import State
from radiary.state.paper_facts import ConfirmedValue, PaperFact, PaperFacts
from radiary.state.people import People
from radiary.state.queue import Queue, folded
from radiary.workers.pool import Pool
from radiary.workers.process import process

_SECONDS = 60.0
"""How long reading one paper may take."""


@dataclass(frozen=True)
class HeldPaper:
    """One paper: what the ledger says of it, and where it lies. Encapsulated in DICOM, several may stand in one study."""

    study: FiledStudy
    uid: str
    path: Path
    kind: str
    number: int = 0

    @property
    def name(self) -> str:
        """What it is called on the terminal: the code of its folder, and its number where several stand there."""
        return self.study.folder.rpartition("-")[2] + (f".{self.number}" if self.number else "")


@dataclass
class HeldPapers:
    """The papers of one state folder."""

    settings: Settings
    _pool: Pool = field(default_factory=lambda: Pool(process, 1))

    def close(self) -> None:
        """End the worker that reads."""
        self._pool.close()

    @cached_property
    def state(self) -> State:
        """The state folder."""
        return State(self.settings.state)

    @cached_property
    def queue(self) -> Queue:
        """What the ledger says."""
        return folded(ledger.read(self.state.ledger))

    @cached_property
    def key(self) -> bytes:
        """The key of the state folder. Raises Mistaken where nothing was ever filed."""
        if self.queue.beginning is None:
            raise Mistaken("Nothing has been filed yet.")
        return self.state.key(self.queue.beginning.key)

    @cached_property
    def facts(self) -> PaperFacts:
        """What was confirmed."""
        return PaperFacts(self.state.folder / "papers", self.key)

    def people(self) -> Mapping[str, str]:
        """People's codes now, by every code they had."""
        return People(self.state.folder / "people", self.key).codes()

    def all(self) -> list[HeldPaper]:
        """Every paper on the shelf, by date."""
        shelf = Library(self.settings.private)
        papers = []
        for study, record in decisions.held(shelf, self.queue):
            for one in record.series if record else ():
                label = next((known.label for known in study.series if known.uid == one.uid), one.label)
                kind = label if label in kinds.names() else kinds.UNSURE
                for instance in one.instances:
                    files = [file.path for file in instance.copies if file.path.endswith(".pdf")]
                    papers += [HeldPaper(study, instance.uid, shelf.root / study.folder / file, kind) for file in files]
        return _numbered(papers)

    def named(self, name: str) -> HeldPaper:
        """The paper whose name begins so. Raises Mistaken for none, or several."""
        found = [one for one in self.all() if name and (one.name.startswith(name.lower()) or one.study.folder == name)]
        if len(found) != 1:
            which = "No" if not found else "More than one"
            raise Mistaken(f"{which} paper is called so; `radiary papers` shows them.")
        return found[0]

    def read(self, one: HeldPaper) -> Reading:
        """What a paper says, read in a worker; a scan by the extra `ocr`. Raises DamagedPaper, LockedPaper and GaveUp."""
        data, passwords = one.path.read_bytes(), self.state.passwords.all()
        reading = self._pool.call(paper.of_bytes, data, passwords, _SECONDS)
        if not reading.is_scan or not is_possible():
            return reading
        return self._pool.call(_read_scan, data, passwords, reading.pages)

    def standing(self) -> dict[str, PaperFact]:
        """What was confirmed of each paper, and holds."""
        standing: dict[str, PaperFact] = {}
        for fact in self.facts.all():
            if fact.does == "confirmed":
                standing[fact.paper] = fact
            elif fact.does == "withdrawn":
                standing.pop(fact.paper, None)
        return standing

    def described(self, one: HeldPaper) -> PaperFact | None:
        """What she said of a paper last: its kind and its true day."""
        return next((fact for fact in reversed(self.facts.all()) if fact.does == "described" and fact.paper == one.uid), None)

    def series(self) -> list[Series]:
        """The values of papers that are held still."""
        held = {one.uid for one in self.all()}
        return series.series([one for one in self.facts.all() if not one.paper or one.paper in held], self.people())


def _numbered(papers: Sequence[HeldPaper]) -> list[HeldPaper]:
    """Papers, with numbers where several stand in one folder."""
    together = Counter(one.study.folder for one in papers)
    so_far = Counter[str]()
    numbered = []
    for one in papers:
        so_far[one.study.folder] += 1
        numbered.append(replace(one, number=so_far[one.study.folder]) if together[one.study.folder] > 1 else one)
    return numbered


def _read_scan(data: bytes, passwords: tuple[str, ...], pages: int) -> Reading:
    from radiary.ingest import scans  # here, in a worker: numpy and the networks are heavy

    return paper.from_words(scans.words(data, passwords, pages, _SECONDS), pages)


def confirmed(one: HeldPaper, reading: Reading, said: PaperFact | None, rows: Collection[int]) -> PaperFact:
    """The fact that these rows of a paper (from 1) are as read."""
    day = said.day if said and said.day else reading.day
    values = tuple(
        ConfirmedValue(
            name=value.name,
            section=value.section,
            number=value.number,
            comparator=value.comparator,
            word=value.word,
            unit=value.unit,
            low=value.low,
            high=value.high,
            range=value.range,
            flag=value.flag,
            day=value.day or day,
            time=reading.time if value.day in (None, reading.day) else "",
            page=value.page,
            box=value.box,
        )
        for row, value in enumerate(reading.values, 1)
        if row in rows
    )
    return PaperFact(
        does="confirmed",
        paper=one.uid,
        person=one.study.patient,
        kind=one.kind,
        day=day,
        laboratory=reading.laboratory,
        number=reading.number,
        status=reading.status,
        issued=reading.issued,
        values=values,
    )
