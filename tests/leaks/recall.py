"""How much of text burned into pictures is cleared or held, and how much is held or lost where there is none.

A grid of kinds of picture, directions, sizes, contrasts and scripts goes through the whole ingest. A word is cleared when nine
tenths of its ink were changed in the copy; what does not stand in the library is held.

cd tests && python -m leaks.recall --sample 300
"""

import argparse
import contextlib
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pydicom
from numpy.typing import NDArray

import exports
from conftest import KEY, export_at
from leaks import lettered, running, stamping
from leaks.opening import stored
from leaks.stamping import Trial, Word
from radiary.dicom.read import header
from radiary.dicom.wall import burned_in
from radiary.ingest import pipeline
from radiary.model.nouns import Instance
from radiary.state.queue import Queue

TEXTS, CLEAN = 3000, 300
COVERED = 0.9
_TOGETHER = 6
"""Trials that are ingested at once."""
_BY_CLASS = ("dose page", "capture")
"""Kinds that are held whatever they show."""
_APART = 500_000
"""Between the seeds of pictures with and without text."""
_PLAIN = {"size": 12, "contrast": 50}
"""From these on, the higher aim holds."""


@dataclass(frozen=True)
class Result:
    """What became of a trial: `held`, `blanked` or `leaked`; of one without text, the share of its pixels that were changed."""

    word: Word
    ground: str
    end: str
    lost: float = 0.0


def results(seed: int, jobs: Sequence[tuple[int, Word]], *, is_written: bool) -> list[Result]:
    """What becomes of some trials, through the ingest."""
    trials = [
        stamping.made(word, 100 * place + 1, seed * 1_000_003 + number, is_written=is_written)
        for place, (number, word) in enumerate(jobs)
    ]
    copies = ingested({number: data for trial in trials for number, data in trial.files.items()})
    return [_result(trial, copies) for trial in trials]


def ingested(files: dict[int, bytes]) -> dict[int, NDArray[Any]]:
    """The pixels of the copies that stand in the library afterwards, by Instance Number."""
    with tempfile.TemporaryDirectory() as name, running.bench(Path(name), KEY) as bench:
        export = exports.zipped(Path(name) / "export.zip", {f"IM{number}": data for number, data in files.items()})
        filed = pipeline.ingest(export_at(export), bench, Queue())
        assert not filed.skipped, filed.skipped
        read = [exports.read_back(path.read_bytes()) for path in sorted(bench.library.root.rglob("*.dcm"))]
        return {int(one.InstanceNumber): _pixels(one) for one in read}


def _pixels(dataset: Any) -> NDArray[Any]:
    """Frames, rows, columns (, 3)."""
    values = stored(dataset)
    assert values is not None
    return values if int(dataset.get("NumberOfFrames", 1) or 1) > 1 else values[None]


def _result(trial: Trial, copies: dict[int, NDArray[Any]]) -> Result:
    ends, changed, pixels = Counter[str](), 0, 0
    for number, data in trial.files.items():
        masks = {frame: mask for (which, frame), mask in trial.inks.items() if which == number}
        if number not in copies:
            ends["held"] += bool(masks) or not trial.inks
            continue
        differs = _differs(_pixels(exports.read_back(data)), copies[number])
        changed, pixels = changed + int(differs.sum()), pixels + differs.size
        ends.update("blanked" if differs[frame][mask].mean() >= COVERED else "leaked" for frame, mask in masks.items())
    end = next((end for end in ("leaked", "held", "blanked") if ends[end]), "clean")
    return Result(trial.word, trial.ground, end, changed / pixels if pixels else 0.0)


def _differs(before: NDArray[Any], after: NDArray[Any]) -> NDArray[np.bool_]:
    """Which pixels were changed (frames, rows, columns); what was black before counts as changed where its neighbours were.

    A blanked box is one value: it is told by the box around what differs, frame by frame.
    """
    differs = before != after
    differs = differs.any(axis=3) if differs.ndim == 4 else differs
    fill = after.reshape(len(after), -1).min(axis=1) if after.ndim == 3 else np.zeros(len(after))
    for frame in np.flatnonzero(differs.any(axis=(1, 2))):
        was_fill = (before[frame] == fill[frame]) if after.ndim == 3 else (before[frame] == 0).all(axis=2)
        near = differs[frame].copy()
        for _ in range(2):
            near[1:] |= near[:-1].copy()
            near[:-1] |= near[1:].copy()
            near[:, 1:] |= near[:, :-1].copy()
            near[:, :-1] |= near[:, 1:].copy()
        differs[frame] |= was_fill & near
    return differs


def all_results(seed: int, words: Sequence[Word], workers: int, *, is_written: bool) -> list[Result]:
    """The same for many, some at a time, in processes."""
    jobs = list(enumerate(words))
    batches = [jobs[at : at + _TOGETHER] for at in range(0, len(jobs), _TOGETHER)]
    with ProcessPoolExecutor(workers) as pool:
        done = pool.map(partial(results, seed, is_written=is_written), batches)
        return [one for batch in done for one in batch]


