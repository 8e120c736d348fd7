"""Reads the laboratory papers of an index and compares them with their truth: `make lab INDEX=…`.

How a printed value is matched with one of the truth, whose names are a code's and not the printed ones: number and comparator
have to be equal and the units the same spelling or none in the truth; the pairs are those that keep most of both lists in order.
What of the truth is not printed at all (no word of the paper holds its digits) is not asked for. A wrong row is a number that was
read and is in no pair, and whose digits do not stand in the paper in the row and behind the name that were read.
"""

import argparse
import json
import re
import sys
import time
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from radiary.documents import paper, units
from radiary.documents.reading import Reading, Value


@dataclass
class Score:
    """What was found in one paper, or in all."""

    printed: int = 0
    values: int = 0
    comparators: int = 0
    units: int = 0
    flags: int = 0
    ranges: int = 0
    asked_ranges: int = 0
    read: int = 0
    wrong: int = 0
    misnamed: int = 0
    dates: int = 0
    papers: int = 0
    cultures: int = 0
    missed: list[str] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        for name in self.__dataclass_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


def same_unit(read: str, asked: str) -> bool:
    """Whether a printed unit is the one that the truth's UCUM code means."""
    plain = re.sub(r"[{}\[\]]", "", asked)
    if not plain or plain in ("titer", "ratio"):
        return True
    known = {units.same(read), re.sub(r"[{}\[\]]", "", units.code(read) or read)}
    return bool(known & {units.same(asked), plain, units.same(plain)}) or asked in _AS_PRINTED.get(read, ())


_AS_PRINTED = {"RU/mL": ("{binding'U}/mL",), "mm": ("mm",), "sec": ("s",)}
"""Units whose UCUM code says something else than the paper."""


def paired(read: list[Value], asked: list[dict[str, Any]]) -> list[tuple[Value, dict[str, Any]]]:
    """The pairs of read and true values that keep most of both in their order."""
    best = [[0] * (len(asked) + 1) for _ in range(len(read) + 1)]
    for i in range(len(read) - 1, -1, -1):
        for j in range(len(asked) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + 1 if fits(read[i], asked[j]) else 0)
    pairs, i, j = [], 0, 0
    while i < len(read) and j < len(asked):
        if fits(read[i], asked[j]) and best[i][j] == best[i + 1][j + 1] + 1:
            pairs.append((read[i], asked[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    left = [one for one in asked if not any(one is other for _, other in pairs)]
    for value in [one for one in read if not any(one is other for other, _ in pairs)]:
        match = next((one for one in left if fits(value, one)), None)
        if match is not None:
            left.remove(match)
            pairs.append((value, match))
    return pairs


def fits(value: Value, asked: dict[str, Any]) -> bool:
    is_number = value.number == Decimal(str(asked["value"])) and value.comparator == asked["comparator"]
    return is_number and same_unit(value.unit, asked["unit"])


def is_printed(asked: dict[str, Any], words: list[str]) -> bool:
    number = Decimal(str(asked["value"]))
    for word in words:
        digits = re.sub(r"^[<>≤≥=+*#@-]+", "", word).replace(",", ".")
        if re.fullmatch(r"\d+(\.\d+)?", digits) and Decimal(digits) == number:
            return True
    return False


def has_range(value: Value, asked: dict[str, Any]) -> bool:
    bounds = [None if asked[side] is None else Decimal(str(asked[side])) for side in ("low", "high")]
    return [value.low, value.high] == bounds


def is_on_paper(value: Value, rows: list[str]) -> bool:
    """Whether a row of the paper says name, number and range as they were read, so that the truth, not the reading, differs."""
    wanted = [*value.range.split(), *value.name.split()[:2]]
    digits = re.compile(rf"(?<![\d.,]){re.escape(value.comparator)}\s?{str(value.number).replace('.', '[.,]')}(?![\d.,])")
    return any(all(word in row for word in wanted) and digits.search(row) for row in rows)


def scored(entry: dict[str, Any], reading: Reading, rows: list[str]) -> Score:
    words = [word for row in rows for word in row.split()]
    numbers = [one for one in reading.values if one.number is not None]
    score = Score(papers=1, dates=int(str(reading.day) == entry["sample_date"]))
    if entry["microbiology"]:
        score.cultures = len(numbers)
        return score
    asked = [one for one in entry["values"] if is_printed(one, words)]
    pairs = paired(numbers, asked)
    score.printed, score.values, score.read = len(asked), len(pairs), len(numbers)
    for value, truth in pairs:
        score.comparators += value.comparator == truth["comparator"]
        score.units += same_unit(value.unit, truth["unit"])
        score.flags += not truth["flag"] or value.flag[:1] == truth["flag"][:1]
        if truth["low"] is not None or truth["high"] is not None:
            score.asked_ranges += 1
            score.ranges += has_range(value, truth) or is_on_paper(value, rows)
    others = [one for one in numbers if not any(one is value for value, _ in pairs)]
    score.wrong = sum(not is_on_paper(one, rows) for one in others)
    left = [one for one in asked if not any(one is truth for _, truth in pairs)]
    score.missed = [f"missed: {one['name']} {one['comparator']}{one['value']} {one['unit']}" for one in left]
    score.missed += [f"beside the truth: {one.name} {one.comparator}{one.number} {one.unit}" for one in others]
    return score


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--show", action="store_true", help="what was missed, and what was read beside the truth")
    arguments = parser.parse_args()
    total, seconds = Score(), 0.0
    print(f"{'file':20}" + "".join(f"{one:>9}" for one in HEADS))
    for entry in json.loads(arguments.index.read_text()):
        data = (arguments.index.parent / entry["file"]).read_bytes()
        began = time.process_time()
        count, pages = paper.pages(data, (), lambda: None)
        reading = paper.reading(pages, count)
        seconds += time.process_time() - began
        score = scored(entry, reading, [row.text for page in pages for row in page])
        total.add(score)
        show(entry["file"], score)
        if arguments.show:
            for one in score.missed:
                print("   ", one)
    show("together", total)
    share = total.values / max(1, total.printed)
    print(f"\n{1000 * seconds / max(1, total.papers):.0f} ms of CPU a paper; {share:.3f} of the printed values were found")
    return 0


HEADS = ("printed", "found", "compar.", "units", "flags", "ranges", "read", "wrong", "dates", "cultures")


def show(name: str, score: Score) -> None:
    found = (score.printed, score.values, score.comparators, score.units, score.flags, f"{score.ranges}/{score.asked_ranges}")
    others = (score.read, score.wrong, f"{score.dates}/{score.papers}", score.cultures)
    print(f"{name:20}" + "".join(f"{one!s:>9}" for one in (*found, *others)))


if __name__ == "__main__":
    sys.exit(main())
