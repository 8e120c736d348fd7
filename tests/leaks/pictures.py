"""Pictures with text burned into them, of eleven kinds; each text's place and strokes are remembered."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from pydicom.dataset import Dataset

from leaks import technical
from leaks.making import Ink, Maker, Study

REGION = (48, 44, 303, 223)
"""Of an ultrasound picture of 320 by 240 pixels."""
_MARGIN = 4


@dataclass(frozen=True)
class Kind:
    """One kind of picture; `ink`: the share of the range that its text is drawn with, `size`: of its letters."""

    name: str
    modality: str
    size: tuple[int, int]
    image_type: tuple[str, ...] = ("ORIGINAL", "PRIMARY", "AXIAL")
    sop_class: str = ""
    photometric: str = "MONOCHROME2"
    is_bright: bool = False


_STORAGE = technical.STORAGE
KINDS = (
    Kind("ultrasound: text outside the region", "US", (320, 240), ("ORIGINAL", "PRIMARY"), photometric="RGB"),
    Kind("ultrasound: text inside the region", "US", (320, 240), ("ORIGINAL", "PRIMARY"), photometric="RGB"),
    Kind("ultrasound cine: static text", "US", (320, 240), ("ORIGINAL", "PRIMARY"), _STORAGE + "3.1"),
    Kind("ultrasound: palette colour", "US", (320, 240), ("ORIGINAL", "PRIMARY"), photometric="PALETTE COLOR"),
    Kind("secondary capture", "OT", (320, 256), ("DERIVED", "SECONDARY"), _STORAGE + "7", "RGB", is_bright=True),
    Kind("dose page", "CT", (384, 320), ("DERIVED", "SECONDARY", "SCREEN SAVE"), _STORAGE + "7"),
    Kind("CR, DX and MG: stamped", "DX CR MG", (320, 384), ("ORIGINAL", "PRIMARY")),
    Kind("XA and RF", "XA RF", (320, 320), ("ORIGINAL", "PRIMARY", "SINGLE PLANE")),
    Kind("CT and MR: localizer", "CT MR", (320, 320), ("ORIGINAL", "PRIMARY", "LOCALIZER")),
    Kind("CT and MR: derived", "MR CT", (320, 320), ("DERIVED", "SECONDARY", "MPR")),
    Kind("CT and MR: plain slices", "CT MR", (320, 320)),
    Kind("NM and PT", "PT NM", (256, 256)),
    Kind("MONOCHROME1", "DX CR", (320, 320), ("ORIGINAL", "PRIMARY"), photometric="MONOCHROME1"),
)
_STYLES = ((26, 1.0), (15, 1.0), (36, 0.8), (18, 0.65))
"""Letters' height in points and their share of the range, from one picture of a kind to the next."""


def plant(maker: Maker, each: int) -> None:
    """`each` pictures of every kind, a series each."""
    study = maker.study()
    for kind in KINDS:
        for turn in range(each):
            _picture(maker, study, kind, turn)


def _picture(maker: Maker, study: Study, kind: Kind, turn: int) -> None:
    modality = kind.modality.split()[turn % len(kind.modality.split())]
    size, share = _STYLES[turn % len(_STYLES)]
    grey = background(maker.noise, kind.size, is_fan=modality == "US", is_bright=kind.is_bright)
    inks = tuple(_inks(maker, kind, size))
    for ink in inks:
        draw(grey, ink, 0.02 if kind.is_bright else share)
    values = _values(grey, kind, maker.noise)
    sop_class = kind.sop_class or technical.CLASSES.get(modality, "")
    stored = 8 if values.dtype.itemsize == 1 else 12
    photometric = "MONOCHROME2" if kind.photometric == "RGB" else kind.photometric
    made = maker.image(
        study, modality, values, stored=stored, photometric=photometric, sop_class=sop_class, series=f"{kind.name} {turn}"
    )
    made.ImageType = list(kind.image_type)
    _finish(made, kind)
    maker.add(made, kind=kind.name, inks=inks)


def _finish(made: Dataset, kind: Kind) -> None:
    if kind.name.startswith("ultrasound"):
        technical.region(made, *REGION)
    if kind.photometric == "PALETTE COLOR":
        _palette(made)
    if made.Modality in ("OT", "US") or kind.name == "dose page":
        for keyword in ("WindowCenter", "WindowWidth", "RescaleSlope", "RescaleIntercept"):
            if keyword in made:
                delattr(made, keyword)


