"""Turn a JSON rendition of PS3.15 Table E.1-1 into the package's own table, one row a line.

    python .ci/profile_table.py e1_1.json > service/radiary/dicom/profile.tsv

The JSON holds `edition`, `columns` and `rows`; a row has `id` (eight hexadecimal digits, `x` where the standard says
"any", or `private`), `name`, `vr`, `basic` and one key per option column.
"""

import json
import pathlib
import sys

OPTIONS = (
    "rtnSafePriv",
    "rtnUIDs",
    "rtnDevId",
    "rtnInstId",
    "rtnPatChars",
    "rtnLongFullDates",
    "rtnLongModifDates",
    "cleanDesc",
    "cleanStructCont",
    "cleanGraph",
)


def table(source: dict) -> str:
    lines = [
        f"# DICOM PS3.15 {source['edition']}, Table E.1-1: {source['row_count']} rows. Facts of the standard, (c) NEMA.",
        "\t".join(("tag", "vr", "basic", *OPTIONS, "name")),
    ]
    for row in sorted(source["rows"], key=lambda row: row["id"]):
        cells = (row["id"], row.get("vr"), row["basic"], *(row.get(option) for option in OPTIONS), row["name"])
        lines.append("\t".join(cell or "-" for cell in cells))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(table(json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))))
