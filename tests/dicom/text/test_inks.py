import numpy as np
import pytest

from radiary.dicom.text import inks


def speckle() -> np.ndarray:
    return np.random.default_rng(1).rayleigh(40, (200, 200)).clip(0, 254).astype("u1")


def test_grain_has_no_ink() -> None:
    assert list(inks.layers(speckle())) == []


def test_one_exact_grey_is_an_ink_and_its_layer_shows_where_it_lies() -> None:
    frame = speckle()
    frame[50:60, 20:60] = 77
    (layer,) = inks.layers(frame)
    assert (layer == np.where(frame == 77, 255, 0)).all()


def test_a_surface_is_no_ink() -> None:
    frame = speckle()
    frame[:100] = 77
    assert list(inks.layers(frame)) == []


@pytest.mark.parametrize("kind", ["<u2", "<i2"])
def test_values_of_sixteen_bits_have_inks_too(kind: str) -> None:
    frame = np.random.default_rng(1).normal(-200 if kind == "<i2" else 900, 100, (200, 200)).astype(kind)
    frame[50:60, 20:60] = 120
    (layer,) = inks.layers(frame)
    assert layer[55, 30] == 255


def test_a_colour_in_a_coloured_picture_is_an_ink() -> None:
    frame = np.repeat(speckle()[..., None], 3, axis=2)
    frame[50:60, 20:60] = (255, 255, 0)
    assert any(layer[55, 30] == 255 for layer in inks.layers(frame))
    assert list(inks.layers(np.repeat(speckle()[..., None], 3, axis=2))) == []
