"""What a library's marker says: with whose key it was made, and how far the ledger was when it was last written to."""

import json
from dataclasses import dataclass


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


def written(mark: Mark) -> bytes:
    """What a marker is to hold."""
    said: dict[str, object] = {"made by": "Radiary", "version": 1}
    if mark.key:
        said |= {"key": mark.key, "ledger": {"seq": mark.seq, "hash": mark.line}}
    return json.dumps(said).encode() + b"\n"
