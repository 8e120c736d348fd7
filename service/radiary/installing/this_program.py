"""The Radiary that runs now, and what of its surroundings a service has to be told: it starts in none."""

import json
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import radiary
from radiary.installing.plan import Program, lies_in, outermost
from radiary.model.errors import Mistaken
from radiary.settings import CONFIG, PREFIX

_IN_A_CACHE = re.compile(r"caches?/(uv|pip|pipx)/|pipx/\.cache/", re.IGNORECASE)
_OF_THE_DESKTOP = ("XDG_CONFIG_HOME", "XDG_STATE_HOME")
_OF_LANGUAGE = ("LC_ALL", "LC_MESSAGES", "LANG")


def program() -> Program:
    """How it is called, and what it is made of. Raises Mistaken for one that will not stay where it is."""
    python = Path(sys.executable).absolute()
    if _IN_A_CACHE.search(str(python)):
        raise Mistaken(
            "This Radiary lies in a cache that is emptied at times. Install it (`uv tool install radiary`, or "
            "`pipx install radiary`), then install the service with that one."
        )
    script = python.with_name("radiary")
    command = (str(script),) if script.is_file() else (str(python), "-m", "radiary")
    package = Path(radiary.__file__).resolve().parents[1]
    places = [Path(sys.prefix), Path(sys.prefix).resolve(), Path(sys.base_prefix).resolve(), python.resolve().parents[1]]
    return Program((*command, "run"), outermost([*places, *([] if any(lies_in(package, one) for one in places) else [package])]))


def environment(config: Path | None, overrides: Mapping[str, Any], speaks: str) -> dict[str, str]:
    """Variables for the service: settings that were said in the environment or on the command line, and where home's folders are.

    Settings of the file stay there: it may be changed later. `speaks` is the setting `language`; "auto" wants the system's.
    """
    names = [name for name in os.environ if name.upper().startswith(PREFIX)]
    names += [*_OF_THE_DESKTOP, *(_OF_LANGUAGE if speaks == "auto" else ())]
    said = {name: os.environ[name] for name in names if os.environ.get(name, "").strip()}
    said |= {PREFIX + name.upper(): _written(value) for name, value in overrides.items()}
    if config is not None:
        said[CONFIG] = str(config.absolute())
    return said


def _written(value: Any) -> str:
    """A setting as the environment has it: one value as it is, several as a JSON list."""
    return value if isinstance(value, str) else json.dumps([str(one) for one in value])
