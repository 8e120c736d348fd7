"""Turn PS3.15's DocBook XML (part15.xml) into the package's tables, or say what changed in a new edition.

    python .ci/profile_table.py part15.xml 2026d > service/radiary/dicom/wall/profile.tsv
    python .ci/profile_table.py part15.xml 2026d --changes

Table E.1-1 has no VR column; the VR stays as the present table has it, and is `-` for a new row until it is filled in by hand
from PS3.6.
"""

import argparse
import pathlib
import re
import sys
import xml.etree.ElementTree as ET

PRESENT = pathlib.Path(__file__).parents[1] / "service/radiary/dicom/wall/profile.tsv"
COLUMNS = {
    "basic prof": "basic",
    "rtn. safe priv": "rtnSafePriv",
    "rtn. uids": "rtnUIDs",
    "rtn. dev. id": "rtnDevId",
    "rtn. inst. id": "rtnInstId",
    "rtn. pat. chars": "rtnPatChars",
    "rtn. long. full dates": "rtnLongFullDates",
    "rtn. long. modif. dates": "rtnLongModifDates",
    "clean desc": "cleanDesc",
    "clean struct. cont": "cleanStructCont",
    "clean graph": "cleanGraph",
}
Row = dict[str, str]


def text(cell: ET.Element) -> str:
    return " ".join("".join(cell.itertext()).split()).replace("\u200b", "")


def identity(tag: str) -> str:
    """`(0010,0010)` → `00100010`; repeating groups keep their x; anything else is the row of private attributes."""
    found = re.fullmatch(r"\(([0-9A-Fa-fx]{4}),([0-9A-Fa-fx]{4})\)", tag.replace(" ", ""))
    return (found[1] + found[2]).upper().replace("X", "x") if found else "private"


def rows(source: str) -> list[Row]:
    """The rows of Table E.1-1, by the short names of their columns."""
    tree = ET.fromstring(re.sub(r' xmlns="[^"]+"', "", source).replace("xml:id", "id"))  # noqa: S314 - NEMA's own file
    table = next(one for one in tree.iter("table") if one.get("id") == "table_E.1-1")
    heads = [text(cell).rstrip(".").lower() for cell in table.find("thead").iter("th")]  # type: ignore[union-attr]
    found = []
    for line in table.find("tbody").iter("tr"):  # type: ignore[union-attr]
        cells = dict(zip(heads, map(text, line.iter("td")), strict=False))
        row = {short: cells.get(head) or "-" for head, short in COLUMNS.items()}
        found.append({"tag": identity(cells["tag"]), "name": cells["attribute name"]} | row)
    return sorted(found, key=lambda row: row["tag"])


def present(path: pathlib.Path) -> dict[str, Row]:
    header, *lines = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {line[0]: dict(zip(header, line, strict=True)) for line in lines}


def changes(new: list[Row], old: dict[str, Row]) -> list[str]:
    """What an edition changed, a line a row."""
    said = [f"- {tag} {row['name']}" for tag, row in old.items() if tag not in {one["tag"] for one in new}]
    for row in new:
        before = old.get(row["tag"])
        if before is None:
            said.append(f"+ {row['tag']} {row['name']}: {row['basic']}")
            continue
        cells = [f"{name} {before[name]} → {row[name]}" for name in COLUMNS.values() if before[name] != row[name]]
        said += [f"~ {row['tag']} {row['name']}: {', '.join(cells)}"] if cells else []
    return said


def written(new: list[Row], old: dict[str, Row], edition: str) -> str:
    lines = [
        f"# DICOM PS3.15 {edition}, Table E.1-1: {len(new)} rows. Facts of the standard, (c) NEMA.",
        "\t".join(("tag", "vr", *COLUMNS.values(), "name")),
    ]
    for row in new:
        vr = old.get(row["tag"], {}).get("vr", "-")
        lines.append("\t".join((row["tag"], vr, *(row[name] for name in COLUMNS.values()), row["name"])))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("source", type=pathlib.Path)
    asked.add_argument("edition")
    asked.add_argument("--changes", action="store_true")
    given = asked.parse_args()
    new, old = rows(given.source.read_text(encoding="utf-8")), present(PRESENT)
    sys.stdout.write("\n".join(changes(new, old)) + "\n" if given.changes else written(new, old, given.edition))
