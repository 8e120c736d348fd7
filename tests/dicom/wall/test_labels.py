"""What an object that has passed says about that."""

from dataclasses import replace
from typing import Any

import pytest

import exports
from radiary.dicom.read import header
from radiary.dicom.wall.deidentify import deidentify, readmitted, withheld
from radiary.model.nouns import Deidentified, Instance, Policy, Treatment
from walled import TERMS, clean


def treated(made: Any, treatment: Treatment) -> Deidentified:
    instance = header.read(exports.written(made))
    assert isinstance(instance, Instance)
    found = deidentify(instance, TERMS, treatment)
    assert isinstance(found, Deidentified)
    return found


def methods(made: Deidentified) -> list[str]:
    return [item.CodeValue for item in made.dataset.DeidentificationMethodCodeSequence]


def test_the_method_and_every_option_in_use_are_named_by_their_codes() -> None:
    policy = Policy(dates="shift", retain_safe_private=False, retain_uids=True, clean_graphics=False)
    found = clean(exports.slice_of_ct(), terms=replace(TERMS, policy=policy))
    assert methods(found) == ["113100", "113107", "113110", "113105", "113104"]
    assert found.dataset.LongitudinalTemporalInformationModified == "MODIFIED"
    assert found.dataset.PatientIdentityRemoved == "YES"
    assert methods(clean(exports.slice_of_ct()))[1] == "113106"
    assert clean(exports.slice_of_ct()).dataset.LongitudinalTemporalInformationModified == "UNMODIFIED"


def test_text_is_written_in_the_character_set_that_is_named() -> None:
    made = exports.slice_of_ct(SpecificCharacterSet="ISO_IR 100", SeriesDescription="IRM cérébrale")
    found = clean(made).dataset
    assert (found.SpecificCharacterSet, found.SeriesDescription) == ("ISO_IR 192", "IRM cérébrale")


def test_what_is_held_says_that_text_is_burned_in_and_what_nobody_looked_at_says_nothing() -> None:
    assert clean(exports.slice_of_ct(BurnedInAnnotation="YES")).dataset.BurnedInAnnotation == "YES"
    assert clean(exports.slice_of_ct(Modality="DX", BurnedInAnnotation="NO")).dataset.BurnedInAnnotation == "NO"
    assert "BurnedInAnnotation" not in clean(exports.slice_of_ct(BurnedInAnnotation="NO")).dataset


def test_what_was_blanked_says_so() -> None:
    blanked = treated(exports.slice_of_ct(), Treatment(blank=((0, 0, 3, 3),)))
    assert blanked.dataset.BurnedInAnnotation == "NO"
    assert methods(blanked)[-1] == "113101"
    assert methods(clean(exports.ultrasound()))[-1] == "113101"
    assert "113101" not in methods(clean(exports.slice_of_ct()))


def test_what_has_to_wait_is_held_and_what_its_owner_may_see_alone_too() -> None:
    assert treated(exports.slice_of_ct(), Treatment(hold="text")).hold == "text"
    assert withheld(clean(exports.slice_of_ct()), "a letter").hold == "a letter"


@pytest.mark.parametrize(("part", "says"), [("HEAD", "YES"), ("NECK", "YES"), ("CHEST", None)])
def test_slices_that_can_show_a_face_say_so(part: str, says: str | None) -> None:
    assert clean(exports.slice_of_ct(BodyPartExamined=part)).dataset.get("RecognizableVisualFeatures") == says


def test_a_claim_about_faces_that_was_received_does_not_pass() -> None:
    made = exports.slice_of_ct(BodyPartExamined="CHEST", RecognizableVisualFeatures="NO")
    assert "RecognizableVisualFeatures" not in clean(made).dataset


def test_a_copy_that_is_taken_up_again_is_no_longer_held() -> None:
    data = exports.written(clean(exports.slice_of_ct(BurnedInAnnotation="YES")).dataset)
    found = readmitted(data, is_blanked=True)
    assert (found.hold, found.dataset.BurnedInAnnotation) == (None, "NO")


