"""The viewer's pages: one for each exam, one for two exams side by side. They ask nobody for anything but files beside them."""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from radiary.language import Language, marked
from radiary.viewer.exam_data import Heading

if TYPE_CHECKING:
    from jinja2 import Template

ASSETS = ("viewer.css", "viewer.js")
"""Files that all pages share."""
WORDS = {
    "place": marked("picture {at} of {all}"),
    "frame": marked("frame {at} of {all}"),
    "play": marked("Play"),
    "pause": marked("Pause"),
    "usual": marked("As it came"),
    "window": marked("window: {name}"),
    "missing": marked("This picture is not where it was. Is the library's disk there?"),
    "nothing": marked("There is nothing here to be set side by side. Go back, and choose an exam to look through."),
    "blanked": marked("A part of this picture was made black, for text stood there."),
    "made": marked("Made by Radiary from an anonymized copy"),
    "digest": marked("digest"),
    "undated": marked("Without a date"),
    "offset": marked("shifted by {by}"),
    "left": marked("left"),
    "right": marked("right"),
    "top": marked("top"),
    "bottom": marked("bottom"),
    "L": marked("the person's left"),
    "R": marked("the person's right"),
    "A": marked("front"),
    "P": marked("back"),
    "H": marked("head"),
    "F": marked("feet"),
}
"""What the script says, by the names it has for them."""
WINDOWS = {
    "soft-tissue": marked("Soft tissue"),
    "lung": marked("Lung"),
    "bone": marked("Bone"),
    "brain": marked("Brain"),
}


def exam(heading: Heading, language: Language, back: str, *, is_shared: bool = False) -> str:
    """The page of one exam; `back` leads to its day in the chronicle, or to its place in a copy that is shared."""
    day = language.day(heading.date) if heading.date else language.say(WORDS["undated"])
    of = {"heading": heading, "day": day, "back": back, "is_shared": is_shared}
    return _template("exam.html.j2").render(of, language=language, say=language.say, words=_words(language))


def compare(language: Language, back: str, *, is_shared: bool = False) -> str:
    """The page on which two exams of one kind are looked at beside each other; which ones stands behind the address's `#`."""
    of = {"back": back, "is_shared": is_shared}
    return _template("compare.html.j2").render(of, language=language, say=language.say, words=_words(language))


def windows(language: Language) -> Mapping[str, str]:
    """Prepared windows in words."""
    return {name: language.say(word) for name, word in WINDOWS.items()}


def asset(name: str) -> bytes:
    """A shared file's bytes."""
    return resources.files("radiary.viewer").joinpath(name).read_bytes()


def _words(language: Language) -> dict[str, str]:
    return {name: language.say(word) for name, word in WORDS.items()}


@cache
def _template(name: str) -> "Template":
    from jinja2 import Environment, StrictUndefined  # here: most commands write no page

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.globals["css"], environment.globals["js"] = ASSETS
    environment.globals["pane"] = environment.from_string(asset("pane.html.j2").decode())
    return environment.from_string(asset(name).decode())
