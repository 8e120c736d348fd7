from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from radiary.dicom import encode


@pytest.mark.parametrize("shape", [(5, 7), (5, 7, 3), (1, 1)])
def test_a_png_holds_exactly_the_pixels_and_nothing_else(shape: tuple[int, ...]) -> None:
    picture = np.arange(np.prod(shape), dtype="u1").reshape(shape)
    data = encode.png(picture)
    with Image.open(BytesIO(data)) as opened:
        assert (np.asarray(opened) == picture).all()
        assert opened.info == {}
    assert data == encode.png(picture)


def test_a_jpeg_is_no_longer_than_asked_and_never_enlarged() -> None:
    large, small = encode.png(np.zeros((300, 600), "u1")), encode.png(np.zeros((30, 60, 3), "u1"))
    for data, size in ((encode.jpeg(large, 200), (200, 100)), (encode.jpeg(small, 200), (60, 30))):
        with Image.open(BytesIO(data)) as opened:
            assert opened.size == size
            assert opened.format == "JPEG"
