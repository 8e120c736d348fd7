import pytest
from pydicom._uid_dict import UID_dictionary

import exports
from radiary.dicom.develop import develop
from radiary.dicom.image_files import Development
from radiary.dicom.read import storage_classes
from radiary.model.errors import SENTENCES, Reason
from walled import TERMS

NEW = "1.2.840.10008.5.1.4.1.1.9999.1"


def test_every_storage_class_of_the_standard_has_a_row() -> None:
    stored = {uid for uid, (name, kind, *_) in UID_dictionary.items() if kind == "SOP Class" and _is_stored(uid, name)}
    assert len(stored) > 190
    assert stored - set(storage_classes.rows()) == set()


def _is_stored(uid: str, name: str) -> bool:
    return uid.startswith("1.2.840.10008.5.1.4.") and name.removesuffix(" - Trial").endswith(
        ("Storage", "Presentation", "Processing")
    )


def test_every_row_says_something_that_there_is() -> None:
    for becomes in storage_classes.rows().values():
        assert becomes == "image" or Reason(becomes) in SENTENCES


@pytest.mark.parametrize("number", ["1", "2"])
def test_voice_and_audio_are_sound(number: str) -> None:
    assert storage_classes.no_image(f"1.2.840.10008.5.1.4.1.1.9.4.{number}") == Reason.SOUND


def test_an_image_of_a_class_that_nobody_decided_about_is_held() -> None:
    made = exports.slice_of_ct()
    made.SOPClassUID = NEW
    found = develop(exports.written(made), TERMS, scales={})
    assert isinstance(found, Development)
    assert found.hold == Reason.NEW_KIND
    made.SOPClassUID = "1.3.46.670589.11.0.0.12.1"
    private = develop(exports.written(made), TERMS, scales={})
    assert isinstance(private, Development)
    assert private.hold is None


def test_another_object_of_a_class_that_nobody_decided_about_is_held_as_a_clean_copy() -> None:
    made = exports.slice_of_ct()
    made.SOPClassUID, made.PatientName = NEW, "Synthetica^Petronella"
    del made.PixelData
    found = develop(exports.written(made), TERMS, scales={})
    assert isinstance(found, Development)
    assert found.hold == Reason.NEW_KIND
    (file,) = found.files()
    assert file.path.endswith(".dcm")
    assert b"Synthetica" not in file.data
