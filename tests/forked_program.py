"""A program that is `radiary`, forked from a process that has imported it, with this one's streams, folder and environment.

As a program (`python forked_program.py SOCKET ARGUMENTS…`) it starts in a thirtieth of the time that `radiary` itself takes.
Signals are passed on.
"""

import json
import os
import signal
import socket
import sys
from collections.abc import Mapping, Sequence

STREAMS = 3
"""Standard input, output and error."""
_PASSED_ON = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM, signal.SIGUSR1)


def asked_for(address: str, arguments: Sequence[str], streams: Sequence[int], environment: Mapping[str, str]) -> socket.socket:
    """A connection on which the process's number comes as a line, and how it ended as another one."""
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(address)
    asked = {"arguments": list(arguments), "environment": dict(environment), "folder": os.getcwd()}  # noqa: PTH109 - starts at once
    socket.send_fds(connection, [b"?"], list(streams))
    connection.sendall(json.dumps(asked).encode() + b"\n")
    return connection


def _main(address: str, arguments: Sequence[str]) -> int:
    with asked_for(address, arguments, range(STREAMS), os.environ) as connection, connection.makefile("r") as answers:
        pid = int(answers.readline())
        for number in _PASSED_ON:
            signal.signal(number, lambda which, _frame: os.kill(pid, which))
        status = int(answers.readline())
    if status < 0:
        signal.signal(-status, signal.SIG_DFL)
        os.kill(os.getpid(), -status)
    return status


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1], sys.argv[2:]))
