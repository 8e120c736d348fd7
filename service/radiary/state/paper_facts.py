"""What its owner confirmed of her papers: facts in the order of their coming, sealed. Values are folded from them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from radiary.model.errors import Unusable
from radiary.state.sealed_file import Sealed


class ConfirmedValue(BaseModel):
    """A value as she confirmed it, and where it is printed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(repr=False)
    section: str = Field(default="", repr=False)
    number: Decimal | None = Field(default=None, repr=False)
    comparator: str = ""
    word: str = Field(default="", repr=False)
    unit: str = ""
    low: Decimal | None = Field(default=None, repr=False)
    high: Decimal | None = Field(default=None, repr=False)
    range: str = Field(default="", repr=False)
    flag: str = ""
    day: date | None = Field(default=None, repr=False)
    """The day of its sample."""
    time: str = ""
    row: int = 0
    """Which row of the reading it was, from 1; 0 where an older version did not note it."""
    page: int = 0
    box: tuple[float, float, float, float] = (0, 0, 0, 0)


class Cutting(BaseModel):
    """A part of a paper's page that she shows as a picture, or shows no more."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    page: int = 0
    part: tuple[float, float, float, float] = (0, 0, 0, 0)
    """Left, top, right and bottom, in shares of the page as it is seen."""
    digest: str = ""
    """SHA-256 of its picture, which was searched before it was kept."""
    text: str = Field(default="", repr=False)
    """What was read on it, line by line: searched again whenever somebody else is known."""


class PaperFact(BaseModel):
    """One decision about a paper (by its pseudonymous UID): its values confirmed, all of it withdrawn, or two series joined."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    does: Literal["confirmed", "withdrawn", "described", "joined", "released", "kept", "cut", "uncut"]
    at: datetime = Field(default_factory=lambda: datetime.now(tz=UTC))
    paper: str = ""
    person: str = ""
    kind: str = ""
    day: date | None = Field(default=None, repr=False)
    laboratory: str = Field(default="", repr=False)
    number: str = Field(default="", repr=False)
    """The report's own number."""
    status: str = ""
    issued: str = Field(default="", repr=False)
    """When the report was printed or released, as it says itself: by this its versions are in order."""
    values: tuple[ConfirmedValue, ...] = Field(default=(), repr=False)
    series: tuple[str, str] = ("", "")
    """Of joined ones: the codes of one, and of the one that it becomes a part of. Of one that may go out, or not: its code."""
    cutting: Cutting | None = None
    for_site: bool = False
    """Of a released one: whether it goes into her site's data, too."""


_FACTS = TypeAdapter(tuple[PaperFact, ...])


class PaperFacts:
    """The facts in the file at `path`; each change is one atomic replacement under a lock."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._sealed = Sealed(path, key, "papers")

    def all(self) -> tuple[PaperFact, ...]:
        """All facts, oldest first. Raises Unusable for a file that is none of ours."""
        content = self._sealed.content()
        try:
            return _FACTS.validate_json(content) if content else ()
        except ValidationError:
            raise Unusable("The file `papers` in the state folder is from a newer version, or damaged.") from None

    def add(self, *facts: PaperFact) -> None:
        """Write facts behind all others."""
        with self._sealed.locked():
            self._sealed.replace(_FACTS.dump_json((*self.all(), *facts)))
