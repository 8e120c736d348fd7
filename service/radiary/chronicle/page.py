"""Story → one self-contained HTML page: it opens from the disk, asks no server for anything, and prints.

Beside it, the page of `radiary review`.
"""

import base64
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any

from jinja2 import Environment, StrictUndefined, Template

from radiary.chronicle.story import Story

_NO_SHEETS: Mapping[str, str] = {}


def rendered(story: Story, pictures: Mapping[tuple[str, str], bytes | str], sheets: Mapping[str, str] = _NO_SHEETS) -> str:
    """The page; `pictures` holds JPEG bytes, or where they lie beside the page, by day and picture name.

    A picture that is not there is left out.

    `sheets` has, by study, where its contact sheet lies beside the page.
    """
    return _template("page.html.j2").render(story=story, pictures=pictures, sheets=sheets)


def review(instances: Sequence[Mapping[str, Any]], missing: Sequence[str]) -> str:
    """The private page on which held pictures are decided about; not self-contained: `radiary review` serves it.

    `missing` are the folders of exams that should be on the shelf.
    """
    return _template("review.html.j2").render(items=instances, missing=missing)


def _source(picture: bytes | str) -> str:
    return picture if isinstance(picture, str) else "data:image/jpeg;base64," + base64.b64encode(picture).decode()


def _template(name: str) -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["source"] = _source
    return environment.from_string(resources.files("radiary.chronicle").joinpath(name).read_text(encoding="utf-8"))
