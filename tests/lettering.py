"""Pictures with words in them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

import exports

DX = "1.2.840.10008.5.1.4.1.1.1.1"


def picture(words: str = "", *, size: int = 14, ground: int = 40, ink: int = 230, top: int = 60) -> NDArray[np.uint8]:
    """400 × 300 with some grain, and `words` from 40 pixels of the left on."""
    noise = np.random.default_rng(7).normal(ground, 6, (300, 400)).clip(0, 255).astype("u1")
    drawn = Image.fromarray(noise)
    ImageDraw.Draw(drawn).text((40, top), words, fill=ink, font=ImageFont.load_default(size))
    return np.array(drawn)


def stamped(words: str, **attributes: Any) -> Any:
    noise = np.random.default_rng(1).normal(600, 40, (320, 400)).clip(0, 4000)
    drawn = Image.new("L", (400, 320))
    ImageDraw.Draw(drawn).text((50, 40), words, fill=255, font=ImageFont.load_default(18))
    values = np.where(np.array(drawn) > 100, 3900, noise).astype("<u2")
    made = exports.dataset(**({"modality": "DX", "sop_class": DX, "WindowCenter": 2000, "WindowWidth": 4000} | attributes))
    return exports.with_pixels(made, values, stored=12)


def clip(words: str = "", *, frame: int = 17, frames: int = 40, **attributes: Any) -> Any:
    """An ultrasound clip that says nothing of its regions, with `words` in one frame alone, counted from 1."""
    grain = np.random.default_rng(3)
    values = grain.normal(50, 8, (frames, 240, 320)).clip(0, 255).astype("u1")
    if words:
        drawn = Image.fromarray(values[frame - 1])
        ImageDraw.Draw(drawn).text((40, 20), words, fill=235, font=ImageFont.load_default(20))
        values[frame - 1] = np.array(drawn)
    made = exports.dataset(modality="US", sop_class="1.2.840.10008.5.1.4.1.1.3.1", **attributes)
    return exports.with_pixels(made, values)
