"""Electrocardiograms from literals."""

import numpy as np
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence


def code(value: str, scheme: str, meaning: str = "") -> Dataset:
    made = Dataset()
    made.CodeValue, made.CodingSchemeDesignator, made.CodeMeaning = value, scheme, meaning
    return made


def ecg(leads: list[str], millivolts: np.ndarray, rate: float = 100) -> Dataset:
    """Microvolts as integers, 5 to a step; (samples, leads)."""
    channels = []
    for lead in leads:
        channel = Dataset()
        channel.ChannelSourceSequence = Sequence([code(lead, "MDC", "Lead")])
        channel.ChannelSensitivity, channel.ChannelSensitivityCorrectionFactor, channel.ChannelBaseline = 5, 1, 0
        channel.ChannelSensitivityUnitsSequence = Sequence([code("uV", "UCUM")])
        channels.append(channel)
    group = Dataset()
    group.NumberOfWaveformChannels, group.NumberOfWaveformSamples = millivolts.shape[1], millivolts.shape[0]
    group.SamplingFrequency, group.WaveformSampleInterpretation = rate, "SS"
    group.ChannelDefinitionSequence = Sequence(channels)
    group.WaveformBitsAllocated = 16
    group.WaveformData = (millivolts * 200).astype("<i2").tobytes()
    made = Dataset()
    made.WaveformSequence = Sequence([group])
    return made


def ink(sheet: np.ndarray) -> np.ndarray:
    """Where the line is, (rows, columns)."""
    return np.asarray((sheet.astype(int).sum(axis=2) < 150), dtype=bool)
