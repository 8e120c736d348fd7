import contextlib
import hashlib
import json
import threading
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest

import disks
from radiary.model.errors import Unusable
from radiary.model.events import Event, Ignored, Queued, schema
from radiary.state import ledger
from radiary.state.ledger import Ledger

A = "a" * 64


def events(count: int) -> list[Event]:
    return [Queued(export=f"{number:064x}", kind="zip", size=number) for number in range(count)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.jsonl"


def filled(path: Path, count: int = 3) -> Path:
    made = Ledger(path)
    for event in events(count):
        made.append(event)
    made.close()
    return path


def test_what_was_appended_is_replayed_after_a_restart(path: Path) -> None:
    filled(path)
    again = Ledger(path)
    again.append(Ignored(export=A, reason="no-dicom"))
    again.close()
    found = list(ledger.read(path))
    assert [event.seq for event in found] == [1, 2, 3, 4]
    assert ledger.faults(path) == []


def test_a_line_is_private_and_stamped(path: Path) -> None:
    made = Ledger(path, now=lambda: datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC))
    made.append(*events(1))
    made.close()
    line = json.loads(path.read_text())
    assert (line["seq"], line["at"], line["type"]) == (1, "2024-01-02T03:04:05Z", "queued")
    assert path.stat().st_mode & 0o777 == 0o600


def test_every_line_fits_the_published_schema(path: Path) -> None:
    for line in filled(path).read_text().splitlines():
        jsonschema.Draft202012Validator(schema()).validate(json.loads(line))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"type": "queued"}, schema())


@pytest.mark.parametrize("is_known", [True, False])
@pytest.mark.parametrize("junk", [b"junk", b"\x00\x01\x02" * 9000, b'{"seq":1'])
def test_a_ledger_that_is_junk_alone_is_told_as_that_and_stays(path: Path, junk: bytes, *, is_known: bool) -> None:
    if is_known:
        filled(path)
    path.write_bytes(junk)
    if not is_known and junk.startswith(b"{"):
        assert ledger.faults(path) == ["Line 1 is torn; the next start cuts it off."]
        Ledger(path).close()
        return
    assert ledger.faults(path) == ["Line 1 is no event."]
    with pytest.raises(Unusable, match="no event"):
        list(ledger.read(path))
    with pytest.raises(Unusable, match="no event"):
        Ledger(path)
    assert path.read_bytes() == junk


def test_a_torn_tail_is_no_event_and_is_cut_at_the_next_start(path: Path) -> None:
    filled(path)
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"seq":4,"at":"2024')
    assert len(list(ledger.read(path))) == 3
    assert ledger.faults(path) == ["Line 4 is torn; the next start cuts it off."]
    Ledger(path).close()
    assert path.read_bytes() == whole


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_changed_line_breaks_the_chain(path: Path, number: int) -> None:
    filled(path, 4)
    lines = path.read_text().splitlines(keepends=True)
    lines[number - 1] = lines[number - 1].replace('"zip"', '"file"')
    path.write_text("".join(lines))
    says = "does not follow the line before it: a line was changed, added or removed."
    assert ledger.faults(path) == [f"Line {number + 1} {says}"]


def test_a_changed_last_line_is_noticed_by_the_head(path: Path) -> None:
    filled(path, 4)
    lines = path.read_text().splitlines(keepends=True)
    lines[3] = lines[3].replace('"zip"', '"file"')
    path.write_text("".join(lines))
    assert ledger.faults(path) == ["Line 4 was changed after it was written."]


def test_a_removed_line_is_noticed(path: Path) -> None:
    filled(path, 4)
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(lines[:1] + lines[2:]))
    assert ledger.faults(path)


def test_a_cut_off_end_is_noticed_and_refused(path: Path) -> None:
    filled(path, 4)
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(lines[:2]))
    assert ledger.faults(path) == ["The ledger ends at line 2, but line 4 was written once: its end was cut off."]
    with pytest.raises(Unusable, match="end of the ledger is missing"):
        Ledger(path)


def test_a_line_that_is_no_event_is_a_sentence(path: Path) -> None:
    filled(path)
    with path.open("a") as file:
        file.write('{"type": "nonsense"}\n')
    assert "Line 4 is no event." in ledger.faults(path)
    with pytest.raises(Unusable, match="radiary verify"):
        Ledger(path)


def test_what_is_no_file_in_a_ledgers_place_is_a_sentence(path: Path) -> None:
    path.mkdir()
    for read in (ledger.read, ledger.faults):
        with pytest.raises(Unusable, match="something else lies in its place"):
            list(read(path))


def test_an_append_that_does_not_fit_on_the_disk_leaves_no_half_line(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    made = Ledger(path)
    made.append(*events(1))
    before = path.read_bytes()
    real = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: real(descriptor, data[:10]))
    with pytest.raises(OSError, match="space"):
        made.append(*events(1))
    monkeypatch.undo()
    assert path.read_bytes() == before
    made.append(*events(1))
    made.close()
    assert ledger.faults(path) == []


