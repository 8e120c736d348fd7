"""`radiary doctor`: whether everything is in place, and which kinds of pictures this computer can read."""

import json
import shutil
import stat
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from radiary import settings as sources
from radiary.commands import installed_service
from radiary.commands.checks import care, computer, cuttings, records
from radiary.commands.checks.check import Check
from radiary.commands.checks.conditions import WATCHED, chronicle_faults, conditions, nearest, said_of_watched
from radiary.commands.command_line.settings_given import Given
from radiary.commands.speaking import console, spoken
from radiary.files import installation
from radiary.ingest import text_engine
from radiary.ingest.text_engine import TextEngine
from radiary.language import Sentence, counted, sentence
from radiary.model.errors import KeyLost, Reason, Unusable, explain
from radiary.settings import Settings
from radiary.state import ledger, soundness
from radiary.state.folder import State, fingerprint
from radiary.state.queue import Queue, folded
from radiary.watch import folders
from radiary.workers.pool import Pool
from radiary.workers.process import process

_SETTINGS = sentence("settings")
_KEY = sentence("key")
_SCARCE = 2 << 30
"""Bytes of free space below which the next export may not find room."""


def doctor(said: Given, *, as_json: bool) -> int:
    """Print every check; 1 when something is bad. A settings file that others may write is one of them."""
    try:
        settings, _ = sources.load_with_origins(said.config, said.settings)
        if not as_json:
            spoken.use(settings.spoken)
        checks = list(findings(settings, sources.file_of(said.config)))
    except Unusable as refused:
        checks = [Check(_SETTINGS, "bad", refused.args[0]), *_without_settings()]
    if as_json:
        print(json.dumps([asdict(one) for one in checks], indent=1))
    else:
        signs = {"well": sentence("ok"), "note": sentence("note"), "bad": sentence("BAD")}
        for check in checks:
            line = spoken.headed(spoken.translated(check.what), spoken.translated(check.sentence))
            sign = spoken.say(signs[check.verdict]).ljust(spoken.longest(*signs.values()))
            console.out.print(f"{sign}  {line}", markup=False)
    return int(any(one.verdict == "bad" for one in checks))


def findings(settings: Settings, config: Path) -> Iterator[Check]:
    """Every check, the most urgent first."""
    state, now = State(settings.state), datetime.now(UTC)
    yield from _settings_file(config)
    try:
        ledger.refuse_lost(state.ledger)
        events = list(ledger.read(state.ledger))
        queue = folded(events)
        known = [
            *_folders(settings, queue, state.known_key(queue.key)),
            _key(settings, queue),
            *_state_folder(settings, state.known_key(queue.key), queue),
            *records.check(settings, queue),
            *_chronicle(settings, queue),
            *_service(settings, config),
            care.backup(state.backup_taken(), len(events)),
            care.held(queue, now),
            *cuttings.check(state, queue),
            computer.clock(events[-1] if events else None, now),
        ]
    except Unusable as unusable:
        known = [*_folders(settings, Queue(), None), Check(sentence("ledger"), "bad", str(unusable))]
    yield from known
    yield computer.notices_of_changes(settings.watched, polling=settings.polling, seconds=settings.rescan_seconds)
    yield from _of_program()


def _without_settings() -> Iterator[Check]:
    """What can be asked while the settings are refused, which say where all the rest is."""
    yield Check(sentence("folders"), "note", sentence("not looked at: where they are stands in the settings."))
    yield computer.clock(None, datetime.now(UTC))
    yield from _of_program()


def _of_program() -> Iterator[Check]:
    yield from _pictures()
    yield _text_in_pictures()
    yield from computer.packages()


def _settings_file(path: Path) -> Iterator[Check]:
    """Whoever may write it decides what is read and where pictures go."""
    if opened := sources.open_to_others(path):
        yield Check(_SETTINGS, "bad", opened)
    elif path.exists():
        yield Check(_SETTINGS, "well", str(path))


