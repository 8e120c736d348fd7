import os
import subprocess
import sys
from pathlib import Path

from services import PATIENCE, SOON


def demo(folder: Path, *, seconds: float = PATIENCE, **environment: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "radiary", "demo", "--folder", str(folder)]
    around = os.environ | environment
    return subprocess.run(line, capture_output=True, text=True, check=False, timeout=seconds, env=around)


def test_the_demo_shows_the_whole_way_and_finds_no_leak_and_a_second_one_makes_room_for_itself(tmp_path: Path) -> None:
    done = demo(tmp_path / "demo")
    assert done.returncode == 0, done.stdout + done.stderr
    shown = done.stdout
    for kind in ("opened", "queued", "started", "filed", "chronicled"):
        assert f" {kind} " in shown
    assert all(f" · {number} picture" in shown for number in (20, 1, 16))
    assert "2024-03-11" in shown
    assert "study.json" in shown
    assert str(tmp_path / "demo/chronicle/index.html") in shown.replace("\n", "")
    assert "found in 0" in shown
    assert "burned-in name: 0" in shown
    (tmp_path / "demo/library/left.txt").write_text("of the first one")
    (tmp_path / "onnxruntime.py").write_text("raise ImportError\n")
    again = demo(tmp_path / "demo", seconds=SOON, PYTHONPATH=os.pathsep.join((str(tmp_path), *sys.path)))
    assert again.returncode == 0, again.stdout + again.stderr
    assert "could not be searched for text" in again.stdout, "it ends where whole exams are held, too"
    assert not (tmp_path / "demo/library/left.txt").exists()


def test_the_demo_never_clears_a_folder_that_is_not_its_own(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    done = demo(tmp_path)
    assert done.returncode == 2
    assert "a folder of its own" in done.stderr
    assert (tmp_path / "thesis.txt").read_text() == "mine"


def test_the_demos_check_finds_what_leaks(tmp_path: Path) -> None:
    from radiary.commands.demo import leaks

    (tmp_path / "library").mkdir()
    assert leaks(tmp_path) == 0
    (tmp_path / "library" / "synthia.txt").write_text("")
    assert leaks(tmp_path) == 1
