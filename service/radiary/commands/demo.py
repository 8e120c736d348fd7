"""`radiary demo`: the real service, in a folder of its own, on a sample that it makes."""

import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from radiary.commands.speaking import console, spoken
from radiary.files import private
from radiary.model.errors import Mistaken
from radiary.model.events import Chronicled, Event, Filed
from radiary.settings import PREFIX
from radiary.state import ledger
from radiary.state.folder import State

_MARKER = ".radiary-demo"
_PATIENCE = 600
"""Seconds without news after which something must be wrong, on the slowest computer, too."""


def show(folder: Path) -> int:
    """Run the demo in `folder`, which must be new or an earlier demo's; 0 when all went well and nothing leaked."""
    folder = folder.absolute()
    _make_room(folder)
    state = State(folder / "state")
    with (folder / "service.log").open("wb") as log:
        service = subprocess.Popen(_command(folder), stderr=log, env=_environment())  # noqa: S603 - our own command
        try:
            end = _watched(folder, state, service)
        finally:
            service.send_signal(signal.SIGTERM)
            status = service.wait(_PATIENCE)
    if end is None or status != 0:
        console.say("The demo did not come to its end; %(file)s says why.", file=folder / "service.log")
        return 1
    for name in ("library", "chronicle"):
        console.tree(folder / name)
    console.say("Your chronicle: %(file)s", file=folder / "chronicle" / "index.html")
    return leaks(folder)


def _make_room(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        if not (folder / _MARKER).exists():
            raise Mistaken("The demo wants a folder of its own: choose a new one with --folder.")
        shutil.rmtree(folder)
    private.folder(folder)
    (folder / _MARKER).touch()
    (folder / "config.toml").touch()
    for name in ("downloads", "state"):
        private.folder(folder / name)


def _command(folder: Path) -> list[str]:
    options = ["--config", "config.toml", "--watch", "downloads", "--library", "library", "--private", "private",
               "--chronicle", "chronicle", "--state", "state"]  # fmt: skip
    placed = [one if one.startswith("--") else str(folder / one) for one in options]
    # Somebody waits for it and looks on: its workers don't step back behind other programs.
    return [sys.executable, "-m", "radiary", "run", *placed, "--quiet-seconds", "1", "--workers", "2", "--nice", "0"]


def _environment() -> dict[str, str]:
    """The demo's settings are its own."""
    return {name: value for name, value in os.environ.items() if not name.upper().startswith(PREFIX)}


def _watched(folder: Path, state: State, service: subprocess.Popen[bytes]) -> Filed | None:
    """Drop the sample as a browser would, then show facts and progress as they come; the `filed` fact, or None."""
    end: Filed | None = None
    told: set[str] = set()
    dropped = False
    with console.bar(console.out) as bar:
        task = bar.add_task(spoken.say("filing"), total=None)
        for event in _facts(state, service):
            if event is not None:
                bar.console.print(console.line(event), markup=False)
                end = event if isinstance(event, Filed) else end
                told |= {event.study} if isinstance(event, Chronicled) else set()
            elif end is not None and told >= {study.uid for study in end.studies if not study.held}:
                break
            if not dropped and state.pulse():
                _drop(folder / "downloads", bar.console.print)
                dropped = True
            working = state.pulse().get("working")
            if working:
                bar.update(task, completed=working["done"], total=working["total"])
        else:
            return None
        if end is not None:
            bar.update(task, completed=end.pictures, total=end.pictures, description=spoken.say("pictures"))
    return end


def _facts(state: State, service: subprocess.Popen[bytes]) -> Iterator[Event | None]:
    """The ledger's events as they come, and None whenever there is no new one; ends with the service or with patience."""
    seen, last = 0, time.monotonic()
    while service.poll() is None and time.monotonic() - last < _PATIENCE:
        events = list(ledger.read(state.ledger))
        for event in events[seen:]:
            last = time.monotonic()
            yield event
        seen = len(events)
        yield None
        time.sleep(0.1)


def _drop(downloads: Path, say: Callable[[str], None]) -> None:
    from radiary.commands import demo_export

    final = downloads / "Testpatient_Synthia_SYN-0042-7.zip"
    partial = final.with_name(final.name + ".crdownload")
    say(spoken.say("The browser downloads an export, named after the patient …"))
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in demo_export.export().items():
            archive.writestr(name, data)
    partial.rename(final)


def leaks(folder: Path) -> int:
    """Look for the sample's identifying values in every byte, name and line written; print the result."""
    from radiary.commands import demo_export

    values = [value.casefold().encode() for value in demo_export.IDENTIFYING]
    written = [one for one in folder.rglob("*") if folder / "downloads" not in (one, *one.parents)]
    hits = 0
    for path in written:
        content = path.read_bytes() if path.is_file() else b""
        text = (str(path.relative_to(folder)).encode() + b"\n" + content).lower()
        hits += any(value in text for value in values)
    shown = (folder / "library").glob("*/US-*/*/*.*")
    pictures = [one for one in shown if demo_export.shows_name(one.read_bytes(), is_dicom=one.suffix == ".dcm")]
    files = sum(one.is_file() for one in written)
    console.say(
        "Looked for %(values)s identifying values in %(files)s files, their names and the log: found in %(hits)s.",
        values=len(values),
        files=files,
        hits=hits,
    )
    console.say("Ultrasound pictures and copies that still show the burned-in name: %(number)s.", number=len(pictures))
    return 1 if hits or pictures else 0
