"""A chronicle beside a site of its owner's, told of again and again."""

from pathlib import Path

import numpy as np

from conftest import KEY
from radiary.chronicle import folder
from radiary.chronicle.remembered import Remembered
from radiary.chronicle.site import Site
from radiary.chronicle.story import folded
from radiary.dicom.render import encode
from radiary.model.events import Event
from radiary.state.people import People
from radiary.workers.pool import Pool


class Home:
    """A library, and a site of its owner's beside the chronicle's folder."""

    def __init__(self, place: Path, pool: Pool) -> None:
        self.place, self.pool = place, pool
        self.site = Site(place / "chronicle", place / "site/_data/story.yml", place / "site/assets/story", memory=place)
        self.events: list[Event] = []
        self.known: set[str] = set()
        self.remembered = Remembered()
        (place / "site/_data").mkdir(parents=True)
        (place / "site/assets").mkdir()

    def picture(self, name: str, grey: int) -> None:
        """A picture in the library, of one grey."""
        path = self.place / "library" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(encode.png(np.full((8, 8), grey, "u1")))

    @property
    def data(self) -> Path:
        return self.place / "site/_data/story.yml"

    @property
    def images(self) -> Path:
        return self.place / "site/assets/story"

    @property
    def text(self) -> str:
        return self.data.read_bytes().decode()

    @property
    def page(self) -> str:
        return (self.place / "chronicle/index.html").read_text()

    def tell(self, *more: Event) -> str | None:
        self.events += more
        people = People(self.place / "people", KEY)
        facts, note = folder.tell(
            folded(self.events), frozenset(self.known), site=self.site, library=self.place / "library", pool=self.pool,
            people=people, remembered=self.remembered,
        )  # fmt: skip
        self.events += facts
        self.known |= {fact.study for fact in facts}
        return note
