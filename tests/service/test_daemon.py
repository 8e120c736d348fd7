"""The service as its owner meets it: a real process, real files, real signals."""

import contextlib
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import time
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import psutil
import pytest

import exports
import signs
from services import PATIENCE, SOON, Service, StartedService


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    with Service(tmp_path, workers=2) as running:
        yield running


@pytest.fixture
def started(tmp_path: Path) -> Iterator[StartedService]:
    with StartedService(tmp_path, workers=2) as running:
        yield running


def test_a_download_becomes_a_dated_study_and_a_day_in_the_chronicle(started: StartedService, tmp_path: Path) -> None:
    partial = exports.zipped(started.downloads / "Synthetica.zip.crdownload", exports.ct_files(3))
    partial.rename(started.downloads / "Synthetica.zip")
    (filed,) = started.wait_for("filed")
    assert filed["pictures"] == 3
    started.wait_for("chronicled")
    assert [fact["type"] for fact in started.facts()] == ["opened", "queued", "started", "filed", "chronicled"]
    folder = filed["studies"][0]["folder"]
    assert folder.startswith("2024-01-01/CT-")
    assert len(list((tmp_path / "library" / folder / "001-ct").glob("*.png"))) == 3
    assert "2024-01-01" in (tmp_path / "chronicle/index.html").read_text()
    assert started.stop() == 0
    assert exports.leaks(*(tmp_path / name for name in ("library", "private", "chronicle", "state"))) == []
    assert not [secret for secret in exports.SECRETS if secret in started.log.lower()]
    assert (started.downloads / "Synthetica.zip").exists()
    assert started.command("verify").stdout == "Checked the ledger and every file of 1 exam: everything is as it was written.\n"


def test_an_odd_zip_keeps_no_other_one_waiting(tmp_path: Path) -> None:
    made = Service(tmp_path, workers=2)
    with zipfile.ZipFile(made.downloads / "odd.zip", "w") as odd:
        odd.writestr(zipfile.ZipInfo(""), "nameless")
    with made:
        exports.zipped(made.downloads / "good.zip", exports.ct_files(1))
        made.wait_for("filed")
        assert [fact["type"] for fact in made.facts()][1:4] == ["queued", "started", "filed"]


def test_what_was_there_before_is_taken(tmp_path: Path) -> None:
    made = Service(tmp_path, workers=2)
    exports.zipped(made.downloads / "a.zip", exports.ct_files(1))
    with made:
        made.wait_for("filed")


def test_a_folder_copied_in_and_a_loose_file_are_taken(service: Service, tmp_path: Path) -> None:
    source = tmp_path / "cd"
    source.mkdir()
    for name, data in exports.ct_files(5).items():
        (source / Path(name).name).write_bytes(data)
    shutil.copytree(source, service.downloads / "cd")
    service.wait_for("filed")
    (service.downloads / "IM9").write_bytes(exports.written(exports.slice_of_ct(9), preamble=False))
    assert service.wait_for("filed", 2)[1]["studies"][0]["added"] == 1


def test_several_exports_are_filed_one_after_another(service: Service) -> None:
    for number in range(5):
        exports.zipped(service.downloads / f"{number}.zip", exports.ct_files(2, study=number))
    service.wait_for("filed", 5)
    kinds = [fact["type"] for fact in service.facts() if fact["type"] in ("started", "filed")]
    assert kinds == ["started", "filed"] * 5


