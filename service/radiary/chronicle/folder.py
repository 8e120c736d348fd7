"""Writes the chronicle: pictures, page and site data, from the ledger and the library alone."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from radiary.chronicle import contact_sheets, identity_gate, jekyll, page, series_pictures, standing
from radiary.chronicle.searched_files import Searched
from radiary.chronicle.story import Story, folded
from radiary.chronicle.yaml_days import NotMergeable
from radiary.chronicle.yaml_passages import Passages, SiteData
from radiary.files import private
from radiary.files.disk_errors import on_disk
from radiary.library import layout
from radiary.library.shelf import Library
from radiary.model.events import Chronicled, Event
from radiary.state.people import People
from radiary.workers.pool import Pool

_STOPPED = (
    "The chronicle was not written: something in {} would tell who it is about. Nothing of it was shown, and your pictures are "
    "safe in the library. Please report this to Radiary's developers."
)
_EMBEDDED = 400
"""Pictures up to which the page carries them itself."""


@dataclass
class Remembered:
    """What need not be looked at again in the next run, since it is what it was."""

    searched: Searched = field(default_factory=Searched)
    passages: Passages = field(default_factory=Passages)


def write(
    events: Iterable[Event],
    known: frozenset[str],
    *,
    folder: Path,
    library: Path,
    pool: Pool,
    people: People,
    remembered: Remembered,
) -> tuple[list[Chronicled], str | None]:
    """Bring the chronicle up to date: the facts to write down, and what its owner should know.

    `known` are the studies whose entries and pictures belong to their owner already; nothing is written in which one of
    `people` can be read. Raises NotNow when the folder cannot be written.
    """
    story, data = standing.of(folded(events, people.codes()), Library(library)), (folder / "chronicle.yml").resolve()
    with on_disk():
        private.folder(folder / "images")
        site, note = _site(data, remembered.passages)
        named, moves = series_pictures.made(story, folder / "images", site, library, pool, is_anew=not site.text and note is None)
        moves |= contact_sheets.drawn(named, folder / "sheets", library, pool)
        draft = _drafted(named, moves, site, known, folder)
        guard = _guard(story, people)
        stopped = guard.stops(draft.texts, remembered.searched.rest(guard, draft.files))
        if stopped:
            remembered.searched.forget()
            for path in moves.values():
                path.unlink()
            return [], _STOPPED.format(stopped[0])
        private.move_all(moves, folder)
        _take_away(story, named, folder / "images")
        contact_sheets.clear(named, folder / "sheets")
        _replace(folder / "index.html", draft.page)
        note = note or _added(data, site.mark + site.text, draft.addition.text)
        if note is not None:
            return [], note
        inserted = {exam.study for _, exam in draft.addition.exams}
        facts = list(_facts(story, named, inserted | known))
        return facts, draft.addition.note or _withdrawn(story, named, folder / "images")


@dataclass(frozen=True)
class _Draft:
    """What is to be shown, before the gate: the page, the site data, and where every picture lies now, by what it is called."""

    page: bytes
    addition: jekyll.Addition
    texts: Mapping[str, bytes]
    files: Mapping[str, Path]


def _drafted(named: Story, moves: Mapping[Path, Path], site: SiteData, known: frozenset[str], folder: Path) -> _Draft:
    shown = series_pictures.places(named, folder / "images", moves)
    drawn = _sheets(named, folder, moves)
    rendered = page.rendered(named, _sources(shown), {study: f"sheets/{name}" for study, (name, _) in drawn.items()}).encode()
    text = site.mark + site.text
    addition = jekyll.added(site, named, known if text else frozenset())
    files = {f"picture {day}/{name}": path for (day, name), path in shown.items()}
    files |= {f"sheet {name}": path for name, path in drawn.values()}
    return _Draft(rendered, addition, {"the page": rendered, "the site data": _ours(text, addition.text)}, files)


def _guard(story: Story, people: People) -> identity_gate.Gate:
    """Looks for everybody known; what the page always says, and the dates of exams, name nobody."""
    words = [page.rendered(Story(()), {}), *(form for date, _, _ in story.timeline for form in _dates(date))]
    return identity_gate.gate_against(
        (one for known in people.all() for one in known.identities.values()), " ".join(words).encode()
    )


def _added(data: Path, before: str, after: str) -> str | None:
    """Write the site data, and keep what stood there; why not, when its owner is at it just now."""
    if _read(data) != before:
        return "The chronicle is being edited; what is new is added a little later."
    if after != before and _is_closed(data):
        return "`chronicle.yml` is closed to writing; it was left alone. Open it (`chmod u+w`), and the new exams are added."
    if after != before and before:
        private.replace(data.with_name(data.name + ".backup"), before.encode())
    _replace(data, after.encode())
    return None


def _take_away(story: Story, named: Story, images: Path) -> None:
    """Delete from the site what its owner took back or out, where it is still as Radiary wrote it."""
    told_of = {(day.date, picture.name) for day in named.days for exam in day.exams for picture in exam.pictures}
    for date, name in set(story.withdrawn) - told_of:
        path = series_pictures.folder(images, date) / name
        if series_pictures.is_as_made(path):
            path.unlink(missing_ok=True)


def _is_closed(path: Path) -> bool:
    """Whether its owner closed a file to writing: its folder would let it be replaced nevertheless, as root may write to it."""
    return path.exists() and not (path.stat().st_mode & 0o200 and os.access(path, os.W_OK))


def _withdrawn(story: Story, named: Story, images: Path) -> str | None:
    """What is to be said of pictures that their owner took back: once in the site they are hers, to delete as well."""
    told_of = {(day.date, picture.name) for day in named.days for exam in day.exams for picture in exam.pictures}
    left = [key for key in story.withdrawn if key not in told_of and (series_pictures.folder(images, key[0]) / key[1]).exists()]
    if not left:
        return None
    names = ", ".join(f"images/{date or layout.UNDATED}/{name}" for date, name in left)
    return (
        f"These pictures of the chronicle still show what you took back; delete them, and their names in `chronicle.yml`: {names}"
    )


def _dates(day: str) -> tuple[str, ...]:
    """A day as it is written here: that of an exam may be somebody's birthday, and tells nothing of it."""
    year, month, date = day.split("-") if day else ("", "", "")
    return day, day.replace("-", ""), f"{date}.{month}.{year}", f"{date}{month}{year}"


