"""Writes the chronicle: pictures, page and site data, from the ledger and the library alone."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

from radiary import gate, layout, sheets
from radiary.chronicle import jekyll, page
from radiary.chronicle.days import NotMergeable
from radiary.chronicle.passages import Passages, SiteData
from radiary.chronicle.story import Day, Exam, Picture, Story, told
from radiary.disk import private
from radiary.disk.library import on_disk
from radiary.disk.people import People
from radiary.engine import Engine
from radiary.events import Chronicled, Event
from radiary.searched import Searched

_STOPPED = (
    "The chronicle was not written: something in {} would tell who it is about. Nothing of it was shown, and your pictures are "
    "safe in the library. Please report this to Radiary's developers."
)
_LONGEST, _EMBEDDED = 1024, 400
"""Pixels on a chronicle picture's longer side; pictures up to which the page carries them itself."""


@dataclass
class Remembered:
    """What need not be looked at again in the next run, since it is what it was."""

    searched: Searched = field(default_factory=Searched)
    passages: Passages = field(default_factory=Passages)


def write(
    events: Iterable[Event],
    known: frozenset[str],
    folder: Path,
    library: Path,
    engine: Engine,
    people: People,
    remembered: Remembered,
) -> tuple[list[Chronicled], str | None]:
    """Bring the chronicle up to date: the facts to write down, and what its owner should know.

    `known` are the studies whose entries and pictures belong to their owner already; nothing is written in which one of
    `people` can be read. Raises NotNow when the folder cannot be written.
    """
    story, data = told(events, people.codes()), (folder / "chronicle.yml").resolve()
    words = [page.rendered(Story(()), {}), *(form for day in story.days for form in _dates(day.date))]
    guard = gate.of((one for known in people.all() for one in known.identities.values()), " ".join(words).encode())
    with on_disk():
        private.folder(folder / "images")
        site, note = _site(data, remembered.passages)
        text = site.mark + site.text
        named, moves = _with_pictures(story, folder / "images", site, library, engine, is_anew=not text and note is None)
        shown = _shown(named, folder / "images", moves)
        moves |= sheets.drawn(named, folder / "sheets", library, engine)
        drawn = _sheets(named, folder, moves)
        rendered = page.rendered(named, _sources(shown), {study: f"sheets/{name}" for study, (name, _) in drawn.items()}).encode()
        addition = jekyll.added(site, named, known if text else frozenset())
        pages = {"the page": rendered, "the site data": _ours(text, addition.text)}
        files = {f"picture {day}/{name}": path for (day, name), path in shown.items()}
        files |= {f"sheet {name}": path for name, path in drawn.values()}
        stopped = guard.stops(pages, remembered.searched.rest(guard, files))
        if stopped:
            remembered.searched.forget()
            for draft in moves.values():
                draft.unlink()
            return [], _STOPPED.format(stopped[0])
        private.move_all(moves, folder)
        sheets.clear(named, folder / "sheets")
        _replace(folder / "index.html", rendered)
        if note is not None:
            return [], note
        if _read(data) != text:
            return [], "The chronicle is being edited; what is new is added a little later."
        if addition.text != text and text:
            private.replace(data.with_name(data.name + ".backup"), text.encode())
        _replace(data, addition.text.encode())
    inserted = {exam.study for _, exam in addition.exams}
    return list(_facts(story, named, inserted | known)), addition.note or _withdrawn(story, shown, folder / "images")


