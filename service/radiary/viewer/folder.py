"""The viewer's folder in the chronicle: a page and a file of data for each exam, made again when more of it is filed."""

import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path

from radiary.files import private
from radiary.files.disk_errors import on_disk
from radiary.language import Language
from radiary.library import layout
from radiary.library.shelf import Library
from radiary.viewer import exam_data, groups, page
from radiary.viewer.exam_data import CopyFacts, Heading, Named
from radiary.viewer.stacks import Stack, stacks
from radiary.workers.pool import Workers

NAME = "viewer"
"""The folder's name, below the chronicle's."""
_OURS = re.compile(r"\.?(exam-(?P<code>[a-z2-7]{8})\.(js|html)|group-[a-z2-7]{8}\.js|compare\.html|viewer\.(css|js))")
"""Names of our files; any other one is its owner's."""
_VERSION = "6"
"""The version of what stands in the files: when it changes, all are made again."""
_LONGEST = 20_000
"""Bytes of the first line of a data file."""


@dataclass(frozen=True)
class Exam:
    """One to be looked through, whose study stands at `place` in the library; series are called by their UIDs' `titles`."""

    heading: Heading
    place: str
    titles: Mapping[str, str]


@lru_cache(maxsize=100_000)  # of every exam, in every update of a chronicle
def files(code: str) -> tuple[str, str]:
    """The names of an exam's files: its page, and behind it the data that this shows."""
    return f"exam-{code}.html", f"exam-{code}.js"


def address(code: str) -> str:
    """Where an exam's page lies, from the chronicle's."""
    return f"{NAME}/exam-{code}.html"


def drawn(
    exams: Sequence[Exam],
    there: Iterable[str],
    gone: frozenset[str],
    *,
    folder: Path,
    library: Path,
    pool: Workers,
    language: Language,
) -> tuple[dict[Path, Path], frozenset[str]]:
    """The draft of every file that is not what it is to be, by what it is to become; and the codes of exams that could not be
    drawn: away or damaged just now, they keep the page they have, if any. Raises Stopping and NotNow.

    `exams` are those that may have changed, `there` the names of files, `gone` the codes of exams that are told of no more.
    """
    with on_disk():
        private.folder(folder)
    names = frozenset(there)
    stale = [(exam, state) for exam in exams if (state := _stale(folder, names, library, exam, language=language))]
    made = pool.each(_draw, [(library, exam, folder, language, state) for exam, state in stale])
    shared, lines = dict(_shared(folder, language)), dict[str, dict[str, list[str]]]()
    for (exam, _), of_exam in zip(stale, made, strict=True):
        if of_exam is not None:
            lines[exam.heading.code] = of_exam
    undrawn = frozenset(exam.heading.code for exam, _ in stale).difference(lines)
    with on_disk():
        for path in (folder / name for code in undrawn for name in files(code)):
            _draft(path).unlink(missing_ok=True)
    # An exam's data, which says of what it was made, comes last: whatever a run that is cut short leaves out is drawn once more.
    drafts = shared | (_grouped(folder, there, lines, gone) if lines or gone else {})
    return drafts | {folder / name: _draft(folder / name) for code in lines for name in files(code)}, undrawn


def clear(names: Iterable[str], folder: Path) -> None:
    """Take away what has one of these names, of exams' files and of what runs that were cut short left. Raises NotNow."""
    with on_disk():
        for name in names:
            ours = _OURS.fullmatch(name)
            if ours and (name.startswith(".") or ours["code"]):
                (folder / name).unlink(missing_ok=True)


def groups_among(names: Iterable[str]) -> frozenset[str]:
    """The names of groups' files among names."""
    return frozenset(name for name in names if name.startswith("group-") and _OURS.fullmatch(name))


def codes(names: Iterable[str]) -> frozenset[str]:
    """The codes of exams that have files of such names."""
    return frozenset(ours["code"] for name in names if (ours := _OURS.fullmatch(name)) and ours["code"])


def _draft(path: Path) -> Path:
    return path.with_name(f".{path.name}")


