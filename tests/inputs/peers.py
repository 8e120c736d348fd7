"""What other tools make of the odd files: DCMTK, pydicom with Pillow as people write it, dicom2jpg, and GDCM, as Markdown.

Each is given a file alone, unpacked by hand where it is a zip, and is judged by its pictures only: none of them files, dates,
or tells people apart.
"""

import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from inputs.expected import BORDER, TABLE, Picture
from inputs.run import RIGHT, apart
from pictures.peers import SECONDS, installed
from pictures.run import opened

SCRIPT = Path(__file__).with_name("peer.py")


def table(files: Mapping[str, Path], ours: Mapping[str, bool]) -> list[str]:
    """One row a file: whether Radiary ended right, and how many of the wanted pictures each tool has right."""
    tools = _tools()
    lines = [f"| file | Radiary | {' | '.join(tools)} |", f"|---|---|{'---|' * len(tools)}"]
    whole = dict.fromkeys(tools, 0)
    for name, file in files.items():
        wanted = [picture() for picture in TABLE[name].pictures]
        cells = []
        for tool, command in tools.items():
            made = _pictures(file, command)
            right = sum(any(_is_right(one, picture) for one in made) for picture in wanted)
            whole[tool] += right == len(wanted) == len(made)
            cells.append(_cell(right, len(wanted), len(made)))
        lines.append(f"| {name} | {'right' if ours[name] else 'wrong'} | {' | '.join(cells)} |")
    totals = " | ".join(str(whole[tool]) for tool in tools)
    return [*lines, f"| **right of {len(files)}** | {sum(ours.values())} | {totals} |"]


def _cell(right: int, wanted: int, made: int) -> str:
    if not made:
        return "no picture" if wanted else "right"
    if not wanted:
        return "shown"
    return "right" if right == wanted == made else f"{right} of {wanted}" if right else "wrong"


def _tools() -> dict[str, Callable[[Path, Path], list[str]]]:
    python = str(installed())
    tools: dict[str, Callable[[Path, Path], list[str]]] = {
        name: lambda source, target, tool=tool: [python, str(SCRIPT), tool, str(source), str(target)]  # type: ignore[misc]
        for name, tool in (("pydicom + Pillow", "pydicom"), ("dicom2jpg", "dicom2jpg"), ("GDCM", "gdcm"))
    }
    if shutil.which("dcmj2pnm"):
        tools["DCMTK"] = lambda source, target: ["dcmj2pnm", "--all-frames", "+Wi", "1", "+on", str(source), str(target / "a")]
    return tools


def _pictures(file: Path, command: Callable[[Path, Path], list[str]]) -> list[Picture]:
    with tempfile.TemporaryDirectory(prefix="inputs-peer-") as place:
        sources, made = Path(place, "sources"), Path(place, "made")
        sources.mkdir()
        if file.read_bytes().startswith(b"PK"):
            with zipfile.ZipFile(file) as archive:
                archive.extractall(sources)
        else:
            shutil.copy(file, sources / "image.dcm")
        for number, source in enumerate(sorted(path for path in sources.rglob("*") if path.is_file())):
            target = made / str(number)
            target.mkdir(parents=True)
            _run(command(source, target))
        return [opened(path) for path in sorted(made.rglob("*")) if path.is_file()]


def _run(line: list[str]) -> None:
    """Run a tool; DCMTK ends in failure where a file names no window, and is then asked without one."""
    try:
        done = subprocess.run(line, capture_output=True, timeout=SECONDS, check=False)
        if done.returncode and "+Wi" in line:
            plain = [word for word in line if word not in ("+Wi", "1")]
            subprocess.run(plain, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return


def _is_right(made: Picture, wanted: Picture) -> bool:
    """Pixels that are not square, and what is outside an ultrasound's region, are no matter of these tools."""
    if made.shape[0] * 2 == wanted.shape[0]:
        made = np.repeat(made, 2, axis=0)
    inside = slice(BORDER, -BORDER) if wanted.ndim == 3 else slice(None)
    return apart(made[inside, inside], wanted[inside, inside]) <= RIGHT
