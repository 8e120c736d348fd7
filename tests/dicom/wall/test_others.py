"""Whom a received header names beside the patient: for the gate of the chronicle alone."""

import exports
from radiary.dicom.wall import others
from walled import clean


def test_physicians_and_operators_are_named_and_the_patient_is_not() -> None:
    made = exports.slice_of_ct(OperatorsName=["Vos^Bo", "Hand^Peter"], ReferringPhysicianName="Fictus^Otto")
    assert sorted(others.in_object(made)) == ["Fictus^Otto", "Hand^Peter", "Vos^Bo"]
    assert sorted(clean(made).named) == ["Fictus^Otto", "Hand^Peter", "Vos^Bo"]
    assert "Fictus" not in repr(clean(made))


def test_one_who_verified_a_report_is_named_though_an_object_before_named_nobody() -> None:
    assert others.in_object(exports.slice_of_ct(ReferringPhysicianName=None)) == ()
    made = exports.slice_of_ct(ReferringPhysicianName=None)
    observer = exports.Dataset()
    observer.VerifyingObserverName = "Roe^Rita"
    made.VerifyingObserverSequence = [observer]
    assert others.in_object(made) == ("Roe^Rita",)
