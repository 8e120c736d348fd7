"""The headings of a table: which lines are one, and over which lines of values a large and a small one stand."""

from dataclasses import dataclass

from radiary.documents import cultures, persons
from radiary.documents.line import Line
from radiary.documents.reading import APART

_NEAR = 4.5
"""Letters' heights within which something stands under a heading."""
_LONGEST = 60
"""Letters of a heading."""


@dataclass
class Headings:
    """The headings over a line: a large one, and a small one under it."""

    large: str = ""
    small: str = ""
    small_x0: float = 0
    indented: bool | None = None
    large_x0: float = 0
    has_values: bool = False
    """Whether values stand under the large one already."""

    @staticmethod
    def step(line: Line) -> float:
        """How far a line is set in at least, to be so."""
        return 0.35 * line.row.height

    def take(self, line: Line) -> None:
        """Remember the heading of a line that holds nothing else, for the values below it."""
        text = line.unmarked_name
        is_beside = self.has_values and not self.small and not self.large.isupper()
        if text.isupper() or not self.large or (is_beside and line.row.cells[0].x0 <= self.large_x0 + self.step(line)):
            self.large_x0, self.has_values = line.row.cells[0].x0, False
            self.large, self.small = text, ""
        else:
            self.small = text
        self.small_x0, self.indented = line.row.cells[0].x0, None

    def over(self, line: Line) -> str:
        """The section of a line of values; a small heading ends where its lines are not set in any more."""
        is_set_in = line.row.cells[0].x0 > self.small_x0 + self.step(line)
        self.has_values = True
        if self.indented is None:
            self.indented = is_set_in
        elif self.indented and not is_set_in:
            self.small, self.indented = "", False
        return APART.join(one for one in (self.large, self.small) if one)


def is_heading(line: Line, follows: Line) -> bool:
    """Whether a line without a value stands over others; what explains a value, or ends a page, does not."""
    is_near = follows.page == line.page and follows.row.middle - line.row.middle < _NEAR * line.row.height
    is_short = len(line.name) <= _LONGEST and not line.name.endswith((".", ","))
    return (
        (line.is_sure or line.name.isupper() or cultures.is_title(line.name))
        and len(line.row.cells) == 1
        and is_near
        and is_short
        and not persons.may_be_meant(line.name)
        and (bool(follows.name) or not follows.values)
    )
