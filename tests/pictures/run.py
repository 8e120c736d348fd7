"""`make pictures INDEX=…`: every listed file and frame through the worker's path, against its reference, beside other tools.

An index lists files as {"file", "references": [{"frame", "file", "rule"}], "expect"}; files stand in `files/`, references in
`reference/` beside it. A picture is right when its mean difference is at most 3 grey levels, and gross when it is over 20.
Where Radiary's own rule is better than the reference's, the picture is judged by that rule and counted as such.
"""

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pictures import peers
from pictures.rendering import Rendered, rendered
from radiary.dicom.read import header
from radiary.dicom.wall import burned_in
from radiary.workers.pool import Pool
from radiary.workers.process import process

RIGHT, GROSS = 3.0, 20.0
MEMORY = 4 << 30


@dataclass(frozen=True)
class Verdict:
    """How one file came out: `right`, `by rule` (with the rule), `off`, `gross`, or `skipped` (with its reason)."""

    file: str
    word: str
    why: str = ""
    difference: float = 0.0


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--index", type=Path, required=True)
    asked.add_argument("--alone", action="store_true", help="without the other tools")
    given = asked.parse_args()
    entries: list[dict[str, Any]] = json.loads(given.index.read_text())
    home = given.index.resolve().parent
    with tempfile.TemporaryDirectory() as name:
        verdicts = judged(entries, home, Path(name))
        told(entries, verdicts)
        if not given.alone:
            wanted = [entry for entry in entries if entry["references"]]
            print(
                "\n" + "\n".join(peers.table(wanted, home, Path(name), [one for one in verdicts if one.word != "no reference"]))
            )
    return int(any(one.word in ("off", "gross", "unexpected", "missing") for one in verdicts))


def judged(entries: Iterable[dict[str, Any]], home: Path, place: Path) -> list[Verdict]:
    listed = list(entries)
    pool = Pool(lambda: process(MEMORY), 2)
    jobs = [(home / "files" / entry["file"], place / str(number)) for number, entry in enumerate(listed)]
    results = pool.each(rendered, jobs)
    pool.close()
    return [_verdict(entry, result, home) for entry, result in zip(listed, results, strict=True)]


def _verdict(entry: dict[str, Any], result: Rendered | None, home: Path) -> Verdict:
    file = entry["file"]
    if result is None:
        return Verdict(file, "skipped", "codec-crashed") if not entry["references"] else Verdict(file, "missing", "codec-crashed")
    if not entry["references"]:
        is_expected = not entry.get("expect", "").startswith(("report", "refuse", "ignore")) or not result.pictures
        is_expected = is_expected or "unsupported" in entry.get("expect", "")
        is_expected = is_expected and (entry.get("expect") != "render" or bool(result.pictures))
        return Verdict(file, "no reference" if is_expected else "unexpected", result.reason or "rendered")
    if not result.pictures:
        return Verdict(file, "missing", result.reason or "")
    worst = Verdict(file, "right")
    for reference in entry["references"]:
        one = _compared(file, home / "files" / file, result, reference, home)
        worst = max(worst, one, key=lambda verdict: (verdict.word != "right", verdict.word != "by rule", verdict.difference))
    return worst


def _compared(file: str, source: Path, result: Rendered, reference: dict[str, Any], home: Path) -> Verdict:
    if reference["frame"] >= len(result.pictures):
        return Verdict(file, "missing", f"frame {reference['frame']}")
    ours, theirs = opened(result.pictures[reference["frame"]]), opened(home / "reference" / reference["file"])
    apart = difference(ours, theirs)
    if apart <= RIGHT:
        return Verdict(file, "right", "", apart)
    rule = _rule(source, result, reference, ours, theirs)
    return Verdict(file, "by rule" if rule else "gross" if apart > GROSS else "off", rule or reference["rule"], apart)


def _rule(source: Path, result: Rendered, reference: dict[str, Any], ours: NDArray[Any], theirs: NDArray[Any]) -> str | None:
    """Which of our own rules explains the difference, if it does once that rule is applied to the reference."""
    instance = header.read(source.read_bytes())
    assert not hasattr(instance, "reason")
    blanked = burned_in.blank(theirs.copy(), instance.dataset, (), fill=0)
    if difference(ours, blanked) <= RIGHT:
        return "outside the ultrasound regions everything is blanked"
    if ours.shape[:2] != theirs.shape[:2]:
        smaller = np.array(Image.fromarray(ours).resize((theirs.shape[1], theirs.shape[0]), Image.Resampling.BOX))
        return "pixels that are not square are made so" if difference(smaller, blanked) <= RIGHT else None
    if "minmax" in reference["rule"] and result.scale is not None:
        return "one range for a whole series, padding left out" if _is_linear(ours, theirs) else None
    if header.value(instance.dataset, 0x00282000) is not None and reference["rule"] in ("color", "palette"):
        return "colours by the ICC profile" if difference(ours, theirs) <= GROSS else None
    return None


def _is_linear(ours: NDArray[Any], theirs: NDArray[Any]) -> bool:
    """Whether one picture is the other with another window: among what neither of them clips."""
    inside = (ours > 2) & (ours < 253) & (theirs > 2) & (theirs < 253)
    if inside.sum() < 16 or np.ptp(theirs[inside]) < 3:
        return True
    slope, shift = np.polyfit(theirs[inside].astype(float), ours[inside].astype(float), 1)
    return bool(abs(theirs[inside] * slope + shift - ours[inside]).mean() <= RIGHT) and slope > 0


def opened(path: Path) -> NDArray[np.uint8]:
    with Image.open(path) as found:
        if found.mode in ("I;16", "I"):
            return (np.asarray(found).astype(np.uint32) >> 8).astype(np.uint8)
        return np.asarray(found.convert("L" if found.mode in ("L", "1", "LA") else "RGB"))


def difference(one: NDArray[Any], other: NDArray[Any]) -> float:
    """Mean difference in grey levels; 255 for pictures of different sizes. A grey picture may be stored as a coloured one."""
    if one.shape[:2] != other.shape[:2]:
        return 255.0
    if one.ndim != other.ndim:
        one, other = (picture if picture.ndim == 3 else np.repeat(picture[..., None], 3, axis=2) for picture in (one, other))
    return float(np.abs(one.astype(np.int16) - other.astype(np.int16)).mean())


def told(entries: list[dict[str, Any]], verdicts: list[Verdict]) -> None:
    for entry, one in zip(entries, verdicts, strict=True):
        if one.word not in ("right", "no reference"):
            print(
                f"{one.word:<12} {one.file:<18} {one.difference:6.1f}  {one.why}  ({entry.get('what') or entry.get('kind', '')})"
            )
    print("\n" + ", ".join(f"{word} {number}" for word, number in Counter(one.word for one in verdicts).most_common()))
    for word in ("no reference", "missing", "by rule"):
        reasons = Counter(one.why for one in verdicts if one.word == word)
        print(f"{word}: " + ", ".join(f"{why} {number}" for why, number in reasons.most_common()))


if __name__ == "__main__":
    sys.exit(main())
