"""`radiary config`: every setting as it counts now, and where it was said."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from radiary import settings
from radiary.commands import console, spoken
from radiary.commands.command import Given, example
from radiary.language import nearest, sentence
from radiary.model.errors import Mistaken
from radiary.settings import Origin, Settings


def config(said: Given, names: Sequence[str], *, as_json: bool) -> int:
    """Print the named settings, or all. Raises Unusable for settings that are wrong, and Mistaken for one that is none."""
    chosen = [name.replace("-", "_") for name in names] or list(Settings.model_fields)
    for name in chosen:
        if name not in Settings.model_fields:
            like = nearest(name, Settings.model_fields)
            none = sentence("There is no setting %(name)r.%(like)s `radiary config` shows them all.", name=name, like=like)
            raise Mistaken(none)
    loaded, origins = settings.load_with_origins(said.config, said.settings)
    if not as_json:
        spoken.use(loaded.spoken)
    values = {name: (getattr(loaded, name), origins[name]) for name in chosen}
    if as_json:
        shown = {name: {"value": _plain(value), "from": str(origin)} for name, (value, origin) in values.items()}
        sys.stdout.write(json.dumps(shown, indent=1) + "\n")
        return 0
    path = settings.file_of(said.config)
    absent = "" if path.exists() else f" ({spoken.say('not there; every setting has a default')})"
    console.out.print(f"# {path}{absent}", markup=False)
    for name, (value, origin) in values.items():
        where = "" if origin is Origin.DEFAULT else f"  # {origin}"
        console.out.print(f"{name} = {_toml(value)}{where}", markup=False)
    return 0


def show_example() -> int:
    """The commented settings file, as it is to be copied."""
    sys.stdout.write(example())
    return 0


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, Path) else value


def _toml(value: Any) -> str:
    """As it is written in the file: JSON's words and TOML's are the same for these."""
    return json.dumps(_plain(value), ensure_ascii=False)
