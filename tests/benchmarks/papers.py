"""What reading a paper costs: CPU a paper of two pages, and memory, in a process that does nothing else. `make bench-papers`."""

import resource
import statistics
import sys
import time

from papers import STYLES
from radiary.documents import paper

_TIMES = 40
_CPU, _MEMORY = 60.0, 60.0
"""Milliseconds and megabytes that a paper may cost."""


def main() -> int:
    data = STYLES["over_two_pages"]()[0]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    spent = []
    for _ in range(_TIMES):
        began = time.process_time()
        reading = paper.of_bytes(data, (), 60)
        spent.append(1000 * (time.process_time() - began))
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    usual = statistics.median(spent)
    print(f"{len(reading.values)} values of two pages: {usual:.1f} ms of CPU a paper (the first {spent[0]:.0f}), {memory:.0f} MB")
    return 0 if usual <= _CPU and memory <= _MEMORY else 1


if __name__ == "__main__":
    sys.exit(main())