def test_only_of_pixels_that_are_clean_the_identity_is_said_to_be_removed() -> None:
    assert clean(exports.slice_of_ct(BurnedInAnnotation="YES")).dataset.PatientIdentityRemoved == "NO"
    assert treated(exports.slice_of_ct(), Treatment(hold="text")).dataset.PatientIdentityRemoved == "NO"
    assert withheld(clean(exports.slice_of_ct()), "new").dataset.PatientIdentityRemoved == "NO"
    assert treated(exports.slice_of_ct(), Treatment(blank=((0, 0, 3, 3),))).dataset.PatientIdentityRemoved == "YES"
    data = exports.written(clean(exports.slice_of_ct(BurnedInAnnotation="YES")).dataset)
    assert readmitted(data, is_blanked=True).dataset.PatientIdentityRemoved == "YES"


@pytest.mark.parametrize("number", ["2.1", "4.1", "130", "30"])
def test_a_class_that_demands_it_says_whether_text_is_burned_in(number: str) -> None:
    made = exports.slice_of_ct(sop_class=f"1.2.840.10008.5.1.4.1.1.{number}")
    assert clean(made).dataset.BurnedInAnnotation == "NO"
    assert treated(made, Treatment(hold="text")).dataset.BurnedInAnnotation == "YES"


FACES = {
    "MR of a brain without a body part": {"Modality": "MR", "StudyDescription": "Brain-MRA"},
    "MR of a head in Dutch": {"Modality": "MR", "SeriesDescription": "t1 hersenen"},
    "CT of a skull in German": {"StudyDescription": "CT Schädel nativ", "SpecificCharacterSet": "ISO_IR 192"},
    "whole-body PET": {"Modality": "PT", "SeriesDescription": "PET total body"},
    "PET that says nothing": {"Modality": " pt "},
    "PET of the chest of a series over the whole body": {
        "Modality": "PT", "BodyPartExamined": "CHEST", "SeriesType": ["WHOLE BODY", "IMAGE"],
    },
    "MR as large as a head, head first": {"Modality": "MR", "Rows": 16, "PixelSpacing": [15, 15], "PatientPosition": "HFS"},
    "a temporal bone in Dutch": {"SeriesDescription": "rotsbeen re"},
    "a disease of the brain": {"Modality": "MR", "StudyDescription": "IRM epilepsie"},
    "vertebrae of the neck": {"Modality": "MR", "StudyDescription": "cervical spine"},
    "an ear": {"BodyPartExamined": "EAR"},
    "a head of which the protocol's body part says otherwise": {"BodyPartExamined": "CHEST", "SeriesDescription": "Head 1.0"},
    "a body part in another language": {"BodyPartExamined": "KOPF", "PatientPosition": "FFS"},
}  # fmt: skip
NO_FACES = {
    "MR of a knee": {"Modality": "MR", "StudyDescription": "KNEE-RT.", "PixelSpacing": [15, 15]},
    "CT of the head of a femur": {"BodyPartExamined": "HIP", "SeriesDescription": "femoral head"},
    "CT of a chest in a study of head and chest": {"BodyPartExamined": "CHEST", "StudyDescription": "CT head and chest"},
    "a neck of the womb": {"Modality": "MR", "StudyDescription": "cervical cancer staging"},
    "feet first": {"PixelSpacing": [15, 15], "PatientPosition": "FFS"},
    "PET of a chest": {"Modality": "PT", "StudyDescription": "PET thorax"},
    "a projection": {"Modality": "CR", "BodyPartExamined": "HEAD"},
    "CT as large as a chest": {"PixelSpacing": [25, 25], "PatientPosition": "HFS"},
}


@pytest.mark.parametrize("name", FACES)
def test_slices_that_may_show_a_face_by_what_they_say_and_how_they_lie(name: str) -> None:
    assert clean(exports.slice_of_ct(**FACES[name])).dataset.get("RecognizableVisualFeatures") == "YES"


@pytest.mark.parametrize("name", NO_FACES)
def test_other_pictures_say_nothing_of_faces(name: str) -> None:
    assert "RecognizableVisualFeatures" not in clean(exports.slice_of_ct(**NO_FACES[name])).dataset


@pytest.mark.parametrize(("stated", "says"), [("NO", "NO"), ("YES", "YES"), (None, "YES")])
def test_a_parametric_map_says_whether_features_can_be_recognized(stated: str | None, says: str) -> None:
    attributes = {} if stated is None else {"RecognizableVisualFeatures": stated}
    made = exports.slice_of_ct(SOPClassUID="1.2.840.10008.5.1.4.1.1.30", BodyPartExamined="ABDOMEN", **attributes)
    assert clean(made).dataset.RecognizableVisualFeatures == says
