"""Story → one self-contained HTML page: it opens from the disk, asks no server for anything, and prints."""

import base64
from collections.abc import Mapping
from importlib import resources

from jinja2 import Environment, StrictUndefined

from radiary.chronicle.story import Story


def rendered(story: Story, pictures: Mapping[tuple[str, str], bytes]) -> str:
    """The page; `pictures` holds JPEG bytes by day and picture name. A picture that is not there is left out."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["data_uri"] = lambda data: "data:image/jpeg;base64," + base64.b64encode(data).decode()
    template = resources.files("radiary.chronicle").joinpath("page.html.j2").read_text(encoding="utf-8")
    return environment.from_string(template).render(story=story, pictures=pictures)
