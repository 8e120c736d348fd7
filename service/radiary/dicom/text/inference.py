"""The models of this package, run by ONNX Runtime on one thread; nothing else imports it."""

from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

_SILENT = 4
"""Severity from which on ONNX Runtime logs: only what is fatal, and that comes as an exception, too."""


@dataclass(frozen=True)
class Model:
    """A neural network that takes one array and gives one."""

    session: Any

    def __call__(self, batch: NDArray[np.float32]) -> NDArray[np.float32]:
        """The first output for a batch of pictures (pictures, channels, rows, columns)."""
        (given,) = self.session.get_inputs()
        found: NDArray[np.float32] = self.session.run(None, {given.name: batch})[0]
        return found

    def note(self, key: str) -> str:
        """A text that was written into the model's file under a name. Raises KeyError where there is none."""
        return str(self.session.get_modelmeta().custom_metadata_map[key])


def is_installed() -> bool:
    """Whether ONNX Runtime is there, which it need not be; it is not loaded to find out."""
    return find_spec("onnxruntime") is not None


@cache
def model(name: str) -> Model:
    """The model `models/<name>.onnx`, opened once a process, which takes a tenth of a second.

    Raises ImportError without ONNX Runtime, OSError without the file, and what ONNX Runtime raises for a damaged one.
    """
    # Imported here: it weighs 50 MB, and is an extra.
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = _SILENT
    options.enable_cpu_mem_arena = False  # it would keep the memory of the largest picture for good
    data = resources.files(__package__).joinpath("models", f"{name}.onnx").read_bytes()
    return Model(onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"]))
