"""`python -m leaks.losses --samples DIR`: what the wall takes from real files that would identify nobody, before and after.

Counts makers, machines, coded strings, agents and descriptions with a denial in pydicom's test files and in a folder, and
how many of them leave whole, shortened, or not at all. `--against FOLDER` is another service's code, such as an older one.
"""

import argparse
import json
import os
import subprocess
import sys
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pydicom import data as pydicom_data
from pydicom import dcmread
from pydicom.dataset import Dataset

from radiary.dicom.read import header
from radiary.dicom.wall import profile
from radiary.dicom.wall.deidentify import Terms, deidentify
from radiary.dicom.wall.pseudonym import Pseudonyms
from radiary.model.nouns import Deidentified, Instance, Policy

_TERMS = Terms(Pseudonyms(bytes(32)), searches_text=True)
_KINDS = {0x00080070: "makers", 0x00081090: "machines", 0x00180010: "agents", 0x00080008: "image types"}
_DENIALS = ("w/o", "without", "no ", "non", "sans", "ohne", "zonder", "geen", "kein", "r/o", "pas ", "not ", "c-")


def kind_of(tag: int, vr: str, text: str) -> str | None:
    """What a value counts as; None for one that is no loss, or belongs to the table's rows."""
    if tag in _KINDS:
        return _KINDS[tag]
    if profile.under(Policy()).action(tag) is not None and not profile.is_description(tag):
        return None
    if vr == "CS":
        return "coded strings"
    return "denials" if vr in ("LO", "SH", "LT", "ST") and any(word in text.casefold() for word in _DENIALS) else None


def values(before: Dataset, after: Dataset) -> Iterator[tuple[str, str, str]]:
    """Kind, value and what leaves of it."""
    for tag in sorted(map(int, before.keys())):
        try:
            element = before[tag]
            if element.VR == "SQ":
                for old, new in zip(element.value, header.items(after, tag), strict=False):
                    yield from values(old, new)
                continue
            text = str(element.value or "").strip()
        except Exception:
            continue
        kind = None if tag >> 16 & 1 or not text else kind_of(tag, str(element.VR), text)
        if kind:
            yield kind, f"{tag:08X} {text}", str(header.value(after, tag) or "").strip()


def counted(paths: list[Path]) -> dict[str, dict[str, str]]:
    """Kind → each different value → `kept`, `shortened` or `lost`; a value that leaves once is kept."""
    found: dict[str, dict[str, str]] = {}
    for path in paths:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                instance = header.read(path.read_bytes())
                original = dcmread(path, force=True, stop_before_pixels=True)
                clean = deidentify(instance, _TERMS) if isinstance(instance, Instance) else None
            except Exception:
                continue
            if not isinstance(clean, Deidentified):
                continue
            for kind, value, left in values(original, clean.dataset):
                ending = "kept" if left == value.split(" ", 1)[1] else "shortened" if left and left != "REMOVED" else "lost"
                known = found.setdefault(kind, {})
                known[value] = "kept" if "kept" in (ending, known.get(value)) else ending
    return found


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--samples", type=Path, help="a folder of DICOM files")
    asked.add_argument("--against", type=Path, help="the folder `service` of other code, to be counted first")
    asked.add_argument("--json", action="store_true", help="every value and what became of it")
    given = asked.parse_args()
    paths = [path for path in sorted(Path(pydicom_data.__file__).with_name("test_files").rglob("*")) if path.is_file()]
    paths += [path for path in sorted(given.samples.rglob("*")) if path.is_file()] if given.samples else []
    found = counted(paths)
    if given.json:
        print(json.dumps(found))
        return 0
    earlier = _counted_by(given.against, given.samples) if given.against else {}
    print(f"{'':14}{'values':>8}{'lost':>12}{'shortened':>14}")
    for kind in sorted(found):
        now, before = Counter(found[kind].values()), Counter(earlier.get(kind, {}).values())
        was = lambda ending, before=before: f"{before[ending]} → " if earlier else ""  # noqa: E731
        print(f"{kind:14}{len(found[kind]):8}{was('lost') + str(now['lost']):>12}{was('shortened') + str(now['shortened']):>14}")
    return 0


def _counted_by(service: Path, samples: Path | None) -> dict[str, dict[str, str]]:
    """The same by other code."""
    line = [sys.executable, __file__, "--json", *(["--samples", str(samples)] if samples else [])]
    paths = os.pathsep.join((str(service), str(Path(__file__).parents[1])))
    done = subprocess.run(line, capture_output=True, text=True, check=True, env=os.environ | {"PYTHONPATH": paths})
    counts: dict[str, dict[str, str]] = json.loads(done.stdout)
    return counts


if __name__ == "__main__":
    sys.exit(main())
