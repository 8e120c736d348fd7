"""The most memory that large exports take, by process, against the bounds: 120 MB the coordinator, 250 MB a worker.

cd tests && python -m benchmarks.memory

Importing numpy and pydicom alone takes about 100 MB. Readers of text, which look at pictures of any export by the size of the
picture alone, stand beside: their library and its models take the most of what they have.
"""

import json
import shutil
import subprocess
import sys
from dataclasses import asdict

from benchmarks.columns import Column
from benchmarks.run import BUILD, Radiary

WORK = BUILD / "memory"
LARGE = (
    Column("zip of 2 GB, 4000 slices", 4000),
    Column("20000 small slices", 20_000),
    Column("clip of 500 frames, JPEG in colour", 500),
    Column("enhanced CT of 500 frames", 500),
    Column("mammograms of 12 megapixels", 4),
)
COORDINATOR, WORKER = 120e6, 250e6


def main() -> None:
    rows, ours = {}, Radiary()
    try:
        for one in LARGE:
            subprocess.run([sys.executable, "-m", "benchmarks.large", one.name, str(WORK)], check=True)
            rows[one.name] = ours.ingest(one, WORK / "house", is_whole=True, inputs=WORK)
            shutil.rmtree(WORK)
            print(f"  {one.name} done", file=sys.stderr, flush=True)
    finally:
        ours.close()
        shutil.rmtree(WORK, ignore_errors=True)
    print("\n| export | coordinator MB | a worker MB | within | a reader MB | pictures/s |\n|---|--:|--:|---|--:|--:|")
    for one in LARGE:
        row = rows[one.name]
        within = "yes" if row.coordinator <= COORDINATOR and row.memory <= WORKER else "**no**"
        sizes = f"{row.coordinator / 1e6:.0f} | {row.memory / 1e6:.0f} | {within} | {row.reader / 1e6:.0f}"
        print(f"| {one.name} | {sizes} | {row.rate(one.pictures):.1f} |")
    (BUILD / "bench-memory.json").write_text(json.dumps({name: asdict(row) for name, row in rows.items()}, indent=1) + "\n")


if __name__ == "__main__":
    main()
