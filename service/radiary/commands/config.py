"""`radiary config`: every setting as it counts now, and where it was said."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from radiary import settings
from radiary.commands.command_line.settings_given import Given, example
from radiary.commands.speaking import console, spoken
from radiary.files import private
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
    sys.stdout.write(_with_places_here(example()))
    return 0


def write_example(said: Given) -> int:
    """Put it where settings are read. Raises Mistaken where there is a file."""
    path = settings.file_of(said.config)
    private.folder(path.parent)
    try:
        private.write(path, _with_places_here(example()).encode())
    except FileExistsError:
        raise Mistaken(sentence("There is a file %(file)s already; it stays as it is.", file=path)) from None
    console.answer(file=str(path))
    console.say("Written: %(file)s, with every default. Change in it what you want otherwise.", file=path)
    return 0


def _with_places_here(text: str) -> str:
    """With this computer's folders: downloads and pictures have other names elsewhere, the state another place on macOS."""
    fields = ((name, Settings.model_fields[name]) for name in ("watch", "library", "private", "chronicle", "state"))
    here = {name: _from_home(field.get_default(call_default_factory=True)) for name, field in fields}
    lines = ((line.partition(" = ")[0], line) for line in text.split("\n"))
    return "\n".join(f"{name} = {_toml(here[name])}" if name in here else line for name, line in lines)


def _from_home(value: Any) -> Any:
    """A path, or several, as they are written in the file."""
    if isinstance(value, tuple):
        return [_from_home(one) for one in value]
    return f"~/{value.relative_to(Path.home())}" if value.is_relative_to(Path.home()) else str(value)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, Path) else value


def _toml(value: Any) -> str:
    """As it is written in the file: JSON's words and TOML's are the same for these."""
    return json.dumps(_plain(value), ensure_ascii=False)
