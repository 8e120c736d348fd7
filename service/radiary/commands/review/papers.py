"""What the page of `radiary review` shows of papers: their pages as pictures, what was read of them, and the series of values.

Ledger and shelf are read by the pictures' side; what she confirms is written at once into the state folder, sealed.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from radiary.chronicle import told_papers
from radiary.commands.held import cut_papers
from radiary.commands.held.papers import HeldPaper, HeldPapers
from radiary.commands.held.pictures import HeldPictures, words
from radiary.commands.speaking import spoken
from radiary.commands.speaking.paper_sentences import DOUBTS, medicine_in_words, printed
from radiary.documents import kinds, series
from radiary.documents.reading import NO_DATE, SCAN, UNDECIDED, Box, Reading, Value
from radiary.model.errors import RadiaryError
from radiary.settings import Settings
from radiary.state.paper_facts import ConfirmedValue, PaperFact

_TO_TICK = {UNDECIDED, NO_DATE, SCAN}
"""Doubts with which a row is not taken before she ticked it."""
_KEPT = 12
"""Pages that are kept as pictures."""


@dataclass
class Papers:
    """For one run of `radiary review`, in which several requests are answered at a time."""

    settings: Settings
    pictures: HeldPictures
    held: HeldPapers = field(init=False)
    _reads: threading.Lock = field(default_factory=threading.Lock)
    _known: tuple[int, dict[str, HeldPaper]] = (-1, {})
    _readings: dict[str, Reading] = field(default_factory=dict)
    _pages: dict[tuple[str, int], tuple[bytes, dict[int, Box]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.held = HeldPapers(self.settings, self.pictures.queue)

    def close(self) -> None:
        """End the worker that reads."""
        self.held.close()

    def all(self) -> Mapping[str, HeldPaper]:
        """Every paper on the shelf, by UID; looked up again when the ledger says that something else stands."""
        changes = self.pictures.queue.changes
        if self.pictures.queue.beginning is None:
            return {}
        if self._known[0] != changes:
            self._known = changes, {one.uid: one for one in self.held.all()}
        return self._known[1]

    def items(self) -> list[dict[str, Any]]:
        """Papers in the order of their days, then the series, if there are any."""
        papers = sorted(self.all().values(), key=lambda one: (one.study.date or "9999", one.name))
        items = [_item(one) for one in papers]
        return [*items, {"kind": "series", "id": "series", "exam": spoken.say("Values"), "members": []}] if items else []

    def states(self) -> dict[str, dict[str, Any]]:
        """What was decided about papers, by UID; nothing of those that are open."""
        known = self.all()
        standing = self.held.standing() if known else {}
        told = {uid: {"decision": "confirmed", "values": len(standing[uid].values)} for uid in known if uid in standing}
        return told | {uid: {"decision": "not-hers"} for uid, one in known.items() if not one.is_hers}

    def about(self, one: HeldPaper) -> dict[str, Any]:
        """All that is to be seen of a paper. Raises DamagedPaper, LockedPaper and GaveUp."""
        reading, said = self.reading(one), self.held.described(one)
        fact = self.held.standing().get(one.uid)
        kept = {value.row: value for value in fact.values if value.row} if fact else {}
        rows = [_row(number, value, kept.get(number), fact=fact) for number, value in enumerate(reading.values, 1)]
        day = said.day if said and said.day else reading.day
        return {
            "kind": one.kind,
            "kinds": sorted(([name, _titled(name)] for name in kinds.names()), key=lambda named: named[1]),
            "day": str(day or ""),
            "person": one.study.patient,
            "people": sorted(set(self.held.people().values())),
            "pages": reading.pages,
            "scan": reading.is_scan,
            "rows": rows,
            "medication": [medicine_in_words(one) for one in reading.medicines],
            "cuttings": self.cuttings(one),
        }

    def cuttings(self, paper: HeldPaper) -> list[dict[str, Any]]:
        """The parts of a paper that she shows."""
        shown = cut_papers.standing(self.held, {paper.uid: paper})
        return [
            {"code": code, "page": fact.cutting.page, "part": fact.cutting.part} for code, fact in shown.items() if fact.cutting
        ]

    def cut_picture(self, uid: str, code: str) -> bytes | None:
        """A part that she shows of a paper, as others see it: what is blanked, is. None where there is none, or it is damaged."""
        paper = self.all().get(uid)
        try:
            is_shown = paper is not None and code in cut_papers.standing(self.held, {uid: paper})
            return self.held.cut_pictures.png(code) or None if is_shown else None
        except RadiaryError:
            return None

    def reading(self, paper: HeldPaper) -> Reading:
        """What a paper says, remembered."""
        with self._reads:
            if paper.uid not in self._readings:
                self._readings[paper.uid] = self.held.read(paper)
            return self._readings[paper.uid]

    def page(self, paper: HeldPaper, number: int) -> tuple[bytes, dict[int, Box]] | None:
        """A page (from 0) as a PNG, and where in it the rows stand, in shares of it; None where there is no such page."""
        reading = self.reading(paper)
        if number >= reading.pages:
            return None
        with self._reads:
            if (paper.uid, number) not in self._pages:
                rows = {row: value.box for row, value in enumerate(reading.values, 1) if value.page == number}
                png, places = self.held.page(paper, number, list(rows.values()), is_scan=reading.is_scan)
                self._pages[paper.uid, number] = png, dict(zip(rows, places, strict=True))
                while len(self._pages) > _KEPT:
                    self._pages.pop(next(iter(self._pages)))
            return self._pages[paper.uid, number]

    def series(self) -> dict[str, Any]:
        """Every series with its values, and which of them she lets out; or why they cannot be read."""
        try:
            facts = self.held.facts.all() if self.all() else ()
        except RadiaryError as error:
            return {"series": [], "trouble": spoken.error(error)}
        released = series.released(facts)
        return {"series": [_of_series(one, released) for one in self.held.series()] if facts else []}

    def answer(self, kind: str, uid: str, number: int) -> dict[str, Any] | bytes | None:
        """What is asked of one paper: all about it, a page of it, or where the rows stand on that. None for what is not there."""
        paper = self.all().get(uid)
        if paper is None:
            return None
        if kind in ("paper", "cuttings"):
            try:
                return {"cuttings": self.cuttings(paper)} if kind == "cuttings" else self.about(paper)
            except RadiaryError as error:
                return {"trouble": spoken.error(error)}
        page = self.page(paper, number)
        if page is None or kind == "page":
            return page and page[0]
        return {"rows": page[1]}


def _titled(kind: str) -> str:
    return spoken.say(told_papers.named(kind))


def _item(paper: HeldPaper) -> dict[str, Any]:
    return {
        "kind": "paper",
        "id": paper.uid,
        "exam": f"{_titled(paper.kind)}, {words(paper.study.date)}",
        "study": paper.study.uid,
        "what": spoken.say("paper %(name)s", name=paper.name),
        "members": [paper.uid],
    }


def _row(number: int, value: Value, kept: ConfirmedValue | None, *, fact: PaperFact | None) -> dict[str, Any]:
    """A row as it is shown: as she confirmed it, if she did, else as it was read."""
    shown = kept or value
    return {
        "row": number,
        "name": shown.name,
        "section": shown.section,
        "value": printed(shown),
        "unit": shown.unit,
        "range": shown.range,
        "flag": shown.flag,
        "day": _own_day(value.day if kept is None else kept.day, fact),
        "time": value.time,
        "page": value.page,
        "doubts": [] if kept else [spoken.translated(DOUBTS[doubt]) for doubt in value.doubts],
        "ticked": bool(kept) if fact else not _TO_TICK.intersection(value.doubts),
    }


def _own_day(day: date | None, fact: PaperFact | None) -> str:
    """The day of a row's own column; nothing where it is the paper's."""
    return "" if day is None or (fact is not None and day == fact.day) else str(day)


def _of_series(one: series.Series, released: Mapping[str, bool]) -> dict[str, Any]:
    points = [
        {
            "day": f"{point.value.day or ''} {point.value.time}".strip(),
            "value": f"{printed(point.value)} {point.value.flag}".strip(),
            "before": [printed(version.value) for version in point.history],
        }
        for point in one.points
    ]
    told = {"code": one.code, "name": one.name, "section": one.section, "unit": one.unit, "laboratory": one.laboratory}
    return {**told, "person": one.person, "points": points, "out": one.code in released, "site": released.get(one.code, False)}
