import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

import disks
from radiary.model.errors import AlreadyRunning, Unusable
from radiary.state.folder import State, fingerprint
from services import said_by_anybody


def test_a_second_instance_is_refused_until_the_first_is_gone(tmp_path: Path) -> None:
    state = State(tmp_path / "state")
    assert not state.is_locked()
    with state.locked():
        assert state.is_locked()
        other = (
            "import sys, pathlib; from radiary.state.folder import State\nwith State(pathlib.Path(sys.argv[1])).locked(): pass"
        )
        found = subprocess.run([sys.executable, "-c", other, str(state.folder)], capture_output=True, text=True, check=False)
        assert "AlreadyRunning" in found.stderr
        with pytest.raises(AlreadyRunning), state.locked():
            pass
    assert not state.is_locked()


def at_work(state: str) -> list[bool]:
    """Whether somebody is at work behind a lock that is closed: now, an hour ago, and in a process that ended."""
    made, now = State(Path(state)), time.monotonic()
    ended = subprocess.Popen(["true"])
    ended.wait()
    said = []
    for pid, at in ((os.getpid(), now), (os.getpid(), now - 3600), (ended.pid, now)):
        made.beat(pid=pid, monotonic=at)
        said.append(made.is_locked())
    return said


def test_behind_a_lock_that_is_closed_signs_of_life_say_whether_somebody_is_at_work(tmp_path: Path) -> None:
    with State(tmp_path).locked():
        (tmp_path / "lock").chmod(0)
        assert said_by_anybody(at_work, str(tmp_path)) == [True, False, False]


def taken(state: str) -> str:
    """Why a state folder cannot be taken."""
    try:
        with State(Path(state)).locked():
            return ""
    except Unusable as error:
        return str(error)


def test_a_state_folder_that_cannot_be_looked_into_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir(mode=0)
    assert "cannot be written to" in said_by_anybody(taken, str(tmp_path / "state"))
    assert "cannot be written to" in said_by_anybody(taken, str(tmp_path / "state/inside"))


def test_the_key_is_made_once_and_is_private(tmp_path: Path) -> None:
    state = State(tmp_path)
    key = state.key(None)
    assert len(key) == 32
    assert state.key(fingerprint(key)) == key
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert State(tmp_path).key(None) == key


def test_a_lost_or_another_key_is_refused_with_a_sentence(tmp_path: Path) -> None:
    state = State(tmp_path)
    known = fingerprint(state.key(None))
    (tmp_path / "key").rename(tmp_path / "away")
    with pytest.raises(Unusable, match="is lost"):
        state.key(known)
    assert not (tmp_path / "key").exists()
    (tmp_path / "key").write_text("00" * 32)
    with pytest.raises(Unusable, match="not the key"):
        state.key(known)
    (tmp_path / "key").write_text("nonsense")
    with pytest.raises(Unusable, match="not the key"):
        state.key(None)


def test_the_fingerprint_tells_nothing_of_the_key() -> None:
    assert fingerprint(bytes(32)) not in bytes(32).hex()
    assert len(fingerprint(bytes(32))) == 12


def test_caches_may_be_missing_or_broken(tmp_path: Path) -> None:
    state = State(tmp_path)
    assert state.pulse() == state.digests() == {}
    state.beat(pid=1)
    state.keep_digests({"a": "b"})
    assert (state.pulse(), state.digests()) == ({"pid": 1}, {"a": "b"})
    (tmp_path / "heartbeat.json").write_text("[")
    (tmp_path / "digests.json").write_text("[]")
    assert state.pulse() == state.digests() == {}


def test_a_state_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Unusable, match="state folder"), State(tmp_path / "file" / "state").locked():
        pass


def test_somebody_looking_at_the_status_does_not_keep_the_service_from_starting(tmp_path: Path) -> None:
    import fcntl
    import threading

    state = State(tmp_path)
    (tmp_path / "lock").touch()
    with (tmp_path / "lock").open("rb") as looking:
        fcntl.flock(looking, fcntl.LOCK_SH)
        threading.Timer(0.1, fcntl.flock, (looking, fcntl.LOCK_UN)).start()
        with state.locked():
            assert state.is_locked()


def test_a_letter_that_is_still_being_written_is_left_alone(tmp_path: Path) -> None:
    state = State(tmp_path)
    state.ask("retry", "abc")
    draft = tmp_path / "wishes/.review-1.draft"
    draft.write_text("half")
    (tmp_path / "wishes/retry-gone").symlink_to("nowhere")
    assert list(state.wishes()) == [("retry", "abc")]
    assert draft.exists()


def test_a_decision_stays_until_it_was_carried_out_and_other_wishes_until_they_were_heard(tmp_path: Path) -> None:
    state = State(tmp_path)
    state.ask("retry", "abc")
    state.ask("review", "1", b"first")
    state.ask("review", "2", b"second")
    assert list(state.wishes()) == [("retry", "abc"), ("review", "1"), ("review", "2")]
    first, second = state.decisions()
    assert (first.said, second.said) == (b"first", b"second")
    first.delete()
    first.delete()
    assert list(state.wishes()) == [("review", "2")]
    for request in state.decisions():
        request.delete()
    assert list(state.wishes()) == []


