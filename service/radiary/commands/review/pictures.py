"""What the page of `radiary review` shows of one held object: frames, small ones, other windows, and where text may stand.

Everything is made on demand, in processes of its own, of what stands on the private shelf. Where text may stand is remembered
in the state folder, as boxes and nothing else: looking takes a third of a second a frame.
"""

import contextlib
import json
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from radiary.commands.held.films import HeldFilm
from radiary.commands.held.pictures import Held
from radiary.files import private
from radiary.ingest.text_engine import TextEngine
from radiary.ingest.text_search import boxes_in
from radiary.library.layout import code
from radiary.model.errors import RadiaryError
from radiary.model.nouns import Box
from radiary.workers.pool import Pool
from radiary.workers.process import process

Result = TypeVar("Result")
_SMALL = 160
"""Pixels of the longer side of a small picture."""
_REMEMBERED = "looks"


@dataclass
class Pictures:
    """For one run of `radiary review`; `state` is the state folder."""

    state: Path
    _drawing: Pool = field(default_factory=lambda: Pool(process, 1))
    _reading: Pool = field(default_factory=lambda: Pool(process, 1))
    _draws: threading.Lock = field(default_factory=threading.Lock)
    _looking: threading.Lock = field(default_factory=threading.Lock)
    _turns: threading.Condition = field(default_factory=threading.Condition)
    _asking: int = 0
    """How many wait for boxes of a frame that they look at: what is looked for ahead lets them go first."""
    _is_closed: bool = False
    _engine: TextEngine = field(init=False)
    _about: dict[str, dict[str, Any]] = field(default_factory=dict)
    _looks: dict[str, dict[str, list[Box]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._engine = TextEngine(self._reading)

    def about(self, held: Held) -> dict[str, Any]:
        """How many frames there are to be seen, and the names of its other windows.

        A slide of many tiles has one picture, its overview; each tile in its copy is a frame more.
        """
        pictures = len(held.record.pictures)
        if held.record.uid not in self._about:
            frames, views = self._drawn(_facts, _copy(held)) or (0, ())
            more = frames if frames > pictures else 0
            self._about[held.record.uid] = {"frames": pictures + more, "pictures": pictures, "views": list(views)}
        return self._about[held.record.uid]

    def frame(self, held: Held, number: int) -> bytes | None:
        """Frame `number` (from 0) as it was filed, as a PNG; None where there is none."""
        if number >= len(held.record.pictures):
            if number >= self.about(held)["frames"]:
                return None
            return self._drawn(_frame, _copy(held), number - len(held.record.pictures))
        try:
            return (held.folder / held.record.pictures[number].path).read_bytes()
        except OSError:
            return None

    def small(self, held: Held, number: int) -> bytes | None:
        """The same as a small JPEG."""
        picture = self.frame(held, number)
        return self._drawn(_small, picture) if picture else None

    def view(self, held: Held, number: int, name: str) -> bytes | None:
        """A frame in another window, as a PNG."""
        if name not in self.about(held)["views"]:
            return None
        return self._drawn(_view, _copy(held), self._in_copy(held, number), name)

    def boxes(self, held: Held, number: int) -> dict[str, Any]:
        """Where a frame may show text, in any window, and what is wrong with the reader when nobody looked."""
        with self._asked_for(), self._looking:
            return self._boxes(held, number)

    @contextlib.contextmanager
    def _asked_for(self) -> Iterator[None]:
        """While somebody asks."""
        with self._turns:
            self._asking += 1
        try:
            yield
        finally:
            with self._turns:
                self._asking -= 1
                self._turns.notify_all()

    def _boxes(self, held: Held, number: int) -> dict[str, Any]:
        looks = self._remembered(held)
        if str(number) not in looks:
            trouble = self._engine.trouble()
            if trouble:
                return {"boxes": [], "trouble": trouble}
            looks[str(number)] = self._looked_for(held, number)
            with contextlib.suppress(OSError):  # a full disk: they are looked for again
                private.note(private.folder(self.state / _REMEMBERED) / code(held.record.uid), _written(held, looks))
        return {"boxes": looks[str(number)], "trouble": None}

    def first(self, film: HeldFilm) -> bytes | None:
        """The first picture of a film as a PNG; None where OpenCV is not there, or cannot decode it."""
        return self._drawn(_first, film.path)

    def look_ahead(self, held: Sequence[Held]) -> None:
        """Look for text while nobody asks, first in the first frame of each, so that boxes stand there when it is opened."""
        threading.Thread(target=self._look_ahead, args=(held,), daemon=True).start()

    def _look_ahead(self, held: Sequence[Held]) -> None:
        rest = [(one, number) for one in held for number in range(1, len(one.record.pictures))]
        for picture, number in [*((one, 0) for one in held), *rest]:
            try:
                with self._turns:
                    self._turns.wait_for(lambda: not self._asking)
                with self._looking:
                    if self._is_closed or self._boxes(picture, number)["trouble"]:
                        return
            except RadiaryError:  # a process died of this one
                continue

    def close(self) -> None:
        """End the processes."""
        self._is_closed = True
        for pool in (self._drawing, self._reading):
            pool.stop()
            pool.close()

    def _looked_for(self, held: Held, number: int) -> list[Box]:
        pictures = [self.frame(held, number), *(self.view(held, number, name) for name in self.about(held)["views"])]
        places = (box for picture in pictures if picture for box in self._reading.call(boxes_in, picture))
        return sorted(dict.fromkeys(places))

    def _remembered(self, held: Held) -> dict[str, list[Box]]:
        """Boxes by frame, as far as they are known; those of other pixels do not count."""
        uid = held.record.uid
        if uid not in self._looks:
            self._looks[uid] = {}
            with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
                said = json.loads((self.state / _REMEMBERED / code(uid)).read_bytes())
                if said["pixels"] == held.record.pixels:
                    self._looks[uid] = {str(frame): [tuple(box) for box in boxes] for frame, boxes in said["frames"].items()}
        return self._looks[uid]

    def _in_copy(self, held: Held, number: int) -> int:
        pictures = len(held.record.pictures)
        return number - pictures if number >= pictures else number

    def _drawn(self, work: Callable[..., Result], *arguments: Any) -> Result | None:
        """What a worker makes; None of what cannot be made."""
        try:
            with self._draws:
                (made,) = self._drawing.each(work, [arguments])
        except RadiaryError:
            return None
        return made


def _copy(held: Held) -> Path | None:
    return held.folder / held.record.copy.path if held.record.copy else None


def _written(held: Held, looks: dict[str, list[Box]]) -> bytes:
    return json.dumps({"pixels": held.record.pixels, "frames": looks}).encode()


# In a process of the pool's: pixels are no part of the coordinator.


def _facts(copy: Path | None) -> tuple[int, tuple[str, ...]]:
    from radiary.dicom import held_views

    if copy is None:
        return 0, ()
    held = held_views.opened(copy.read_bytes())
    return held.frames, held.views


def _frame(copy: Path, number: int) -> bytes:
    from radiary.dicom import held_views

    return held_views.png(held_views.opened(copy.read_bytes()).frame(number))


def _view(copy: Path, number: int, name: str) -> bytes:
    from radiary.dicom import held_views

    (picture,) = held_views.opened(copy.read_bytes()).seen(number, (name,))
    return held_views.png(picture)


def _small(picture: bytes) -> bytes | None:
    from radiary.dicom.render import encode

    return encode.jpeg(picture, _SMALL)


def _first(film: Path) -> bytes | None:
    from radiary.dicom.render import film as films

    if not films.is_possible():
        return None
    os.environ.update(films.OPTIONS)
    with film.open("rb") as file:
        return films.first(file)
