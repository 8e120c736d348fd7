import numpy as np
import pytest
from pydicom.pixels.encoders.base import RLELosslessEncoder

from radiary.dicom.read.pixel_matrix import Matrix
from radiary.dicom.render import codecs, rle_fallback


def encoded(values: np.ndarray) -> bytes:
    return bytes(
        RLELosslessEncoder.encode(
            values, rows=values.shape[0], columns=values.shape[1], samples_per_pixel=1 if values.ndim == 2 else 3,
            number_of_frames=1, bits_allocated=8 * values.itemsize, bits_stored=8 * values.itemsize, pixel_representation=0,
            photometric_interpretation="MONOCHROME2" if values.ndim == 2 else "RGB", planar_configuration=0,
        )
    )  # fmt: skip


VALUES = np.random.default_rng(2).integers(0, 9, (12, 20)).astype("u2") * 7001
COLOURS = np.random.default_rng(2).integers(0, 3, (12, 20, 3)).astype("u1")


def test_every_sample_comes_out_as_it_was() -> None:
    assert (rle_fallback.planes(encoded(VALUES), size=240, width=2, samples=1)[0] == VALUES.ravel()).all()
    assert (rle_fallback.planes(encoded(COLOURS), size=240, width=1, samples=3).T.reshape(12, 20, 3) == COLOURS).all()


def test_what_follows_the_last_run_does_no_harm() -> None:
    shape = Matrix(12, 20, 1, 1, 16, 16, 15, is_signed=False, planar=False, photometric="MONOCHROME2")
    assert (codecs.decoded(encoded(VALUES) + b"something else", "1.2.840.10008.1.2.5", shape) == VALUES).all()


@pytest.mark.parametrize("share", [0.3, 0.7, 0.99])
def test_a_frame_that_is_cut_is_none(share: float) -> None:
    stream = encoded(VALUES)
    with pytest.raises(ValueError, match="RLE"):
        rle_fallback.planes(stream[: int(len(stream) * share)], size=240, width=2, samples=1)
