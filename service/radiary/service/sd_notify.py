"""Tells a service manager how we are: the sd_notify protocol, one datagram on a local socket. Silent without a manager."""

import os
import socket


def notify(state: str) -> None:
    """Send `READY=1`, `STOPPING=1`, `WATCHDOG=1` or `STATUS=…` (sd_notify(3))."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as local:
        try:
            local.connect("\0" + address[1:] if address[0] == "@" else address)
            local.sendall(state.encode())
        except OSError:
            return