def _withdrawn(story: Story, shown: Mapping[tuple[str, str], Path], images: Path) -> str | None:
    """What is to be said of pictures that their owner took back: once in the site they are hers, to delete as well."""
    left = [key for key in story.withdrawn if key not in shown and (_folder(images, key[0]) / key[1]).exists()]
    names = ", ".join(f"images/{date or layout.UNDATED}/{name}" for date, name in left)
    return (
        f"You took back what these pictures of the chronicle show; delete them there, and where they are listed: {names}"
        if left
        else None
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


def _shown(named: Story, images: Path, moves: Mapping[Path, Path]) -> dict[tuple[str, str], Path]:
    """Where each picture lies now, by day and name."""
    every = [(day.date, picture.name) for day in named.days for exam in day.exams for picture in exam.pictures]
    paths = {key: _folder(images, key[0]) / key[1] for key in every}
    return {key: found for key, path in paths.items() if (found := moves.get(path, path)).exists()}


def _sources(shown: Mapping[tuple[str, str], Path]) -> dict[tuple[str, str], bytes | str]:
    """The pictures themselves, while a page of them can be sent and opened; of more, where they lie beside it."""
    if len(shown) > _EMBEDDED:
        return {key: f"images/{key[0] or layout.UNDATED}/{key[1]}" for key in shown}
    return {key: path.read_bytes() for key, path in shown.items()}


def _sheets(named: Story, folder: Path, moves: Mapping[Path, Path]) -> dict[str, tuple[str, Path]]:
    """What each exam's sheet is called, and where it lies now, by study."""
    names = {exam.study: sheets.name(exam) for day in named.days for exam in day.exams}
    paths = {study: (name, folder / "sheets" / name) for study, name in names.items()}
    return {study: (name, found) for study, (name, path) in paths.items() if (found := moves.get(path, path)).is_file()}


def _folder(images: Path, date: str) -> Path:
    return images / (date or layout.UNDATED)


def _with_pictures(
    story: Story, images: Path, site: SiteData, library: Path, engine: Engine, *, is_anew: bool
) -> tuple[Story, dict[Path, Path]]:
    """The story with its pictures made and named, and which drafts are to become them. What cannot be had now is left out.

    A picture that was named before is its owner's: replaced or deleted, it stays as she left it, until she begins anew
    without any site data.
    """
    wanted = [
        (library / picture.source, _draft(images, day, picture))
        for day in story.days
        for exam in day.exams
        for picture in exam.pictures
        if not picture.name or (is_anew and not (_folder(images, day.date) / picture.name).exists())
    ]
    missing = [(source, draft) for source, draft in wanted if source.exists()]
    if missing:
        engine.call(_make, missing)
    drafts = {draft for _, draft in wanted if draft.exists()}
    folders = {draft.parent for _, draft in wanted}
    days, moves = [], dict[Path, Path]()
    for day in story.days:
        if _folder(images, day.date) not in folders:
            days.append(day)
            continue
        taken = {picture.name for exam in day.exams for picture in exam.pictures}
        exams = [_named(day, exam, images, drafts, taken, site, moves) for exam in day.exams]
        days.append(Day(day.date, exams))
    return replace(story, days=tuple(days)), moves


def _named(
    day: Day, exam: Exam, images: Path, drafts: set[Path], taken: set[str], site: SiteData, moves: dict[Path, Path]
) -> Exam:
    pictures = []
    for picture in exam.pictures:
        draft, name = _draft(images, day, picture), picture.name
        if draft in drafts:
            name = name or _free(draft, taken, site.names(day.date))
            moves[draft.with_name(name)] = draft
        if name:
            taken.add(name)
            pictures.append(replace(picture, name=name))
    return replace(exam, pictures=pictures)


def _free(draft: Path, taken: set[str], listed: set[str]) -> str:
    """The next `scanN.jpg` that nobody has; a file with the draft's very bytes is what a run that was cut short left."""
    for number in count(1):
        name = f"scan{number}.jpg"
        path = draft.with_name(name)
        is_left = path.exists() and path.read_bytes() == draft.read_bytes()
        if name not in taken and (is_left or (name not in listed and not path.exists())):
            return name
    raise AssertionError("numbers never end")


def _draft(images: Path, day: Day, picture: Picture) -> Path:
    return _folder(images, day.date) / f".{layout.code(picture.series)}.jpg"


def _make(pictures: list[tuple[Path, Path]]) -> None:
    # Imported here, in a process of the pool: Pillow and numpy are no part of the idle service.
    from radiary.dicom import encode

    with on_disk():
        for source, draft in pictures:
            made = encode.jpeg(source.read_bytes(), _LONGEST)
            if made is not None:
                private.folder(draft.parent)
                with private.emptied(draft) as file:
                    file.write(made)
