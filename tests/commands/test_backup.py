"""`radiary backup` and `radiary restore FILE`, with the real service."""

import json
import os
import shutil
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NoReturn

import pytest

import exports
import forked
from radiary.commands import backup as commands_backup
from radiary.model.errors import DamagedBackup, Mistaken, NotABackup
from radiary.state import backup
from services import AS_ANYBODY, PATIENCE, Service

SECRET = "correct horse battery"


def said(service: Service, *line: str, secret: str = SECRET, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command that asks for the passphrase."""
    surroundings = {**os.environ, "HOME": str(service.folder / "home"), **environment}
    return forked.command([line[0], *service.options, *line[1:]], PATIENCE, given=secret + "\n", environment=surroundings)


@pytest.fixture(scope="module")
def filed_once(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """One that has filed an exam."""
    tmp_path = tmp_path_factory.mktemp("filed")
    made = Service(tmp_path)
    exports.zipped(tmp_path / "one.zip", exports.ct_files(2))
    assert made.command("once", str(tmp_path / "one.zip")).returncode == 0
    return made


@pytest.fixture
def service(filed_once: Service, tmp_path: Path) -> Service:
    return filed_once.copied(tmp_path)


@pytest.fixture
def kept(service: Service) -> Path:
    path = service.folder / "me.radiary"
    done = said(service, "backup", str(path))
    assert done.returncode == 0, done.stderr
    return path


def content(state: Path) -> dict[str, bytes]:
    """What counts in a state folder."""
    passing = {"lock", "heartbeat.json", "digests.json", "backup.json", ".places.json"}
    files = [one for one in state.rglob("*") if one.is_file() and one.name not in passing and one.suffix != ".lock"]
    return {str(one.relative_to(state)): one.read_bytes() for one in files}


def test_a_state_folder_comes_back_as_it_was_and_the_library_is_its_own(service: Service, kept: Path) -> None:
    assert kept.stat().st_mode & 0o777 == 0o600
    before = content(service.folder / "state")
    assert {"key", "ledger.jsonl", "ledger.head", "people"} <= before.keys()
    shutil.rmtree(service.folder / "state")
    done = said(service, "restore", str(kept))
    assert done.returncode == 0, done.stderr
    assert content(service.folder / "state") == before
    assert (service.folder / "state").stat().st_mode & 0o777 == 0o700
    assert all(one.stat().st_mode & 0o077 == 0 for one in (service.folder / "state").rglob("*"))
    assert service.command("verify").returncode == 0
    assert service.command("once", str(service.folder / "one.zip")).returncode == 0
    assert len(service.facts("filed")) == 1  # known again, not filed twice


def test_folders_of_another_computer_are_not_remembered(service: Service) -> None:
    (service.folder / "state/.places.json").write_text("{}")
    path = service.folder / "moved.radiary"
    assert said(service, "backup", str(path)).returncode == 0
    assert said(service, "restore", str(path), "--into", str(service.folder / "elsewhere")).returncode == 0
    assert (service.folder / "elsewhere/key").exists()
    assert not (service.folder / "elsewhere/.places.json").exists()


def test_no_name_is_to_be_read_in_it(service: Service, kept: Path) -> None:
    data = kept.read_bytes().lower()
    assert not any(secret.encode() in data for secret in exports.SECRETS)
    assert (service.folder / "state/key").read_bytes().strip() not in data


def test_it_may_be_taken_while_the_service_files(service: Service) -> None:
    with service:
        before = len(service.facts("filed"))
        for number in range(2, 5):
            exports.zipped(service.downloads / f"{number}.zip", exports.ct_files(1, study=number))
        paths = [service.folder / "first.radiary"]
        service.wait_for("queued", before + 1)
        assert said(service, "backup", str(paths[0])).returncode == 0
        service.wait_for("filed", before + 3)
    paths.append(service.folder / "last.radiary")
    assert said(service, "backup", str(paths[-1])).returncode == 0
    for path in (paths[0], paths[-1]):
        into = service.folder / f"from-{path.stem}"
        done = said(service, "restore", str(path), "--into", str(into))
        assert (done.returncode, "damaged" in done.stdout) == (0, False), done.stdout + done.stderr
        lines = (into / "ledger.jsonl").read_bytes().splitlines(keepends=True)
        assert all(line.endswith(b"\n") for line in lines)
        assert json.loads((into / "ledger.head").read_bytes())["seq"] == len(lines)


def test_a_backup_without_the_ledger_that_was_lost_says_so(service: Service) -> None:
    (service.folder / "state/ledger.jsonl").unlink()
    done = said(service, "backup", str(service.folder / "late.radiary"))
    assert (done.returncode, "The ledger is lost." in done.stdout) == (0, True), done.stderr


def test_a_state_folder_that_is_used_or_holds_something_is_left_alone(service: Service, kept: Path) -> None:
    before = content(service.folder / "state")
    done = said(service, "restore", str(kept))
    assert (done.returncode, "--replace" in done.stderr) == (2, True)
    with service:
        for more in ((), ("--replace",)):
            done = said(service, "restore", str(kept), *more)
            assert (done.returncode, "already running" in done.stderr) == (1, True), done.stderr
    assert before.keys() <= content(service.folder / "state").keys()
    assert not list(service.folder.glob(".state*"))


def test_what_is_replaced_lies_beside_it(service: Service, kept: Path) -> None:
    (service.folder / "state/key").write_text("something else")
    done = said(service, "restore", str(kept), "--replace")
    assert done.returncode == 0, done.stderr
    [aside] = service.folder.glob("state.before-*")
    assert str(aside) in done.stdout
    assert (aside / "key").read_text() == "something else"
    assert service.command("verify").returncode == 0


def _cut(data: bytes) -> bytes:
    return data[:-100]


def _changed(data: bytes) -> bytes:
    return data[:-100] + bytes([data[-100] ^ 1]) + data[-99:]


@pytest.mark.parametrize(
    ("harm", "secret", "sentence"),
    [(_cut, SECRET, "damaged, or its end is missing"), (_changed, SECRET, "damaged, or its end is missing"),
     (bytes, "another passphrase", "not the passphrase"), (lambda _: b"PK something", SECRET, "no backup of Radiary's")],
)  # fmt: skip
def test_what_cannot_be_opened_is_a_sentence_and_changes_nothing(
    service: Service, kept: Path, harm: Any, secret: str, sentence: str
) -> None:
    kept.write_bytes(harm(kept.read_bytes()))
    shutil.rmtree(service.folder / "state")
    done = said(service, "restore", str(kept), secret=secret)
    assert done.returncode in (1, 2)
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert not (service.folder / "state").exists()
    assert not list(service.folder.glob(".state*"))


def test_settings_come_along_and_those_that_are_there_stay(service: Service) -> None:
    config = service.folder / "home/.config/radiary/config.toml"
    config.parent.mkdir(parents=True)
    config.write_text("after = 'sort'\n")
    path = service.folder / "me.radiary"
    assert said(service, "backup", str(path)).returncode == 0
    config.write_text("after = 'keep'\n")
    done = said(service, "restore", str(path), "--into", str(service.folder / "a"))
    assert config.read_text() == "after = 'keep'\n"
    assert config.with_name("config.toml.from-backup").read_text() == "after = 'sort'\n"
    assert "from-backup" in done.stdout
    config.unlink()
    assert said(service, "restore", str(path), "--into", str(service.folder / "b")).returncode == 0
    assert config.read_text() == "after = 'sort'\n"
    assert config.stat().st_mode & 0o777 == 0o600


def test_on_a_new_computer_the_settings_of_the_backup_say_where_its_state_folder_is(service: Service) -> None:
    config = service.folder / "own.toml"
    config.write_text(f"state = '{service.folder}/state'\n")
    path = service.folder / "me.radiary"
    line = [sys.executable, "-m", "radiary"]
    own = {"HOME": str(service.folder / "new"), "PATH": "/usr/bin:/bin"}
    run: dict[str, Any] = {"input": SECRET + "\n", "text": True, "capture_output": True, "env": own}
    own["PYTHONPATH"] = os.environ.get("PYTHONPATH", "")
    assert subprocess.run([*line, "backup", "--config", str(config), str(path)], check=False, **run).returncode == 0
    shutil.rmtree(service.folder / "state")
    done = subprocess.run([*line, "restore", str(path)], check=False, **run)
    assert done.returncode == 0, done.stderr
    assert (service.folder / "state/key").exists()
    assert (service.folder / "new/.config/radiary/config.toml").read_text() == config.read_text()


def test_settings_of_another_name_come_back_under_it_where_none_are(service: Service) -> None:
    config = service.folder / "bea.toml"
    config.write_text("after = 'sort'\n")
    path = service.folder / "bea.radiary"
    assert said(service, "backup", "--config", str(config), str(path)).returncode == 0
    new = service.folder / "new/bea.toml"
    done = said(service, "restore", str(path), "--config", str(new), "--into", str(service.folder / "new/state"))
    assert (done.returncode, done.stderr) == (0, "")
    assert new.read_text() == "after = 'sort'\n"


def test_a_backup_of_a_newer_ledger_is_refused(service: Service) -> None:
    ledger = service.folder / "state/ledger.jsonl"
    last = json.loads(ledger.read_text().splitlines()[-1])
    newer = last | {"type": "dreamt", "seq": last["seq"] + 1}
    ledger.write_text(ledger.read_text() + json.dumps(newer) + "\n" + ledger.read_text().splitlines()[-1] + "\n")
    path = service.folder / "me.radiary"
    assert said(service, "backup", str(path)).returncode == 0
    done = said(service, "restore", str(path), "--into", str(service.folder / "new"))
    assert (done.returncode, "newer version" in done.stderr) == (78, True), done.stderr
    assert not (service.folder / "new").exists()


def test_a_place_that_is_closed_is_named(service: Service, kept: Path) -> None:
    place = service.folder / "closed"
    place.mkdir(mode=0o500)
    for line in (("backup", str(place / "x.radiary")), ("restore", str(kept), "--into", str(place / "state"))):
        done = subprocess.run(
            [*AS_ANYBODY, sys.executable, "-m", "radiary", line[0], *service.options, *line[1:]],
            input=f"{SECRET}\n", capture_output=True, text=True, check=False, timeout=PATIENCE,
        )  # fmt: skip
        said = f"{line[-1]} cannot be written (Permission denied). Allow it"
        assert (done.returncode, said in done.stderr) == (2, True), done.stderr
    assert list(place.iterdir()) == []


def test_mistakes_are_sentences(service: Service, kept: Path) -> None:
    for line, sentence in (
        (("backup", str(kept)), "already"),
        (("backup", str(service.folder / "nowhere/x.radiary")), "no folder"),
        (("backup", str(service.folder / "state/x.radiary")), "outlive"),
        (("restore", str(service.folder / "absent.radiary")), "no file"),
        (("backup", str(service.folder / "y"), "--passphrase-file", str(service.folder / "absent")), "No passphrase"),
    ):
        done = said(service, *line)
        assert (done.returncode, sentence in done.stderr) == (2, True), (line, done.stderr)
    done = said(service, "backup", str(service.folder / "short.radiary"), secret="short")
    assert (done.returncode, "8 characters" in done.stderr) == (2, True)
    assert not (service.folder / "short.radiary").exists()
    for line in ("backup", str(service.folder / "short.radiary")), ("restore", str(kept), "--into", str(service.folder / "new")):
        done = said(service, *line, secret="")
        assert (done.returncode, "--passphrase-file" in done.stderr) == (2, True), (line, done.stderr)
    assert not (service.folder / "y").exists()


def test_a_path_below_a_file_is_no_exam(service: Service, kept: Path) -> None:
    done = service.command("restore", f"{kept}/x")
    assert (done.returncode, f"There is no file {kept}/x." in done.stderr) == (2, True)


def test_what_is_no_backup_is_said_before_a_passphrase_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(*_: object, **__: object) -> NoReturn:
        raise AssertionError

    monkeypatch.setattr(commands_backup, "passphrase", asked)
    other = tmp_path / "other.radiary"
    other.write_bytes(b"PK something")
    with pytest.raises(NotABackup, match=f"{other} is no backup .*`radiary backup`"):
        commands_backup.restore(commands_backup.BackupArguments(), other)
    other.write_bytes(b"Radiary back")
    with pytest.raises(DamagedBackup):
        commands_backup.restore(commands_backup.BackupArguments(), other)
    with pytest.raises(Mistaken, match=rf"The backup {tmp_path} cannot be read \(Is a directory\)"):
        commands_backup.restore(commands_backup.BackupArguments(), tmp_path)


def test_a_passphrase_may_stand_in_a_file(service: Service) -> None:
    (service.folder / "secret").write_text(SECRET + "\nmore\n")
    path, file = service.folder / "me.radiary", ("--passphrase-file", str(service.folder / "secret"))
    assert said(service, "backup", str(path), *file, secret="").returncode == 0
    assert said(service, "restore", str(path), "--into", str(service.folder / "x")).returncode == 0


def test_doctor_knows_when_the_last_one_was_taken_and_what_it_lacks(service: Service, kept: Path) -> None:
    def told() -> dict[str, str]:
        checks = json.loads(service.command("doctor", "--json").stdout)
        return {one["what"]: f"{one['verdict']}: {one['sentence']}" for one in checks}

    assert told()["backup"].startswith("well: the last one")
    exports.zipped(service.folder / "two.zip", exports.ct_files(1, first=7))
    service.command("once", str(service.folder / "two.zip"))
    assert "lacks" in told()["backup"]
    assert "`radiary backup FILE`" in told()["backup"]
    assert kept.exists()


def test_what_was_restored_has_a_backup(service: Service, kept: Path) -> None:
    assert said(service, "restore", str(kept), "--replace").returncode == 0
    (told,) = (one for one in json.loads(service.command("doctor", "--json").stdout) if one["what"] == "backup")
    assert (told["verdict"], "has the whole ledger" in told["sentence"]) == ("well", True)


def test_a_backup_that_another_one_wrote_meanwhile_stays(service: Service, kept: Path) -> None:
    whole = kept.read_bytes()
    with pytest.raises(FileExistsError):
        backup.write(kept, service.folder / "state", service.folder / "none.toml", passphrase=SECRET)
    assert kept.read_bytes() == whole
    assert not list(kept.parent.glob(".*.draft"))


def test_what_is_a_link_in_the_state_folder_is_kept_too(service: Service) -> None:
    state = service.folder / "state"
    (state / "people").rename(service.folder / "people elsewhere")
    (state / "people").symlink_to(service.folder / "people elsewhere")
    before = content(state)
    assert said(service, "backup", str(service.folder / "linked.radiary")).returncode == 0
    shutil.rmtree(state)
    assert said(service, "restore", str(service.folder / "linked.radiary")).returncode == 0
    assert content(state) == before


def test_an_empty_folder_that_a_link_leads_to_is_filled(service: Service, kept: Path) -> None:
    state = service.folder / "state"
    before = content(state)
    state.rename(service.folder / "former")
    (service.folder / "volume").mkdir()
    state.symlink_to(service.folder / "volume")
    done = said(service, "restore", str(kept))
    assert done.returncode == 0, done.stderr
    assert state.is_symlink()
    assert content(service.folder / "volume") == before


def test_what_a_disk_is_mounted_on_is_filled(service: Service, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    state, made = service.folder / "state", service.folder / "made"
    shutil.rmtree(state)
    state.mkdir(mode=0o700)
    made.mkdir()
    (made / "key").write_text("k")
    (made / "ledger.jsonl").write_text("l")
    monkeypatch.setattr(Path, "rmdir", lambda _path: _raised(OSError(16, "Device or resource busy")))
    with ExitStack() as stack:
        assert commands_backup._make_room(state, stack, replaces=False) == []
        commands_backup._move(made, state)
    assert {one.name for one in state.iterdir()} == {"key", "ledger.jsonl"}
    assert kept.exists()


def _raised(error: Exception) -> NoReturn:
    raise error
