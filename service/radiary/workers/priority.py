"""Room for what else the computer does: less of the processor and the disk for worker processes, rest on battery.

A system that lets nobody say so, such as a locked service, is left as it is.
"""

import contextlib
import os
from pathlib import Path
from typing import Literal

Disk = Literal["normal", "low", "idle"]
_SUPPLIES = Path("/sys/class/power_supply")


def step_back(niceness: int, disk: Disk) -> None:
    """This process steps back: to `niceness`, from 0 (not at all) to 19, and behind others at the disk (Linux, ioprio_set(2)).

    One that was started further back, by a service manager say, stays there.
    """
    import psutil  # here, since only worker processes need it

    with contextlib.suppress(OSError, psutil.Error):
        if os.getpriority(os.PRIO_PROCESS, 0) < niceness:
            os.setpriority(os.PRIO_PROCESS, 0, niceness)
    set_priority = getattr(psutil.Process, "ionice", None)
    if set_priority is None or disk == "normal":
        return
    with contextlib.suppress(OSError, psutil.Error):
        if disk == "idle":
            set_priority(psutil.Process(), psutil.IOPRIO_CLASS_IDLE)
        else:
            set_priority(psutil.Process(), psutil.IOPRIO_CLASS_BE, 7)


def is_on_battery(supplies: Path = _SUPPLIES) -> bool:
    """Whether the computer has a battery and lives on it now; what cannot be known is no reason to wait.

    `supplies` is where Linux lists them (sysfs-class-power): a wireless mouse's battery is there, too, as a device's.
    """
    if supplies.is_dir():
        known = [one for one in supplies.iterdir() if _said(one, "scope") != "Device"]
        is_fed = any(_said(one, "online") == "1" for one in known)
        return not is_fed and any((_said(one, "type"), _said(one, "status")) == ("Battery", "Discharging") for one in known)
    import psutil  # here, since only who asked for it needs it

    try:
        battery = psutil.sensors_battery()
    except (AttributeError, OSError, psutil.Error):
        return False
    return battery is not None and battery.power_plugged is False


def _said(supply: Path, about: str) -> str:
    try:
        return (supply / about).read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""
