"""The viewer's folder in the chronicle: a page and a file of data for each exam, made again when more of it is filed."""

import os
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
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
_VERSION = "5"
"""The version of what stands in the files: when it changes, all are made again."""
_BEGINNING = 200
"""Bytes of a data file in which its first line stands."""


@dataclass(frozen=True)
class Exam:
    """One to be looked through, whose study stands at `place` in the library; series are called by their UIDs' `titles`."""

    heading: Heading
    place: str
    titles: Mapping[str, str]


def address(code: str) -> str:
    """Where an exam's page lies, from the chronicle's."""
    return f"{NAME}/exam-{code}.html"


def drawn(
    exams: Sequence[Exam], gone: frozenset[str], *, folder: Path, library: Path, pool: Workers, language: Language
) -> dict[Path, Path]:
    """The draft of every file that is not what it is to be, by what it is to become. Raises Stopping and NotNow.

    `exams` are those that may have changed, `gone` the codes of those that have a page and are told of no more. A study that is
    away or damaged just now keeps its page, if it has one.
    """
    with on_disk():
        private.folder(folder)
    stale = [(exam, state) for exam in exams if (state := _stale(folder, library, exam, language=language))]
    made = pool.each(_draw, [(library, exam, folder, language, state) for exam, state in stale])
    drafts = dict(_shared(folder, language))
    lines: dict[str, dict[str, list[str]]] = {}
    for (exam, _), of_exam in zip(stale, made, strict=True):
        if of_exam is not None:
            lines[exam.heading.code] = of_exam
            drafts |= {path: _draft(path) for path in _files(folder, exam.heading.code)}
    return drafts | (_grouped(folder, lines, gone) if lines or gone else {})


def clear(told: Collection[str], folder: Path) -> None:
    """Take away the pages of exams that are not `told`, by code, and what runs that were cut short left. Raises NotNow."""
    with on_disk():
        for name in _names(folder):
            ours = _OURS.fullmatch(name)
            if ours and (name.startswith(".") or (ours["code"] and ours["code"] not in told)):
                (folder / name).unlink()


def codes(folder: Path) -> frozenset[str]:
    """The codes of exams that have files in a folder; none where it is not there."""
    return frozenset(ours["code"] for name in _names(folder) if (ours := _OURS.fullmatch(name)) and ours["code"])


def _names(folder: Path) -> list[str]:
    return os.listdir(folder) if folder.is_dir() else []  # noqa: PTH208 - of every exam in every run


def _files(folder: Path, code: str) -> tuple[Path, Path]:
    return folder / f"exam-{code}.js", folder / f"exam-{code}.html"


def _draft(path: Path) -> Path:
    return path.with_name(f".{path.name}")


def _stale(folder: Path, library: Path, exam: Exam, *, language: Language) -> str:
    """The first line that its data is to have; nothing when it has that, or when the study is not there."""
    try:
        status = (library / exam.place / layout.STUDY_FILE).stat()
    except (FileNotFoundError, NotADirectoryError):
        return ""
    known = (status.st_mtime_ns, status.st_size, exam, language.code, os.path.relpath(library, folder), _VERSION)
    state = f"// {layout.short_digest(repr(known))}{layout.short_digest(repr(known)[::-1])}\n"
    data, _ = _files(folder, exam.heading.code)
    try:
        with data.open("rb") as file:
            return "" if file.read(_BEGINNING).startswith(state.encode()) else state
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


def _grouped(folder: Path, lines: Mapping[str, Mapping[str, list[str]]], gone: frozenset[str]) -> dict[Path, Path]:
    """Drafts of the groups' files with the new lines of exams, and without those of exams that are told no more."""
    with on_disk():
        files = {path.name[6:-3]: path.read_text() for path in folder.glob("group-????????.js")}
    told = {code: lines.get(code, {}) for code in {*lines, *gone}}
    drafts = {}
    with on_disk():
        for name in {*groups.groups_of(files, told), *chain.from_iterable(told.values())}:
            text = groups.with_lines(files.get(name, ""), {code: new.get(name, ()) for code, new in told.items()})
            path = folder / f"group-{name}.js"
            if text != files.get(name):
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
    text = exam_data.script(
        exam.heading, named, facts=facts, folder=place.replace(os.sep, "/") + "/", words=page.windows(language)
    )
    data, shown = _files(folder, exam.heading.code)
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
