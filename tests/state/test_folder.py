import subprocess
import sys
from pathlib import Path

import pytest

from radiary.model.errors import AlreadyRunning, Unusable
from radiary.state.folder import State, fingerprint


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
    interrupted = state.decisions()
    assert (next(interrupted), next(interrupted)) == (b"first", b"second")
    interrupted.close()
    assert list(state.wishes()) == [("review", "2")]
    assert list(state.decisions()) == [b"second"]
    assert list(state.wishes()) == []
