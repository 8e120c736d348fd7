"""Libraries of the extra `radiary[archives]`, which may not be there."""

import importlib
from types import ModuleType

from radiary.model.errors import FormatNotInstalled


def library(name: str) -> ModuleType:
    """A library. Raises FormatNotInstalled."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        raise FormatNotInstalled from None
