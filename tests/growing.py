"""How much memory a worker takes that looks for text in pictures of many sizes; a module of its own, for workers import it."""

import os

import numpy as np

from benchmarks import spending
from radiary.dicom.text import inference

_SIZES = {
    "detection": ((3, 736, 960), (3, 480, 1408), (3, 320, 800), (3, 736, 960), (3, 480, 1472), (3, 544, 736), (3, 736, 960)),
    "faint": ((3, 608, 3072), (3, 704, 3072), (3, 704, 3072), (3, 608, 3072), (3, 608, 3072)),
}


def growth(name: str) -> int:
    """Bytes by which the memory of this process exceeds, at most, what a model itself takes."""
    network = inference.model(name)
    network(np.zeros((1, 3, 32, 64), "f4"))
    before = spending.memory_of(os.getpid(), "VmRSS")
    for size in _SIZES[name]:
        network(np.zeros((1, *size), "f4"))
    return spending.memory_of(os.getpid()) - before
