"""Why a folder cannot be used, as `status` and `doctor` tell it: real processes that may do no more than their user."""

import errno
import itertools
import json
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

import exports
from radiary.announcing.figures import figures
from radiary.commands.checks import conditions
from radiary.commands.checks.conditions import Condition, Life, life
from radiary.commands.speaking import summary
from radiary.library.shelf import Library
from radiary.model.errors import ChronicleOffline, LibraryFull, LibraryOffline, explain
from radiary.model.events import Filed, FiledStudy, Rejected
from radiary.settings import Settings
from radiary.state.queue import Queue, folded
from services import AS_ANYBODY, PATIENCE, Service


def reasons(settings: Settings, away: dict[str, str] | None = None) -> dict[str, str | None]:
    return {one.what: one.reason for one in conditions.conditions(settings, Queue(), None, away or {})}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "watch").mkdir()
    places = {name: tmp_path / name for name in ("library", "private", "chronicle", "state")}
    return Settings(watch=(tmp_path / "watch",), **places)


@pytest.fixture(scope="module")
def filed_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which an exam and a held one stand."""
    place = tmp_path_factory.mktemp("filed")
    made = Service(place, workers=1)
    held = {"us": exports.written(exports.ultrasound(regions=False, study=2))}
    done = made.command("once", str(exports.zipped(place / "a.zip", {**exports.ct_files(1), **held})))
    assert done.returncode == 0, done.stderr
    (place / "chronicle").mkdir(exist_ok=True)
    return place


@pytest.fixture
def filed(filed_home: Path, tmp_path: Path) -> Iterator[Service]:
    """A copy of that home; whatever was closed in it is opened again."""
    shutil.copytree(filed_home, tmp_path, dirs_exist_ok=True)
    yield Service(tmp_path, workers=1)
    for place in tmp_path.iterdir():
        if place.is_dir():
            place.chmod(0o700)


def told(service: Service, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What a command says that may do no more than anybody."""
    line = [*AS_ANYBODY, sys.executable, "-m", "radiary", name, *service.options, *arguments]
    done = subprocess.run(line, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert done.stderr == ""
    return done


def test_a_file_of_the_state_folder_that_cannot_be_used_is_named_wherever_it_matters(filed: Service, tmp_path: Path) -> None:
    for name in ("names", "lock"):
        (tmp_path / "state" / name).chmod(0)
    (tmp_path / "secret").write_text("four plain words here\n")
    closed = "`names` in the state folder may not be read and written"
    assert closed in told(filed, "status").stdout.splitlines()[1]
    assert closed in told(filed, "doctor").stdout
    notes = json.loads(told(filed, "status", "--json").stdout)["notes"]
    assert [note.split()[0] for note in notes if "state folder" in note] == ["`lock`", "`names`"]
    line = [*AS_ANYBODY, sys.executable, "-m", "radiary"]
    for more, said in (
        (["once", str(tmp_path / "a.zip")], "`lock` in the state folder may not"),
        (["backup", str(tmp_path / "b"), "--passphrase-file", str(tmp_path / "secret")], closed),
    ):
        done = subprocess.run([*line, *more, *filed.options], capture_output=True, text=True, check=False, timeout=PATIENCE)
        assert (done.returncode, said in done.stderr) == (78, True), done.stderr


def test_what_was_confirmed_and_cannot_be_read_is_told_by_status_and_verify_too(filed: Service, tmp_path: Path) -> None:
    (tmp_path / "state/papers").write_bytes(b"nonsense")
    said = "The file `papers` in the state folder cannot be read."
    assert said in told(filed, "status").stdout.splitlines()[1]
    assert said in told(filed, "verify").stdout


def _moved(name: str) -> Callable[[Path], object]:
    return lambda home: (home / name).rename(home / "elsewhere")


def _closed(name: str, mode: int) -> Callable[[Path], object]:
    return lambda home: (home / name).chmod(mode)


def _damaged_people(home: Path) -> object:
    return (home / "state/people").write_bytes(b"nonsense")


def _damaged_passwords(home: Path) -> object:
    place = home / "state/passwords"
    place.write_bytes(b"")
    return place.chmod(0o600)


def _damaged_key(home: Path) -> object:
    return (home / "state/key").write_bytes(b"")


@pytest.mark.parametrize(
    ("harm", "what", "reason"),
    [
        (_moved("downloads"), "watch", "folder-missing"),
        (_closed("downloads", 0o000), "watch", "folder-denied"),
        (_closed("downloads", 0o300), "watch", "folder-denied"),
        (_moved("library"), "library", "library-offline"),
        (_closed("library", 0o500), "library", "library-read-only"),
        (_moved("private"), "private", "shelf-offline"),
        (_closed("private", 0o500), "private", "shelf-read-only"),
        (_closed("chronicle", 0o500), "chronicle", "chronicle-read-only"),
        (_closed("state", 0o500), "state", "state-unwritable"),
        (_damaged_people, "state", "people-damaged"),
        (_damaged_passwords, "state", "passwords-unreadable"),
        (_damaged_key, "state", "key-lost"),
        (_moved("state/key"), "state", "key-lost"),
    ],
)
def test_what_keeps_a_folder_from_being_used_is_told(
    harm: Callable[[Path], object], what: str, reason: str, filed: Service, tmp_path: Path
) -> None:
    harm(tmp_path)
    found = json.loads(told(filed, "status", "--json").stdout)["folders"]
    assert {one["what"]: one["reason"] for one in found if one["reason"]} == {what: reason}


def test_status_and_doctor_say_in_a_sentence_what_keeps_folders_from_being_used(filed: Service, tmp_path: Path) -> None:
    expected = {"downloads": "folder-denied", "library": "library-read-only", "state": "people-damaged"}
    (tmp_path / "downloads").chmod(0)
    (tmp_path / "library").chmod(0o500)
    _damaged_people(tmp_path)
    status, doctor = told(filed, "status").stdout, told(filed, "doctor", "--json")
    bad = [one["sentence"] for one in json.loads(doctor.stdout) if one["verdict"] == "bad"]
    for (name, reason), sentence in zip(expected.items(), bad, strict=True):
        assert f"{tmp_path / name}: {explain(reason).rstrip('.')}" in status
        assert status.count(explain(reason).rstrip(".")) == 1
        assert f"{tmp_path / name}  cannot be used just now" in status
        assert sentence == f"{tmp_path / name}: {explain(reason)}"
    assert doctor.returncode == 1


def test_a_home_where_all_is_well_is_told_without_a_reason(filed: Service) -> None:
    found = json.loads(told(filed, "status", "--json").stdout)
    assert [one for one in found["folders"] if one["reason"]] == []
    assert (found["running"], found["life"]) == (False, "none")
    assert "is not running" in told(filed, "status").stdout
    assert told(filed, "doctor").returncode == 0


@pytest.mark.parametrize(("what", "reason"), [("library", "library-full"), ("private", "library-full"), ("state", "state-full")])
def test_a_full_disk_is_told(settings: Settings, what: str, reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    full: Path = getattr(settings, what)
    full.mkdir()
    monkeypatch.setattr(conditions.shutil, "disk_usage", lambda place: SimpleNamespace(free=1000 if place == full else 1 << 40))
    assert {name: found for name, found in reasons(settings).items() if found} == {what: reason}


def test_a_folder_that_does_not_answer_keeps_no_command_waiting(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    release = threading.Event()
    monkeypatch.setattr(conditions.folders, "look_into", lambda _: release.wait(20))
    monkeypatch.setattr(conditions, "_PATIENCE", 0.05)
    found = conditions._reason(lambda: conditions.folders.look_into(settings.watch[0]))
    release.set()
    assert found == "folder-unreachable"


def test_a_folder_that_gives_errors_ends_no_command(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Path) -> None:
        raise OSError(errno.ESTALE, "Stale file handle")

    monkeypatch.setattr(Library, "is_marked", property(broken))
    assert conditions._reason(lambda: conditions._usable(settings.library, LibraryOffline, None)) == "folder-unreachable"


def test_what_the_service_says_of_a_watched_folder_counts_more_than_what_is_seen_here(settings: Settings) -> None:
    """The service may be denied what the terminal may see, as on macOS."""
    assert reasons(settings)["watch"] is None
    assert reasons(settings, {"0": "folder-denied"})["watch"] == "folder-denied"
    assert reasons(settings, {"1": "folder-denied"})["watch"] is None


NOW = 5000.04
WELL = [Condition("state", Path("/state"), None)]


@pytest.fixture
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time goes on a little with every look at the clock."""
    looks = itertools.count()
    monkeypatch.setattr(conditions, "time", SimpleNamespace(monotonic=lambda: NOW + next(looks) / 1000))


@pytest.mark.usefixtures("_now")
@pytest.mark.parametrize(
    ("age", "is_locked", "expected"),
    [
        (0, True, Life.RUNNING),
        (29, True, Life.RUNNING),
        (31, True, Life.SILENT),
        (-1000, True, Life.SILENT),
        (0, False, Life.NONE),
        (1000, False, Life.NONE),
    ],
)
def test_a_service_lives_that_gives_signs_of_life(age: float, is_locked: bool, expected: Life) -> None:
    assert life({"monotonic": NOW - age}, WELL, is_locked=is_locked) is expected


@pytest.mark.usefixtures("_now")
@pytest.mark.parametrize("pulse", [{}, {"monotonic": round(NOW + 0.02, 1)}])
def test_a_service_that_has_just_begun_or_just_given_a_sign_of_life_lives(pulse: dict[str, float]) -> None:
    """Signs of life are told in tenths of a second, rounded."""
    assert life(pulse, WELL, is_locked=True) is Life.RUNNING


@pytest.mark.usefixtures("_now")
@pytest.mark.parametrize("reason", ["state-full", "state-unwritable"])
def test_a_service_that_cannot_write_down_a_sign_of_life_is_not_called_dead(reason: str) -> None:
    assert life({"monotonic": NOW - 1000}, [Condition("state", Path("/state"), reason)], is_locked=True) is Life.RUNNING
    assert (
        life({"monotonic": NOW - 1000}, [Condition("library", Path("/library"), "library-full")], is_locked=True) is Life.SILENT
    )


def test_a_service_that_hangs_does_not_answer(tmp_path: Path) -> None:
    with Service(tmp_path) as service:
        assert service.process is not None
        service.process.send_signal(signal.SIGSTOP)
        try:
            pulse, place = service.pulse(), tmp_path / "state/heartbeat.json"
            place.write_text(json.dumps(pulse | {"monotonic": time.monotonic() - 60}))
            assert "does not answer" in service.command("status").stdout
            found = json.loads(service.command("status", "--json").stdout)
            assert (found["running"], found["life"]) == (True, "silent")
            place.write_text(json.dumps(pulse | {"shared": [0], "monotonic": time.monotonic()}))
            shared = [service.command(name).stdout for name in ("status", "doctor")]
            troubles = {"troubles": {"workers-unavailable": 2}, "away": {"0": "folder-denied"}, "shared": [0]}
            place.write_text(json.dumps(pulse | troubles | {"monotonic": time.monotonic()}))
            said = service.command("status").stdout
        finally:
            service.process.send_signal(signal.SIGCONT)
    assert all(explain("folder-shared") in one and str(tmp_path / "downloads") in one for one in shared)
    assert "is running" in said
    assert f"2 downloads cannot be looked into: {explain('workers-unavailable')}" in said
    assert f"{tmp_path / 'downloads'}: {explain('folder-denied').rstrip('.')}" in said
    assert f"Waits for you: {tmp_path / 'downloads'}: {explain('folder-denied').rstrip('.')}" in said


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="a look at what is closed is no error any more")
@pytest.mark.parametrize(
    ("name", "reason"),
    [("library", "library-read-only"), ("private", "shelf-read-only"), ("chronicle", "chronicle-read-only")],
)
def test_a_folder_that_is_closed_altogether_is_called_so(name: str, reason: str, filed: Service, tmp_path: Path) -> None:
    (tmp_path / name).chmod(0)
    told(filed, "status")
    found = json.loads(told(filed, "status", "--json").stdout)["folders"]
    assert {one["what"]: one["reason"] for one in found if one["reason"]} == {name: reason}


def test_a_chronicle_whose_disk_is_away_is_missing_once_it_told_of_anything(settings: Settings) -> None:
    away = settings.model_copy(update={"chronicle": settings.state / "disk/chronicle"})
    for chronicled, reason in ((set[str](), None), ({"1.2.3"}, "folder-missing")):
        known = conditions.conditions(away, Queue(chronicled=chronicled), None, {})
        assert [one.reason for one in known if one.what == "chronicle"] == [reason]


def test_a_chronicle_whose_folder_is_a_bare_mount_point_is_away_once_it_told_of_anything(settings: Settings) -> None:
    settings.chronicle.mkdir()
    for chronicled, reason in ((set[str](), None), ({"1.2.3"}, "chronicle-offline")):
        known = conditions.conditions(settings, Queue(chronicled=chronicled), None, {})
        assert [one.reason for one in known if one.what == "chronicle"] == [reason]


def test_folders_with_one_fault_are_named_together() -> None:
    full = [Condition(what, Path(f"/home/{what}"), LibraryFull.reason()) for what in ("library", "state")]
    said = summary.waits(Queue(), [*full, Condition("private", Path("/home/private"), None)], gone=0, papers=0)
    assert said == f"Waits for you: /home/library, /home/state: {LibraryFull.sentence()}"


@pytest.mark.parametrize("reason", ["only-own-copies", "only-taken-out"])
def test_what_holds_nothing_new_waits_for_nobody(reason: str) -> None:
    known = folded([Rejected(export="a" * 64, reason=reason)])
    assert summary.waits(known, [], gone=0, papers=0) == "Nothing waits for you."
    assert figures(known).rejected == 0
    known = folded([Rejected(export="a" * 64, reason="damaged-archive")])
    assert "1 download not filed" in summary.waits(known, [], gone=0, papers=0)
    assert figures(known).rejected == 1


def test_what_a_folders_condition_says_is_not_said_once_more_as_the_services_note() -> None:
    pulse = {"note": ChronicleOffline.sentence()}
    assert list(summary.hindrances(pulse, {None, ChronicleOffline.reason()})) == []
    assert list(summary.hindrances(pulse, {None})) == [ChronicleOffline.sentence()]


def test_the_first_lines_tell_what_hinders_the_service(tmp_path: Path) -> None:
    with Service(tmp_path) as service:
        assert service.process is not None
        service.process.send_signal(signal.SIGSTOP)
        try:
            pulse, place = service.pulse(), tmp_path / "state/heartbeat.json"
            counts = {"troubles": {"part-missing": 1}, "missing": 1, "unmoved": 4}
            said = counts | {"paused": "library-full", "note": "Something is odd.", "refused": "Gone.", "stuck": "Stuck."}
            place.write_text(json.dumps(pulse | said | {"monotonic": time.monotonic()}))
            line = service.command("status").stdout.splitlines()[1]
        finally:
            service.process.send_signal(signal.SIGCONT)
    assert line.startswith("Waits for you: ")
    hinder = (explain("part-missing"), "lies in no watched folder", "4 downloads that are done with", explain("library-full"))
    for sentence in (*hinder, "Something is odd.", "was not carried out: Gone.", "Stuck."):
        assert sentence.rstrip(".") in line


def test_the_first_lines_tell_of_a_mistake_in_her_file(filed: Service, tmp_path: Path) -> None:
    (tmp_path / "chronicle/chronicle.yml").write_text("- date: [\n")
    line = filed.command("status").stdout.splitlines()[1]
    assert "chronicle.yml" in line
    assert "line" in line


def test_of_a_download_with_many_exams_the_first_are_named_and_the_rest_counted() -> None:
    empty = FiledStudy(uid="2.25.7", folder="", date=None, patient="P-A", modality="SR", held=False, series=(), added=0)
    exams = tuple(empty.changed(folder=f"2024-01-0{number}/SR-a") for number in range(1, 6))
    known = folded([Filed(export="a" * 64, studies=exams, pictures=0, held={}, skipped={}, left=0)])
    assert summary.last(known).endswith("2024-01-03/SR-a · 0 series · 0 pictures; 2 more exams.")


def closed(service: Service, name: str, *line: str) -> subprocess.CompletedProcess[str]:
    """A command of somebody who may not look into one of the folders."""
    (service.folder / name).chmod(0)
    try:
        return subprocess.run(
            [*AS_ANYBODY, sys.executable, "-m", "radiary", line[0], *service.options, *line[1:]],
            capture_output=True, text=True, check=False, timeout=PATIENCE,
        )  # fmt: skip
    finally:
        (service.folder / name).chmod(0o700)


@pytest.mark.parametrize(
    ("name", "line"),
    [("library", ("verify",)), ("library", ("rebuild",)), ("state", ("backup", "unwritten.radiary"))],
)
def test_a_folder_that_is_closed_is_named_with_what_to_type(filed: Service, name: str, line: tuple[str, ...]) -> None:
    done = closed(filed, name, *line)
    assert done.returncode == 1, done.stderr
    assert f"The folder {filed.folder / name} cannot be used (Permission denied)." in done.stderr
    assert f"`--set {name}=FOLDER`" in done.stderr


@pytest.mark.parametrize(
    ("name", "language", "said"),
    [
        ("library", "de", "Der Ordner der Bibliothek kann nicht"),
        ("private", "en", "The private shelf's folder cannot be made or written to."),
        ("downloads", "nl", "De map mag niet"),
    ],
)
def test_the_doctor_goes_on_where_a_folder_is_closed_and_says_which(filed: Service, name: str, language: str, said: str) -> None:
    done = closed(filed, name, "doctor", "--set", f"language={language}")
    assert (done.returncode, done.stderr) == (1, "")
    (line,) = [one for one in done.stdout.splitlines() if str(filed.folder / name) + ":" in one]
    assert said in line
    assert "JPEG" in done.stdout


def test_a_shelf_on_which_nothing_is_held_is_called_no_library_where_it_is_closed(tmp_path: Path) -> None:
    service = Service(tmp_path, workers=1)
    assert service.command("once", str(exports.zipped(tmp_path / "a.zip", exports.ct_files(1)))).returncode == 0
    said = closed(service, "private", "doctor").stdout
    assert f"{tmp_path}/private: The private shelf's folder cannot be made or written to." in said
    assert "The library folder" not in said


def test_what_waits_stays_short_where_there_is_much() -> None:
    full = [Condition("watch", Path(f"/home/{number}"), "folder-missing") for number in range(9)]
    hindered = [f"`{number}` in the state folder is damaged." for number in range(9)]
    short = summary.waits(Queue(), full, gone=2, papers=40, hindered=hindered, is_short=True)
    assert "/home/0, /home/1, /home/2 and 6 more: The folder is missing" in short
    assert short.endswith("; `2` in the state folder is damaged; 6 more (`radiary status --all`).")
    assert len(short) < 24 * 80 / 2
    whole = summary.waits(Queue(), full, gone=2, papers=40, hindered=hindered)
    assert "`8` in the state folder is damaged." in whole
    names = {f"{number}": f"scan{number}.zip" for number in range(9)}
    pulse = {"troubles": {"source-unreadable": 9}, "troubled": {"source-unreadable": list(names)}}
    (said,) = summary.hindrances(pulse, (), names)
    assert "9 downloads (scan0.zip, scan1.zip, scan2.zip and 6 more) cannot be looked into" in said