def _stale(folder: Path, there: Collection[str], library: Path, exam: Exam, *, language: Language) -> str:
    """How the first line of its data is to begin, before the names of its groups; nothing when it does, with its page and all
    files of these groups `there`, or when the study is not there.
    """
    try:
        status = (library / exam.place / layout.STUDY_FILE).stat()
    except (FileNotFoundError, NotADirectoryError):
        return ""
    known = (status.st_mtime_ns, status.st_size, exam, language.code, os.path.relpath(library, folder), _VERSION)
    state = f"// {layout.short_digest(repr(known))}{layout.short_digest(repr(known)[::-1])}"
    shown, data = files(exam.heading.code)
    try:
        with (folder / data).open("rb") as file:
            line = file.readline(_LONGEST).decode(errors="replace")
        is_whole = shown in there and all(f"group-{group}.js" in there for group in line.removeprefix(state).split())
        return "" if line.startswith(state) and is_whole else state
    except (FileNotFoundError, NotADirectoryError):
        return state


def _shared(folder: Path, language: Language) -> Iterator[tuple[Path, Path]]:
    """Drafts of the files that all pages share, of those that are not so yet."""
    wanted = {name: page.asset(name) for name in page.ASSETS} | {"compare.html": page.compare(language, "../index.html").encode()}
    for name, data in wanted.items():
        path = folder / name
        with on_disk():
            if not path.exists() or path.read_bytes() != data:
                _write(_draft(path), data)
                yield path, _draft(path)


def _grouped(
    folder: Path, there: Iterable[str], lines: Mapping[str, Mapping[str, list[str]]], gone: frozenset[str]
) -> dict[Path, Path]:
    """Drafts of the groups' files with the new lines of exams, and without those of exams that are told no more."""
    with on_disk():
        texts = {name[6:-3]: (folder / name).read_text() for name in groups_among(there)}
    told = {code: lines.get(code, {}) for code in {*lines, *gone}}
    drafts = {}
    with on_disk():
        for name in {*groups.groups_of(texts, told), *chain.from_iterable(told.values())}:
            text = groups.with_lines(texts.get(name, ""), {code: new.get(name, ()) for code, new in told.items()})
            path = folder / f"group-{name}.js"
            if text != texts.get(name):
                _write(_draft(path), text.encode())
                drafts[path] = _draft(path)
    return drafts


def _draw(library: Path, exam: Exam, folder: Path, language: Language, state: str) -> dict[str, list[str]] | None:
    """Write the drafts of an exam's files, in a process of the pool; its lines in groups' files. None where it cannot be read."""
    record = Library(library).study(exam.place)
    every = stacks(record)
    named = [Named(one, _title(one, exam.titles), groups.group(one, exam.heading.patient)) for one in every]
    facts = [copy_facts(library / exam.place, one) for one in every]
    place = os.path.relpath(library / exam.place, folder)
    state = " ".join((state, *sorted({one.group for one in named}))) + "\n"
    text = exam_data.script(
        exam.heading, named, facts=facts, folder=place.replace(os.sep, "/") + "/", words=page.windows(language)
    )
    shown, data = (folder / name for name in files(exam.heading.code))
    back = f"../index.html#d{exam.heading.date or layout.UNDATED}"
    _write(_draft(data), (state + text).encode())
    _write(_draft(shown), page.exam(exam.heading, language, back).encode())
    lines: dict[str, list[str]] = {}
    for number, (one, of) in enumerate(zip(named, facts, strict=True)):
        lines.setdefault(one.group, []).append(exam_data.line(exam.heading, number, one, facts=of))
    return lines


def _title(stack: Stack, titles: Mapping[str, str]) -> str:
    title = titles.get(stack.series.uid) or f"{stack.series.number or ''} {stack.series.label}".strip()
    return f"{title} ({stack.number})" if stack.number else title


def copy_facts(study: Path, stack: Stack) -> CopyFacts:
    """What a stack's copy, below the study's folder, says of it; to be asked in a worker."""
    # Imported here, in a process of the pool: pydicom and numpy are no part of the idle service.
    from radiary.dicom.orientation import orientation
    from radiary.dicom.read import header
    from radiary.dicom.render.cine import frame_time
    from radiary.model.nouns import Instance

    if stack.source is None or not (study / stack.source).is_file():
        return CopyFacts()
    with (study / stack.source).open("rb") as file:
        read = header.read(file)
        if not isinstance(read, Instance):
            return CopyFacts()
        return CopyFacts(orientation(read.dataset, stack.frame), frame_time(read.dataset))


def _write(path: Path, data: bytes) -> None:
    with on_disk(), private.emptied(path) as file:
        file.write(data)
