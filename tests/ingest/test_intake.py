import json
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import exports
import odd_archives
from radiary.commands.speaking import summary
from radiary.ingest import admission, finished, intake, pipeline
from radiary.ingest.attempt import Attempts
from radiary.ingest.intake import Intake
from radiary.model.errors import DamagedArchive, OutOfMemory, RadiaryError, UnreadableExport, WorkersUnavailable, WrongPassword
from radiary.model.events import PutAway
from radiary.model.nouns import Export
from radiary.state import ledger
from radiary.state.names import Names
from radiary.watch import put_away, writers
from radiary.watch.inbox import Inbox
from radiary.watch.put_away import After
from services import PATIENCE, SOON


def _cut() -> bytes:
    """The first half of a zip with images."""
    with tempfile.TemporaryDirectory() as folder:
        whole = exports.zipped(Path(folder) / "a.zip", exports.ct_files(4)).read_bytes()
    return whole[: len(whole) // 2]


CUT = _cut()


class Service:
    """An intake over a real folder, with a clock that moves a minute a scan."""

    def __init__(
        self, root: Path, attempts: Attempts, state: Path, *, after: After = "keep", digests: dict[str, str] | None = None
    ) -> None:
        self.now = 0.0
        self.state = state
        self.worker = attempts
        self.inbox = Inbox(
            [root], quiet=1, ignore=(), own=(), polling=False, wake=threading.Event(), clock=lambda: self.now,
            retries=after == "sort",
        )  # fmt: skip
        self.inbox.start()
        self.arrived: list[bool] = []
        self.intake = Intake(
            self.inbox, attempts.ledger, attempts.queue, bench=attempts.bench, digests=digests if digests is not None else {},
            putting_away=put_away.PutAway(after, lambda is_held: attempts.bench.home(is_held=is_held)),
            arrived=lambda: self.arrived.append(True), clock=lambda: self.now,
        )  # fmt: skip

    def work(self) -> None:
        """What the service does with everything that is queued."""
        while export := self.intake.next():
            self.intake.concluded(export, self.worker.ingest(export, lambda _done, _total: None))

    def settle(self) -> None:
        for _ in range(3):
            self.intake.scan(turn=PATIENCE)
            self.now += 60

    def facts(self) -> list[tuple[str, str]]:
        events = (event for event in ledger.read(self.state) if not isinstance(event, PutAway))
        return [(event.type, getattr(event, "reason", "")) for event in events]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "downloads").mkdir()
    return tmp_path / "downloads"


@pytest.fixture
def service(root: Path, attempts: Attempts, tmp_path: Path) -> Iterator[Service]:
    made = Service(root, attempts, tmp_path / "state" / "ledger.jsonl")
    yield made
    made.inbox.stop()


def test_a_complete_export_is_queued_once_and_next_in_line(service: Service, root: Path) -> None:
    exports.zipped(root / "a.zip", exports.ct_files(1))
    service.settle()
    service.settle()
    assert service.facts() == [("queued", "")]
    export = service.intake.next()
    assert export is not None
    assert service.arrived == [True]


def test_the_same_bytes_under_another_name_are_one_export(service: Service, root: Path) -> None:
    for name in ("a.zip", "b (1).zip"):
        exports.zipped(root / name, exports.ct_files(1))
    service.settle()
    assert service.facts() == [("queued", "")]


@pytest.mark.parametrize(
    ("name", "content", "facts"),
    [
        ("a.zip", b"", []),
        ("a.zip", bytes(4000), []),
        ("a.zip", b"<html>", []),
        ("a.zip", b"PK\x03\x04 and then nothing", []),
        ("a.dcm", b"<html>", []),
        ("a.dcm", b"", []),
        ("a.zip", CUT, [("rejected", "truncated-archive")]),
    ],
)
def test_bad_input_that_may_be_hers_is_told_once_and_all_of_it_stays_untouched(
    service: Service, root: Path, name: str, content: bytes, facts: list[tuple[str, str]]
) -> None:
    (root / name).write_bytes(content)
    service.settle()
    service.settle()
    assert service.facts() == facts
    assert service.intake.next() is None
    assert (root / name).read_bytes() == content


