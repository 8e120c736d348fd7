import os
import subprocess
import sys
from pathlib import Path

from services import PATIENCE, SOON


def demo(folder: Path, *, seconds: float = PATIENCE, **environment: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "radiary", "demo", "--folder", str(folder)]
    around = os.environ | environment
    return subprocess.run(line, capture_output=True, text=True, check=False, timeout=seconds, env=around)


def test_the_demo_shows_the_whole_way_and_finds_no_leak(tmp_path: Path) -> None:
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
    assert demo(tmp_path / "demo").returncode == 0, "a second demo makes room for itself"


def test_the_demo_ends_where_no_text_can_be_read_and_whole_exams_are_held(tmp_path: Path) -> None:
    (tmp_path / "onnxruntime.py").write_text("raise ImportError\n")
    paths = os.pathsep.join((str(tmp_path), *sys.path))
    done = demo(tmp_path / "demo", seconds=SOON, PYTHONPATH=paths)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "could not be searched for text" in done.stdout


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
