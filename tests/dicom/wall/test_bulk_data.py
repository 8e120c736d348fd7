"""Tables and curves are cut to what their header says they hold."""

import numpy as np
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

import exports
from electrocardiograms import ecg
from radiary.dicom.wall import bulk_data
from walled import clean


def lut(data: object, vr: str = "OW", entries: int = 2) -> Dataset:
    item = Dataset()
    item.add_new(0x00283002, "US", [entries, 0, 16])
    item.add_new(0x00283006, vr, data)
    return item


def test_a_table_of_words_or_numbers_ends_with_its_last_entry() -> None:
    made = exports.slice_of_ct(VOILUTSequence=Sequence([lut(b"\1\0\2\0Petronella")]))
    assert clean(made).dataset.VOILUTSequence[0].LUTData == b"\1\0\2\0"
    made = exports.slice_of_ct(VOILUTSequence=Sequence([lut([1, 2, 80, 101, 116], "US")]))
    assert clean(made).dataset.VOILUTSequence[0].LUTData == [1, 2]


def test_a_table_that_does_not_say_how_long_it_is_does_not_pass() -> None:
    item = lut(b"Petronella")
    del item.LUTDescriptor
    item.LUTExplanation = "Thorax"
    assert "LUTData" not in clean(exports.slice_of_ct(VOILUTSequence=Sequence([item]))).dataset.VOILUTSequence[0]


def segmented(data: bytes, entries: int = 4) -> object:
    made = Dataset()
    made.add_new(0x00281101, "US", [entries, 0, 16])
    made.add_new(0x00281221, "OW", data)
    bulk_data.trim(made, is_top=True)
    return made.get("SegmentedRedPaletteColorLookupTableData")


WHOLE = b"\0\0\4\0\1\0\2\0\3\0\4\0"
"""One segment of four values."""


def test_a_segmented_table_ends_with_the_segment_that_makes_it_whole() -> None:
    assert segmented(WHOLE) == segmented(WHOLE + b"Petronella") == WHOLE


def test_what_is_no_segmented_table_does_not_pass() -> None:
    assert segmented(b"Petronella Synthetica!") is None
    assert segmented(WHOLE, entries=5) is None
    assert segmented(WHOLE[:-2]) is None


def test_a_curve_ends_with_its_last_sample_and_one_that_does_not_say_its_size_does_not_pass() -> None:
    made = exports.dataset(modality="ECG", sop_class="1.2.840.10008.5.1.4.1.1.9.1.1")
    made.update(ecg(["2:1", "2:2"], np.arange(20).reshape(10, 2)))
    (group,) = made.WaveformSequence
    whole = group.WaveformData
    group.WaveformData = whole + b"Petronella"
    assert clean(made).dataset.WaveformSequence[0].WaveformData == whole
    del group.NumberOfWaveformSamples
    assert "WaveformData" not in clean(made).dataset.WaveformSequence[0]


def test_a_curve_outside_its_group_does_not_pass() -> None:
    made = exports.slice_of_ct()
    made.NumberOfWaveformChannels, made.NumberOfWaveformSamples, made.WaveformBitsAllocated = 2, 4, 16
    made.add_new(0x54001010, "OW", b"Petronella")
    assert "WaveformData" not in clean(made).dataset


def test_a_profile_of_colours_does_not_leave_wherever_it_stands() -> None:
    path, inner = Dataset(), Dataset()
    path.ICCProfile, path.OpticalPathIdentifier = b"Petronella", "1"
    inner.ICCProfile = b"Petronella"
    inner.ReferencedFrameNumber = 1
    made = exports.slice_of_ct(OpticalPathSequence=Sequence([path]), SourceImageSequence=Sequence([inner]))
    made.ICCProfile = b"Petronella"
    assert b"Petronella" not in exports.written(clean(made).dataset, preamble=False)
