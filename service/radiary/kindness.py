"""Room for what else the computer does: less of the processor and the disk for worker processes, rest on battery.

A system that lets nobody say so, such as a locked service, is left as it is.
"""

import contextlib
import os
from typing import Literal

Disk = Literal["normal", "low", "idle"]


def be(niceness: int, disk: Disk) -> None:
    """This process steps back: `niceness` from 0 (not at all) to 19, and behind others at the disk (Linux, ioprio_set(2))."""
    import psutil  # here, since only worker processes need it

    with contextlib.suppress(OSError, psutil.Error):
        os.nice(niceness)
    set_priority = getattr(psutil.Process, "ionice", None)
    if set_priority is None or disk == "normal":
        return
    with contextlib.suppress(OSError, psutil.Error):
        if disk == "idle":
            set_priority(psutil.Process(), psutil.IOPRIO_CLASS_IDLE)
        else:
            set_priority(psutil.Process(), psutil.IOPRIO_CLASS_BE, 7)


def is_on_battery() -> bool:
    """Whether the computer has a battery and lives on it now; what cannot be known is no reason to wait."""
    import psutil  # here, since only who asked for it needs it

    try:
        battery = psutil.sensors_battery()
    except (AttributeError, OSError, psutil.Error):
        return False
    return battery is not None and battery.power_plugged is False
