"""The service's state in one line, as a service manager shows it."""

from collections.abc import Mapping
from typing import Any

from radiary.announcing.time_left import about
from radiary.model.errors import explain


def state_line(pulse: Mapping[str, Any]) -> str:
    """What it is at, by its sign of life; no name of anything."""
    if working := pulse.get("working"):
        return f"At work: {working['done']} of {working['total']} files{about(working.get('seconds_left'))}"
    if paused := pulse.get("paused"):
        return explain(paused)
    if away := pulse.get("away"):
        return "; ".join(dict.fromkeys(map(explain, away.values())))
    arriving = pulse.get("arriving", 0)
    return f"Watching; {arriving} still arriving, or incomplete" if arriving else "Watching"
