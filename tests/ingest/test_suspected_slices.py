"""Slices as pictures in files, without a copy's windows: what is new in one of them, and whether it is to be read."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from radiary.ingest import suspected_slices

_WORD = (100, 90, 220, 130)


def slice_of(number: int, words: str = "") -> NDArray[Any]:
    """A round body with grain which moves a pixel from slice to slice, and words in one grey."""
    down, across = np.mgrid[:240, :320]
    inside = (down - 120 - number) ** 2 + (across - 160) ** 2 < 90**2
    grain = np.random.default_rng(number).normal(0, 4, (240, 320))
    drawn = Image.new("L", (320, 240))
    ImageDraw.Draw(drawn).text((120, 100), words, fill=255, font=ImageFont.load_default(16))
    return np.where(np.array(drawn) > 100, 150, np.where(inside, 100, 20) + grain).clip(0, 255).astype("u1")


@pytest.mark.parametrize(
    ("slices", "is_read"),
    [
        ([slice_of(5, "SYN"), slice_of(4), slice_of(6), slice_of(3)], True),
        ([slice_of(5, "SYN"), slice_of(4), slice_of(6, "SYN"), slice_of(3)], True),
        ([slice_of(5, "SYN"), slice_of(4, "SYN"), slice_of(6, "SYN"), slice_of(3, "SYN")], False),
        ([slice_of(5), slice_of(4), slice_of(6), slice_of(3)], False),
        ([slice_of(5), slice_of(4)[:100]], True),
    ],
    ids=["a word", "one that stays", "one that stood before", "grain", "nothing to compare with"],
)
def test_a_suspected_slice_is_read_for_what_those_beside_it_or_before_it_do_not_have(
    tmp_path: Path, slices: list[NDArray[Any]], is_read: bool
) -> None:
    files = [tmp_path / f"{place}.png" for place in range(len(slices))]
    for file, values in zip(files, slices, strict=True):
        Image.fromarray(values).save(file)
    assert suspected_slices.may_show_text(slices[0], files[0], (_WORD,), files) == is_read
