from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageCms
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

import exports
from odd_images import copy_of
from radiary.dicom.render import colour_profiles
from radiary.dicom.render.colour_profiles import SPACES, Space

COLOURS = np.random.default_rng(1).integers(0, 256, (16, 24, 3)).astype("u1")


def named(profile: bytes) -> bytes:
    """The same profile with a name where a maker may write what he likes."""
    return profile[:100] + b"Petronella" + profile[110:]


def pillows() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def with_profile(profile: bytes) -> Any:
    made = exports.with_pixels(exports.dataset(), COLOURS)
    made.ICCProfile = profile
    return made


@pytest.mark.parametrize("space", SPACES, ids=lambda space: space.word)
def test_known_spaces_are_recognized_by_their_colours_and_written_without_a_name(space: Space) -> None:
    received = named(colour_profiles._written(space))
    assert b"Petro" in received
    copy = copy_of(exports.written(with_profile(received)))
    assert copy.ColorSpace == space.word
    assert copy.ICCProfile.rstrip(b"\0") == colour_profiles._written(space).rstrip(b"\0")
    assert (copy.pixel_array == COLOURS).all()


def test_a_profile_that_another_program_wrote_is_recognized_and_ours_does_what_it_does() -> None:
    found = colour_profiles.known(pillows())
    assert found is not None
    assert found[0] == "SRGB"
    source = ImageCms.ImageCmsProfile(BytesIO(found[1]))
    transform = ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), "RGB", "RGB")
    assert np.abs(np.asarray(transform.apply(Image.fromarray(COLOURS))).astype(int) - COLOURS).max() <= 2


@pytest.mark.parametrize(
    "profile",
    [
        b"no profile",
        pillows()[:150],
        pillows().replace(b"mntrRGB ", b"mntrGRAY"),
        colour_profiles._written(Space("SRGB", (0.5, 0.3, 0.1, *SPACES[0].primaries[3:]), SPACES[0].light)),
        colour_profiles._written(Space("SRGB", SPACES[0].primaries, lambda value: value)),
    ],
)
def test_any_other_profile_leaves_no_trace(profile: bytes) -> None:
    assert colour_profiles.known(profile) is None
    assert "ICCProfile" not in copy_of(exports.written(with_profile(profile)))


def test_the_profile_of_a_slide_stands_in_its_optical_path() -> None:
    made = with_profile(pillows())
    path = Dataset()
    path.ICCProfile, path.OpticalPathIdentifier = made.ICCProfile, "1"
    del made.ICCProfile
    made.OpticalPathSequence = Sequence([path])
    copy = copy_of(exports.written(made))
    assert copy.OpticalPathSequence[0].ColorSpace == "SRGB"
    assert "ICCProfile" not in copy
