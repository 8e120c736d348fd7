"""What a held object holds beyond what its pictures show: the same frames in other windows, made of its copy.

A picture shows a part of the values; the copy holds them all, and text may stand in the rest.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from radiary.dicom.read import elements, header, pixel_description
from radiary.dicom.read.pixel_matrix import Matrix, Undecodable
from radiary.dicom.render import encode, grayscale, palette, pixel_aspect, pixels
from radiary.dicom.wall.deidentify import readmitted
from radiary.model.errors import Reason
from radiary.model.nouns import Deidentified

_PIXELS = 0x7FE00001
"""The first element that describes or holds pixels."""
_GREYS = 8
"""Bits of a grey level in a picture."""
FULL, EQUALISED = "full", "equalised"


@dataclass(frozen=True)
class Held:
    """One object, as its copy on the private shelf holds it."""

    clean: Deidentified
    shape: Matrix

    @property
    def frames(self) -> int:
        """How many there are."""
        return self.shape.frames

    @property
    def header(self) -> bytes:
        """All that stands before its pixels, as it is written."""
        return b"".join(elements.written(self.clean.dataset, _PIXELS))

    @property
    def views(self) -> tuple[str, ...]:
        """The names of its views; none of one in full colour, or in 256 greys without a window: it shows all that it holds."""
        if self.shape.photometric == "PALETTE COLOR":
            return (EQUALISED,) if self._hides_colours else ()
        if self.shape.is_colour or (self.shape.bits_stored <= _GREYS and grayscale.view(self.clean.dataset, 0).voi is None):
            return ()
        named = ("soft-tissue", "lung", "bone") if self.clean.facts.modality == "CT" else (EQUALISED,)
        return (FULL, *named, *(f"window-{place}" for place, _ in enumerate(self._further, start=2)))

    def frame(self, number: int) -> NDArray[np.uint8]:
        """Frame `number` (from 0) as it is shown. Raises Undecodable."""
        stored = self._stored(number)
        return self._squared(pixels.picture(self.clean, self.shape, stored, number, None))

    def seen(self, number: int, names: tuple[str, ...]) -> Iterator[NDArray[np.uint8]]:
        """Frame `number` in each of these views. Raises Undecodable."""
        stored = self._stored(number)
        for name in names:
            yield self._squared(self._view(stored, number, name))

    @cached_property
    def _further(self) -> list[grayscale.Window]:
        return grayscale.further_windows(self.clean.dataset, 0)

    @property
    def _hides_colours(self) -> bool:
        """Whether its palette gives one colour to values far apart."""
        values = np.arange(1 << min(self.shape.bits_stored, 16))
        try:
            return bool(palette.shades(self.clean.dataset, values).any())
        except header.UNREADABLE:
            return False

    def _stored(self, number: int) -> NDArray[np.generic]:
        try:
            return next(islice(pixels.frames(self.clean, self.shape), number, None))
        except StopIteration:
            raise Undecodable(Reason.PIXEL_DATA_TRUNCATED) from None
        except header.UNREADABLE:
            raise Undecodable(Reason.PIXEL_DATA_UNREADABLE) from None

    def _view(self, stored: NDArray[np.generic], number: int, name: str) -> NDArray[np.uint8]:
        if name == EQUALISED:
            return _equalised(stored)
        shown = replace(grayscale.view(self.clean.dataset, number), padding=None)
        if name == FULL:
            return replace(shown, voi=None).picture(stored, None)
        window = grayscale.PRESETS[name] if name in grayscale.PRESETS else self._further[int(name.removeprefix("window-")) - 2]
        return replace(shown, voi=window).picture(stored, None)

    def _squared(self, picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
        return pixel_aspect.squared(picture, self.clean.dataset)


def opened(copy: bytes) -> Held:
    """A copy that Radiary wrote. Raises Undecodable, and ValueError for one that cannot be read."""
    clean = readmitted(copy, is_blanked=False)
    return Held(clean, pixel_description.matrix(clean))


def png(picture: NDArray[np.uint8]) -> bytes:
    """A picture's file, quickly."""
    return encode.png(picture)


def _equalised(stored: NDArray[np.generic]) -> NDArray[np.uint8]:
    """Every value by its rank among the others, so that the faintest difference can be seen."""
    _, places, counts = np.unique(stored, return_inverse=True, return_counts=True)
    ranks = np.cumsum(counts) - counts
    levels = np.rint(ranks * (255 / max(1, int(ranks[-1])))).astype(np.uint8)
    equalised: NDArray[np.uint8] = levels[places].reshape(stored.shape)
    return equalised
