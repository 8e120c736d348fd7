"""What is measured with: the columns of the table, and what is aimed at."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Column:
    """One input: `pictures` are to be made of it; `alone` and `whole` are the least ratios to the fastest peer wanted of us."""

    name: str
    pictures: int
    alone: float | None = None
    whole: float | None = None

    def path(self, folder: Path) -> Path:
        """Where its zip lies."""
        return folder / f"{self.name.replace(' ', '-')}.zip"


COLUMNS = (
    Column("CT", 400, 3.5, 2),
    Column("MR", 200, 2.5, 2),
    Column("mammogram", 4, 2, 1.5),
    Column("US clip", 100, 5, 1.5),
    Column("CT JPEG-LS", 200, 2, 1.5),
    Column("CT JPEG lossless", 200, 2.5, 1.5),
    Column("CT JPEG 2000", 100, 1.15, 1),
    Column("enhanced CT", 100),
    Column("public files", 34),
)
