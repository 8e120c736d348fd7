"""An ultrasound's picture with a Doppler spectrum below it."""

import random

import numpy as np
from pydicom.dataset import Dataset

import exports
from faint_letters import traces
from leaks import technical


def doppler(form: int) -> Dataset:
    """192 columns, three bands of rows: a banner, a part of even grey, and what the network takes for a word.

    `form`: Region Spatial Format of the lowest band, 3 for a spectrum.
    """
    spectrum = traces.trace(random.Random(26), np.random.default_rng(26))
    grey = np.concatenate([np.zeros((60, 192), "f4"), np.full((60, 192), 0.1, "f4"), spectrum])
    made = exports.dataset(modality="US", sop_class=exports.US)
    below = exports.dataset()
    technical.region(made, 0, 60, 191, 119)
    technical.region(below, 0, 120, 191, 311)
    below.SequenceOfUltrasoundRegions[0].RegionSpatialFormat = form
    made.SequenceOfUltrasoundRegions.append(below.SequenceOfUltrasoundRegions[0])
    return exports.with_pixels(made, (grey * 255).astype("u1"))
