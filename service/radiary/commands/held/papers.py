"""What `radiary papers` works with: the papers on the private shelf, what they say, and what was confirmed of them."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path

from radiary.dicom.text import extra
from radiary.documents import kinds, medication, paper, rows, series
from radiary.documents.reading import Box, Reading
from radiary.documents.series import Series
from radiary.ingest import cuttings, decisions, released
from radiary.ingest.cuttings import Cut
from radiary.ingest.viewers_pictures import ENDINGS
from radiary.language import sentence
from radiary.library.shelf import Library
from radiary.model.errors import Mistaken
from radiary.model.events import FiledStudy
from radiary.model.nouns import Identity
from radiary.model.records import InstanceRecord
from radiary.settings import Settings
from radiary.state import ledger
from radiary.state.cut_pictures import CutPictures
from radiary.state.folder import State
from radiary.state.paper_facts import PaperFact, PaperFacts
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
    is_hers: bool = True
    """False once she said that it is somebody else's."""

    @property
    def form(self) -> str:
        """Its media type."""
        return {".jpg": "image/jpeg", ".png": "image/png"}.get(self.path.suffix, "application/pdf")

    @property
    def name(self) -> str:
        """What it is called on the terminal: the code of its folder, and its number where several stand there."""
        return self.study.folder.rpartition("-")[2] + (f".{self.number}" if self.number else "")


@dataclass
class HeldPapers:
    """The papers of one state folder."""

    settings: Settings
    known: Queue | None = None
    """What the ledger says, where somebody else keeps reading it."""
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
        return self.known if self.known is not None else folded(ledger.read(self.state.ledger))

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
            said = self.queue.described.get(study.uid)
            for held_series in record.series if record else ():
                label = next((known.label for known in study.series if known.uid == held_series.uid), held_series.label)
                kind = label if label in kinds.names() else kinds.UNSURE
                for instance in held_series.instances:
                    papers += [
                        HeldPaper(
                            study,
                            instance.uid,
                            path=shelf.root / study.folder / file,
                            kind=kind,
                            is_hers=said is None or said.is_hers,
                        )
                        for file in _files(instance)
                    ]
        return _numbered(papers)

    def named(self, name: str) -> HeldPaper:
        """The paper whose name begins so. Raises Mistaken for none, or several."""
        called = [one for one in self.all() if name and (one.name.startswith(name.lower()) or one.study.folder == name)]
        if len(called) != 1:
            none = sentence("No paper is called so; `radiary papers` shows them.")
            raise Mistaken(sentence("More than one paper is called so; `radiary papers` shows them.") if called else none)
        return called[0]

    def read(self, paper: HeldPaper) -> Reading:
        """What a paper says, read in a worker; a scan by the extra `ocr`. Raises DamagedPaper, LockedPaper and GaveUp."""
        data, passwords = paper.path.read_bytes(), self.state.passwords.all()
        people = (*self.everybody(), *(Identity(name, "", "", "") for name in self.others()))
        reading = self._pool.call(_read, data, passwords, people)
        if not reading.is_scan or not extra.is_installed():
            return reading
        return self._pool.call(_read_scan, data, passwords, reading, people)

    def page(self, paper: HeldPaper, number: int, boxes: Sequence[Box], *, is_scan: bool) -> tuple[bytes, list[Box]]:
        """A page (from 0) as a PNG, and boxes of what was read on it in shares of that. Raises what `read` does."""
        data, passwords = paper.path.read_bytes(), self.state.passwords.all()
        return self._pool.call(_drawn, data, passwords, number, tuple(boxes), is_scan)

    @cached_property
    def cut_pictures(self) -> CutPictures:
        """Parts of pages that she shows, as pictures."""
        return CutPictures(self.state.folder / "cuttings", self.key)

    def cut_out(self, paper: HeldPaper, page: int, part: Box) -> Cut:
        """A part of a page (from 0), in shares, and the text on it. Raises what `read` does."""
        cut = partial(cuttings.cut, seconds=_SECONDS, others=self.others())
        return self._pool.call(cut, paper.path.read_bytes(), self.state.passwords.all(), page, part)

    def everybody(self) -> list[Identity]:
        """Whoever is known, as hospitals write them."""
        return [who for known in People(self.state.folder / "people", self.key).all() for who in known.identities.values()]

    def others(self) -> Collection[str]:
        """The names of others, such as physicians, that received headers say."""
        return People(self.state.folder / "people", self.key).others()

    def standing(self) -> dict[str, PaperFact]:
        """What was confirmed of each paper, and holds."""
        standing: dict[str, PaperFact] = {}
        for fact in self.facts.all():
            if fact.does == "confirmed":
                standing[fact.paper] = fact
            elif fact.does == "withdrawn":
                standing.pop(fact.paper, None)
        return standing

    def described(self, paper: HeldPaper) -> PaperFact | None:
        """What she said of a paper last: its kind and its true day."""
        return next((fact for fact in reversed(self.facts.all()) if fact.does == "described" and fact.paper == paper.uid), None)

    def left(self) -> list[HeldPaper]:
        """Papers that are hers and that she did not confirm yet."""
        standing = self.standing()
        return [one for one in self.all() if one.is_hers and one.uid not in standing]

    def series(self) -> list[Series]:
        """The values of papers that are held still, and hers."""
        held = {one.uid for one in self.all() if one.is_hers}
        return series.series([one for one in self.facts.all() if not one.paper or one.paper in held], self.people())

    def released(self) -> list[Series]:
        """The series that she let out, with days as exams' are told."""
        people = People(self.state.folder / "people", self.key).known()
        told = released.days_of(self.settings.policy, self.key, people)
        let_out = series.released(self.facts.all())
        return [one.series for one in released.let_go(self.series(), let_out, told, policy=self.settings.policy)]