def _palette(made: Dataset) -> None:
    """256 entries a channel, 16 bits deep, a little blue."""
    made.SamplesPerPixel = 1
    for channel, name in enumerate(("Red", "Green", "Blue")):
        ramp = np.clip(np.arange(256) * 257 * (1.0 if channel == 2 else 0.9), 0, 65535).astype("<u2")
        setattr(made, f"{name}PaletteColorLookupTableDescriptor", [256, 0, 16])
        setattr(made, f"{name}PaletteColorLookupTableData", ramp.tobytes())


def _values(grey: NDArray[np.float64], kind: Kind, noise: np.random.Generator) -> NDArray[Any]:
    """Stored values of a picture whose grey runs from 0 to 1."""
    if kind.photometric == "RGB":
        return np.stack([(grey * 255).astype("u1")] * 3, axis=-1)
    if kind.photometric == "PALETTE COLOR":
        return (grey * 255).astype("u1")
    if kind.name.startswith("ultrasound cine"):
        return np.stack(
            [(np.where(grey >= 0.6, grey, grey * noise.uniform(0.6, 1, grey.shape)) * 255).astype("u1") for _ in range(4)]
        )
    if kind.photometric == "MONOCHROME1":
        return ((1 - grey) * 4095).astype("<u2")
    return (grey * 4095).astype("<u2")


def background(noise: np.random.Generator, size: tuple[int, int], *, is_fan: bool, is_bright: bool) -> NDArray[np.float64]:
    """Soft blobs and grain, 0 to 0.5; speckle in a sector for ultrasound; a near-white page."""
    columns, rows = size
    y, x = np.mgrid[0:rows, 0:columns]
    if is_bright:
        return np.clip(0.9 + 0.02 * noise.standard_normal((rows, columns)), 0, 1)
    grey = np.zeros((rows, columns))
    for _ in range(7):
        cx, cy, wide = noise.uniform(0, columns), noise.uniform(0, rows), noise.uniform(0.1, 0.35) * columns
        grey += noise.uniform(0.1, 0.4) * np.exp(-((x - cx) ** 2 + (y - cy) ** 2) / (2 * wide**2))
    grey = 0.45 * grey / grey.max() + 0.02 * np.abs(noise.standard_normal((rows, columns)))
    if is_fan:
        x0, y0, x1, y1 = REGION
        inside = (np.abs(x - (x0 + x1) / 2) < 20 + (y - y0) * 0.5) & (y >= y0) & (y <= y1) & (x >= x0) & (x <= x1)
        grey = np.where(inside, grey * noise.rayleigh(0.8, grey.shape), 0.0)
    return np.clip(grey, 0, 0.55)


def ink_of(text: str, x: int, y: int, size: float) -> Ink:
    """Text in the font that Pillow brings, its strokes cut to their box, with its upper left corner at (x, y)."""
    font = ImageFont.load_default(size)
    left, top, right, bottom = (int(edge) for edge in font.getbbox(text))
    drawn = Image.new("L", (right - left, bottom - top))
    ImageDraw.Draw(drawn).text((-left, -top), text, fill=255, font=font)
    strokes = np.asarray(drawn) > 110
    return Ink(text, (x, y, x + strokes.shape[1] - 1, y + strokes.shape[0] - 1), strokes)


def draw(grey: NDArray[np.float64], ink: Ink, share: float) -> None:
    x0, y0, x1, y1 = ink.box
    grey[y0 : y1 + 1, x0 : x1 + 1][ink.strokes] = share


def _inks(maker: Maker, kind: Kind, size: int) -> Iterator[Ink]:
    """A name, and a number or a date below it where there is room."""
    columns, rows = kind.size
    name, number = maker.mint.word().upper(), maker.mint.digits(8)
    left, top, right, bottom = 0, 0, columns - 1, rows - 1
    if kind.name == "ultrasound: text inside the region":
        left, top, right, bottom = REGION
    elif kind.name.startswith("ultrasound"):
        bottom = REGION[1] - 1
        size = min(size, 26)
    y = top + _MARGIN
    for text in (name, number):
        ink = ink_of(text, left + _MARGIN, y, size)
        while ink.box[2] > right - _MARGIN:
            size -= 2
            ink = ink_of(text, left + _MARGIN, y, size)
        if ink.box[3] > bottom - _MARGIN:
            return
        yield ink
        y = bottom - _MARGIN - (ink.box[3] - ink.box[1]) - 8 if bottom == rows - 1 else ink.box[3] + 8
