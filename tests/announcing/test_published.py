import json
import logging
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from announcing.test_notices import LOCKED, REJECTED, an_exam
from radiary.announcing import published
from radiary.announcing.published import Published
from radiary.model.events import Queued
from radiary.state.queue import Queue
from services import SOON

AT = datetime(2026, 10, 28, 12, tzinfo=UTC)
PULSE = {
    "pid": 7,
    "at": "2026-10-28T12:00:05+00:00",
    "working": {"export": "abc", "done": 3, "total": 9, "seconds_left": 6},
    "paused": None,
    "arriving": 1,
    "away": {},
    "note": None,
}


@pytest.fixture
def queue() -> Queue:
    made = Queue()
    events = an_exam(), an_exam("CT-b", held=True), LOCKED, REJECTED, Queued(export="e" * 64, kind="zip", size=9)
    for number, event in enumerate(events):
        made.fold(event.changed(at=AT, export=f"{number}" * 64))
    return made


def numbers(path: Path) -> dict[str, float]:
    """Every sample of a metrics file, read by Prometheus's own parser."""
    families = text_string_to_metric_families(path.read_text())
    return {f"{one.name}{''.join(one.labels.values())}": one.value for family in families for one in family.samples}


def test_the_status_file_says_how_the_service_is(queue: Queue, tmp_path: Path) -> None:
    path = tmp_path / "status.json"
    Published(queue, status=path, metrics=None).write(PULSE)
    assert json.loads(path.read_text()) == {
        "running": True,
        "sentence": "At work: 3 of 9 files, less than a minute left",
        "at": "2026-10-28T12:00:05+00:00",
        "pid": 7,
        "working": {"export": "abc", "done": 3, "total": 9, "seconds_left": 6},
        "paused": None,
        "arriving": 1,
        "note": None,
        "filed": 2,
        "pending": 1,
        "locked": 1,
        "rejected": 1,
        "exams": 1,
        "held_pictures": 3,
        "last_filed": "2026-10-28T12:00:00+00:00",
    }
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_metrics_file_is_read_by_prometheus_and_by_whoever_collects(queue: Queue, tmp_path: Path) -> None:
    path = tmp_path / "radiary.prom"
    Published(queue, status=None, metrics=path).write(PULSE)
    assert numbers(path) == {
        "radiary_up": 1,
        "radiary_heartbeat_timestamp_seconds": AT.timestamp() + 5,
        "radiary_paused": 0,
        "radiary_folders_away": 0,
        "radiary_arriving": 1,
        "radiary_working_filesdone": 3,
        "radiary_working_filestotal": 9,
        "radiary_downloadsfiled": 2,
        "radiary_downloadspending": 1,
        "radiary_downloadslocked": 1,
        "radiary_downloadsrejected": 1,
        "radiary_exams": 1,
        "radiary_held_pictures": 3,
        "radiary_last_filed_timestamp_seconds": AT.timestamp(),
    }
    assert path.stat().st_mode & 0o777 == 0o644


def test_what_was_filed_meanwhile_is_counted(queue: Queue, tmp_path: Path) -> None:
    path = tmp_path / "status.json"
    published = Published(queue, status=path, metrics=None)
    published.write(PULSE)
    queue.fold(an_exam("CT-c").changed(at=AT, export="c" * 64))
    published.write(PULSE)
    assert json.loads(path.read_text())["exams"] == 2


def test_at_the_end_the_files_say_that_nothing_runs(queue: Queue, tmp_path: Path) -> None:
    status, metrics = tmp_path / "status.json", tmp_path / "radiary.prom"
    published = Published(queue, status=status, metrics=metrics)
    published.write(PULSE)
    published.write(None)
    said = json.loads(status.read_text())
    assert (said["running"], said["sentence"], said["working"], said["at"]) == (False, "Not running", None, PULSE["at"])
    assert numbers(metrics)["radiary_up"] == 0


def test_a_file_that_cannot_be_written_is_named_once_until_it_can_be(
    queue: Queue, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    path = tmp_path / "away" / "status.json"
    published = Published(queue, status=path, metrics=None)
    published.write(PULSE)
    published.write(PULSE)
    assert len(caplog.records) == 1
    path.parent.mkdir()
    published.write(PULSE)
    path.unlink()
    path.parent.rmdir()
    published.write(PULSE)
    assert len(caplog.records) == 2
    assert str(tmp_path) not in caplog.text


def test_nobody_who_asked_for_nothing_gets_a_file_or_a_thread(queue: Queue, tmp_path: Path) -> None:
    before = threading.active_count()
    Published(queue, status=None, metrics=None).publish(PULSE)
    assert list(tmp_path.iterdir()) == []
    assert threading.active_count() == before


def test_a_place_that_hangs_keeps_nobody_waiting(queue: Queue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hangs, goes_on, here = threading.Event(), threading.Event(), threading.current_thread()

    def note(path: Path, data: bytes, _mode: int) -> None:
        assert threading.current_thread() is not here
        hangs.set()
        goes_on.wait(SOON)
        path.write_bytes(data)

    monkeypatch.setattr(published.private, "note", note)
    path = tmp_path / "status.json"
    publishing = Published(queue, status=path, metrics=None)
    publishing.publish(PULSE)
    assert hangs.wait(SOON)
    for arriving in range(100):
        publishing.publish({**PULSE, "arriving": arriving})
    goes_on.set()
    publishing.publish(None)
    said = json.loads(path.read_text())
    assert (said["running"], said["at"]) == (False, PULSE["at"])
