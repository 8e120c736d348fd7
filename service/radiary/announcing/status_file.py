"""What the status file holds: the service's state as JSON, for a status bar or a program of the owner's."""

import json
from collections.abc import Mapping
from typing import Any

from radiary.announcing.figures import Figures
from radiary.announcing.state_line import state_line

_OF_PULSE = ("at", "pid", "working", "paused", "arriving", "note")


def content(found: Figures, pulse: Mapping[str, Any], *, is_running: bool) -> bytes:
    """One object; `sentence` is for people, `working` and `paused` are null while there is nothing to say of them."""
    said: dict[str, Any] = {
        "running": is_running,
        "sentence": state_line(pulse) if is_running else "Not running",
        **{name: pulse.get(name) if is_running or name == "at" else None for name in _OF_PULSE},
        "filed": found.filed,
        "pending": found.pending,
        "locked": found.locked,
        "rejected": found.rejected,
        "exams": found.exams,
        "held_pictures": found.held,
        "last_filed": found.last_filed.isoformat() if found.last_filed else None,
    }
    return json.dumps(said, indent=1).encode() + b"\n"
