"""Whether the extra `radiary[ocr]`, which reads text in pictures, is installed: asked without loading anything of it."""

from importlib.util import find_spec


def is_installed() -> bool:
    """Whether ONNX Runtime is there; whether it works is another question (`engine.trouble`)."""
    return find_spec("onnxruntime") is not None