def test_a_head_that_cannot_be_written_undoes_no_fact(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from radiary.files import private

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    made = Ledger(path)
    monkeypatch.setattr(private, "replace", full)
    assert made.append(*events(1))[0].seq == 1
    assert made.append(*events(1))[0].seq == 2
    monkeypatch.undo()
    made.close()
    assert ledger.faults(path) == []


@pytest.mark.parametrize("what", ["deleted", "a folder", "replaced", "emptied"])
def test_a_fact_is_refused_that_would_stand_in_no_ledger(what: str, path: Path, tmp_path: Path) -> None:
    made = Ledger(filled(path))
    kept = path.read_bytes()
    if what == "emptied":
        path.write_bytes(b"")
    else:
        path.rename(tmp_path / "moved")
    if what == "replaced":
        path.write_bytes(kept)
    if what == "a folder":
        path.mkdir()
    for _ in range(2):
        with pytest.raises(OSError, match="tale"):
            made.append(*events(1))
    assert what == "emptied" or (tmp_path / "moved").read_bytes() == kept
    if what in ("deleted", "replaced"):
        (tmp_path / "moved").replace(path)
        assert made.append(*events(1))[0].seq == 4
        assert ledger.faults(path) == []
    made.close()


def test_events_that_share_a_write_stand_in_order(path: Path) -> None:
    made = Ledger(path)
    stamped = made.append(*events(50))
    made.close()
    assert [event.seq for event in stamped] == list(range(1, 51))
    assert ledger.faults(path) == []


def test_one_line_that_is_lost_at_the_end_is_noticed_and_refused(path: Path) -> None:
    filled(path, 4)
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:3]))
    assert ledger.faults(path) == ["The ledger ends at line 3, but line 4 was written once: its end was cut off."]
    with pytest.raises(Unusable, match="end of the ledger is missing"):
        Ledger(path)


def test_a_ledger_whose_only_line_is_lost_is_not_begun_anew(path: Path) -> None:
    filled(path, 1)
    path.write_bytes(b"")
    with pytest.raises(Unusable, match="is lost"):
        Ledger(path)


def test_a_line_that_repeats_a_number_breaks_the_chain(path: Path) -> None:
    filled(path, 2)
    path.with_suffix(".head").unlink()
    last = path.read_bytes().splitlines()[-1]
    again = last.replace(json.loads(last)["previous"].encode(), hashlib.sha256(last).hexdigest().encode())
    path.write_bytes(path.read_bytes() + again + b"\n")
    assert [one for one in ledger.faults(path) if one.startswith("Line 3 does not follow")]


def test_a_disk_that_is_full_takes_no_half_line_and_the_next_line_follows(path: Path) -> None:
    made = Ledger(path)
    made.append(*events(2))
    before = path.read_bytes()
    with disks.room_for(len(before) + 10), pytest.raises(OSError, match="space"):
        made.append(*events(1))
    assert path.read_bytes() == before
    made.append(*events(1))
    made.close()
    assert ledger.faults(path) == []
    assert [event.seq for event in ledger.read(path)] == [1, 2, 3]


def test_a_fact_is_on_the_disk_before_anybody_hears_of_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Ledger(path)
    synced = disks.synced(monkeypatch, path.read_bytes)
    made.append(*events(1))
    made.close()
    assert synced[0] == (disks.place(path), path.read_bytes())


def test_a_new_ledgers_name_outlives_a_power_cut(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced = disks.synced(monkeypatch, path.exists)
    Ledger(path).close()
    assert (disks.place(path.parent), True) in synced


def test_facts_of_two_threads_stand_one_after_the_other(path: Path) -> None:
    meeting = threading.Barrier(2)

    def now() -> datetime:
        with contextlib.suppress(threading.BrokenBarrierError):
            meeting.wait(1)  # both get here at once, or else nobody waits for the other any more
        return datetime(2024, 1, 2, tzinfo=UTC)

    made = Ledger(path, now)
    threads = [threading.Thread(target=made.append, args=events(1)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    made.close()
    assert [event.seq for event in ledger.read(path)] == [1, 2]
    assert ledger.faults(path) == []


@pytest.mark.parametrize(
    "newer", [{"type": "annotated", "study": "x"}, {"type": "ignored", "export": A, "reason": "no-dicom", "by": "her"}]
)
def test_a_line_of_a_newer_version_is_called_so_and_no_damage(path: Path, newer: dict[str, str]) -> None:
    last = filled(path).read_bytes().splitlines()[-1]
    line = newer | {"seq": 4, "at": "2026-11-28T00:00:00Z", "previous": hashlib.sha256(last).hexdigest()}
    with path.open("ab") as file:
        file.write(json.dumps(line).encode() + b"\n")
    for look in (ledger.faults, lambda path: list(ledger.read(path)), Ledger):
        with pytest.raises(ledger.NewerLedger, match="newer version"):
            look(path)


def test_damage_before_a_line_of_a_newer_version_is_told_too(path: Path) -> None:
    lines = filled(path).read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + b"{}\n" + lines[2] + b'{"type":"annotated","seq":4,"at":"","previous":""}\n')
    assert ledger.faults(path)[0] == "Line 2 is no event."
    assert ledger.NEWER in ledger.faults(path)
