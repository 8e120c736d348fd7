"""What `radiary doctor` finds: one thing at a time, and how bad it is."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Check:
    """One finding: `well`; `note` for what is good to know; `bad` for what keeps Radiary from working."""

    what: str
    verdict: Literal["well", "note", "bad"]
    sentence: str