def test_one_bad_export_does_not_keep_the_others_waiting(service: Service) -> None:
    whole = exports.zipped(service.downloads / "good.zip", exports.ct_files(1)).read_bytes()
    (service.downloads / "cut.zip").write_bytes(whole[: len(whole) // 2])
    service.wait_for("filed")
    reasons = {fact["reason"] for fact in service.wait_for("rejected", 1)}
    assert reasons == {"truncated-archive"}
    assert "its end is missing" in service.command("status").stdout


def test_a_second_instance_is_refused_with_a_sentence(service: Service) -> None:
    second = service.command("run")
    assert (second.returncode, second.stdout) == (1, "")
    assert "already running" in second.stderr
    assert second.stderr.count("\n") == 1
    refused = service.command("rebuild").stderr
    assert "already running" in refused
    assert "Stop it, or wait until it has ended." in refused


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_cleanly_in_the_middle_of_an_export_and_takes_it_up_again(tmp_path: Path, how: signal.Signals) -> None:
    made = Service(tmp_path, workers=1)
    exports.zipped(made.downloads / "a.zip", exports.ct_files(400))
    with made:
        made.wait(lambda: (made.pulse().get("working") or {}).get("done", 0) > 8)
        assert made.stop(how) == 0
    assert made.facts("filed") == []
    assert made.facts("deferred")[-1]["reason"] == "stopping"
    beginning = {f"{home}/{name}" for home in ("library", "private") for name in (".radiary", "README.txt")}
    assert set(made.files()) == beginning
    with made:
        made.wait_for("filed")
        assert made.stop(how) == 0  # killed here, it could leave the new mark of a shelf beside the old one
    assert len(made.files()) == 2 * 400 + 1 + len(beginning)


def test_killed_at_any_moment_it_ends_with_the_same_files_and_nothing_doubled(tmp_path: Path) -> None:
    """A reference run, then a run that is killed with -9 again and again; the key is the same, so the files must be."""
    files = {**exports.ct_files(60), "us": exports.written(exports.ultrasound(regions=False, study=2))}
    (tmp_path / "one").mkdir()
    with Service(tmp_path / "one", workers=2) as reference:
        exports.zipped(reference.downloads / "a.zip", files)
        reference.wait_for("chronicled")
        reference.stop()
    (tmp_path / "two/state").mkdir(parents=True, mode=0o700)
    shutil.copy(tmp_path / "one/state/key", tmp_path / "two/state/key")
    killed = Service(tmp_path / "two", workers=2, attempts=50)
    exports.zipped(killed.downloads / "a.zip", files)
    chance = random.Random(20240101)
    for _ in range(8):
        with killed:
            time.sleep(chance.uniform(0.1, 1.0))
            killed.stop(signal.SIGKILL)
    with killed:
        killed.wait_for("chronicled")
        killed.stop()
    assert killed.files() == reference.files()
    assert len(killed.facts("filed")) == len(killed.facts("queued")) == len(killed.facts("chronicled")) == 1
    assert killed.command("verify").returncode == 0


def test_a_library_that_is_unmounted_pauses_the_queue_and_goes_on_when_it_returns(service: Service, tmp_path: Path) -> None:
    exports.zipped(service.downloads / "a.zip", exports.ct_files(1))
    service.wait_for("filed")
    service.wait_for("chronicled")
    (tmp_path / "library").rename(tmp_path / "unmounted")
    exports.zipped(service.downloads / "b.zip", exports.ct_files(1, study=2))
    assert service.wait_for("deferred")[0]["reason"] == "library-offline"
    service.wait(lambda: service.pulse().get("paused") == "library-offline")
    assert "Connect its disk" in service.command("status").stdout
    (tmp_path / "unmounted").rename(tmp_path / "library")
    service.wait_for("filed", 2)


def _becomes_read_only(place: Path) -> bool:
    """Whether it does: not while the service that begins writes there."""
    return subprocess.run(["mount", "-o", "remount,ro", str(place)], check=False).returncode == 0


@pytest.mark.debian
@pytest.mark.parametrize(("options", "reason"), [("size=120k", "library-full"), ("ro", "library-read-only")])
def test_a_full_or_read_only_disk_pauses_the_queue_and_costs_nothing(tmp_path: Path, options: str, reason: str) -> None:
    made = StartedService(tmp_path, workers=2, attempts=1)
    (tmp_path / "library").mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=120k", "tmpfs", str(tmp_path / "library")], check=True)
    try:
        files = exports.ct_files(30) if "size" in options else exports.ct_files(1)
        with made:
            if "ro" in options:
                signs.until(lambda: _becomes_read_only(tmp_path / "library"))
            exports.zipped(made.downloads / "a.zip", files)
            made.wait_for("deferred")
            known = len(made.facts())
            time.sleep(12)
            assert len(made.facts()) == known, "a place that is not ready costs no fact after the first"
            assert [fact["reason"] for fact in made.facts("deferred")] == [reason]
            assert not [name for name in made.files() if name.endswith(".png")]
            subprocess.run(["mount", "-o", "remount,rw,size=50m", str(tmp_path / "library")], check=True)
            assert made.wait_for("filed")[0]["pictures"] == len(files)
            made.stop()
        assert made.command("verify").returncode == 0
    finally:
        subprocess.run(["umount", str(tmp_path / "library")], check=True)


def test_a_watched_folder_that_vanishes_is_offline_and_found_again(tmp_path: Path) -> None:
    with Service(tmp_path, **{"rescan-seconds": 1}) as service:
        exports.zipped(service.downloads / "a.zip", exports.ct_files(1))
        service.wait_for("filed")
        service.downloads.rename(tmp_path / "elsewhere")
        service.wait(lambda: service.pulse().get("offline") == [0] or os.kill(service.process.pid, 0))  # type: ignore[union-attr]
        assert "The folder is missing. Make it (`mkdir -p`)" in service.command("status").stdout
        service.downloads.mkdir()
        exports.zipped(service.downloads / "b.zip", exports.ct_files(1, study=2))
        service.wait_for("filed", 2)


def test_the_service_manager_hears_ready_watchdog_and_stopping(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "notify"))
        manager.settimeout(PATIENCE)
        made = StartedService(tmp_path, workers=2)
        made.start(NOTIFY_SOCKET=str(tmp_path / "notify"), WATCHDOG_USEC="400000")
        heard: list[bytes] = []
        while heard.count(b"WATCHDOG=1") < 3:
            heard.append(manager.recv(1000))
        made.stop()
        while heard[-1] != b"STOPPING=1\nEXTEND_TIMEOUT_USEC=15000000":
            heard.append(manager.recv(1000))
    assert b"READY=1" in heard
    assert b"STATUS=Watching" in heard


def test_a_lost_key_is_a_sentence_and_78(tmp_path: Path) -> None:
    with Service(tmp_path, workers=2) as service:
        service.stop()
    (tmp_path / "state/key").unlink()
    refused = service.command("run")
    assert refused.returncode == 78
    assert "is lost" in refused.stderr


def test_the_idle_service_is_small_and_quiet(started: StartedService) -> None:
    assert started.process is not None
    status = Path(f"/proc/{started.process.pid}/status").read_text()
    resident = int(status.split("VmRSS:")[1].split()[0])
    assert resident < 80_000, "kB"
    started.wait(lambda: _worked(started.process.pid) < 10)  # type: ignore[union-attr]  # a busy machine ends what begins it late


def _worked(pid: int) -> int:
    """Hundredths of a second in two seconds."""
    before = _ticks(pid)
    time.sleep(2)
    return _ticks(pid) - before


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


def test_a_stop_asked_for_while_the_settings_are_read_again_is_not_lost(tmp_path: Path) -> None:
    with Service(tmp_path, workers=2) as service:
        assert service.process is not None
        for _ in range(5):
            service.process.send_signal(signal.SIGHUP)
            time.sleep(0.01)
        assert service.stop() == 0


def test_sighup_reads_the_settings_again_and_a_mistake_changes_nothing(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text("ignore = ['*']\n")
    with Service(tmp_path, config=config) as service:
        assert service.process is not None
        exports.zipped(service.downloads / "a.zip", exports.ct_files(1))
        config.write_text("ignore = 5\n")
        service.process.send_signal(signal.SIGHUP)
        service.wait(lambda: "settings were not changed" in service.log)
        time.sleep(1)
        assert service.facts("queued") == []
        config.write_text("")
        service.process.send_signal(signal.SIGHUP)
        service.wait_for("filed")
        assert service.stop() == 0


@contextlib.contextmanager
def held(workers: Sequence[psutil.Process]) -> Iterator[None]:
    """Worker processes that get no further, so that what they have in hand has no end; those that are left go on afterwards."""
    for one in workers:
        one.suspend()
    try:
        yield
    finally:
        for one in workers:
            with contextlib.suppress(psutil.NoSuchProcess):
                one.resume()


@pytest.mark.parametrize("longest", [SOON, 1], ids=["long", "short"])
def test_stopping_never_takes_longer_than_it_may_and_costs_no_attempt(tmp_path: Path, longest: float) -> None:
    """One member that takes long, 4,000 frames in a single file, and then has no end at all."""
    import numpy as np

    made = exports.with_pixels(exports.dataset(WindowCenter=1, WindowWidth=2), np.zeros((4000, 128, 128), "u1"))
    service = StartedService(tmp_path, workers=1, attempts=1, **{"stop-seconds": longest})
    (service.downloads / "IM1").write_bytes(exports.written(made))
    for turn in (1, 2):
        with service:
            service.wait_for("started", turn)
            service.wait(lambda: list((tmp_path / "library/.tray").rglob("*.png")))  # a worker has it in hand
            with held(service.workers):
                assert service.stop() == 0
        assert ("is given up" in service.log) == (longest == 1)
    assert [fact["type"] for fact in service.facts()] == ["opened", "queued", *["started", "deferred"] * 2]


def test_it_stops_while_text_is_looked_for(tmp_path: Path) -> None:
    """Though that has no end: the readers are held in the middle of a film."""
    import numpy as np

    chance = np.random.default_rng(7)
    large = [chance.integers(0, 255, (3000, 4000), dtype="u1") for _ in range(2)]
    films = {
        f"IM{number}": exports.written(
            exports.with_pixels(
                exports.dataset(number=number, modality="DX", WindowCenter=128, WindowWidth=256), large[number % 2]
            )
        )
        for number in range(1, 9)
    }
    service = StartedService(tmp_path, workers=2, **{"stop-seconds": SOON})
    exports.zipped(service.downloads / "a.zip", films)
    with service:
        service.wait(lambda: (service.pulse().get("working") or {}).get("done") == len(films))
        spent = _spent(service)
        service.wait(lambda: any(seconds > spent.get(reader, 0) + 0.5 for reader, seconds in _spent(service).items()))
        with held(list(_spent(service))):
            assert service.stop() == 0
    assert [fact["type"] for fact in service.facts()] == ["opened", "queued", "started", "deferred"]
    assert "is given up" not in service.log


def _spent(service: StartedService) -> dict[psutil.Process, float]:
    """The workers that have loaded what reads text, and how many seconds of a core each has worked: nothing else is theirs."""
    spent = {}
    for one in service.workers:
        with contextlib.suppress(psutil.NoSuchProcess):
            if any("onnxruntime" in mapped.path for mapped in one.memory_maps()):
                spent[one] = sum(one.cpu_times()[:2])
    return spent


def test_what_was_unpacked_is_gone_after_a_kill(tmp_path: Path) -> None:
    import odd_archives

    service = Service(tmp_path, workers=1)
    inner = odd_archives.zipped(*exports.ct_files(150).items())
    (service.downloads / "a.zip").write_bytes(odd_archives.zipped(("inner.zip", inner)))
    with service:
        service.wait(lambda: list((tmp_path / "state/scratch").rglob("0*")))
        service.stop(signal.SIGKILL)
    with service:
        service.wait_for("filed")
        service.stop()
    assert [one for one in (tmp_path / "state/scratch").rglob("*") if one.is_file()] == []


def test_an_export_that_kills_the_process_is_set_aside_and_the_next_one_goes_on(tmp_path: Path) -> None:
    service = Service(tmp_path, workers=1, attempts=2)
    exports.zipped(service.downloads / "a.zip", exports.ct_files(300))
    for _ in range(2):
        with service:
            service.wait(lambda: (service.pulse().get("working") or {}).get("done", 0) > 0)
            service.stop(signal.SIGKILL)
    exports.zipped(service.downloads / "b.zip", exports.ct_files(1, study=2))
    with service:
        assert service.wait_for("rejected")[0]["reason"] == "gave-up"
        service.wait_for("filed")


def test_the_status_file_follows_the_service_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "status.json"
    made = Service(tmp_path, **{"status-file": path})
    with made:
        made.wait(lambda: path.exists() and json.loads(path.read_text())["running"])
        exports.zipped(made.downloads / "mine.zip", exports.ct_files(1))
        made.wait(lambda: json.loads(path.read_text())["filed"] == 1)
        assert made.stop() == 0
    said = json.loads(path.read_text())
    assert (said["running"], said["exams"], said["working"]) == (False, 1, None)


def test_who_wants_no_notification_has_none_tried(tmp_path: Path) -> None:
    made = Service(tmp_path, notifications="false")
    made.start(DBUS_SESSION_BUS_ADDRESS="unix:path=/nowhere")
    exports.zipped(made.downloads / "mine.zip", exports.ct_files(1))
    made.wait_for("filed")
    assert made.stop() == 0
    assert "notification" not in made.log


def test_what_was_refused_while_its_exam_was_out_is_filed_once_the_exam_is_back(service: Service, tmp_path: Path) -> None:
    exports.zipped(service.downloads / "a.zip", exports.ct_files(2))
    folder = service.wait_for("filed")[0]["studies"][0]["folder"]
    assert service.command("remove", folder).returncode == 0
    service.wait_for("removed")
    exports.zipped(service.downloads / "more.zip", exports.ct_files(3))
    (refused,) = service.wait_for("rejected")
    assert refused["reason"] == "only-taken-out"
    assert service.command("restore", folder).returncode == 0
    assert service.wait_for("filed", 2)[1]["export"] == refused["export"]
    assert len(list((tmp_path / "library" / folder).glob("*/*.png"))) == 3


@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_what_stands_for_the_chronicles_file_and_is_none_keeps_no_export_waiting(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "chronicle/chronicle.yml"
    place.parent.mkdir()
    place.mkdir() if kind == "folder" else os.mkfifo(place)
    with Service(tmp_path, workers=2) as service:
        for number in (1, 2):
            exports.zipped(service.downloads / f"{number}.zip", exports.ct_files(1, study=number))
            service.wait_for("filed", number)
        service.wait(lambda: "is no file" in service.command("status").stdout.splitlines()[1])
        assert "internal error" not in service.log
        place.rmdir() if kind == "folder" else place.unlink()
        exports.zipped(service.downloads / "3.zip", exports.ct_files(1, study=3))  # by itself, it would ask again within a minute
        service.wait_for("chronicled", 3)


def test_a_pipe_that_is_named_by_hand_is_a_sentence(service: Service) -> None:
    os.mkfifo(service.folder / "pipe.zip")
    done = service.command("once", str(service.folder / "pipe.zip"))
    assert (done.returncode, "pipe" in done.stderr) == (1, True)
