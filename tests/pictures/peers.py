"""What other tools make of the same files: pydicom with Pillow as people write it, dicom2jpg, and DCMTK's dcmj2pnm."""

import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pictures.run import Verdict

TOOLS = {"dicom2jpg": "0.1.17"}
HOME = Path(__file__).parents[2] / "build/painters"
SECONDS = 60


def installed() -> Path:
    """The interpreter of an environment that holds dicom2jpg; made on the first run."""
    python = HOME / "bin/python"
    if not (HOME / ".ready").exists():
        subprocess.run([sys.executable, "-m", "venv", str(HOME)], check=True)
        wanted = ["dicom2jpg", "pydicom", "pillow", "pylibjpeg", "pylibjpeg-openjpeg", "python-gdcm"]
        subprocess.run([python, "-m", "pip", "install", "-qqq", "--disable-pip-version-check", *wanted], check=True)
        (HOME / ".ready").touch()
    return python


def table(entries: Sequence[dict[str, Any]], home: Path, place: Path, ours: "Sequence[Verdict]") -> list[str]:
    """Markdown: of the files with references, by their first one, how many each tool converts, and how well."""
    lines = ["| tool | right | by a better rule | off | gross (> 20) | none |", "|---|--:|--:|--:|--:|--:|"]
    own = Counter(one.word for one in ours if one.file in {entry["file"] for entry in entries})
    lines.append(f"| Radiary | {own['right']} | {own['by rule']} | {own['off']} | {own['gross']} | {own['missing']} |")
    python = str(installed())
    script = str(Path(__file__).with_name("peer.py"))
    tools = {
        "pydicom + Pillow": lambda source, target: [python, script, "pydicom", source, target],
        "dicom2jpg": lambda source, target: [python, script, "dicom2jpg", source, target],
        "dcmj2pnm +on": lambda source, target: ["dcmj2pnm", "+on", source, target],
        "dcmj2pnm +Wm +on": lambda source, target: ["dcmj2pnm", "+Wm", "+on", source, target],
    }
    if not shutil.which("dcmj2pnm"):
        del tools["dcmj2pnm +on"], tools["dcmj2pnm +Wm +on"]
        lines.append("| dcmj2pnm: install Debian's dcmtk | | | | | |")
    for name, command in tools.items():
        counted = Counter(_word(entry, home, place / "peer.png", command) for entry in entries)
        lines.append(f"| {name} | {counted['right']} | | {counted['off']} | {counted['gross']} | {counted['none']} |")
    return lines


def _word(entry: dict[str, Any], home: Path, target: Path, command: Any) -> str:
    from pictures.run import GROSS, RIGHT, difference, opened

    target.unlink(missing_ok=True)
    reference = entry["references"][0]
    if reference["frame"] != 0:
        return "other frame"
    try:
        line = command(str(home / "files" / entry["file"]), str(target))
        subprocess.run(line, capture_output=True, timeout=SECONDS, check=False)
        apart = difference(opened(target), opened(home / "reference" / reference["file"]))
    except (OSError, subprocess.TimeoutExpired):
        return "none"
    return "right" if apart <= RIGHT else "gross" if apart > GROSS else "off"
