import contextlib
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import exports
from radiary.watch.completeness import CONTROL_FILES
from radiary.watch.inbox import Inbox
from services import SOON, said_by_anybody

QUIET = 5.0


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


class Watched:
    """An inbox over one folder, with a clock that only moves when told."""

    def __init__(self, root: Path, **options: Any) -> None:
        self.root, self.clock, self.wake = root, Clock(), threading.Event()
        known = {"quiet": QUIET, "ignore": (), "own": (), "polling": False} | options
        self.inbox = Inbox([root], wake=self.wake, clock=self.clock, **known)
        self.inbox.start()

    def scan(self, seconds: float = 0) -> list[str]:
        self.clock.now += seconds
        return [found.path.name for found in self.inbox.scan().ready]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "downloads").mkdir()
    return tmp_path / "downloads"


@pytest.fixture
def watched(root: Path) -> Iterator[Watched]:
    made = Watched(root)
    yield made
    made.inbox.stop()


def test_what_was_there_before_is_taken_after_the_quiet_period(watched: Watched) -> None:
    exports.zipped(watched.root / "a.zip", exports.ct_files(1))
    assert watched.scan() == []
    assert watched.scan(QUIET - 0.1) == []
    assert watched.scan(0.1) == ["a.zip"]


def test_a_pass_says_when_the_next_thing_may_be_complete(watched: Watched) -> None:
    assert watched.inbox.scan().again is None
    exports.zipped(watched.root / "a.zip", exports.ct_files(1))
    assert watched.inbox.scan().again == QUIET
    watched.clock.now += 2
    (watched.root / "half.zip").write_bytes(b"PK\3\4 of which the end is not there yet")
    found = watched.inbox.scan()
    assert (found.arriving, found.again) == (2, QUIET - 2)


def test_a_thing_is_offered_until_it_is_taken_and_again_when_it_changes(watched: Watched) -> None:
    path = exports.zipped(watched.root / "a.zip", exports.ct_files(1))
    watched.scan()
    watched.clock.now += QUIET
    (found,) = watched.inbox.scan().ready
    watched.inbox.taken(found)
    assert watched.scan(QUIET) == []
    exports.zipped(path, exports.ct_files(2))
    watched.scan()
    assert watched.scan(QUIET) == ["a.zip"]


