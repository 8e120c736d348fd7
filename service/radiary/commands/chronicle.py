"""`radiary chronicle`: bring it up to date now, show what would be added to its owner's file, or give a Jekyll site its pages."""

import difflib
import hashlib
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from radiary.chronicle import text_lines
from radiary.chronicle.site import site_of
from radiary.commands.checks import her_file
from radiary.commands.speaking import console, spoken
from radiary.files import private
from radiary.language import sentence
from radiary.model.errors import AlreadyRunning, LibraryOffline, Mistaken
from radiary.settings import Settings
from radiary.share import named_places
from radiary.state import ledger
from radiary.state.folder import State
from radiary.state.queue import folded

if TYPE_CHECKING:
    from radiary.service.wiring import Parts

_PAGES = {
    "layout.html": "_layouts/radiary-chronicle.html",
    "include.html": "_includes/radiary-chronicle.html",
    "page.md": "chronicle.md",
}
"""What a Jekyll site needs, by its name in the package, and where it stands there."""


def chronicle(settings: Settings, *, only_shows: bool, jekyll: Path | None) -> int:
    """Do what was asked; 1 when something is in the way. Raises Mistaken, Unusable and NotNow."""
    if jekyll is not None:
        return _given_to(jekyll)
    if only_shows:
        return _say_what_would_be_added(settings)
    return bring_up_to_date(settings)


def bring_up_to_date(settings: Settings, **told: object) -> int:
    """Have it written now, by the service if that runs; 1 when something is in the way. Raises Unusable and NotNow.

    A program gets what is `told` with the answer.
    """
    is_done, note = written(settings)
    console.answer(done=is_done, note=note, **told)
    if is_done and not note:
        console.say("The chronicle is up to date: %(file)s", file=settings.chronicle / "index.html")
    return int(note is not None)


def written(settings: Settings) -> tuple[bool, str | None]:
    """Have it written, by the service if that runs; whether it is done, and what is in the way. Raises Unusable and NotNow."""
    from radiary.service import wiring  # here: the other two do without the whole house

    try:
        with wiring.started(settings) as parts, console.busy("The chronicle is being brought up to date …"):
            note = parts.chronicle() or _of_library(parts)
    except AlreadyRunning:
        State(settings.state).ask("chronicle", "now")
        console.say("The service does it within seconds; `radiary status` says how it went.")
        return False, None
    if note:
        console.out.print(spoken.translated(note), markup=False)
    return True, note


def _of_library(parts: "Parts") -> str | None:
    """Why what stands in the library cannot be told anew, though the rest of the chronicle can."""
    is_away = bool(parts.queue.known_studies()) and not parts.bench.library.is_marked
    return LibraryOffline.sentence() if is_away else None


def _say_what_would_be_added(settings: Settings) -> int:
    """The difference that the next run would make to her file. Raises Unusable."""
    state = State(settings.state)
    ledger.refuse_lost(state.ledger)
    before, after, note = her_file.addition(settings, folded(ledger.read(state.ledger)))
    lines = difflib.unified_diff(
        text_lines.split(before),
        text_lines.split(after),
        str(site_of(settings).data),
        spoken.say("as it would be"),
        lineterm="",
    )
    difference = "\n".join(lines)
    console.out.print(difference or spoken.say("Nothing would be added to your file."), markup=False)
    if note:
        console.out.print(spoken.translated(note), markup=False)
    added = len(text_lines.split(after)) - len(text_lines.split(before))  # not what they say: words of hers stand around them
    console.answer(lines=added, note=note)
    return int(note is not None)


def _given_to(folder: Path) -> int:
    """Put the layout, the include and a page into a site, be it in place of former ones; what she changed is left alone.

    Raises Mistaken.
    """
    with named_places.writing_to(folder):
        is_there = folder.is_dir()
    if not is_there:
        raise Mistaken(sentence("There is no folder %(folder)s. Name the folder of your Jekyll site.", folder=folder))
    files, package = [], resources.files("radiary.chronicle").joinpath("jekyll_site")
    known = package.joinpath("known.sha256").read_text(encoding="utf-8").split()
    for name, place in _PAGES.items():
        data, path = package.joinpath(name).read_bytes(), folder / place
        with named_places.writing_to(path):
            is_other = path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() not in known
            if not is_other:
                path.parent.mkdir(exist_ok=True)
                private.replace(path, data)
                path.chmod(0o644)
        how = spoken.say("left as it is, since it is yours") if is_other else spoken.say("written")
        console.out.print(spoken.headed(place, how), markup=False)
        files.append({"file": place, "written": not is_other})
    console.say("Set `site_data` to its _data/chronicle.yml and `site_images` to its assets/chronicle.")
    console.answer(files=files)
    return 0
