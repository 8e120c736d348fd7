"""Objects that have passed the wall, and compressed ones, for the tests of what comes after it."""

from typing import Any

from pydicom.encaps import encapsulate
from pydicom.pixels.encoders.base import JPEGLSLosslessEncoder
from pydicom.uid import ExplicitVRLittleEndian

import exports
from radiary.dicom.read import header
from radiary.dicom.wall.deidentify import Terms, deidentify
from radiary.dicom.wall.pseudonym import Pseudonyms
from radiary.model.nouns import Deidentified, Instance

TERMS = Terms(Pseudonyms(bytes(32)), searches_text=True)


def clean(made: Any, syntax: str = ExplicitVRLittleEndian, terms: Terms = TERMS) -> Deidentified:
    instance = header.read(exports.written(made, syntax))
    assert isinstance(instance, Instance)
    found = deidentify(instance, terms)
    assert isinstance(found, Deidentified)
    return found


def compressed(made: Any) -> Any:
    stream = JPEGLSLosslessEncoder.encode(
        exports.ramp(offset=1),
        rows=16,
        columns=24,
        samples_per_pixel=1,
        bits_allocated=16,
        bits_stored=12,
        pixel_representation=0,
        photometric_interpretation="MONOCHROME2",
        number_of_frames=1,
    )
    made.PixelData = encapsulate([stream])
    made["PixelData"].is_undefined_length = True
    made["PixelData"].VR = "OB"
    return made
