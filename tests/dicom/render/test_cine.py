from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image
from pydicom.dataset import Dataset

import exports
from radiary.dicom.develop import develop
from radiary.dicom.image_files import Development
from radiary.dicom.render import cine
from radiary.model.nouns import Wanted
from walled import TERMS


@pytest.mark.parametrize(
    ("attributes", "milliseconds"),
    [
        ({}, 67),
        ({"FrameTime": "40"}, 40),
        ({"CineRate": "20", "FrameTime": "40"}, 50),
        ({"RecommendedDisplayFrameRate": "10", "CineRate": "20"}, 100),
        ({"FrameTimeVector": ["0", "30", "50"]}, 40),
        ({"FrameTime": "0"}, 67),
        ({"FrameTime": "999999"}, 10_000),
    ],
)
def test_a_clip_runs_in_its_own_time(attributes: dict[str, Any], milliseconds: int) -> None:
    made = Dataset()
    for keyword, value in attributes.items():
        setattr(made, keyword, value)
    assert cine.frame_time(made) == milliseconds


def test_a_clip_becomes_one_animated_picture_when_that_is_wanted() -> None:
    frames = np.stack([np.full((60, 80, 3), shade, "u1") for shade in (40, 120, 200)])
    made = exports.with_pixels(exports.ultrasound(FrameTime="40"), frames)
    found = develop(exports.written(made), TERMS, scales={}, wanted=Wanted(copies=False, cine=True))
    assert isinstance(found, Development)
    film = [one for one in found.files() if not one.is_picture]
    assert [one.path.endswith("-cine.webp") for one in film] == [True]
    with Image.open(BytesIO(film[0].data)) as opened:
        shades, times = [], []
        for number in range(opened.n_frames):
            opened.seek(number)
            shades.append(int(np.asarray(opened.convert("L"))[40, 40]))
            times.append(opened.info["duration"])
    assert times == [40, 40, 40]
    assert np.abs(np.array(shades) - (40, 120, 200)).max() < 6
