"""`make inputs DIR=…`: odd files, each through `radiary once` in folders of its own, against what should become of it."""

import argparse
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from inputs.expected import TABLE, Expected, Picture
from radiary.chronicle.yaml_days import events_of, read
from services import StartedService

RIGHT = 3.0
"""Grey levels by which a picture may differ in the mean."""


@dataclass(frozen=True)
class End:
    """What became of a file: exams by date and modality, how many people, the pictures, and what was held or skipped."""

    exams: tuple[tuple[str, str], ...]
    people: int
    pictures: tuple[Picture, ...]
    reasons: tuple[str, ...]
    chronicled: int
    status: int


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--folder", type=Path, required=True)
    asked.add_argument("--only", default="", help="files with this word in their names")
    asked.add_argument("--peers", action="store_true", help="what other tools make of the same files, as a table")
    given = asked.parse_args()
    files = {path.stem: path for path in sorted(given.folder.iterdir()) if path.stem in TABLE and given.only in path.stem}
    wanted = [name for name in sorted(TABLE) if given.only in name]
    right: dict[str, bool] = {}
    for name in wanted:
        with tempfile.TemporaryDirectory(prefix="inputs-") as place:
            end = _end(files[name], Path(place)) if name in files else None
        faults = differences(end, TABLE[name]) if end else ["the file is not there"]
        right[name] = not faults
        print(f"{'right' if not faults else 'WRONG':5}  {name}: {_told(end)}{''.join(f'; {one}' for one in faults)}", flush=True)
    print(f"{sum(right.values())} of {len(wanted)}")
    if given.peers:
        from inputs import peers

        print("\n" + "\n".join(peers.table(files, right)))
    return int(not all(right.values()))


def _end(file: Path, place: Path) -> End:
    """What `radiary once` makes of a file, under a name that tells nothing."""
    service = StartedService(place)
    data = file.read_bytes()
    dropped = place / ("export.zip" if data.startswith(b"PK") else "export.dcm")
    dropped.write_bytes(data)
    command = service.command("once", str(dropped))
    facts = service.facts()
    filed: list[dict[str, Any]] = [study for fact in facts if fact["type"] == "filed" for study in fact["studies"]]
    shown = [study for study in filed if not study["held"]]
    files = sorted(path for study in shown for path in (place / "library" / study["folder"]).rglob("*.png"))
    reasons = {reason for fact in facts for reason in (*fact.get("skipped", {}), *fact.get("held", {}), *fact.get("noted", {}))}
    data_file = place / "chronicle/chronicle.yml"
    days = read(data_file.read_text()) if data_file.exists() else []
    return End(
        exams=tuple(sorted((study["date"] or "undated", study["modality"]) for study in shown)),
        people=len({study["patient"] for study in filed}),
        pictures=tuple(np.array(Image.open(path)) for path in files),
        reasons=tuple(sorted(reasons)),
        chronicled=sum(len(events_of(day)) for day in days),
        status=command.returncode,
    )


def differences(end: End, expected: Expected) -> list[str]:
    """What is not as it should be, in sentences; nothing when a file that may be refused was, for one of those reasons."""
    if not end.pictures and expected.refused & set(end.reasons):
        return []
    faults = []
    if end.exams != tuple(sorted(expected.exams)):
        faults.append(f"exams should be {expected.exams}")
    if end.people != expected.people and expected.exams:
        faults.append(f"people should be {expected.people}")
    if end.chronicled != (expected.chronicled if expected.exams else 0):
        faults.append(f"{end.chronicled} exams in the chronicle, not {expected.chronicled}")
    if expected.told and expected.told not in end.reasons:
        faults.append(f"{expected.told} is not said")
    if end.status != int(not expected.exams) and expected.exams:
        faults.append(f"it ended with {end.status}")
    return faults + _of_pictures(end.pictures, [one() for one in expected.pictures])


def _of_pictures(made: tuple[Picture, ...], wanted: list[Picture]) -> list[str]:
    """Each wanted picture has one of its own among those that were made, in whatever order."""
    if len(made) != len(wanted):
        return [f"{len(made)} pictures, not {len(wanted)}"]
    left, faults = list(made), []
    for picture in wanted:
        differences = [apart(one, picture) for one in left]
        nearest = int(np.argmin(differences))
        if differences[nearest] > RIGHT:
            faults.append(f"a picture differs by {differences[nearest]:.0f}")
        del left[nearest]
    return faults


def apart(made: Picture, wanted: Picture) -> float:
    """Mean difference in grey levels; 255 for pictures of different sizes."""
    if made.shape != wanted.shape:
        return 255.0
    return float(np.abs(made.astype(float) - wanted).mean())


def _told(end: End | None) -> str:
    if end is None:
        return "nothing"
    exams = ", ".join(f"{modality} of {date}" for date, modality in end.exams) or "nothing filed"
    reasons = f" ({', '.join(end.reasons)})" if end.reasons else ""
    return f"{exams}, people: {end.people}, pictures: {len(end.pictures)}{reasons}"


if __name__ == "__main__":
    sys.exit(main())
