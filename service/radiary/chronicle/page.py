"""Story → one self-contained HTML page: it opens from the disk, asks no server for anything, and prints."""

import base64
from collections.abc import Mapping
from importlib import resources

from jinja2 import Environment, StrictUndefined, Template

from radiary.chronicle.story import Story

_NO_SHEETS: Mapping[str, str] = {}


def rendered(story: Story, pictures: Mapping[tuple[str, str], bytes | str], sheets: Mapping[str, str] = _NO_SHEETS) -> str:
    """The page; `pictures` holds JPEG bytes, or where they lie beside the page, by day and picture name.

    A picture that is not there is left out.

    `sheets` has, by study, where its contact sheet lies beside the page.
    """
    return _template("page.html.j2").render(story=story, pictures=pictures, sheets=sheets)


def _source(picture: bytes | str) -> str:
    return picture if isinstance(picture, str) else "data:image/jpeg;base64," + base64.b64encode(picture).decode()


def _template(name: str) -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["source"] = _source
    return environment.from_string(resources.files("radiary.chronicle").joinpath(name).read_text(encoding="utf-8"))