def test_a_new_key_is_on_the_disk_before_anything_is_made_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced = disks.synced(monkeypatch, lambda: (tmp_path / "key").stat().st_size)
    State(tmp_path).key(None)
    assert synced == [(disks.place(tmp_path / "key"), 65), (disks.place(tmp_path), 65)]


def test_half_a_key_is_no_key(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("00" * 16)
    with pytest.raises(Unusable, match="not the key"):
        State(tmp_path).key(None)


def test_passwords_that_others_can_read_or_write_are_not_used_and_none_is_added_to_them(tmp_path: Path) -> None:
    state = State(tmp_path)
    state.passwords.add("geheim")
    assert state.passwords.all() == ("geheim",)
    assert (tmp_path / "passwords").stat().st_mode & 0o777 == 0o600
    for mode in (0o640, 0o604, 0o620, 0o602):
        (tmp_path / "passwords").chmod(mode)
        assert state.passwords.all() == ()
        with pytest.raises(Unusable, match="others can read"):
            state.passwords.add("another")
    (tmp_path / "passwords").chmod(0o600)
    assert state.passwords.all() == ("geheim",)


def test_a_password_is_remembered_once_and_the_newest_is_the_last(tmp_path: Path) -> None:
    state = State(tmp_path)
    for password in ("one", "two", "one"):
        state.passwords.add(password)
    assert state.passwords.all() == ("two", "one")
    state.passwords.forget()
    assert state.passwords.all() == ()


def test_the_lock_of_a_service_that_was_killed_is_free(tmp_path: Path) -> None:
    holding = (
        "import sys, pathlib, time; from radiary.state.folder import State\n"
        "with State(pathlib.Path(sys.argv[1])).locked(): print('locked', flush=True); time.sleep(1000)"
    )
    with subprocess.Popen([sys.executable, "-c", holding, str(tmp_path)], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "locked\n"
        assert State(tmp_path).is_locked()
        with pytest.raises(AlreadyRunning), State(tmp_path).locked():
            pass
        other.kill()
    with State(tmp_path).locked():
        pass


def test_a_wish_that_comes_while_the_former_of_its_name_is_heard_is_heard_itself(tmp_path: Path) -> None:
    state = State(tmp_path)
    state.ask("retry", "abc")
    for _ in state.wishes():
        state.ask("retry", "abc")
        break
    heard = []
    for wish in state.wishes():
        heard.append(wish)
        if len(heard) == 1:
            state.ask("retry", "abc")
    assert [*heard, *state.wishes()] == [("retry", "abc")] * 2
    assert list(state.wishes()) == []


def test_a_decision_that_replaces_one_being_carried_out_stays(tmp_path: Path) -> None:
    state = State(tmp_path)
    state.ask("review", "1", b"first")
    (first,) = state.decisions()
    state.ask("review", "1", b"second")
    first.delete()
    assert [one.said for one in state.decisions()] == [b"second"]


def test_wishes_are_heard_in_the_order_in_which_they_came(tmp_path: Path) -> None:
    state = State(tmp_path)
    for number, about in enumerate(("c", "a", "b")):
        state.ask("retry", about)
        os.utime(tmp_path / "wishes" / f"retry-{about}", ns=(number, number))
    assert [about for _, about in state.wishes()] == ["c", "a", "b"]


def test_a_stray_folder_among_the_wishes_stops_nothing(tmp_path: Path) -> None:
    state = State(tmp_path)
    for name in ("retry-folder", "review-folder"):
        (state.requests_folder() / name).mkdir()
    state.ask("retry", "abc")
    state.ask("review", "1", b"decided")
    assert list(state.wishes()) == [("retry", "abc"), ("review", "1")]
    (request,) = state.decisions()
    assert request.said == b"decided"
    request.delete()
    assert list(state.wishes()) == []
    assert sorted(path.name for path in state.requests_folder().iterdir()) == ["retry-folder", "review-folder"]


def test_wishes_are_heard_on_a_disk_that_nobody_may_write_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    state = State(tmp_path)
    for about in ("abc", "def"):
        state.ask("retry", about)
    state.ask("review", "1", b"decided")
    monkeypatch.setattr(Path, "unlink", refuse)
    assert {about for _, about in state.wishes()} == {"abc", "def", "1"}
    assert [request.said for request in state.decisions()] == [b"decided"]
    state.beat(pid=1)
    state.keep_digests({"a": "b"})


@pytest.mark.parametrize("does", ["locked", "pause", "resume"])
def test_a_state_folder_that_cannot_be_written_to_is_named_with_the_reason(does: str, tmp_path: Path) -> None:
    folder = tmp_path / "a file/state" if does != "resume" else tmp_path
    (tmp_path / "a file").touch()
    (tmp_path / "paused").mkdir()
    with pytest.raises(Unusable, match=rf"The state folder {folder} cannot be written to \((Not|Is) a directory\)"):
        _ = State(folder).locked().__enter__() if does == "locked" else getattr(State(folder), does)()
