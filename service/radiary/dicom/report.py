"""De-identified structured reports (PS3.3 C.17.3) as text for people and as JSON for programs."""

import json
from typing import Any

import numpy as np
from pydicom.dataset import Dataset

from radiary.dicom.read import header

Item = dict[str, Any]
_NAME, _CONTENT = 0x0040A043, 0x0040A730
_VALUES = {"TEXT": 0x0040A160, "PNAME": 0x0040A123, "DATE": 0x0040A121, "TIME": 0x0040A122, "DATETIME": 0x0040A120,
           "UIDREF": 0x0040A124}  # fmt: skip
"""Value Type (0040,A040) → the attribute that holds the value, for types with a single one."""
_REFERENCES = frozenset({"IMAGE", "COMPOSITE", "WAVEFORM", "UIDREF"})
LEFT_OUT = "(left out)"
_DUMMIES = frozenset({"REMOVED", "removed", "19000101", "000000", "19000101000000"})
"""Values that the wall puts in place of removed ones."""
_DEPTH = 32
"""Levels of content items, at most."""


def tree(dataset: Dataset, depth: int = 0) -> Item:
    """A content item as `name`, `type`, `value` and `contains`, the last two where there are any."""
    kind = str(header.value(dataset, 0x0040A040) or "")
    item: Item = {"name": _meaning(header.items(dataset, _NAME)), "type": kind}
    value = _value(dataset, kind)
    if value is not None:
        item["value"] = value
    children = header.items(dataset, _CONTENT)
    if len(children) and depth < _DEPTH:
        item["contains"] = [tree(child, depth + 1) for child in children]
    return item


def text(dataset: Dataset) -> str:
    """The report in indented lines, under its title and date."""
    day = str(header.value(dataset, 0x00080023) or header.value(dataset, 0x00080020) or "")
    written_day = f"{day[:4]}-{day[4:6]}-{day[6:8]}" if len(day) == 8 else day
    return "\n".join([*([written_day] if written_day else []), *_lines(tree(dataset), 0)]) + "\n"


def json_of(dataset: Dataset) -> bytes:
    """The same as JSON, UTF-8."""
    return json.dumps(tree(dataset), ensure_ascii=False, allow_nan=False, indent=1).encode() + b"\n"


def _lines(item: Item, depth: int) -> list[str]:
    """An item and what it contains as lines, two blanks deeper a level; nothing for a reference without a name."""
    value = item.get("value")
    written_value = f"{value['number']} {value['unit']}".strip() if isinstance(value, dict) and "number" in value else value
    written_value = f"{len(value)} coordinates" if isinstance(value, list) else written_value
    written_value = LEFT_OUT if written_value in _DUMMIES else "" if item["type"] in _REFERENCES else written_value
    name = "" if item["name"] == "removed" else item["name"]
    if item["type"] in _REFERENCES and not name:
        return []
    own_line = ": ".join(str(part) for part in (name, written_value) if part not in (None, ""))
    below = [line for child in item.get("contains", ()) for line in _lines(child, depth + bool(own_line))]
    return (["  " * depth + own_line] if own_line else []) + below


def _value(dataset: Dataset, kind: str) -> Any:
    """The value of a content item of a type: text, number with unit, UID or coordinates; None where it has none."""
    if kind == "NUM":
        measured = header.items(dataset, 0x0040A300)
        if not len(measured):
            return None
        number = header.value(measured[0], 0x0040A30A)
        return {"number": str(number) if number is not None else "", "unit": _unit(header.items(measured[0], 0x004008EA))}
    if kind == "CODE":
        return _meaning(header.items(dataset, 0x0040A168))
    if kind in ("IMAGE", "COMPOSITE", "WAVEFORM"):
        referred = header.items(dataset, 0x00081199)
        return str(header.value(referred[0], 0x00081155) or "") if len(referred) else None
    if kind in ("SCOORD", "SCOORD3D"):
        return [float(coordinate) if np.isfinite(coordinate) else None for coordinate in header.value(dataset, 0x00700022) or []]
    value = header.value(dataset, _VALUES[kind]) if kind in _VALUES else None
    return str(value) if value is not None else None


def _meaning(codes: list[Dataset]) -> str:
    """Code Meaning (0008,0104) of the first of several codes."""
    return str(header.value(codes[0], 0x00080104) or "") if codes else ""


def _unit(codes: list[Dataset]) -> str:
    """A unit as UCUM writes it, else its meaning; empty for counts and ratios."""
    is_ucum = bool(codes) and str(header.value(codes[0], 0x00080102) or "") == "UCUM"
    value = str(header.value(codes[0], 0x00080100) or "") if is_ucum else _meaning(codes)
    return "" if value in ("1", "{ratio}", "removed") else value
