"""What a worker does with papers (PDF): whose each one is, and its bytes, unchanged, into the tray of the private shelf."""

import contextlib
import hashlib
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Literal

from radiary.archives import unpack
from radiary.dicom.wall.pseudonym import Pseudonyms
from radiary.documents import kinds, paper
from radiary.documents.reading import Reading
from radiary.documents.rows import Row
from radiary.documents.signature import looks_like_pdf, looks_like_photograph
from radiary.ingest import paper_dates, photographs, plans
from radiary.library import tray
from radiary.model.errors import DamagedPaper, LockedPaper, RadiaryError, Reason
from radiary.model.nouns import Acquaintance, Content, Export, Facts, Limits, NotDicom, Outcome, Placed, Task, Unclaimed
from radiary.model.records import FileRecord, InstanceRecord
from radiary.workers import time_limit

FILE = "paper.pdf"
"""What a paper is called on the shelf, whatever it was called."""
MODALITY = "DOC"
_SECONDS = 30
"""How long reading one paper may take."""
_FIRST_SECONDS = 10
"""How long reading its first page may take."""
_LARGEST = 128 << 20
"""Bytes of a paper; larger files are left alone."""
_MOST = 2000
"""Papers of one download that are looked at."""
_ARCHIVE = 2 << 30
"""Bytes of a download in which papers are looked for, where there is no DICOM in it."""
Found = Literal["none", "others", "hers"]
"""What papers of a download are: none are there, they are somebody else's, or at least one is hers."""


def outcome(task: Task, data: Content, index: int) -> Outcome:
    """What becomes of a paper. Raises DamagedPaper and LockedPaper for one that is all of an export."""
    content = _bytes(data)
    if content is None:
        return NotDicom()
    if photographs.are(content):
        return _photograph(task, content, index)
    try:
        with paper.bounds(min(_SECONDS, task.patience)):
            count, pages = paper.pages(content, task.passwords, time_limit.sign)
    except (DamagedPaper, LockedPaper):
        if not task.takes_papers:
            return Unclaimed()
        if task.export.kind == "file":
            raise
        count, pages = 0, []
    codes = paper.owners(pages, {one.code: one.identities for one in task.acquaintances})
    if not codes and not task.takes_papers:
        return Unclaimed()
    named = [one for other in task.acquaintances if other.code in codes for one in other.identities]
    reading = paper.reading(pages, count, named) if pages else Reading(kind=kinds.UNSURE)
    with paper.bounds(min(_SECONDS, task.patience)):
        reading = plans.read(content, task.passwords, reading, printed=pages)
    return _placed(task, index, content=content, code=codes[0] if codes else "", reading=reading)


def _photograph(task: Task, content: bytes, index: int) -> Outcome:
    with paper.bounds(min(_SECONDS, task.patience)):
        known = photographs.seen(content, is_all=task.export.kind == "file")
        if known is None:
            return NotDicom()
        name, reading = known
        return _placed(task, index, content=content, code="", reading=plans.read(content, (), reading, printed=()), name=name)


def _placed(task: Task, index: int, *, content: bytes, code: str, reading: Reading, name: str = FILE) -> Placed:
    """A paper on the private tray, by its digest: the same bytes are the same paper, whatever export they came in."""
    digest = hashlib.sha256(content).hexdigest()
    pseudonyms = Pseudonyms(task.key)
    known = next((one for one in task.people.values() if one.code == code), None)
    facts = Facts(
        study=pseudonyms.uid(f"paper {digest}"),
        series=pseudonyms.uid(f"paper {digest} 1"),
        instance=pseudonyms.uid(f"paper {digest} 1 1"),
        patient=code,
        date=paper_dates.by_policy(reading.day, task.policy, task.key, person=known),
        modality=MODALITY,
        body_part=None,
        series_number=None,
        instance_number=1,
        position=None,
        label=reading.kind,
    )
    file = tray.put(task.private_tray, index, name, parts=(content,))
    record = InstanceRecord(uid=facts.instance, number=1, position=None, pixels=digest, pictures=(), copies=(file,))
    return Placed(facts=facts, hold=Reason.PAPER, record=record)


def kind_in(folder: Path, index: int, files: Sequence[FileRecord], *, task: Task) -> str:
    """The kind of a paper that came in a DICOM file and stands in the tray; nothing where it is no paper that can be read."""
    for file in files:
        data = tray.place(folder, index, file.path).read_bytes() if file.path.endswith(".pdf") and file.size <= _LARGEST else b""
        with contextlib.suppress(DamagedPaper, LockedPaper):
            return paper.of_bytes(data, task.passwords, min(_SECONDS, task.patience)).kind if data else ""
    return ""


def _bytes(data: Content) -> bytes | None:
    """A paper's bytes; None of one that is too large."""
    if isinstance(data, bytes):
        return data if len(data) <= _LARGEST else None
    data.seek(0)
    content = data.read(_LARGEST + 1)
    return content if len(content) <= _LARGEST else None


def whose(
    export: Export,
    scratch: Path,
    *,
    limits: Limits,
    passwords: tuple[str, ...],
    acquaintances: tuple[Acquaintance, ...],
    takes_all: bool = False,
) -> Found:
    """Whether papers of somebody known lie in a download without DICOM. What cannot be opened is somebody else's.

    Where all are taken, photographs are papers, too.
    """
    result: Found = "none"
    if export.size > _ARCHIVE:
        return result
    try:
        with contextlib.closing(_first_pages(export, scratch, limits, passwords=passwords, takes_all=takes_all)) as pages:
            for page in pages:
                result = "others"
                if paper.owners([page], {one.code: one.identities for one in acquaintances}):
                    return "hers"
    except (RadiaryError, MemoryError):
        return result
    return result


def _first_pages(
    export: Export, scratch: Path, limits: Limits, *, passwords: tuple[str, ...], takes_all: bool
) -> Generator[list[Row]]:
    """The first page of every paper in a download; an empty one of a photograph, and of a paper that cannot be read."""
    place = scratch / f"papers-{export.digest[:12]}"
    with unpack.opened(export, place, limits, passwords=passwords) as opened:
        papers = (member for member in opened.members() if _is_paper(opened.head(member.index) or b"", takes_all=takes_all))
        for _, member in zip(range(_MOST), papers, strict=False):
            data = opened.read(member.index)
            if isinstance(data, bytes):
                yield [] if photographs.are(data) else _first_page(data, passwords)


def _is_paper(head: bytes, *, takes_all: bool) -> bool:
    return looks_like_pdf(head) or (takes_all and looks_like_photograph(head))


def _first_page(data: bytes, passwords: tuple[str, ...]) -> list[Row]:
    try:
        with paper.bounds(_FIRST_SECONDS):
            return paper.first_page(data, passwords)
    except (DamagedPaper, LockedPaper):
        return []