def _folders(settings: Settings, queue: Queue, key: bytes | None) -> Iterator[Check]:
    state = State(settings.state)
    shared = said_of_watched({"shared": state.pulse().get("shared", ())}) if state.is_locked() else {}
    for condition in conditions(settings, queue, key, shared):
        name = sentence("watched folder") if condition.what == WATCHED else sentence(console.PLACES[condition.what])
        place = condition.path
        if condition.reason == KeyLost.reason():
            continue  # a check of its own tells of the key
        if condition.reason:
            yield Check(name, "bad", sentence("%(what)s: %(said)s", what=place, said=sentence(explain(condition.reason))))
        elif condition.what == WATCHED and (links := folders.linked(place)):
            yield Check(name, "note", _linked(place, links))
        elif condition.what == WATCHED:
            yield Check(name, "well", str(place))
        elif shutil.disk_usage(nearest(place)).free < _SCARCE:
            scarce = sentence("less than %(number)s GB are free at %(place)s.", number=_SCARCE >> 30, place=place)
            yield Check(name, "bad", scarce)
        elif place.exists() and name != "chronicle" and stat.S_IMODE(place.stat().st_mode) & 0o077:
            opened = sentence("others on this computer can look into %(place)s; `chmod 700` closes it.", place=place)
            yield Check(name, "note", opened)
        else:
            yield Check(name, "well", str(place))


def _linked(place: Path, links: int) -> str:
    """Links are not followed to folders: these may hold anything, our own among them."""
    return counted(
        "in %(place)s, %(number)s link to a folder is not followed: `radiary once` files what it leads to.",
        "in %(place)s, %(number)s links to folders are not followed: `radiary once` files what they lead to.",
        links,
        place=place,
    )


def _key(settings: Settings, queue: Queue) -> Check:
    """The pseudonyms' secret: lost, everything would get new codes."""
    path = settings.state / "key"
    try:
        if queue.beginning is None and not path.exists():
            return Check(_KEY, "well", sentence("made on the first run"))
        known = fingerprint(bytes.fromhex(path.read_text(encoding="ascii")))
        if queue.beginning is not None and known != queue.beginning.key:
            other = sentence("it is not the one that the library was made with; put that one back from a backup.")
            return Check(_KEY, "bad", other)
    except (OSError, ValueError):
        lost = sentence("it is missing or damaged; put the file `key` back from a backup of the state folder.")
        return Check(_KEY, "bad", lost)
    return Check(_KEY, "well", sentence("in its place; keep a backup of the state folder"))


def _state_folder(settings: Settings, key: bytes | None, queue: Queue) -> Iterator[Check]:
    for fault in soundness.faults(settings.state, key, {study.patient for study in queue.studies.values()}):
        yield Check(sentence("state"), "bad", fault)


def _chronicle(settings: Settings, queue: Queue) -> Iterator[Check]:
    """Her file and her pictures: a mistake in the file keeps new exams out of it."""
    for is_in_the_way, fault in chronicle_faults(settings, queue):
        yield Check(sentence("chronicle's file"), "bad" if is_in_the_way else "note", fault)


def _service(settings: Settings, config: Path) -> Iterator[Check]:
    for is_in_the_way, fault in installed_service.faults(settings, config):
        yield Check(sentence("service"), "bad" if is_in_the_way else "note", fault)


def _pictures() -> Iterator[Check]:
    # Imported here: most commands do without numpy.
    from radiary.dicom.render import codecs

    for family in codecs.families():
        kinds = sentence("%(kinds)s; by %(library)s", kinds=", ".join(family.kinds), library=family.library)
        missing = sentence("these cannot be read here; install Radiary again.")
        yield Check(family.name, "well" if family.is_there else "bad", kinds if family.is_there else missing)


def _text_in_pictures() -> Check:
    """A drawn word is read, in a process that may die of it: whether a package is installed says little."""
    pool = Pool(process, 1)
    try:
        trouble = TextEngine(pool).trouble()
        library = text_engine.missing_library(pool) if trouble == Reason.TEXT_READER_UNLOADABLE else None
    finally:
        pool.close()
    if trouble is None:
        return Check(sentence("text in pictures"), "well", sentence("is read"))
    helps = sentence("`%(install)s` adds it.", install=installation.adding("ocr"))
    if trouble != Reason.TEXT_READER_NOT_INSTALLED:
        anew = installation.adding("ocr", again=True)
        helps = sentence("`%(install)s` installs Radiary and its reader of text again.", install=anew)
    if library:
        helps = sentence("The library %(library)s is missing: install the package of your system that holds it.", library=library)
    without = sentence("Until then, what may show a name is held; `radiary review --again` looks at it afterwards.")
    why = sentence("A picture %(why)s.", why=sentence(explain(trouble)))
    return Check(
        sentence("text in pictures"), "note", Sentence("%(why)s %(helps)s %(without)s", why=why, helps=helps, without=without)
    )