def test_other_peoples_downloads_are_left_alone_without_a_word(service: Service, root: Path) -> None:
    exports.zipped(root / "letter.docx", {"word/document.xml": b"<xml/>"})
    (root / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    service.settle()
    assert service.facts() == []
    assert service.intake.troubles == {}


def test_other_peoples_downloads_are_not_looked_into_again_after_a_restart(
    service: Service, root: Path, attempts: Attempts, monkeypatch: pytest.MonkeyPatch
) -> None:
    exports.zipped(root / "letter.docx", {"word/document.xml": b"<xml/>"})
    service.settle()
    looked_into: list[object] = []
    monkeypatch.setattr("radiary.ingest.admission.refusal", lambda *asked: looked_into.append(asked))
    again = Service(root, attempts, service.state, digests=service.intake.digests)
    again.settle()
    again.inbox.stop()
    assert looked_into == []


def test_what_is_known_is_not_hashed_again_after_a_restart(service: Service, root: Path, attempts: Attempts) -> None:
    exports.zipped(root / "a.zip", exports.ct_files(1))
    service.settle()
    digests = service.intake.digests
    assert len(digests) == 1
    again = Service(root, attempts, service.state, digests=dict.fromkeys(digests, "f" * 64))
    again.settle()
    again.inbox.stop()
    assert [event.export for event in ledger.read(service.state) if event.type == "queued"][-1] == "f" * 64


def test_a_pass_over_four_times_as_many_files_costs_about_four_times_as_much(service: Service, root: Path) -> None:
    """Seconds of this process, least of several, so that it holds beside others; squared, it would be sixteen times."""

    def cost(count: int) -> float:
        for number in range(count):
            (root / f"{number}.txt").touch()
        service.intake.scan()
        spent = []
        for _ in range(3):
            before = time.process_time()
            service.intake.scan()
            spent.append(time.process_time() - before)
        return min(spent)

    few = cost(2000)
    assert cost(8000) < 8 * few


@pytest.fixture
def sorting_service(root: Path, attempts: Attempts, tmp_path: Path) -> Iterator[Service]:
    made = Service(root, attempts, tmp_path / "state" / "ledger.jsonl", after="sort")
    yield made
    made.inbox.stop()


def names(root: Path) -> list[str]:
    return sorted(str(one.relative_to(root)) for one in root.rglob("*") if one.is_file() and one.name != put_away.MARKER)


def test_sorted_exports_stand_in_folders_with_notes_that_name_no_one(sorting_service: Service, root: Path) -> None:
    exports.zipped(root / "a.zip", exports.ct_files(1))
    exports.zipped(root / "a (1).zip", exports.ct_files(1))
    (root / "cut.zip").write_bytes(odd_archives.GOOD[: len(odd_archives.GOOD) // 2])
    (root / "letter.pdf").write_bytes(b"%PDF")
    sorting_service.settle()
    sorting_service.work()
    sorting_service.settle()
    found = names(root)
    assert "letter.pdf" in found
    assert {one.split("/")[0] for one in found} == {"done", "duplicate", "failed", "letter.pdf"}
    assert len(found) == 1 + 3 * 2
    notes = [one.read_text() for one in root.rglob("*.txt")]
    assert any("2024-01-01/CT-" in note for note in notes)
    assert any("It is incomplete" in note for note in notes)
    assert not [secret for secret in exports.SECRETS if secret in "".join(notes).lower()]
    sorting_service.settle()
    assert names(root) == found


def test_sorting_never_puts_one_thing_over_another(sorting_service: Service, root: Path) -> None:
    (root / "done").mkdir()
    (root / "done" / put_away.MARKER).touch()
    (root / "done" / "a.zip").write_bytes(b"hers")
    exports.zipped(root / "a.zip", exports.ct_files(1))
    sorting_service.settle()
    sorting_service.work()
    assert (root / "done" / "a.zip").read_bytes() == b"hers"
    assert (root / "done" / "2 a.zip").exists()


def test_a_filed_export_is_deleted_only_when_it_stands_and_only_when_asked(
    root: Path, attempts: Attempts, tmp_path: Path
) -> None:
    made = Service(root, attempts, tmp_path / "state" / "ledger.jsonl", after="delete")
    path = exports.zipped(root / "a.zip", exports.ct_files(1))
    (root / "page.zip").write_bytes(b"<html>")
    made.settle()
    export = made.intake.next()
    assert export is not None
    end = attempts.ingest(export, lambda _done, _total: None)
    picture = next(attempts.bench.library.root.rglob("*.png"))
    content = picture.read_bytes()
    picture.unlink()
    made.intake.concluded(export, end)
    assert path.exists()
    picture.write_bytes(content)
    made.intake.concluded(export, end)
    made.inbox.stop()
    assert names(root) == ["page.zip"]


def test_a_locked_export_waits_and_goes_on_once_its_password_is_known(
    sorting_service: Service, root: Path, attempts: Attempts
) -> None:
    import pyzipper

    with pyzipper.AESZipFile(root / "locked.zip", "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(b"geheim")
        archive.writestr("IM1", exports.written(exports.slice_of_ct()))
    sorting_service.settle()
    assert sorting_service.facts() == [("waiting", "encrypted")]
    assert names(root) == ["waiting/locked.zip", "waiting/locked.zip.txt"]
    object.__setattr__(attempts.bench, "passwords", lambda: ("wrong", "geheim"))
    (digest,) = attempts.queue.exports
    sorting_service.intake.wish("retry", digest)
    sorting_service.settle()
    sorting_service.work()
    assert [kind for kind, _ in sorting_service.facts()] == ["waiting", "queued", "started", "filed"]
    assert names(root) == ["done/locked.zip", "done/locked.zip.txt"]


def test_a_rejected_export_can_be_tried_again_and_forgotten(service: Service, root: Path, attempts: Attempts) -> None:
    exports.zipped(root / "a.zip", {"ko": exports.written(exports.dataset(sop_class=exports.RAW))})
    service.settle()
    service.work()
    (digest,) = attempts.queue.exports
    service.intake.wish("retry", digest)
    service.settle()
    service.work()
    service.intake.wish("forget", digest)
    service.settle()
    assert [kind for kind, _ in service.facts()] == [
        "queued",
        "started",
        "rejected",
        "queued",
        "started",
        "rejected",
        "forgotten",
    ]


def test_a_burst_of_files_shares_its_writes_to_the_ledger(service: Service, root: Path) -> None:
    for number in range(120):
        (root / f"IM{number}").write_bytes(exports.written(exports.slice_of_ct(number)))
    service.settle()
    assert len(service.facts()) == 120


def test_what_was_not_filed_whole_is_never_deleted(root: Path, attempts: Attempts, tmp_path: Path) -> None:
    made = Service(root, attempts, tmp_path / "state" / "ledger.jsonl", after="delete")
    (root / "cd").mkdir()
    (root / "cd" / "IM1").write_bytes(exports.written(exports.slice_of_ct()))
    (root / "cd" / "thesis.pdf").write_bytes(b"%PDF")
    exports.zipped(root / "a.zip", {**exports.ct_files(1, study=2), "cut": exports.written(exports.slice_of_ct(9))[:900]})
    made.settle()
    made.work()
    made.inbox.stop()
    assert {name.split("/")[0] for name in names(root)} == {"cd", "a.zip"}
    assert (root / "cd" / "thesis.pdf").exists()


def test_what_changed_after_it_was_filed_is_never_deleted(root: Path, attempts: Attempts, tmp_path: Path) -> None:
    made = Service(root, attempts, tmp_path / "state" / "ledger.jsonl", after="delete")
    (root / "cd").mkdir()
    (root / "cd" / "IM1").write_bytes(exports.written(exports.slice_of_ct()))
    made.settle()
    export = made.intake.next()
    assert export is not None
    end = attempts.ingest(export, lambda _done, _total: None)
    (root / "cd" / "IM2").write_bytes(exports.written(exports.slice_of_ct(2)))
    made.intake.concluded(export, end)
    assert len(names(root)) == 2
    made.settle()
    made.work()
    made.inbox.stop()
    assert names(root) == []
    assert len(list(attempts.bench.library.root.rglob("*.png"))) == 2


def test_another_file_in_a_deleted_ones_place_is_another_file(root: Path, attempts: Attempts, tmp_path: Path) -> None:
    import os

    made = Service(root, attempts, tmp_path / "state" / "ledger.jsonl", after="delete")
    for number in range(1, 6):
        (root / "IM").write_bytes(exports.written(exports.slice_of_ct(number)))
        os.utime(root / "IM", (1e9, 1e9))
        made.settle()
        made.work()
    made.inbox.stop()
    assert names(root) == []
    assert len(list(attempts.bench.library.root.rglob("*.png"))) == 5


def test_an_export_that_went_away_and_came_back_is_worked_at(service: Service, root: Path, attempts: Attempts) -> None:
    path = exports.zipped(root / "a.zip", exports.ct_files(1))
    service.settle()
    export = service.intake.next()
    assert export is not None
    path.rename(root.parent / "away.zip")
    service.intake.lost(export)
    assert service.intake.next() is None
    (root.parent / "away.zip").rename(path)
    service.settle()
    service.work()
    assert [kind for kind, _ in service.facts()] == ["queued", "filed"] or service.facts()[-1][0] == "filed"


def test_a_copy_takes_the_place_of_one_that_went_away(service: Service, root: Path) -> None:
    for name in ("a.zip", "b.zip"):
        exports.zipped(root / name, exports.ct_files(1))
    service.settle()
    first = service.intake.next()
    assert first is not None
    first.path.unlink()
    service.intake.lost(first)
    service.work()
    assert service.facts()[-1] == ("filed", "")


def test_a_rejected_export_is_tried_again_where_it_was_sorted_to(
    sorting_service: Service, root: Path, attempts: Attempts
) -> None:
    exports.zipped(root / "a.zip", {"ko": exports.written(exports.dataset(sop_class=exports.RAW))})
    sorting_service.settle()
    sorting_service.work()
    assert names(root) == ["failed/a.zip", "failed/a.zip.txt"]
    (digest,) = attempts.queue.exports
    for _ in range(2):
        sorting_service.intake.wish("retry", digest)
        sorting_service.settle()
        sorting_service.work()
        sorting_service.settle()
    assert names(root) == ["failed/a.zip", "failed/a.zip.txt"]
    assert [kind for kind, _ in sorting_service.facts()].count("rejected") == 3


def test_a_crash_between_filing_and_sorting_is_made_good_at_the_next_start(
    root: Path, attempts: Attempts, tmp_path: Path
) -> None:
    made = Service(root, attempts, tmp_path / "state" / "ledger.jsonl")
    exports.zipped(root / "a.zip", exports.ct_files(1))
    made.settle()
    made.work()
    made.inbox.stop()
    again = Service(root, attempts, tmp_path / "state" / "ledger.jsonl", after="sort")
    again.settle()
    again.inbox.stop()
    assert names(root) == ["done/a.zip", "done/a.zip.txt"]


def test_one_odd_archive_keeps_no_other_one_waiting(service: Service, root: Path) -> None:
    import odd_archives

    for name in ("tar.bz2 with a flipped byte", "7z with names locked", "zip in zip beside an unknown method", "7z of noughts"):
        (root / f"{len(names(root))}{odd_archives.TABLE[name][0]}").write_bytes(odd_archives.TABLE[name][1]())
    exports.zipped(root / "z.zip", exports.ct_files(1))
    service.settle()
    service.work()
    assert [kind for kind, _ in service.facts()].count("filed") == 2


def test_a_download_is_not_deleted_while_its_copy_in_the_library_is_damaged(
    root: Path, attempts: Attempts, tmp_path: Path
) -> None:
    exports.zipped(root / "a.zip", exports.ct_files(1))
    keeping = Service(root, attempts, tmp_path / "state" / "ledger.jsonl")
    keeping.settle()
    keeping.work()
    keeping.inbox.stop()
    copy = next(attempts.bench.library.root.rglob("*.dcm"))
    content = bytearray(copy.read_bytes())
    content[-5] ^= 255
    copy.write_bytes(content)
    deleting = Service(root, attempts, tmp_path / "state" / "ledger.jsonl", after="delete")
    deleting.settle()
    deleting.inbox.stop()
    assert (root / "a.zip").exists()


def test_what_was_put_away_is_written_down_and_its_folder_is_never_an_export(
    root: Path, attempts: Attempts, tmp_path: Path
) -> None:
    exports.zipped(root / "a.zip", exports.ct_files(1))
    state = tmp_path / "state" / "ledger.jsonl"
    sorting_ = Service(root, attempts, state, after="sort")
    sorting_.settle()
    sorting_.work()
    sorting_.inbox.stop()
    assert [event.into for event in ledger.read(state) if isinstance(event, PutAway)] == ["done"]
    before = list(ledger.read(state))
    keeping = Service(root, attempts, state)
    keeping.settle()
    keeping.inbox.stop()
    assert list(ledger.read(state)) == before


def test_the_note_says_what_could_not_be_filed(root: Path, attempts: Attempts, tmp_path: Path) -> None:
    files = {**exports.ct_files(1), "raw": exports.written(exports.dataset(sop_class=exports.RAW))}
    exports.zipped(root / "a.zip", files)
    service = Service(root, attempts, tmp_path / "state" / "ledger.jsonl", after="sort")
    service.settle()
    service.work()
    service.inbox.stop()
    note = (root / "done/a.zip.txt").read_text()
    assert "1 × not a picture" in note
    assert "keep this download" in note


def test_a_folder_with_archives_in_it_is_filed_with_what_lies_beside_them(service: Service, root: Path) -> None:
    (root / "scans").mkdir()
    exports.zipped(root / "scans/one.zip", exports.ct_files(1))
    exports.zipped(root / "scans/two.zip", exports.ct_files(1, first=2))
    (root / "scans/loose").write_bytes(exports.ct_files(1, first=3)["Synthetica/IMG0003"])
    service.settle()
    service.work()
    assert service.facts()[-1][0] == "filed"
    assert len(list(service.worker.bench.library.root.rglob("*.png"))) == 3


def _filed_and_changed(made: Service, root: Path, change: Callable[[Path], object]) -> None:
    """A download is filed, and is another one when it is to be put away."""
    path = exports.zipped(root / "a.zip", exports.ct_files(1))
    made.settle()
    export = made.intake.next()
    assert export is not None
    end = made.worker.ingest(export, lambda _done, _total: None)
    change(path)
    made.intake.concluded(export, end)


def test_what_changed_after_it_was_filed_is_never_sorted_away(sorting_service: Service, root: Path) -> None:
    _filed_and_changed(sorting_service, root, lambda path: exports.zipped(path, exports.ct_files(1, first=2)))
    assert names(root) == ["a.zip"]
    sorting_service.settle()
    sorting_service.work()
    assert names(root) == ["done/a.zip", "done/a.zip.txt"]
    assert len(list(sorting_service.worker.bench.library.root.rglob("*.png"))) == 2


def test_other_peoples_zips_are_not_sorted(sorting_service: Service, root: Path) -> None:
    exports.zipped(root / "letter.docx", {"word/document.xml": b"<xml/>"})
    sorting_service.settle()
    assert sorting_service.facts() == []
    assert names(root) == ["letter.docx"]


def test_what_its_owner_wants_to_hear_no_more_of_stays_where_it_is(
    sorting_service: Service, root: Path, attempts: Attempts
) -> None:
    exports.zipped(root / "a.zip", {"ko": exports.written(exports.dataset(sop_class=exports.RAW))})
    sorting_service.settle()
    (digest,) = attempts.queue.exports
    sorting_service.intake.wish("forget", digest)
    sorting_service.settle()
    sorting_service.work()
    assert names(root) == ["a.zip"]
    assert [kind for kind, _ in sorting_service.facts()] == ["queued", "forgotten"]


@pytest.mark.parametrize("beside", [{"thesis.pdf": b"%PDF"}, {"cut": exports.written(exports.slice_of_ct(9))[:900]}])
def test_a_download_with_anything_that_was_not_filed_is_kept(
    beside: dict[str, bytes], root: Path, attempts: Attempts, tmp_path: Path
) -> None:
    made = Service(root, attempts, tmp_path / "state" / "ledger.jsonl", after="delete")
    exports.zipped(root / "a.zip", {**exports.ct_files(1), **beside})
    made.settle()
    made.work()
    made.inbox.stop()
    assert made.facts()[-1] == ("filed", "")
    assert names(root) == ["a.zip"]


def test_a_second_copy_is_put_beside_and_the_first_one_is_done(sorting_service: Service, root: Path) -> None:
    exports.zipped(root / "a.zip", exports.ct_files(1))
    sorting_service.settle()
    sorting_service.work()
    exports.zipped(root / "b.zip", exports.ct_files(1))
    sorting_service.settle()
    assert names(root) == ["done/a.zip", "done/a.zip.txt", "duplicate/b.zip", "duplicate/b.zip.txt"]
    assert [kind for kind, _ in sorting_service.facts()] == ["queued", "started", "filed"]


def test_what_was_filed_is_not_tried_again_for_a_wish(service: Service, root: Path, attempts: Attempts) -> None:
    exports.zipped(root / "a.zip", exports.ct_files(1))
    service.settle()
    service.work()
    (digest,) = attempts.queue.exports
    for wish in ("retry", "forget"):
        service.intake.wish(wish, digest)
    service.intake.wish("retry", "f" * 64)
    assert [kind for kind, _ in service.facts()] == ["queued", "started", "filed"]


def test_an_export_that_could_not_be_read_is_found_again_where_it_lies(service: Service, root: Path) -> None:
    exports.zipped(root / "a.zip", exports.ct_files(1))
    service.settle()
    export = service.intake.next()
    assert export is not None
    service.intake.lost(export)
    assert service.intake.next() is None
    service.settle()
    assert service.intake.next() == export


def test_what_takes_the_place_of_a_copy_is_no_copy(sorting_service: Service, root: Path) -> None:
    for name in ("a.zip", "b.zip"):
        exports.zipped(root / name, exports.ct_files(1))
    sorting_service.settle()
    export = sorting_service.intake.next()
    assert export is not None
    end = sorting_service.worker.ingest(export, lambda _done, _total: None)
    other = next(one for one in (root / "a.zip", root / "b.zip") if one != export.path)
    exports.zipped(other, exports.ct_files(1, study=2))
    sorting_service.intake.concluded(export, end)
    sorting_service.settle()
    sorting_service.work()
    assert [kind for kind, _ in sorting_service.facts()].count("filed") == 2


GOOD = exports.ct_files(4)


def kinds(service: Service) -> list[str]:
    return [kind for kind, _ in service.facts()]


def test_a_download_that_was_refused_is_no_concern_once_a_good_one_stands_in_its_place(service: Service, root: Path) -> None:
    (root / "a.zip").write_bytes(CUT)
    service.settle()
    exports.zipped(root / "a.zip", GOOD)
    service.settle()
    service.work()
    assert kinds(service) == ["rejected", "queued", "superseded", "started", "filed"]


def test_a_download_that_was_refused_and_deleted_is_no_concern_and_comes_back_as_a_new_one(service: Service, root: Path) -> None:
    for expected in (["rejected"], ["rejected", "superseded"], ["rejected", "superseded", "rejected"]):
        if expected[-1] == "superseded":
            (root / "a.zip").unlink()
        else:
            (root / "a.zip").write_bytes(CUT)
        service.settle()
        assert kinds(service) == expected


def test_a_download_that_is_still_to_be_worked_at_gives_way_to_another_one_in_its_place(
    service: Service, root: Path, attempts: Attempts
) -> None:
    exports.zipped(root / "a.zip", exports.ct_files(1))
    service.settle()
    exports.zipped(root / "a.zip", exports.ct_files(1, study=2))
    service.settle()
    assert kinds(service) == ["queued", "queued", "superseded"]
    assert len(attempts.queue.pending()) == 1
    service.work()
    assert kinds(service)[3:] == ["started", "filed"]
    assert service.intake.missing == 0


def test_a_download_that_waits_to_be_worked_at_is_not_taken_for_deleted(service: Service, root: Path) -> None:
    """Its owner may have moved it for a moment; `status` says that it is missing."""
    path = exports.zipped(root / "a.zip", exports.ct_files(1))
    service.settle()
    path.unlink()
    service.settle()
    assert kinds(service) == ["queued"]


def test_what_was_filed_stays_filed_whatever_stands_in_its_place(service: Service, root: Path) -> None:
    exports.zipped(root / "a.zip", exports.ct_files(1))
    service.settle()
    service.work()
    exports.zipped(root / "a.zip", exports.ct_files(1, study=2))
    service.settle()
    (root / "a.zip").unlink()
    service.settle()
    assert kinds(service) == ["queued", "started", "filed", "queued"]


def test_a_refused_download_is_of_concern_while_a_copy_of_it_is_there_or_its_folder_is_away(service: Service, root: Path) -> None:
    for name in ("a.zip", "b.zip"):
        (root / name).write_bytes(CUT)
    service.settle()
    (root / "a.zip").unlink()
    service.settle()
    root.rename(root.with_name("away"))
    service.settle()
    assert kinds(service) == ["rejected"]
    root.with_name("away").rename(root)
    (root / "b.zip").unlink()
    service.settle()
    assert kinds(service) == ["rejected", "superseded"]


def test_a_download_that_was_sorted_away_by_us_is_not_taken_for_deleted(sorting_service: Service, root: Path) -> None:
    (root / "a.zip").write_bytes(CUT)
    sorting_service.settle()
    sorting_service.settle()
    assert names(root) == ["failed/a.zip", "failed/a.zip.txt"]
    (root / "a.zip").write_bytes(b"another one, %PDF")
    sorting_service.settle()
    assert kinds(sorting_service) == ["rejected"]
    (root / "failed/a.zip").unlink()
    sorting_service.settle()
    assert kinds(sorting_service) == ["rejected", "superseded"]


@pytest.mark.parametrize("error", [WorkersUnavailable, OutOfMemory, UnreadableExport])
def test_a_download_that_cannot_be_looked_into_is_told_and_counted_and_tried_again(
    error: type[RadiaryError], service: Service, root: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    looked: list[float] = []

    def refuse(*_: object) -> None:
        looked.append(service.now)
        raise error

    for number in (1, 2):
        exports.zipped(root / f"{number}.zip", exports.ct_files(1, study=number))
    with monkeypatch.context() as patched:
        patched.setattr(admission, "refusal", refuse)
        for seconds in (0, 1, 9.5, 0.5):
            service.now += seconds
            service.intake.scan(turn=PATIENCE)
        assert sorted(set(looked)) == [1, 11], "not at every pass"
        assert service.intake.troubles == {error.reason(): 2}
        assert [record.message for record in caplog.records if "cannot be looked into" in record.message] == [
            f"a download cannot be looked into: {error.sentence()}"
        ]
    (root / "2.zip").unlink()
    service.now += 10
    service.intake.scan(turn=PATIENCE)
    service.intake.scan(turn=PATIENCE)
    assert service.intake.troubles == {}
    assert kinds(service) == ["queued"]


def test_a_download_that_cannot_be_looked_into_is_told_by_its_name_on_its_owners_terminal_alone(
    service: Service, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise WorkersUnavailable

    names = Names(tmp_path / "names", lambda: bytes(32))
    monkeypatch.setattr(service.intake, "_bench", replace(service.intake._bench, names=names))
    exports.zipped(root / "Petronella.zip", exports.ct_files(1))
    with monkeypatch.context() as patched:
        patched.setattr(admission, "refusal", refuse)
        for _ in range(2):
            service.now += 1
            service.intake.scan(turn=PATIENCE)
    pulse = {"troubles": service.intake.troubles, "troubled": service.intake.troubled}
    said = next(summary.hindrances(pulse, (), names.all()))
    assert said.startswith("1 download (Petronella.zip) cannot be looked into: ")
    assert next(summary.hindrances(pulse, ())).startswith("1 download cannot be looked into: ")
    assert "Petronella" not in json.dumps(pulse)
    (root / "Petronella.zip").unlink()
    service.now += 10
    service.intake.scan(turn=PATIENCE)
    assert names.all() == {}


def test_a_download_is_put_away_as_soon_as_no_other_program_has_it_open(
    sorting_service: Service, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exports.zipped(root / "a.zip", exports.ct_files(1))
    sorting_service.settle()
    with monkeypatch.context() as patched:
        patched.setattr(writers, "is_open_elsewhere", lambda _paths: True)
        sorting_service.work()
        sorting_service.settle()
        assert names(root) == ["a.zip"]
    sorting_service.intake.scan(turn=PATIENCE)
    assert names(root) == ["done/a.zip", "done/a.zip.txt"]


def test_what_cannot_be_put_away_is_counted_until_it_can_or_is_gone(
    sorting_service: Service, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finished, "_AGAIN", 0)
    in_the_way = [root / name for name in ("done", "radiary-done", "duplicate", "radiary-duplicate")]
    for one in in_the_way:
        one.write_text("hers")
    exports.zipped(root / "a.zip", exports.ct_files(1))
    exports.zipped(root / "b.zip", exports.ct_files(1, study=2))
    sorting_service.settle()
    sorting_service.work()
    assert sorting_service.intake.unmoved == 2
    exports.zipped(root / "a (1).zip", exports.ct_files(1))
    sorting_service.settle()
    assert sorting_service.intake.unmoved == 3
    (root / "b.zip").unlink()
    sorting_service.settle()
    assert sorting_service.intake.unmoved == 2
    for one in in_the_way:
        one.unlink()
    sorting_service.settle()
    assert sorting_service.intake.unmoved == 0
    assert len(names(root)) == 4


@pytest.mark.parametrize(("gone", "left"), [("a.zip", 0), (".", 1)])
def test_what_is_gone_is_not_tried_to_be_put_away_for_ever(
    gone: str, left: int, sorting_service: Service, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(finished, "_AGAIN", 0)
    monkeypatch.setattr(put_away.PutAway, "finished", refused)
    exports.zipped(root / "a.zip", exports.ct_files(1))
    sorting_service.settle()
    sorting_service.work()
    assert sorting_service.intake.unmoved == 1
    (root / gone).resolve().rename(root.parent / "elsewhere")
    sorting_service.settle()
    assert sorting_service.intake.unmoved == left


def test_a_folder_that_was_filed_in_part_stays_where_it_is(sorting_service: Service, root: Path) -> None:
    for folder, cut in (("whole", 9999999), ("part", 900)):
        (root / folder).mkdir()
        study = 1 + (folder == "part")
        (root / folder / "IM1").write_bytes(exports.written(exports.slice_of_ct(1, study=study)))
        (root / folder / "IM2").write_bytes(exports.written(exports.slice_of_ct(2, study=study))[:cut])
    sorting_service.settle()
    sorting_service.work()
    sorting_service.settle()
    sorting_service.settle()
    assert kinds(sorting_service).count("filed") == 2
    assert names(root) == ["done/whole.txt", "done/whole/IM1", "done/whole/IM2", "part/IM1", "part/IM2"]


def test_an_archive_in_several_files_stays_where_it_is(sorting_service: Service, root: Path) -> None:
    whole = exports.zipped(root / "whole", exports.ct_files(2)).read_bytes()
    (root / "whole").unlink()
    (root / "a.zip.001").write_bytes(whole[:900])
    (root / "a.zip.002").write_bytes(whole[900:])
    sorting_service.settle()
    sorting_service.work()
    sorting_service.settle()
    assert kinds(sorting_service)[-1] == "filed"
    assert names(root) == ["a.zip.001", "a.zip.002"]


def test_a_look_that_hangs_is_noticed_and_what_is_quick_is_queued_meanwhile(
    root: Path, attempts: Attempts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, hangs = threading.Event(), threading.Event()

    def look(export: Export, *_: object) -> None:
        if export.path.name == "1.zip":
            hangs.set()
            go_on.wait(PATIENCE)

    for number in (1, 2):
        exports.zipped(root / f"{number}.zip", exports.ct_files(1, study=number))
    monkeypatch.setattr(admission, "refusal", look)
    object.__setattr__(attempts.bench, "scouts", (attempts.bench.pool,) * 2)
    made = Service(root, attempts, tmp_path / "state" / "ledger.jsonl")
    made.intake.scan()
    made.now += 60
    try:
        while not (hangs.is_set() and kinds(made) == ["queued"]):
            made.intake.scan()
        assert made.intake.is_looking
        assert made.intake.is_getting_on(PATIENCE)
        assert not made.intake.is_getting_on(0)
    finally:
        go_on.set()
        made.settle()
        made.inbox.stop()
    assert kinds(made) == ["queued"] * 2
    assert not made.intake.is_looking
    assert made.intake.is_getting_on(PATIENCE)


def test_what_a_newer_version_can_read_is_looked_into_anew(
    service: Service, root: Path, attempts: Attempts, monkeypatch: pytest.MonkeyPatch
) -> None:
    exports.zipped(root / "a.zip", {"word/document.xml": b"<xml/>"})
    monkeypatch.setattr(intake, "_NOT_OURS", "not ours, says 0.0.1")
    service.settle()
    monkeypatch.undo()
    monkeypatch.setattr(admission, "refusal", lambda *_: None)
    again = Service(root, attempts, service.state, digests=service.intake.digests)
    try:
        again.settle()
    finally:
        again.inbox.stop()
    assert kinds(service) == ["queued"]


def test_a_download_that_gives_an_unexpected_error_is_not_looked_into_at_every_pass(
    service: Service, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[float] = []

    def broken(*_: object, **__: object) -> None:
        looked.append(service.now)
        raise zipfile.BadZipFile

    exports.zipped(root / "a.zip", exports.ct_files(1))
    monkeypatch.setattr("radiary.archives.source.export", broken)
    for _ in range(20):
        service.now += 0.5
        service.intake.scan(turn=PATIENCE)
    assert len(looked) <= 2


def test_what_takes_the_place_of_a_download_that_is_looked_into_is_taken(
    service: Service, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, other = admission.refusal, exports.zipped(root.parent / "new.zip", exports.ct_files(1))

    def replaced(*arguments: Any) -> admission.Refusal:
        try:
            return real(*arguments)
        finally:
            if other.exists():
                other.rename(root / "a.zip")
                service.inbox.scan()

    monkeypatch.setattr(admission, "refusal", replaced)
    exports.zipped(root / "a.zip", {"letter.txt": b"hello"})
    for _ in range(4):
        service.settle()
    assert service.facts() == [("queued", "")]


def test_a_wish_that_has_to_wait_is_carried_out_later(
    service: Service, root: Path, attempts: Attempts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unavailable(*_: object) -> admission.Refusal:
        raise WorkersUnavailable

    (root / "a.zip").write_bytes(CUT)
    service.settle()
    (digest,) = attempts.queue.exports
    with monkeypatch.context() as patched:
        patched.setattr(admission, "refusal", unavailable)
        service.intake.wish("retry", digest)
        service.settle()
        assert service.intake.troubles == {"workers-unavailable": 1}
    service.settle()
    assert service.facts() == [("rejected", "truncated-archive")] * 2
    assert service.intake.troubles == {}


def test_a_copy_is_put_away_as_soon_as_nobody_is_at_work_on_it(
    sorting_service: Service, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exports.zipped(root / "a.zip", exports.ct_files(1))
    sorting_service.settle()
    sorting_service.work()
    exports.zipped(root / "b.zip", exports.ct_files(1))
    with monkeypatch.context() as patched:
        patched.setattr(writers, "is_open_elsewhere", lambda _paths: True)
        sorting_service.settle()
        assert "b.zip" in names(root)
    sorting_service.settle()
    assert "duplicate/b.zip" in names(root)


def test_a_download_renamed_while_it_waits_is_worked_at_where_it_lies(service: Service, root: Path) -> None:
    path = exports.zipped(root / "a.zip", exports.ct_files(1))
    service.settle()
    path.rename(root / "my scan.zip")
    service.settle()
    export = service.intake.next()
    assert export is not None
    assert export.path.name == "my scan.zip"


def _locked(root: Path) -> None:
    import pyzipper

    with pyzipper.AESZipFile(root / "locked.zip", "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(b"geheim")
        archive.writestr("IM1", exports.written(exports.slice_of_ct()))


def _given(attempts: Attempts, *passwords: str) -> None:
    object.__setattr__(attempts.bench, "passwords", lambda: passwords)


def test_a_password_given_while_the_former_one_is_looked_with_is_tried_itself(
    service: Service, root: Path, attempts: Attempts, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked, is_begun, may_end = admission.refusal, threading.Event(), threading.Event()

    def slow(*given: Any) -> admission.Refusal:
        ended = looked(*given)
        is_begun.set()
        may_end.wait(SOON)
        return ended

    _given(attempts, "wrong")
    _locked(root)
    with monkeypatch.context() as patched:
        patched.setattr(admission, "refusal", slow)
        while not is_begun.wait(0.1):
            service.intake.scan(turn=0)
            service.now += 60
        _given(attempts, "wrong", "geheim")
        service.intake.scan(turn=0)
        may_end.set()
        while not service.facts():
            service.intake.scan(turn=0.1)
        assert service.facts() == [("waiting", "wrong-password")]
    service.settle()
    service.work()
    assert [kind for kind, _ in service.facts()] == ["waiting", "queued", "started", "filed"]


@pytest.mark.parametrize("is_wished", [True, False])
def test_a_password_given_while_an_attempt_is_made_with_the_former_one_is_tried_itself(
    is_wished: bool, service: Service, root: Path, attempts: Attempts, monkeypatch: pytest.MonkeyPatch
) -> None:
    _given(attempts, "geheim")
    _locked(root)
    service.settle()
    (digest,) = attempts.queue.exports

    def meanwhile(*_given_to: Any, **_more: Any) -> Any:
        _given(attempts, "wrong", "geheim")
        if is_wished:
            service.intake.wish("retry", digest)
        service.settle()
        raise WrongPassword

    _given(attempts, "wrong")
    service.settle()
    with monkeypatch.context() as patched:
        patched.setattr(pipeline, "ingest", meanwhile)
        service.work()
    service.settle()
    service.work()
    assert [kind for kind, _ in service.facts()] == ["queued", "started", "waiting", "queued", "started", "filed"]


def test_what_is_to_be_forgotten_while_it_is_at_work_is_forgotten_when_that_has_ended(
    service: Service, root: Path, attempts: Attempts, monkeypatch: pytest.MonkeyPatch
) -> None:
    exports.zipped(root / "a.zip", exports.ct_files(1))
    service.settle()
    (digest,) = attempts.queue.exports
    woken = []

    def meanwhile(*_given_to: Any, **_more: Any) -> Any:
        service.intake.wish("forget", digest)
        service.settle()
        raise DamagedArchive

    monkeypatch.setattr(pipeline, "ingest", meanwhile)
    monkeypatch.setattr(service.inbox, "wake", lambda: woken.append(True))
    service.work()
    assert woken
    service.settle()
    assert [kind for kind, _ in service.facts()] == ["queued", "started", "rejected", "forgotten"]