def _files(instance: InstanceRecord) -> list[str]:
    """A PDF, or a photograph of a letter. What has pictures of its own is none: those in further windows are copies, too."""
    return [file.path for file in instance.copies if file.path.endswith((".pdf", *ENDINGS)) and not instance.pictures]


def _numbered(papers: Sequence[HeldPaper]) -> list[HeldPaper]:
    """Papers, with numbers where several stand in one folder."""
    together = Counter(one.study.folder for one in papers)
    so_far = Counter[str]()
    numbered = []
    for one in papers:
        so_far[one.study.folder] += 1
        numbered.append(replace(one, number=so_far[one.study.folder]) if together[one.study.folder] > 1 else one)
    return numbered


def _read(data: bytes, passwords: tuple[str, ...], people: tuple[Identity, ...]) -> Reading:
    from radiary.ingest import named_headings, photographs, plans  # here, in a worker: what decodes pictures is heavy

    if photographs.are(data):
        return plans.read(data, (), photographs.unread(data, _SECONDS), printed=())
    with paper.bounds(_SECONDS):
        reading, printed = paper.read(data, passwords, people)
        return named_headings.left_out(plans.read(data, passwords, reading, printed=printed), people)


def _read_scan(data: bytes, passwords: tuple[str, ...], unread: Reading, people: tuple[Identity, ...]) -> Reading:
    from radiary.ingest import named_headings, photographs, scans  # as above: the networks, too

    sheets = scans.words(data, passwords, unread.pages, _SECONDS)
    if unread.medicines:
        named = medication.with_printed_names(unread.medicines, [rows.rows(words) for words in sheets])
        return replace(unread, medicines=named)
    return named_headings.left_out(photographs.dated(paper.from_words(sheets, unread.pages, people), unread), people)


def _drawn(
    data: bytes, passwords: tuple[str, ...], number: int, boxes: tuple[Box, ...], is_scan: bool
) -> tuple[bytes, list[Box]]:
    from radiary.dicom.render import encode  # here, in a worker, as above
    from radiary.ingest import pages

    with paper.bounds(_SECONDS):
        picture, places = pages.view(data, number, passwords, boxes, is_scan=is_scan)
    return encode.grey_png(picture.columns, picture.rows, picture.values), places
