import numpy as np
import pytest

from electrocardiograms import ecg
from radiary.dicom.read import samples

LAWS = {"MB": {0xFF: 0, 0x7F: 0, 0x80: 32124, 0x00: -32124, 0xF0: 120}, "AB": {0xD5: 8, 0x55: -8, 0xAA: 32256, 0x2A: -32256}}
"""Bytes of G.711 and what they mean."""


@pytest.mark.parametrize("law", ["MB", "AB"])
def test_companded_samples_are_expanded(law: str) -> None:
    (group,) = ecg(["2:1"], np.zeros((len(LAWS[law]), 1))).WaveformSequence
    group.WaveformSampleInterpretation, group.WaveformData = law, bytes(LAWS[law])
    assert samples.of_group(group)[:, 0].tolist() == list(LAWS[law].values())


def test_companded_padding_is_no_number() -> None:
    (group,) = ecg(["2:1"], np.zeros((3, 1))).WaveformSequence
    group.WaveformSampleInterpretation, group.WaveformData, group.WaveformPaddingValue = "MB", b"\xff\x00\x80", b"\x00\x00"
    assert np.isnan(samples.of_group(group)[:, 0]).tolist() == [False, True, False]