def test_a_slow_download_is_not_taken_while_it_grows(watched: Watched) -> None:
    whole = exports.zipped(watched.root / "whole", exports.ct_files(2)).read_bytes()
    (watched.root / "whole").unlink()
    path = watched.root / "a.zip"
    for share in range(1, 11):
        path.write_bytes(whole[: len(whole) * share // 10])
        assert watched.scan(QUIET) == []
    assert watched.scan(QUIET) == ["a.zip"]


def test_a_browsers_rename_is_the_moment(watched: Watched) -> None:
    partial = exports.zipped(watched.root / "a.zip.crdownload", exports.ct_files(1))
    watched.scan()
    assert watched.scan(100) == []
    partial.rename(watched.root / "a.zip")
    watched.scan()
    assert watched.scan(QUIET) == ["a.zip"]


def test_firefoxs_empty_final_name_waits_for_its_part(watched: Watched) -> None:
    (watched.root / "a.zip").write_bytes(b"")
    (watched.root / "a.zip.part").write_bytes(b"PK")
    watched.scan()
    assert watched.scan(QUIET * 20) == []


def test_an_empty_or_broken_download_is_reported_after_patience(watched: Watched) -> None:
    (watched.root / "a.zip").write_bytes(b"")
    watched.scan()
    assert watched.scan(QUIET * 10 - 1) == []
    assert watched.scan(1) == ["a.zip"]


def test_a_file_held_open_for_writing_waits(watched: Watched) -> None:
    path = exports.zipped(watched.root / "a.zip", exports.ct_files(1))
    with path.open("ab"):
        watched.scan()
        assert watched.scan(QUIET) == []
    assert watched.scan(QUIET) == ["a.zip"]


def test_a_folder_is_taken_when_its_whole_tree_is_still(watched: Watched) -> None:
    folder = watched.root / "cd" / "DICOM"
    folder.mkdir(parents=True)
    for number, (name, data) in enumerate(exports.ct_files(3).items()):
        (folder / Path(name).name).write_bytes(data)
        assert watched.scan(QUIET if number else 0) == []
    assert watched.scan(QUIET * 10 - 1) == [], "a program may pause while it unpacks"
    assert watched.scan(1) == ["cd"]


def test_a_folder_that_came_at_once_is_taken_after_one_quiet_period(watched: Watched) -> None:
    (watched.root.parent / "cd").mkdir()
    (watched.root.parent / "cd/IM1").write_bytes(exports.written(exports.slice_of_ct()))
    (watched.root.parent / "cd").rename(watched.root / "cd")
    watched.scan()
    assert watched.scan(QUIET) == ["cd"]


def test_other_downloads_hidden_names_links_and_own_folders_are_left_alone(tmp_path: Path, root: Path) -> None:
    own = root / "Radiary" / "library"
    own.mkdir(parents=True)
    (own / "IM1").write_bytes(exports.written(exports.slice_of_ct()))
    outside = exports.zipped(tmp_path / "outside.zip", exports.ct_files(1))
    (root / "way").symlink_to(tmp_path)
    (root / "link to ours").symlink_to(own / "IM1")
    (root / "nowhere.zip").symlink_to(tmp_path / "gone.zip")
    shutil.copy(outside, root / ".hidden.zip")
    shutil.copy(outside, root / "holiday.zip")
    (root / "letter.pdf").write_bytes(b"%PDF")
    made = Watched(root, own=[own], ignore=["holiday*"])
    made.scan()
    assert made.scan(1000) == []
    made.inbox.stop()


def test_what_was_none_of_ours_is_offered_again_when_that_may_have_changed(watched: Watched) -> None:
    (watched.root / "lab.pdf").write_bytes(b"%PDF-1.7 whole %%EOF")
    exports.zipped(watched.root / "a.zip", exports.ct_files(1))
    watched.scan()
    watched.clock.now += QUIET
    for found in watched.inbox.scan().ready:
        watched.inbox.taken(found, is_ours=found.path.name == "a.zip")
    assert watched.scan(1000) == []
    watched.inbox.look_anew()
    watched.scan(1000)
    assert watched.scan(QUIET) == ["lab.pdf"]


def test_a_missing_folder_is_offline_and_watched_again_when_it_returns(watched: Watched) -> None:
    exports.zipped(watched.root / "a.zip", exports.ct_files(1))
    watched.root.rename(watched.root.with_name("away"))
    assert watched.inbox.scan().offline == (0,)
    watched.root.with_name("away").rename(watched.root)
    watched.scan()
    assert watched.scan(QUIET) == ["a.zip"]


def test_events_wake_also_after_the_folder_was_made_anew(watched: Watched) -> None:
    watched.scan()
    shutil.rmtree(watched.root)
    watched.scan()
    watched.root.mkdir()
    watched.scan()
    watched.wake.clear()
    (watched.root / "new").write_text("x")
    assert watched.wake.wait(SOON)


@pytest.mark.parametrize("polling", [True, False])
def test_events_wake_in_a_symlinked_folder(tmp_path: Path, root: Path, polling: bool) -> None:
    (tmp_path / "link").symlink_to(root)
    made = Watched(tmp_path / "link", polling=polling)
    made.scan()
    (root / "new").write_text("x")
    assert made.wake.wait(SOON)
    made.inbox.stop()


def _spent(*_: object, **__: object) -> None:
    raise OSError(24, "inotify instance limit reached")


def test_a_system_without_events_to_give_is_scanned_all_the_same(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from radiary.watch import listening

    monkeypatch.setattr(listening, "Observer", _spent)
    made = Watched(root)
    exports.zipped(root / "a.zip", exports.ct_files(1))
    made.scan()
    assert made.scan(QUIET) == ["a.zip"]
    made.inbox.stop()


def test_a_folder_that_cannot_be_listened_to_is_not_taken_for_missing(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    from watchdog.observers.api import BaseObserver

    monkeypatch.setattr(BaseObserver, "schedule", _spent)
    exports.zipped(watched.root / "a.zip", exports.ct_files(1))
    assert watched.inbox.scan().offline == ()
    assert watched.scan(QUIET) == ["a.zip"]


def complete(root: str) -> list[object]:
    """What is complete in a folder after the quiet period, and why the folder was not looked into, if it was not."""
    watched = Watched(Path(root))
    watched.scan()
    watched.clock.now += QUIET
    found = watched.inbox.scan()
    watched.inbox.stop()
    return [[one.path.name for one in found.ready], found.away]


@contextlib.contextmanager
def locked(folder: Path, mode: int) -> Iterator[None]:
    """A folder with an image that has this mode for a while."""
    folder.mkdir()
    (folder / "IM1").write_bytes(exports.written(exports.slice_of_ct()))
    folder.chmod(mode)
    try:
        yield
    finally:
        folder.chmod(0o700)


@pytest.mark.parametrize("mode", [0o100, 0o400], ids=["not to be listed", "not to be entered"])
def test_a_pipe_or_an_unreadable_folder_keeps_nothing_waiting(root: Path, mode: int) -> None:
    os.mkfifo(root / "pipe")
    for name in ("a.zip", "z.zip"):
        exports.zipped(root / name, exports.ct_files(1))
    with locked(root / "folder", mode):
        assert said_by_anybody(complete, str(root)) == [["a.zip", "z.zip"], {}]


def test_what_was_being_written_must_be_still_for_a_whole_quiet_period_again(watched: Watched) -> None:
    path = exports.zipped(watched.root / "a.zip", exports.ct_files(1))
    watched.scan()
    with path.open("ab"):
        assert watched.scan(QUIET) == []
    assert watched.scan(QUIET - 0.1) == []
    assert watched.scan(0.1) == ["a.zip"]


def test_one_that_is_being_written_keeps_no_other_one_waiting(watched: Watched) -> None:
    exports.zipped(watched.root / "b.zip", exports.ct_files(1))
    with exports.zipped(watched.root / "a.zip", exports.ct_files(1)).open("ab"):
        watched.scan()
        assert watched.scan(QUIET) == ["b.zip"]


def test_a_folder_waits_for_the_download_inside_it(watched: Watched) -> None:
    (watched.root / "cd/deep").mkdir(parents=True)
    image = exports.written(exports.slice_of_ct())
    (watched.root / "cd/IM1").write_bytes(image)
    partial = watched.root / "cd/deep/IM2.opdownload"
    partial.write_bytes(image[:500])
    watched.scan()
    assert watched.scan(QUIET * 9) == []
    partial.rename(watched.root / "cd/deep/IM2")
    (watched.root / "cd/deep/IM2").write_bytes(image)
    watched.scan()
    assert watched.scan(QUIET * 10) == ["cd"]


def test_a_folder_with_a_download_that_was_given_up_is_taken_in_the_end(watched: Watched) -> None:
    (watched.root / "cd").mkdir()
    (watched.root / "cd/IM1").write_bytes(exports.written(exports.slice_of_ct()))
    (watched.root / "cd/IM2.part").write_bytes(b"1")
    watched.scan()
    assert watched.scan(QUIET * 10 - 1) == []
    assert watched.scan(1) == ["cd"]


def test_another_file_of_the_same_name_is_another_thing(watched: Watched) -> None:
    path = exports.zipped(watched.root / "a.zip", exports.ct_files(1))
    watched.scan()
    watched.clock.now += QUIET
    (found,) = watched.inbox.scan().ready
    watched.inbox.taken(found)
    content, status = path.read_bytes(), path.stat()
    path.unlink()
    watched.scan()
    path.write_bytes(content)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert watched.scan() == []
    assert watched.scan(QUIET) == ["a.zip"]


def test_what_was_lost_is_offered_anew(watched: Watched) -> None:
    path = exports.zipped(watched.root / "a.zip", exports.ct_files(1))
    watched.scan()
    watched.clock.now += QUIET
    (found,) = watched.inbox.scan().ready
    watched.inbox.taken(found)
    watched.wake.clear()
    watched.inbox.release(path)
    assert watched.wake.is_set()
    assert watched.scan() == []
    assert watched.scan(QUIET) == ["a.zip"]


def test_of_what_was_sorted_only_what_may_be_tried_again_is_looked_at(root: Path) -> None:
    for name in ("done", "duplicate", "failed", "waiting"):
        (root / name).mkdir()
        (root / name / ".radiary").touch()
        exports.zipped(root / name / f"{name}.zip", exports.ct_files(1))
    (root / "failed/failed.zip.txt").write_text("Radiary")
    made = Watched(root, retries=True)
    made.scan()
    assert made.scan(QUIET) == ["failed.zip", "waiting.zip"]
    made.inbox.stop()


def test_a_folder_of_ours_is_no_export_whatever_the_settings_say(watched: Watched) -> None:
    (watched.root / "done").mkdir()
    (watched.root / "done/.radiary").touch()
    (watched.root / "done/IM1").write_bytes(exports.written(exports.slice_of_ct()))
    watched.scan()
    assert watched.scan(QUIET * 20) == []


def test_events_wake_in_another_folder_that_takes_the_place_of_the_watched_one(watched: Watched) -> None:
    watched.scan()
    watched.root.rename(watched.root.with_name("away"))
    watched.root.mkdir()
    watched.scan()
    watched.wake.clear()
    (watched.root / "new").write_text("x")
    assert watched.wake.wait(SOON)


def test_a_folder_in_which_a_program_writes_deep_inside_is_not_taken(watched: Watched) -> None:
    (watched.root / "cd/deep").mkdir(parents=True)
    image = watched.root / "cd/deep/IM1"
    image.write_bytes(exports.written(exports.slice_of_ct()))
    watched.scan()
    with image.open("ab"):
        assert watched.scan(QUIET) == []
    assert watched.scan(QUIET) == ["cd"]


def test_a_link_is_followed_out_of_the_watched_folders_alone(root: Path, tmp_path: Path) -> None:
    """What lies in a watched folder is looked at where it lies, and what lies in ours is no download."""
    (tmp_path / "library").mkdir()
    for path in (tmp_path / "elsewhere.zip", tmp_path / "library/ours.zip", root / "here.zip"):
        exports.zipped(path, exports.ct_files(1))
        (root / f"link to {path.name}").symlink_to(path)
    (root / "link to nothing.zip").symlink_to(tmp_path / "nothing.zip")
    made = Watched(root, own=[tmp_path / "library"])
    made.scan()
    assert made.scan(QUIET) == ["here.zip", "link to elsewhere.zip"]
    made.inbox.stop()


def test_an_entry_that_may_not_be_looked_at_costs_itself_alone(root: Path) -> None:
    """As `lost+found` is: a look for what stands in it is refused."""
    for name in ("a.zip", "z.zip"):
        exports.zipped(root / name, exports.ct_files(1))
    with locked(root / "lost+found", 0):
        assert said_by_anybody(complete, str(root)) == [["a.zip", "z.zip"], {}]


def _slow_listing(watched: Watched, monkeypatch: pytest.MonkeyPatch, seconds: float = 1) -> None:
    """From now on, listing a folder takes so many seconds of the test's clock."""
    real = os.scandir

    def slow(path: Any) -> Any:
        watched.clock.now += seconds
        return real(path)

    monkeypatch.setattr(os, "scandir", slow)


def test_a_folder_that_takes_long_to_list_is_not_listed_all_the_time(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty times as long as it took passes first, five seconds at most; what is arriving is looked at meanwhile."""
    _slow_listing(watched, monkeypatch, seconds=0.2)
    exports.zipped(watched.root / "a.zip", exports.ct_files(1))
    assert watched.scan() == []
    exports.zipped(watched.root / "b.zip", exports.ct_files(1))
    seen = watched.inbox.scan()
    assert (seen.arriving, round(seen.again or 0, 6)) == (1, 4)
    watched.scan(3.9)
    assert watched.inbox.scan().arriving == 1
    watched.clock.now += 0.11
    assert watched.inbox.scan().arriving == 2


def test_a_folder_that_takes_very_long_to_list_is_listed_every_five_seconds(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    _slow_listing(watched, monkeypatch, seconds=3)
    watched.scan()
    assert watched.inbox.scan().again == 5


def test_a_download_that_was_lost_is_looked_for_at_once(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    _slow_listing(watched, monkeypatch)
    path = exports.zipped(watched.root / "a.zip", exports.ct_files(1))
    watched.scan()
    watched.inbox.release(path)
    assert watched.inbox.scan().arriving == 1


def test_a_large_folder_in_which_nothing_changes_is_not_looked_through_all_the_time(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    from radiary.archives import source

    looked: list[float] = []
    real = source.fingerprint

    def slow(path: Path) -> object:
        watched.clock.now += 1
        looked.append(watched.clock.now)
        return real(path)

    monkeypatch.setattr(source, "fingerprint", slow)
    (watched.root / "music").mkdir()
    (watched.root / "music/song").write_bytes(b"la")
    for seconds in (0, 100, 98):
        watched.scan(seconds)
    assert len(looked) == 1
    watched.scan(1)
    assert len(looked) == 2


def test_what_is_not_ours_is_not_looked_at_again_until_it_changes(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    from radiary.archives import source

    path = exports.zipped(watched.root / "letter.docx", {"word/document.xml": b"<xml/>"})
    watched.scan()
    watched.clock.now += QUIET
    (found,) = watched.inbox.scan().ready
    watched.inbox.taken(found, is_ours=False)
    with monkeypatch.context() as patched:
        patched.setattr(source, "fingerprint", lambda _: pytest.fail("looked at"))
        for _ in range(3):
            assert watched.scan(QUIET) == []
    content, status = path.read_bytes(), path.stat()
    path.write_bytes(content)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    watched.scan()
    assert watched.scan(QUIET) == ["letter.docx"]


def test_a_photograph_is_looked_at_once(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    from radiary.archives import source

    (watched.root / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    watched.scan()
    monkeypatch.setattr(source, "fingerprint", lambda _: pytest.fail("looked at"))
    assert watched.scan(QUIET) == []


def test_a_folder_may_be_moved_when_it_was_still_for_sixty_quiet_periods(watched: Watched) -> None:
    (watched.root / "cd").mkdir()
    (watched.root / "cd/IM1").write_bytes(exports.written(exports.slice_of_ct()))
    exports.zipped(watched.root / "a.zip", exports.ct_files(1))
    watched.scan()
    assert watched.scan(60 * QUIET - 0.1) == ["a.zip", "cd"]
    assert [watched.inbox.may_be_moved(watched.root / name) for name in ("a.zip", "cd")] == [True, False]
    watched.clock.now += 0.1
    assert watched.inbox.may_be_moved(watched.root / "cd")


@pytest.mark.parametrize("ending", CONTROL_FILES)
def test_a_file_with_holes_is_none_of_ours_however_long_ago_its_program_was_stopped(watched: Watched, ending: str) -> None:
    exports.zipped(watched.root / "a.zip", exports.ct_files(1))
    control = watched.root / f"a.zip{ending}"
    control.touch()
    os.utime(control, (0, 0))
    assert [watched.scan(seconds) for seconds in (0, 1000)] == [[], []]
    control.unlink()
    watched.scan(QUIET)
    assert watched.scan(QUIET) == ["a.zip"]


def test_a_download_with_a_partial_name_beside_it_may_not_be_moved(watched: Watched) -> None:
    path = exports.zipped(watched.root / "a.zip", exports.ct_files(1))
    assert watched.inbox.may_be_moved(path)
    (watched.root / "a.zip.aria2").touch()
    assert not watched.inbox.may_be_moved(path)


def test_what_another_program_reads_may_not_be_moved(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    from radiary.watch import writers

    (watched.root / "cd").mkdir()
    (watched.root / "cd/IM1").write_bytes(exports.written(exports.slice_of_ct()))
    opened: list[tuple[str, bool]] = []
    monkeypatch.setattr(writers, "_open_files", lambda: iter(opened))
    monkeypatch.setattr(writers, "_opened", writers._OpenFiles())
    assert watched.inbox.may_be_moved(watched.root / "cd")
    opened.append((os.path.realpath(watched.root / "cd/IM1"), False))
    monkeypatch.setattr(writers, "_opened", writers._OpenFiles())
    assert not watched.inbox.may_be_moved(watched.root / "cd")


def test_a_download_is_gone_only_while_its_watched_folder_is_there(watched: Watched, tmp_path: Path) -> None:
    exports.zipped(watched.root / "a.zip", exports.ct_files(1))
    (watched.root / "dangling.zip").symlink_to("nowhere")
    watched.scan()
    is_gone = watched.inbox.is_gone
    assert not is_gone(watched.root / "a.zip")
    assert not is_gone(watched.root / "dangling.zip")
    assert not is_gone(tmp_path / "never watched/b.zip")
    assert is_gone(watched.root / "b.zip")
    watched.root.rename(tmp_path / "away")
    assert not is_gone(watched.root / "b.zip"), "though no scan has noticed yet"
    watched.scan()
    watched.root.mkdir()
    assert not is_gone(watched.root / "b.zip"), "an empty mount point that no scan has looked into"
    watched.scan()
    assert is_gone(watched.root / "b.zip")


@pytest.mark.parametrize(
    ("error", "reason"), [(13, "folder-denied"), (2, "folder-missing"), (107, "folder-unreachable"), (5, "folder-unreachable")]
)
def test_a_folder_that_cannot_be_looked_into_is_told_with_its_reason_and_nothing_in_it_is_forgotten(
    watched: Watched, error: int, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: object) -> None:
        raise OSError(error, "no")

    exports.zipped(watched.root / "a.zip", exports.ct_files(1))
    watched.scan()
    with monkeypatch.context() as patched:
        patched.setattr(os, "scandir", refuse)
        assert watched.inbox.scan().away == {0: reason}
    watched.clock.now += QUIET
    seen = watched.inbox.scan()
    assert (seen.away, [found.path.name for found in seen.ready]) == ({}, ["a.zip"])


def test_what_gives_an_error_between_two_whole_scans_keeps_nothing_waiting(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    from radiary.archives import source

    real = source.fingerprint

    def failing(path: Path) -> object:
        if path.name == "a.zip":
            raise OSError(5, "Input/output error")
        return real(path)

    _slow_listing(watched, monkeypatch)
    for name in ("a.zip", "z.zip"):
        exports.zipped(watched.root / name, exports.ct_files(1))
    watched.scan()
    monkeypatch.setattr(source, "fingerprint", failing)
    assert watched.scan(QUIET) == ["z.zip"]


def test_a_download_that_cannot_be_read_at_first_is_looked_at_again(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    from radiary.archives import source

    def fails(*_: object) -> object:
        raise OSError(5, "Input/output error")

    exports.zipped(watched.root / "a.zip", exports.ct_files(1))
    with monkeypatch.context() as patched:
        patched.setattr(source, "sighted", fails)
        assert watched.scan() == []
    watched.scan()
    assert watched.scan(QUIET) == ["a.zip"]


@pytest.mark.parametrize("when", [1e9, 4e9])
@pytest.mark.parametrize("left", ["a.zip.crdownload", "a.Xy12_abc.zip.part", "a.zip~"])
def test_what_a_browser_left_behind_long_ago_hides_no_whole_download(watched: Watched, left: str, when: float) -> None:
    """Also when the clock was ahead then."""
    (watched.root / left).write_bytes(b"x")
    os.utime(watched.root / left, (when, when))
    exports.zipped(watched.root / "a.zip", exports.ct_files(1))
    watched.scan()
    assert watched.scan(QUIET) == ["a.zip"]


def test_what_another_thread_has_lost_disturbs_no_scan(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    from radiary.watch import writers

    for number in range(3):
        exports.zipped(watched.root / f"{number}.zip", exports.ct_files(1, first=number + 1))
    watched.scan()
    real = writers.writing

    def losing(paths: Any) -> writers.Writing:
        watched.inbox.release(watched.root / "2.zip")
        return real(paths)

    monkeypatch.setattr(writers, "writing", losing)
    assert watched.scan(QUIET) == ["0.zip", "1.zip", "2.zip"]


def test_a_folder_that_another_service_watches_is_told_to_both(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: root)
    first, second = Watched(root), Watched(root)
    assert first.inbox.scan().shared == ()
    assert second.inbox.scan().shared == (0,)
    first.clock.now += 60
    assert first.inbox.scan().shared == (0,)
    second.inbox.stop()
    first.clock.now += 60
    assert first.inbox.scan().shared == ()
    first.inbox.stop()
