"""Exams to be looked through: a trunk in slices, twice, and an ultrasound clip."""

import numpy as np
from pydicom.dataset import Dataset

import exports


def slices(study: int, count: int, *, start: float = 0.0, spacing: float = 5.0, series: int = 1) -> dict[str, bytes]:
    """A CT of a trunk from `start` mm on: an organ that grows towards the middle, and says where the slice is."""
    return {
        f"ct{study}-{series}-{number}": exports.written(_slice(study, series, number, start + number * spacing))
        for number in range(count)
    }


def _slice(study: int, series: int, number: int, height: float) -> Dataset:
    made = exports.dataset(study=study, series=series, number=number + 1, modality="CT", BodyPartExamined="CHEST")
    made.ImageOrientationPatient, made.ImagePositionPatient = [1, 0, 0, 0, 1, 0], [-100, -80, height]
    made.PixelSpacing, made.SliceThickness = [1.2, 1.2], 5
    made.WindowCenter, made.WindowWidth, made.RescaleSlope, made.RescaleIntercept = 40, 400, 1, -1024
    y, x = np.mgrid[-1:1:160j, -1:1:200j]
    values = np.full(x.shape, -1000.0)
    values[x**2 / 0.8 + y**2 / 0.7 < 1] = 40
    for side in (-0.42, 0.42):
        size = 0.11 + 0.05 * np.sin(height / 40)
        values[(x - side) ** 2 / size + (y + 0.05) ** 2 / (size * 2.2) < 1] = -820
    values[(x + 0.06) ** 2 + (y - 0.5) ** 2 < 0.02] = 600
    values[(x - 0.1 * np.sin(height / 25)) ** 2 + (y + 0.1) ** 2 < 0.02 + height / 9000] = 120
    values += np.random.default_rng(number).normal(0, 12, x.shape)
    return exports.with_pixels(made, np.clip(values + 1024, 0, 4095).astype("<u2"), stored=12)


def clip(study: int, frames: int = 24, *, milliseconds: int = 40) -> dict[str, bytes]:
    """An ultrasound in which something beats."""
    made = exports.dataset(
        study=study, series=9, modality="US", sop_class="1.2.840.10008.5.1.4.1.1.3.1", BodyPartExamined="HEART"
    )
    made.FrameTime = milliseconds
    made.FrameIncrementPointer = 0x00181063
    y, x = np.mgrid[0:1:150j, -1:1:200j]
    pictures = []
    for frame in range(frames):
        noise = np.random.default_rng(frame).uniform(40, 150, x.shape)
        noise[(np.abs(x) > y * 0.9) | (x**2 + y**2 > 1)] = 0
        noise[x**2 + (y - 0.55) ** 2 < 0.03 * (1.4 + np.sin(frame * 2 * np.pi / frames))] = 10
        pictures.append(noise)
    values = np.repeat(np.array(pictures)[..., None], 3, axis=-1).astype("u1")
    region = Dataset()
    region.RegionLocationMinX0, region.RegionLocationMinY0, region.RegionLocationMaxX1, region.RegionLocationMaxY1 = (
        0,
        10,
        199,
        149,
    )
    made.SequenceOfUltrasoundRegions = [region]
    return {f"us{study}": exports.written(exports.with_pixels(made, values))}
