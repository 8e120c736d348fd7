from io import BytesIO

import pydicom

from radiary.commands import demo_export
from radiary.dicom.develop import develop
from radiary.dicom.image_files import Development
from radiary.dicom.render import encode
from radiary.model.nouns import NotDicom, Skipped, Wanted
from walled import TERMS

SAMPLE = demo_export.export()


def test_the_sample_is_the_same_every_time_and_full_of_identity() -> None:
    assert demo_export.export() == SAMPLE
    everything = b"".join([*SAMPLE.values(), *(name.encode() for name in SAMPLE)])
    for value in demo_export.IDENTIFYING:
        assert value.encode() in everything, value


def test_the_sample_holds_what_real_exports_hold() -> None:
    outcomes = {name: develop(data, TERMS, wanted=Wanted(copies=False), scales={}) for name, data in SAMPLE.items()}
    images = [one.facts for one in outcomes.values() if isinstance(one, Development)]
    assert sorted({one.modality for one in images}) == ["CT", "KO", "MG", "US"]
    assert len({one.series for one in images if one.modality == "CT"}) == 2
    assert {one.reason for one in outcomes.values() if isinstance(one, Skipped)} == {"directory"}
    assert sum(isinstance(one, NotDicom) for one in outcomes.values()) == 3


def test_the_burned_in_name_is_seen_before_and_gone_after() -> None:
    cine = next(data for data in SAMPLE.values() if b"1.2.840.10008.5.1.4.1.1.3.1" in data)
    found = develop(cine, TERMS, wanted=Wanted(copies=False), scales={})
    assert isinstance(found, Development)
    assert not any(demo_export.shows_name(file.data) for file in found.files())
    assert demo_export.shows_name(cine, is_dicom=True)
    assert demo_export.shows_name(encode.png(pydicom.dcmread(BytesIO(cine)).pixel_array[0]))
