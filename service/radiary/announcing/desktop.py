"""The desktop's notifications, and the only door to `jeepney`, with which an extra brings them to Linux."""

import importlib.util
import subprocess
import sys

NAME = "Radiary"
_LONGEST = 10.0
"""Seconds in which a desktop takes a notification."""
_SCRIPT = ("on run said", f'display notification (item 1 of said) with title "{NAME}"', "end run")
"""AppleScript; macOS has what runs it."""


def is_installed() -> bool:
    """Whether notifications can be told: on macOS always, elsewhere by the extra."""
    return sys.platform == "darwin" or importlib.util.find_spec("jeepney") is not None


def show(text: str) -> None:
    """Show it. Raises OSError where there is no desktop that takes it, or none that answers."""
    if sys.platform == "darwin":
        _by_script(text)
    else:
        _by_bus(text)


def _by_script(text: str) -> None:
    line = ["osascript", *(part for one in _SCRIPT for part in ("-e", one)), text]
    try:
        subprocess.run(line, check=True, capture_output=True, timeout=_LONGEST)  # noqa: S603 - a text is no program
    except subprocess.SubprocessError:
        raise OSError("the desktop takes no notification") from None


def _by_bus(text: str) -> None:
    """The session bus and the server of notifications on it (freedesktop.org, Desktop Notifications Specification 1.2)."""
    from jeepney import DBusAddress, MessageType, new_method_call
    from jeepney.io.blocking import open_dbus_connection

    server = DBusAddress("/org/freedesktop/Notifications", "org.freedesktop.Notifications", "org.freedesktop.Notifications")
    told: tuple[object, ...] = (NAME, 0, "", NAME, text, [], {"urgency": ("y", 1)}, -1)
    try:
        bus = open_dbus_connection("SESSION")
    except (KeyError, ValueError, OSError):  # its address is missing, or is none, or nobody answers there
        raise OSError("there is no session bus") from None
    try:
        with bus:
            reply = bus.send_and_get_reply(new_method_call(server, "Notify", "susssasa{sv}i", told), timeout=_LONGEST)
    except OSError:  # nobody answers in time, or any more
        raise OSError("the desktop does not answer") from None
    if reply.header.message_type != MessageType.method_return:
        raise OSError("the desktop takes no notification")
