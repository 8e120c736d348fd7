"""A film's first picture; of OpenCV, which is optional, nothing is loaded before one is asked for."""

import os
import subprocess
import sys
from io import BytesIO

import numpy as np
import pytest

import filmed
from radiary.dicom.render import encode, film


def test_the_idle_service_loads_no_opencv() -> None:
    code = "import sys, radiary.dicom.render.film, radiary.commands.review.server; sys.exit('cv2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def first(content: bytes) -> bytes | None:
    os.environ.update(film.OPTIONS)
    return film.first(BytesIO(content))


class TestWithOpenCv:
    @pytest.mark.parametrize("name", filmed.FILMS)
    def test_the_first_picture_is_the_one_that_was_filmed(self, name: str) -> None:
        png = first(filmed.stream(name))
        assert png
        picture = encode.pixels_of(png).astype(int)
        y, x = np.mgrid[:48, :64]
        filmed_picture = np.dstack([x * 255 // 64, y * 255 // 48, np.zeros_like(x)])
        filmed_picture[12:24, 16:32] = 200, 180, 40
        assert picture.shape == (48, 64, 3)
        assert np.abs(picture - filmed_picture).mean() < 6

    @pytest.mark.parametrize(
        "content",
        [b"", b"nothing of a film" * 99, filmed.stream("h264.mp4")[:900], b"#EXTM3U\n#EXTINF:9,\nfile:///%s\n"],
    )
    def test_what_is_no_film_has_none_and_names_nothing_that_is_opened(self, content: bytes) -> None:
        assert first(content.replace(b"%s", str(filmed.FOLDER / "h264.mp4").encode())) is None
