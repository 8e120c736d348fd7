"""Only known curves of a body leave; whatever may be a voice stays with its owner."""

import io
import wave

import numpy as np
import pytest
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

import exports
from electrocardiograms import code, ecg
from radiary.dicom.develop import develop
from radiary.dicom.image_files import Development
from radiary.dicom.wall import curves
from radiary.model.errors import Reason
from walled import TERMS, clean

WAVEFORMS = "1.2.840.10008.5.1.4.1.1.9."


def recording(source: Dataset | None, sop_class: str = "1.1", rate: float = 500, law: str = "SS") -> Dataset:
    """One channel of a source."""
    made = exports.dataset(sop_class=WAVEFORMS + sop_class)
    made.update(ecg(["2:1"], np.sin(np.arange(100) / 5)[:, None], rate))
    group = made.WaveformSequence[0]
    (channel,) = group.ChannelDefinitionSequence
    if law != "SS":
        group.WaveformBitsAllocated, group.WaveformSampleInterpretation, group.WaveformData = 8, law, bytes(range(100))
    if source is None:
        del channel.ChannelSourceSequence
    else:
        channel.ChannelSourceSequence = Sequence([source])
    return made


KNOWN = {
    "a lead of an ECG": (code("2:64", "MDC"), 500),
    "the same by its whole number": (code("131136", "MDC"), 500),
    "the same in older files": (code("5.6.3-9-64", "SCPECG"), 500),
    "a pressure": (code("128439006", "SCT"), 240),
    "the pulse in an artery": (code("109116", "DCM"), 240),
    "respiration": (code("130421", "DCM"), 60),
    "an EEG, fast": (code("7:1190", "MDC"), 8192),
}
UNKNOWN = {
    "a voice": (code("109110", "DCM", "Voice"), 500),
    "sounds of the heart": (code("109114", "DCM"), 500),
    "a code of a maker's own": (code("LEAD1", "99MINE"), 500),
    "a lead that is none": (code("2:9999", "MDC"), 500),
    "an ECG as fast as sound": (code("2:1", "MDC"), 8000),
    "no code": (None, 500),
}


@pytest.mark.parametrize("name", KNOWN)
def test_a_known_curve_is_filed_with_all_its_samples(name: str) -> None:
    source, rate = KNOWN[name]
    made = recording(source, rate=rate)
    found = develop(exports.written(made), TERMS, scales={})
    assert isinstance(found, Development)
    assert found.hold is None
    assert clean(made).dataset.WaveformSequence[0].WaveformData == made.WaveformSequence[0].WaveformData


@pytest.mark.parametrize("name", UNKNOWN)
def test_any_other_recording_is_held_and_no_sample_passes_the_wall(name: str) -> None:
    source, rate = UNKNOWN[name]
    made = recording(source, rate=rate)
    found = develop(exports.written(made), TERMS, scales={})
    assert isinstance(found, Development)
    assert found.hold == Reason.UNKNOWN_CURVE
    assert "WaveformSequence" not in clean(made).dataset


@pytest.mark.parametrize("sop_class", ["4.1", "4.2"])
def test_sound_is_held_whatever_its_channels_are_called(sop_class: str) -> None:
    found = develop(exports.written(recording(code("2:1", "MDC"), sop_class)), TERMS, scales={})
    assert isinstance(found, Development)
    assert found.hold == Reason.SOUND


@pytest.mark.parametrize("law", ["SS", "UB", "MB", "AB"])
def test_its_owner_can_listen_to_what_is_held(law: str) -> None:
    found = develop(exports.written(recording(code("109110", "DCM"), "4.1", 8000, law)), TERMS, scales={})
    assert isinstance(found, Development)
    (file,) = found.files()
    assert file.path.endswith(".wav")
    with wave.open(io.BytesIO(file.data)) as sound:
        assert (sound.getframerate(), sound.getnframes(), sound.getnchannels()) == (8000, 100, 1)
        assert np.abs(np.frombuffer(sound.readframes(100), "<i2")).max() >= 32766


def test_a_recording_that_cannot_be_read_is_held_all_the_same() -> None:
    made = recording(code("109110", "DCM"), "4.1")
    del made.WaveformSequence[0].WaveformSampleInterpretation
    found = develop(exports.written(made), TERMS, scales={})
    assert isinstance(found, Development)
    assert [file.data for file in found.files()] == [b""]


def test_a_voice_beside_a_picture_stays_behind() -> None:
    made = exports.slice_of_ct()
    made.WaveformSequence = recording(code("109110", "DCM")).WaveformSequence
    assert "WaveformSequence" not in clean(made).dataset
    made.WaveformSequence = recording(code("2:1", "MDC")).WaveformSequence
    assert len(clean(made).dataset.WaveformSequence) == 1


def test_a_channel_that_nobody_described_makes_the_whole_group_unknown() -> None:
    made = recording(code("2:1", "MDC"))
    group = made.WaveformSequence[0]
    assert curves.is_known(group)
    group.NumberOfWaveformChannels, group.NumberOfWaveformSamples = 2, 50
    assert not curves.is_known(group)


def test_one_unknown_group_holds_all() -> None:
    made = recording(code("2:1", "MDC"))
    made.WaveformSequence.append(recording(None).WaveformSequence[0])
    found = develop(exports.written(made), TERMS, scales={})
    assert isinstance(found, Development)
    assert found.hold == Reason.UNKNOWN_CURVE
    assert len(clean(made).dataset.WaveformSequence) == 1


def test_every_channel_has_to_be_a_known_one() -> None:
    made = ecg(["2:1", "2:2"], np.zeros((20, 2)))
    (group,) = made.WaveformSequence
    assert curves.is_known(group)
    group.ChannelDefinitionSequence[1].ChannelSourceSequence = Sequence([code("109110", "DCM")])
    assert not curves.is_known(group)