def told(made: Sequence[Result]) -> str:
    """Shares by each property, in Markdown, then the two figures that count, then what leaked."""
    lines = []
    for name in ("kind", "direction", "size", "contrast", "script", "ground"):
        lines += [f"| {name} | texts | cleared or held | held |", "|---|--:|--:|--:|"]
        groups: dict[Any, list[Result]] = {}
        for one in made:
            groups.setdefault(one.ground if name == "ground" else getattr(one.word, name), []).append(one)
        lines += [
            f"| {value} | {_shares(groups[value])} |" for value in sorted(groups, key=lambda key: (isinstance(key, str), key))
        ]
        lines += [""]
    large = [one for one in made if all(getattr(one.word, name) >= least for name, least in _PLAIN.items())]
    searched = [one for one in made if one.word.kind not in _BY_CLASS]
    leaked = [f"* {one.word}, {one.ground}" for one in made if one.end == "leaked"][:60]
    lines += ["| | texts | cleared or held | held |", "|---|--:|--:|--:|", f"| whole grid | {_shares(made)} |"]
    lines += [f"| 12 px and a contrast of 50 up | {_shares(large)} |", f"| without what its class holds | {_shares(searched)} |"]
    return "\n".join([*lines, "", "leaked:", *leaked])


def _shares(group: Sequence[Result]) -> str:
    ends = Counter(one.end for one in group)
    count = max(1, len(group))
    return f"{len(group)} | {1 - ends['leaked'] / count:.3f} | {ends['held'] / count:.2f}"


def told_clean(made: Sequence[Result], real: tuple[int, int, float]) -> str:
    """What was held and lost without need: of pictures made here, and of real ones."""
    groups: dict[str, list[Result]] = {}
    for one in made:
        groups.setdefault(one.word.kind, []).append(one)
    rows = [
        (kind, len(ones), sum(one.end == "held" for one in ones), float(np.mean([one.lost for one in ones])))
        for kind, ones in groups.items()
    ]
    rows.append(("real ones", *real))
    count, held = sum(row[1] for row in rows), sum(row[2] for row in rows)
    lost = sum(row[1] * row[3] for row in rows) / max(1, count)
    lines = ["| without text | pictures and clips | held | area blanked |", "|---|--:|--:|--:|"]
    lines += [
        f"| {kind} | {pictures} | {kept} | {share:.3%} |" for kind, pictures, kept, share in [*rows, ("all", count, held, lost)]
    ]
    return "\n".join(lines)


def real(paths: Iterable[Path]) -> tuple[int, int, float]:
    """Of real slices and X-rays that no class holds: their count, how many are held, the mean share of their area lost."""
    files: dict[int, bytes] = {}
    for path in paths:
        with contextlib.suppress(Exception):  # half of such collections is broken on purpose
            dataset = exports.read_back(path.read_bytes())
            if _is_searched(path.read_bytes(), dataset):
                dataset.InstanceNumber = len(files) + 1
                files[len(files) + 1] = exports.written(dataset, dataset.file_meta.TransferSyntaxUID)
    shares, held = [], 0
    for number, data in files.items():
        try:
            copies = ingested({number: data})
        except Exception:
            continue
        held += number not in copies
        before = _pixels(exports.read_back(data))
        shares.append(
            float((before != copies[number]).mean()) if number in copies and before.shape == copies[number].shape else 0.0
        )
    return len(shares), held, float(np.mean(shares)) if shares else 0.0


def _is_searched(data: bytes, dataset: Any) -> bool:
    """Whether a real object is a slice or an X-ray with pixels, and no class holds it whatever it shows."""
    instance = header.read(data)
    is_wanted = dataset.Modality in ("CT", "MR", "PT", "NM", "CR", "DX", "MG", "XA", "RF") and stored(dataset) is not None
    if not is_wanted or not isinstance(instance, Instance):
        return False
    return burned_in.hold(instance.dataset, clean=instance.dataset, searches_text=True) is None


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--sample", type=int, default=TEXTS, help="texts, a tenth as many pictures without")
    asked.add_argument("--samples", type=Path, help="a folder of real pictures without text")
    asked.add_argument("--workers", type=int, default=2)
    given = asked.parse_args()
    began = time.monotonic()
    print(told(all_results(given.seed, stamping.words(given.seed, given.sample), given.workers, is_written=True)), flush=True)
    clean = [
        word
        for word in stamping.words(given.seed + _APART, 2 * max(10, CLEAN * given.sample // TEXTS))
        if word.kind not in _BY_CLASS
    ]
    paths = sorted((Path(pydicom.__file__).parent / "data/test_files").glob("*.dcm"))
    paths += sorted(given.samples.iterdir()) if given.samples else []
    chosen = random.Random(given.seed).sample(paths, min(len(paths), max(10, len(paths) * given.sample // TEXTS)))
    print(f"\n{told_clean(all_results(given.seed + _APART, clean, given.workers, is_written=False), real(chosen))}")
    absent = ", ".join(sorted(set(lettered.SCRIPTS) - set(lettered.measured())))
    print(f"\nseed {given.seed}, {time.monotonic() - began:.0f} s; not measured, without a font: {absent or 'none'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
