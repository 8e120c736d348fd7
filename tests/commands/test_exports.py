import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

import exports
import forked
import odd_archives
from radiary.commands import exports as export_commands
from services import PATIENCE, Service


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return Service(tmp_path, workers=1)


def unlock(service: Service, password: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return forked.command(["unlock", *service.options, *arguments], PATIENCE, given=f"{password}\n")


def test_a_password_given_at_the_prompt_lets_a_waiting_export_go_on(service: Service) -> None:
    (service.downloads / "locked.zip").write_bytes(odd_archives.locked(aes=True))
    with service:
        (waiting,) = service.wait_for("waiting")
        assert "radiary unlock" in service.command("status").stdout
        done = unlock(service, "geheim", waiting["export"][:12])
        assert done.returncode == 0, done.stderr
        service.wait_for("filed")
        service.stop()
    written = service.log + (service.folder / "state/ledger.jsonl").read_text() + done.stdout + done.stderr
    assert "geheim" not in written
    assert (service.folder / "state/passwords").stat().st_mode & 0o777 == 0o600


def test_a_password_from_the_systems_keyring_is_never_shown(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "chest.Chest")
    (service.downloads / "locked.zip").write_bytes(odd_archives.locked(aes=True))
    service.command("once", str(service.downloads / "locked.zip"))
    done = service.command("unlock", "--keyring")
    assert done.returncode == 0, done.stderr
    assert "geheim" not in done.stdout + done.stderr
    assert service.command("once", str(service.downloads / "locked.zip")).returncode == 0


def test_a_wrong_password_leaves_it_waiting_and_no_password_is_a_sentence(service: Service) -> None:
    (service.downloads / "locked.zip").write_bytes(odd_archives.zipcrypto())
    service.command("once", str(service.downloads / "locked.zip"))
    assert unlock(service, "wrong").returncode == 0
    assert service.command("once", str(service.downloads / "locked.zip")).returncode == 1
    assert unlock(service, "geheim").returncode == 0
    assert service.command("once", str(service.downloads / "locked.zip")).returncode == 0
    assert unlock(service, "").returncode == 2


def test_a_password_for_what_is_being_tried_just_now_is_taken(service: Service) -> None:
    path = service.downloads / "a.zip"
    service.command("once", str(exports.zipped(path, exports.ct_files(1))))
    ledger = service.folder / "state/ledger.jsonl"
    kinds = [fact["type"] for fact in service.facts()]
    ledger.write_bytes(b"".join(ledger.read_bytes().splitlines(keepends=True)[: kinds.index("started") + 1]))
    (service.folder / "state/ledger.head").unlink()
    done = unlock(service, "geheim", service.facts()[-1]["export"][:12])
    assert (done.returncode, done.stderr) == (0, "")
    assert (service.folder / "state/passwords").exists()


def test_a_password_for_which_nothing_waits_is_said_to_be_remembered(service: Service) -> None:
    done = unlock(service, "geheim")
    assert done.returncode == 0
    assert "This one is remembered" in done.stdout
    assert [one.name for one in (service.folder / "state/wishes").iterdir()] == ["wake-now"]


def test_ctrl_d_at_the_prompt_gives_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    def ended(_prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("getpass.getpass", ended)
    assert export_commands._from_prompt() == ""


def test_a_password_file_that_others_can_read_does_not_count(service: Service) -> None:
    (service.downloads / "locked.zip").write_bytes(odd_archives.locked(aes=True))
    (service.folder / "state").mkdir(mode=0o700)
    passwords = service.folder / "state/passwords"
    passwords.write_text("geheim\n")
    passwords.chmod(0o644)
    assert service.command("once", str(service.downloads / "locked.zip")).returncode == 1
    passwords.chmod(0o600)
    assert service.command("once", str(service.downloads / "locked.zip")).returncode == 0


def test_retry_and_forget_act_with_and_without_the_service(service: Service) -> None:
    exports.zipped(service.downloads / "a.zip", {"ko": exports.written(exports.dataset(sop_class=exports.RAW))})
    with service:
        (rejected,) = service.wait_for("rejected")
        assert "within seconds" in service.command("retry").stdout
        service.wait_for("rejected", 2)
        service.stop()
    assert "Noted: 1" in service.command("retry", rejected["export"][:8]).stdout
    with service:
        service.wait_for("rejected", 3)
        service.stop()
    assert service.command("forget", rejected["export"][:8]).returncode == 0
    assert rejected["export"][:12] not in service.command("status").stdout
    assert service.facts()[-1]["type"] == "forgotten"


@pytest.mark.parametrize("digits", ["abc", "ffffffff"])
def test_an_export_that_nobody_knows_is_a_sentence(service: Service, digits: str) -> None:
    service.command("once", str(exports.zipped(service.downloads / "a.zip", exports.ct_files(1))))
    done = service.command("forget", digits)
    assert done.returncode == 2
    assert "radiary status" in done.stderr


def test_a_lost_ledger_is_made_anew_from_the_library(service: Service) -> None:
    files = {**exports.ct_files(2), "us": exports.written(exports.ultrasound(regions=False, study=2))}
    path = exports.zipped(service.downloads / "a.zip", files)
    service.command("once", str(path))
    before = service.files()
    assert "ledger already" in service.command("rebuild").stderr
    (service.folder / "state/ledger.jsonl").unlink()
    done = service.command("rebuild")
    assert done.returncode == 0, done.stderr
    assert service.command("verify").returncode == 0
    assert service.command("once", str(path)).returncode == 0
    assert service.files() == before
    assert service.command("verify").returncode == 0


def test_a_wrong_password_is_called_wrong_and_passwords_can_be_forgotten(service: Service) -> None:
    (service.downloads / "locked.zip").write_bytes(odd_archives.locked(aes=True))
    service.command("once", str(service.downloads / "locked.zip"))
    unlock(service, "wrong")
    assert "none of the passwords" in service.command("once", str(service.downloads / "locked.zip")).stderr
    assert unlock(service, "", "--forget").returncode == 0
    assert not (service.folder / "state/passwords").exists()


def test_what_cannot_be_done_is_said(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    service.command("once", str(exports.zipped(service.downloads / "a.zip", exports.ct_files(1))))
    digits = service.facts("filed")[0]["export"][:12]
    refused = service.command("retry", digits)
    assert (refused.returncode, "filed already" in refused.stderr) == (2, True)
    assert "not locked" in unlock(service, "x", digits).stderr
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    assert "no keyring" in service.command("unlock", "--keyring").stderr


def test_a_lost_ledger_leads_to_rebuild(service: Service) -> None:
    service.command("once", str(exports.zipped(service.downloads / "a.zip", exports.ct_files(1))))
    (service.folder / "state/ledger.jsonl").unlink()
    for command in ("status", "verify", "run"):
        done = service.command(command)
        assert done.returncode != 0
        assert "radiary rebuild" in done.stdout + done.stderr


def test_a_library_that_is_away_is_one_sentence(service: Service) -> None:
    service.command("once", str(exports.zipped(service.downloads / "a.zip", exports.ct_files(1))))
    (service.folder / "library").rename(service.folder / "elsewhere")
    done = service.command("verify")
    assert done.returncode == 1
    assert done.stderr.count("\n") <= 2
    assert "Connect its disk" in done.stderr


def test_what_is_filed_is_not_forgotten(service: Service) -> None:
    service.command("once", str(exports.zipped(service.downloads / "a.zip", exports.ct_files(1))))
    digest = service.facts("filed")[0]["export"]
    done = service.command("forget", digest[:8])
    assert (done.returncode, "filed already" in done.stderr) == (2, True)


def test_an_export_is_named_by_four_digits_or_more(service: Service) -> None:
    files = {"raw": exports.written(exports.dataset(sop_class=exports.RAW))}
    service.command("once", str(exports.zipped(service.downloads / "a.zip", files)))
    digest = service.facts("rejected")[0]["export"]
    for digits, status in (("", 2), (digest[:3], 2), (digest[:4], 0)):
        done = service.command("forget", digits)
        assert done.returncode == status, done.stderr
    assert [fact["type"] for fact in service.facts()][-2:] == ["rejected", "forgotten"]


def test_a_password_that_comes_through_a_pipe_of_windows_opens(service: Service) -> None:
    (service.downloads / "locked.zip").write_bytes(odd_archives.zipcrypto())
    service.command("once", str(service.downloads / "locked.zip"))
    for password in ("another", "\ufeffgeheim\r"):
        assert unlock(service, password).returncode == 0
    assert service.command("once", str(service.downloads / "locked.zip")).returncode == 0
