"""Parts of papers' pages that their owner shows → what her pages say of them, at their papers' days."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from radiary.chronicle import told_papers
from radiary.chronicle.story import CutView, Story
from radiary.language import Language, sentence

FOLDER = "papers"
"""Where the pictures lie, beside the page."""
STOPPED = sentence(
    "A part of a paper that you showed as a picture is not shown any more: it would tell who it is about. Choose a smaller one "
    "in `radiary review`."
)
NAMES_OTHERS = sentence(
    "A part of a paper that you showed as a picture is not shown any more: somebody else, such as a physician, is named in it. "
    "Cut it out again in `radiary review`: the name is blanked then."
)


@dataclass(frozen=True)
class ShownCutting:
    """A part of a page that may be shown, at the day of its paper as that may be told (empty without one)."""

    code: str
    day: str
    kind: str
    digest: str
    text: str = field(repr=False)
    png: Callable[[], bytes] = field(repr=False, compare=False)

    @property
    def file(self) -> str:
        """The name of its picture: it says nothing of the paper."""
        return f"{self.code}.png"


def at_their_days(story: Story, shown: Iterable[ShownCutting], language: Language, *, may_show: Callable[[str], bool]) -> Story:
    """The story with each picture at its day; a day without such a paper has one event more."""
    cut: dict[str, list[CutView]] = {}
    missing: list[tuple[str, str]] = []
    for cutting in shown:
        kind = told_papers.named(cutting.kind)
        if not any(day == cutting.day and kind in told.split(", ") for day, told in (*story.papers, *missing)):
            missing.append((cutting.day, kind))
        cut.setdefault(cutting.day, []).append(CutView(f"{FOLDER}/{cutting.file}", _alt(cutting, language, may_show), kind))
    return replace(story, papers=(*story.papers, *missing), cuttings={day: tuple(ones) for day, ones in cut.items()})


def _alt(cutting: ShownCutting, language: Language, may_show: Callable[[str], bool]) -> str:
    """The picture for whoever does not see it: what was read on it, where nobody else is named there."""
    text = "; ".join(" ".join(line.split()) for line in cutting.text.splitlines() if line)
    plain = language.say("A part of this paper, as a picture")
    return f"{plain}: {text}" if text and may_show(text) else plain
