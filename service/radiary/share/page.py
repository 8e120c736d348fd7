"""A copy's own pages: its exams, day by day, and what it holds and does not hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from jinja2 import Environment, StrictUndefined, Template

from radiary.language import Language, unbroken

FIRST, HOLDS, STYLE = "index.html", "what-it-holds.html", "page.css"


@dataclass(frozen=True)
class ShownPicture:
    """A picture on the first page: where it lies, the place in the viewer that it leads to, and words for it."""

    source: str
    link: str
    caption: str
    alt: str


@dataclass(frozen=True)
class ExamEntry:
    """One exam on the pages: its code, its day in words, its title, what is said of it, what it shows."""

    code: str
    day: str
    title: str
    facts: str
    viewer: str
    """The page on which it is looked through; empty where it has no picture."""
    pictures: tuple[ShownPicture, ...]
    report: str
    person: str
    count: int
    """Pictures of it in the copy, each counted once however many windows there are."""
    stacks: int


@dataclass(frozen=True)
class Account:
    """What a copy holds, and what was left out or changed."""

    days_are_relative: bool
    form: str
    unreadable: int = 0
    """Pictures that were not as they were filed."""
    lettered: int = 0
    """Pictures in which something looked like text."""
    held: int = 0
    """Pictures of the same exams that wait on their owner's private shelf."""
    dates: int = 0
    """Dates in reports that were counted, or left out."""
    people: int = 1
    large: int = 0
    """Pictures that are larger than one of the form can be, and of another one."""
    sizes: Mapping[str, int] = field(default_factory=dict)


def first(entries: Sequence[ExamEntry], account: Account, language: Language) -> str:
    """The page that one opens."""
    return _template("index.html.j2").render(
        entries=entries, account=account, language=language, say=language.say, count=language.count
    )


def holds(entries: Sequence[ExamEntry], account: Account, language: Language) -> str:
    """The page that says what the copy holds, what was changed, and what is never in one."""
    return _template("holds.html.j2").render(
        entries=entries, account=account, language=language, say=language.say, count=language.count
    )


def style() -> bytes:
    """The chronicle's style, and the little that is the copy's own."""
    ours = resources.files("radiary.share").joinpath("share.css").read_bytes()
    return resources.files("radiary.chronicle").joinpath("page.css").read_bytes() + ours


@cache
def _template(name: str) -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["unbroken"] = unbroken
    environment.globals["style"], environment.globals["first"], environment.globals["holds"] = STYLE, FIRST, HOLDS
    return environment.from_string(resources.files("radiary.share").joinpath(name).read_text(encoding="utf-8"))
