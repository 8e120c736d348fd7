"""What looking for text costs: its share of a CT's ingest, and CPU seconds for a clip of a hundred ultrasound frames.

cd tests && python -m benchmarks.looking
"""

import resource
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

import exports
from conftest import KEY, export_at
from radiary.dicom.render import encode
from radiary.dicom.text import reader
from radiary.ingest.bench import Bench
from radiary.ingest.pipeline import ingest
from radiary.library.shelf import Library
from radiary.model.nouns import Wanted
from radiary.state.people import People
from radiary.state.queue import Queue
from radiary.workers.pool import Pool
from radiary.workers.process import process

SLICES, FRAMES = 400, 100
_DOWN, _ACROSS = np.mgrid[-1:1:512j, -1:1:512j]
BODY = np.where(_DOWN**2 * 1.6 + _ACROSS**2 < 0.8, 1040 + 60 * np.sin(9 * _DOWN) * np.cos(7 * _ACROSS), 0)
"""A body in air."""


def ct() -> dict[str, bytes]:
    """Slices of 512 × 512 with the grain of a real one."""
    grain = np.random.default_rng(1).normal(0, 12, (512, 512))
    files = {}
    for number in range(1, SLICES + 1):
        values = np.clip(BODY + np.roll(grain, number * 7, axis=0), 0, 4000).astype("u2")
        made = exports.with_pixels(exports.slice_of_ct(number), values, stored=12)
        files[f"IM{number}"] = exports.written(made)
    return files


def ingested(place: Path, export: Path, *, searches_text: bool) -> tuple[float, float]:
    """Wall and CPU seconds of one ingest."""
    pool, reader = Pool(process, 2), Pool(process, 2)
    homes = Library(place / "library"), Library(place / "private")
    bench = Bench(
        pool=pool,
        scouts=(pool,),
        reader=reader,
        library=homes[0],
        shelf=homes[1],
        people=People(place / "people", KEY),
        key=KEY,
        wanted=Wanted(),
        scratch=place / "scratch",
        searches_text=searches_text,
    )
    before, began = _spent(), time.monotonic()
    ingest(export_at(export), bench, Queue())
    wall = time.monotonic() - began
    pool.close()
    reader.close()
    return wall, _spent() - before


def _spent() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in both)


def clip() -> list[bytes]:
    """Speckle that moves behind a line of settings that does not."""
    speckle = np.random.default_rng(1).integers(0, 90, (600, 800)).astype("u1")
    frames = []
    for number in range(FRAMES):
        drawn = Image.fromarray(np.roll(speckle, number * 3, axis=1)).convert("RGB")
        ImageDraw.Draw(drawn).text((10, 580), "12 Hz", fill=(200, 200, 200))
        frames.append(encode.png(np.asarray(drawn)))
    return frames


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        export = exports.zipped(place / "ct.zip", ct())
        runs: dict[bool, list[tuple[float, float]]] = {False: [], True: []}
        for turn in range(5):
            for searches, found in runs.items():
                found.append(ingested(place / f"{searches}{turn}", export, searches_text=searches))
    wall, cpu = (min(run[at] for run in runs[True]) / min(run[at] for run in runs[False]) for at in (0, 1))
    print(f"{SLICES} CT slices, ingest with looking / without: {wall:.3f} of the time, {cpu:.3f} of the CPU time")
    frames = clip()
    reader.text_in(np.zeros((64, 64), "u1"))
    began = time.process_time()
    reader.text_in_instance([encode.pixels_of(frame) for frame in frames], is_slice=False)
    print(f"a clip of {FRAMES} ultrasound frames of 800 × 600 in colour: {time.process_time() - began:.2f} s of CPU")


if __name__ == "__main__":
    main()
