"""Pictures of every kind are as they were when somebody looked at them."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import golden
from golden.kinds import KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_is_as_it_was_when_it_was_looked_at(kind: str) -> None:
    with Image.open(Path(golden.__file__).with_name(f"{kind}.png")) as kept, Image.open(BytesIO(KINDS[kind]())) as made:
        assert (kept.size, kept.mode) == (made.size, made.mode)
        apart = np.abs(np.asarray(kept).astype(int) - np.asarray(made).astype(int))
    assert apart.mean() <= 1
    assert np.quantile(apart, 0.99) <= 8
