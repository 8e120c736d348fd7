"""What a library's marker says: with whose key it was made, and how far the ledger was when it was last written to."""

import json
from dataclasses import dataclass

BEGUN = b'{"made by": "Radiary", "version": 1}\n'
"""The marker of a library that was begun just now."""
_EXPLAINED = 2
"""The version of markers from which a library has a README, which its owner may take away. Other versions read them, too."""


@dataclass(frozen=True)
class Mark:
    """`key` is a fingerprint, `seq` and `line` are number and SHA-256 of a line of the ledger.

    The markers of earlier versions, and those that an owner made, say none of it.
    """

    key: str = ""
    seq: int = 0
    line: str = ""


def parsed(data: bytes) -> Mark:
    """What a marker says; nothing when it cannot be read, since its being there is what counts."""
    try:
        said = json.loads(data)
        ledger = said.get("ledger") or {}
        return Mark(str(said.get("key", "")), int(ledger.get("seq", 0)), str(ledger.get("hash", "")))
    except (ValueError, AttributeError, TypeError):
        return Mark()


def is_explained(data: bytes) -> bool:
    """Whether the library that this marker stands in has been explained to whoever reads it without Radiary."""
    try:
        return int(json.loads(data)["version"]) >= _EXPLAINED
    except (ValueError, KeyError, TypeError):
        return False


def written(mark: Mark) -> bytes:
    """What a marker is to hold."""
    said: dict[str, object] = {"made by": "Radiary", "version": _EXPLAINED}
    if mark.key:
        said |= {"key": mark.key, "ledger": {"seq": mark.seq, "hash": mark.line}}
    return json.dumps(said).encode() + b"\n"
