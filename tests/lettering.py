"""Pictures with words in them."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont


def picture(words: str = "", *, size: int = 14, ground: int = 40, ink: int = 230, top: int = 60) -> NDArray[np.uint8]:
    """400 × 300 with some grain, and `words` from 40 pixels of the left on."""
    noise = np.random.default_rng(7).normal(ground, 6, (300, 400)).clip(0, 255).astype("u1")
    drawn = Image.fromarray(noise)
    ImageDraw.Draw(drawn).text((40, top), words, fill=ink, font=ImageFont.load_default(size))
    return np.array(drawn)
