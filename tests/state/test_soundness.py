from collections.abc import Callable
from pathlib import Path

import pytest

from radiary.state import soundness
from radiary.state.names import Names
from radiary.state.paper_facts import PaperFact, PaperFacts

KEY = bytes(range(32))


def folder_in_its_place(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.mkdir()


def zeros(path: Path) -> None:
    path.write_bytes(bytes(64))


def half(path: Path) -> None:
    content = path.read_bytes() if path.exists() else b'{"seq": 1}'
    path.write_bytes(content[: len(content) // 2])


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """A state folder as it is once something was filed and confirmed."""
    Names(tmp_path / "names", lambda: KEY).note({"a" * 64: "scan.zip"})
    PaperFacts(tmp_path / "papers", KEY).add(PaperFact(does="confirmed"))
    for name in ("lock", "people.lock", "paused"):
        (tmp_path / name).touch()
    for name in ("wishes", "answers", "cuttings", "scratch"):
        (tmp_path / name).mkdir()
    (tmp_path / "ledger.head").write_text('{"seq": 1, "hash": ""}')
    (tmp_path / "heartbeat.json").write_text('{"pid": 1}\n')
    return tmp_path


def test_a_sound_state_folder_and_one_that_is_not_there_have_no_fault(state: Path) -> None:
    assert list(soundness.faults(state, KEY)) == []
    assert list(soundness.faults(state / "missing", KEY)) == []


@pytest.mark.parametrize("name", ["lock", "ledger.head", "names", "people.lock", "papers", "heartbeat.json", ".insertions.json"])
def test_a_folder_in_the_place_of_a_file_is_told(name: str, state: Path) -> None:
    folder_in_its_place(state / name)
    (said,) = soundness.faults(state, KEY)
    assert f"`{name}`" in said


@pytest.mark.parametrize("name", ["wishes", "answers", "cuttings", "scratch"])
def test_a_file_in_the_place_of_a_folder_is_told(name: str, state: Path) -> None:
    (state / name).rmdir()
    (state / name).touch()
    (said,) = soundness.faults(state, KEY)
    assert said == f"Something else lies in the place of `{name}` in the state folder. Move it away."


@pytest.mark.parametrize("damage", [zeros, half])
@pytest.mark.parametrize("name", ["names", "papers", "ledger.head", "heartbeat.json", "digests.json", ".places.json"])
def test_a_damaged_file_is_told(name: str, damage: Callable[[Path], None], state: Path) -> None:
    damage(state / name)
    (said,) = soundness.faults(state, KEY)
    assert f"`{name}`" in said


def test_what_others_left_in_a_state_folder_is_no_fault(state: Path) -> None:
    (state / "lost+found").mkdir()
    (state / ".DS_Store").write_bytes(b"\0")
    assert list(soundness.faults(state, KEY)) == []
