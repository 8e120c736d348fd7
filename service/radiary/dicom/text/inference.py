"""The neural networks of this package, run by ONNX Runtime on one thread. No other module imports ONNX Runtime."""

import importlib
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from radiary.workers import process, time_limit

_SILENT = 4
"""Least severity that ONNX Runtime logs: fatal errors only, which come as exceptions, too."""

_SECONDS = 120.0
"""Time that one run may take, which is some seconds at most on a computer with much else to do: one that hangs never returns."""
_MISSING = re.compile(r"(lib[\w.+-]+\.so[\w.]*): cannot open shared object file")

_AS_ASKED_FOR, _FIRST, _LEFT_OVER = 1, 1 << 16, 1 << 20
"""ONNX Runtime's number for growing by what is asked for; bytes that are kept for good, and that may be left over of a part."""


@dataclass(frozen=True)
class Model:
    """A neural network that takes one array and gives one."""

    session: Any

    def __call__(self, batch: NDArray[np.float32]) -> NDArray[np.float32]:
        """The first output for a batch of pictures (pictures, channels, rows, columns)."""
        (model_input,) = self.session.get_inputs()
        with time_limit.at_most(_SECONDS):
            output: NDArray[np.float32] = self.session.run(None, {model_input.name: batch}, _freed())[0]
        return output

    def note(self, key: str) -> str:
        """A text that stands under a name in the model's file. Raises KeyError where there is none."""
        return str(self.session.get_modelmeta().custom_metadata_map[key])


@cache
def _freed() -> Any:
    """Options of a run that keeps its memory until it is over, and no longer: the largest picture's would stay for good.

    Asking the system for each layer's memory anew takes a third of the time.
    """
    import onnxruntime

    options = onnxruntime.RunOptions()
    options.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
    return options


def loads() -> bool:
    """Whether ONNX Runtime can be loaded, with the libraries that it needs."""
    try:
        importlib.import_module("onnxruntime")
    except Exception:  # noqa: BLE001 - what is broken raises what it likes
        return False
    return True


def missing_library() -> str | None:
    """The file of the system's library for want of which ONNX Runtime does not load; None where it is something else."""
    try:
        importlib.import_module("onnxruntime")
    except Exception as error:  # noqa: BLE001 - what is broken raises what it likes
        missing = _MISSING.search(str(error))
        return missing[1] if missing else None
    return None


@cache
def _share_memory() -> None:
    """Let all models of this process take their memory from one place, which grows by what is asked for and gives it back.

    Each would keep a part of its own, in sizes that are powers of two.
    """
    import onnxruntime

    growth = {"arena_extend_strategy": _AS_ASKED_FOR, "initial_chunk_size_bytes": _FIRST, "max_dead_bytes_per_chunk": _LEFT_OVER}
    arena = onnxruntime.OrtArenaCfg({"max_mem": 0, **growth})
    kind, default = onnxruntime.OrtAllocatorType.ORT_ARENA_ALLOCATOR, onnxruntime.OrtMemType.DEFAULT
    onnxruntime.create_and_register_allocator(onnxruntime.OrtMemoryInfo("Cpu", kind, 0, default), arena)
    process.give_back_large_memory()


@cache
def model(name: str) -> Model:
    """The model `models/<name>.onnx`, opened once in each process, which takes a tenth of a second.

    Raises ImportError without ONNX Runtime, OSError without the file, and what ONNX Runtime raises for a damaged one.
    """
    # Imported here, since it is optional and takes 50 MB of memory.
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = _SILENT
    # Pictures differ in size, so what a run of one size takes, laid out as one block, fits no other.
    options.enable_mem_pattern = False
    _share_memory()
    options.add_session_config_entry("session.use_env_allocators", "1")
    content = resources.files(__package__).joinpath("models", f"{name}.onnx").read_bytes()
    return Model(onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"]))