def _ours(text: str, added: str) -> bytes:
    """What this run would add; her own words in the site data are hers to publish."""
    own = set(text.splitlines())
    return "\n".join(line for line in added.splitlines() if line not in own).encode()


def _facts(story: Story, named: Story, written: frozenset[str] | set[str]) -> Iterator[Chronicled]:
    """A fact for every exam in the site data that has pictures which were named just now."""
    had = {picture.series for day in story.days for exam in day.exams for picture in exam.pictures if picture.name}
    for day in named.days:
        for exam in day.exams:
            new = {picture.series: picture.name for picture in exam.pictures if picture.series not in had}
            if new and day.date and exam.study in written:
                yield Chronicled(study=exam.study, date=day.date, pictures=new)


def _site(path: Path, passages: Passages) -> tuple[SiteData, str | None]:
    """The site data as it stands, its line endings as they are; why it cannot be added to, then as if it were empty."""
    text = _read(path)
    nothing = SiteData("", "", whole=[])
    if text is None:
        return nothing, "The chronicle is not written in UTF-8. Save it as UTF-8; it was left alone."
    try:
        return passages.read(text), None
    except NotMergeable as error:
        return nothing, str(error)


def _read(path: Path) -> str | None:
    try:
        return path.read_bytes().decode() if path.exists() else ""
    except UnicodeDecodeError:
        return None


def _replace(path: Path, data: bytes) -> None:
    """Write only what changed, so that a site's watcher does not rebuild for nothing."""
    if not path.exists() or path.read_bytes() != data:
        private.replace(path, data)


def _sources(shown: Mapping[tuple[str, str], Path]) -> dict[tuple[str, str], bytes | str]:
    """The pictures themselves, while a page of them can be sent and opened; of more, where they lie beside it."""
    if len(shown) > _EMBEDDED:
        return {key: f"images/{key[0] or layout.UNDATED}/{key[1]}" for key in shown}
    return {key: path.read_bytes() for key, path in shown.items()}


def _sheets(named: Story, folder: Path, moves: Mapping[Path, Path]) -> dict[str, tuple[str, Path]]:
    """What each exam's sheet is called, and where it lies now, by study."""
    names = {exam.study: contact_sheets.name(exam) for day in named.days for exam in day.exams}
    paths = {study: (name, folder / "sheets" / name) for study, name in names.items()}
    return {study: (name, found) for study, (name, path) in paths.items() if (found := moves.get(path, path)).is_file()}
