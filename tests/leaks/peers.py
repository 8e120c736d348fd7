"""`make leaks-peers`: the same export through Radiary and three tools that people use today, side by side, as Markdown."""

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from leaks import burned, running
from leaks.burned import Stain
from leaks.making import Planted
from leaks.planting import planted
from leaks.searching import Leak, Searcher
from leaks.tokens import Token

TOOLS = {"dicom-anonymizer": "2.1.0", "dicognito": "0.19.0", "deid": "0.4.13"}
HOME = Path(__file__).parents[2] / "build/peers"


def installed() -> Path:
    """The interpreter of an environment that holds the tools; made on the first run."""
    python = HOME / "bin/python"
    if not (HOME / ".ready").exists():
        subprocess.run([sys.executable, "-m", "venv", str(HOME)], check=True)
        wanted = [f"{name}=={version}" for name, version in TOOLS.items()]
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted], check=True)
        (HOME / ".ready").touch()
    return python


def treated(export: Planted, tool: str, folder: Path) -> tuple[dict[str, bytes], dict[int, dict[str, bytes]]]:
    """What a tool writes of the export's objects: by path, and by the number of the object it came from."""
    source, target = folder / f"{tool} source", folder / tool
    source.mkdir()
    target.mkdir()
    numbers = {}
    for position, file in enumerate(export.files):
        name = f"{position:04d}-{file.name.replace('/', '_')}"
        (source / name).write_bytes(file.data)
        numbers[name] = file.number
    line = [installed(), Path(__file__).with_name("peer.py"), tool, str(source), str(target)]
    done = subprocess.run(line, capture_output=True, text=True, check=True)
    became: dict[str, str] = json.loads(done.stdout)
    written = {path.relative_to(target).as_posix(): path.read_bytes() for path in target.rglob("*") if path.is_file()}
    objects = {numbers[name]: {path: Path(path).read_bytes()} for name, path in became.items() if numbers[name]}
    return written, objects


def ours(export: Planted, folder: Path) -> tuple[dict[str, bytes], dict[int, dict[str, bytes]]]:
    """The same of Radiary; what it holds on the private shelf counts as written."""
    running.serve(export, folder)
    written = dict(running.files(folder))
    held = {path.as_posix(): b"" for path in (folder / "private").rglob("*.png")}
    objects = burned.numbered((name, data) for name, data in written.items() if name.startswith("library/"))
    return written, {number: {} for number in burned.numbered(held.items())} | objects


def group(category: str) -> str:
    """Categories that differ in VR, depth or detail, as one row."""
    if category.startswith(("table rows", "dates kept")):
        return f"{category.split(',', maxsplit=1)[0]}, {category.rsplit(', ', maxsplit=1)[-1]}"
    return category.split(":", maxsplit=1)[0].split(",", maxsplit=1)[0]


def table(export: Planted, found: Mapping[str, tuple[list[Leak], list[Stain], int]], *, is_long: bool) -> str:
    """Category × tools, in Markdown."""
    name = (lambda category: category) if is_long else group
    planted_in = Counter(name(token.category) for token in export.tokens)
    leaked: dict[str, Counter[str]] = {}
    for tool, (leaks, _, _) in found.items():
        tokens: set[Token] = {leak.token for leak in leaks}
        leaked[tool] = Counter(name(token.category) for token in tokens)
    kept = {name(token.category) for token in export.tokens if token.is_kept}
    lines = [f"| planted (n) | {' | '.join(found)} |", f"|---|{'--:|' * len(found)}"]
    lines += [
        _row(f"{row} ({count})", [leaked[tool][row] for tool in found]) for row, count in planted_in.items() if row not in kept
    ]
    texts = sum(len(file.inks) for file in export.files)
    stains = [len({(one.kind, one.text) for one in stained}) for _, stained, _ in found.values()]
    lines.append(_row(f"text burned into pixels ({texts})", stains))
    totals = [sum(count for row, count in leaked[tool].items() if row not in kept) for tool in found]
    lines.append(_row("**total**", [tokens + texts for tokens, texts in zip(totals, stains, strict=True)]))
    lines += [_row(f"kept: {row} ({planted_in[row]})", [leaked[tool][row] for tool in found]) for row in sorted(kept)]
    return "\n".join([*lines, _row(f"images lost (of {len(export.images)})", [lost for _, _, lost in found.values()])])


def _row(name: str, cells: list[int]) -> str:
    return f"| {name} | {' | '.join(f'{cell:,}' for cell in cells)} |"


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seed", type=int, default=None)
    asked.add_argument("--size", choices=("short", "full"), default="full")
    asked.add_argument("--all", action="store_true", help="a row for every category")
    given = asked.parse_args()
    seed = given.seed if given.seed is not None else random.SystemRandom().randrange(10**6)
    print(f"seed {seed}\n", flush=True)
    export = planted(seed, given.size)
    searcher, found = Searcher(export.tokens), {}
    with tempfile.TemporaryDirectory() as place:
        for tool in ("Radiary", *TOOLS):
            folder = Path(place)
            written, objects = ours(export, folder / "Radiary") if tool == "Radiary" else treated(export, tool, folder)
            lost = sum(file.number not in objects for file in export.images)
            found[tool] = searcher.leaks(written.items()), burned.stains(export, objects, {}), lost
    print(table(export, found, is_long=given.all))
    return 0


if __name__ == "__main__":
    sys.exit(main())
