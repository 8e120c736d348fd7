"""Which key object selections name what is worth a look."""

import pytest
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

import exports
from electrocardiograms import code
from radiary.dicom.wall import facts


def selection(title: str) -> Dataset:
    made, item, reference = exports.dataset(modality="KO", sop_class=exports.KO), Dataset(), Dataset()
    reference.ReferencedSOPClassUID, reference.ReferencedSOPInstanceUID = exports.CT, "2.25.7"
    item.ReferencedSOPSequence = Sequence([reference])
    made.ContentSequence = Sequence([item])
    made.ConceptNameCodeSequence = Sequence([code(title, "DCM", "Title")])
    return made


@pytest.mark.parametrize("title", ["113000", "113002", "113004", "113005", "113007", "113013", "113018", "113020", "128203"])
def test_what_is_of_interest_counts(title: str) -> None:
    made = selection(title)
    assert facts.facts_of(made, made, "P").refers == ("2.25.7",)


@pytest.mark.parametrize("title", ["113001", "113010", "113037", "113039", "999999"])
def test_what_was_rejected_or_expired_does_not(title: str) -> None:
    made = selection(title)
    assert facts.facts_of(made, made, "P").refers == ()
