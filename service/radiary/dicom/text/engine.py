"""Whether text can be read here, and if not, what is wrong: not installed, does not load, incomplete, or it reads nonsense."""

from radiary.dicom.text import extra, inference, reader
from radiary.model.errors import Reason

_MODELS = ("detection", "recognition", "faint")


def trouble() -> Reason | None:
    """Why no text can be read; None where it can, as reading a drawn word shows. To be run in a process that may die of it."""
    if not extra.is_installed():
        return Reason.TEXT_READER_NOT_INSTALLED
    if not inference.loads():
        return Reason.TEXT_READER_UNLOADABLE
    try:
        open_models()
    except Exception:  # noqa: BLE001 - a damaged file makes ONNX Runtime raise what it likes
        return Reason.TEXT_READER_INCOMPLETE
    return None if reader.trial() is None else Reason.TEXT_READER_WRONG


def open_models() -> None:
    """Open what text is read with; it stays open in this process. Raises what `inference.model` raises."""
    for name in _MODELS:
        inference.model(name)
