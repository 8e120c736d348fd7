import numpy as np
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from electrocardiograms import code, ecg, ink
from radiary.dicom.render import waveform


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


def test_what_is_no_voltage_is_not_drawn_as_one_and_gaps_stay_gaps() -> None:
    made = ecg(["2:1", "2:2"], np.zeros((200, 2)))
    channels = made.WaveformSequence[0].ChannelDefinitionSequence
    channels[0].ChannelSensitivityUnitsSequence = Sequence([code("mm[Hg]", "UCUM")])
    sheet = waveform.drawn(made)
    assert sheet is not None
    assert not ink(sheet)[70:230, 62:-62].any()
    assert ink(sheet)[250:420, 62:-62].any()
    values = np.zeros((200, 1))
    values[80:120] = -163.84
    made = ecg(["2:1"], values)
    made.WaveformSequence[0].WaveformPaddingValue = b"\x00\x80"
    sheet = waveform.drawn(made)
    assert sheet is not None
    assert not ink(sheet)[155:].any() or ink(sheet)[155:230, 62:-62].sum() == 0
    assert not ink(sheet)[150, 185:235].any()


def test_channels_that_nobody_described_are_numbered() -> None:
    made = ecg(["2:1"], np.zeros((50, 1)))
    made.WaveformSequence[0].NumberOfWaveformChannels = 2
    made.WaveformSequence[0].WaveformData = bytes(200)
    assert waveform.drawn(made) is not None
