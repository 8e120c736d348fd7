import numpy as np
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from radiary.dicom import waveform


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


def test_a_millivolt_is_ten_millimetres_and_a_second_is_twenty_five() -> None:
    step = np.zeros((200, 1))
    step[100:] = 1
    sheet = waveform.drawn(ecg(["2:2"], step))
    assert sheet is not None
    assert sheet.shape[1] == 2 * 60 + 2 * 150
    drawn = ink(sheet)[:, 62:-62]
    before, after = (np.flatnonzero(drawn[80:180, column]).mean() for column in (100, 200))
    assert abs((before - after) - 60) <= 1
    rise = np.flatnonzero(drawn[80:180].sum(axis=0) > 20)
    assert abs(rise.mean() - 148) <= 3


def test_every_lead_has_a_strip() -> None:
    sheet = waveform.drawn(ecg(["2:1", "2:2", "2:64"], np.zeros((50, 3))))
    assert sheet is not None
    assert sheet.shape[0] == 120 + 3 * 180


def test_what_cannot_be_drawn_is_none() -> None:
    assert waveform.drawn(Dataset()) is None
    short = ecg(["2:1"], np.zeros((50, 1)))
    short.WaveformSequence[0].WaveformData = b"\0\0"
    assert waveform.drawn(short) is None
    assert waveform.drawn(ecg(["2:1"], np.zeros((50, 1)), rate=0)) is None
