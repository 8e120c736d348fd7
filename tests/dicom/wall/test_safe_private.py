from pydicom.dataset import Dataset

import exports
from radiary.dicom.wall import safe_private
from radiary.model.nouns import Policy
from walled import TERMS, clean


def scanned(creator: str, block: int, element: int, vr: str, value: object) -> Dataset:
    made = exports.slice_of_ct()
    made.add_new((0x7053, block), "LO", creator)
    made.add_new((0x7053, block << 8 | element), vr, value)
    return made


def test_a_safe_number_stays_in_its_makers_block() -> None:
    kept = clean(scanned("Philips PET Private Group", 0x11, 0x00, "DS", "1.5")).dataset
    assert kept[0x7053, 0x1100].value == 1.5
    assert kept[0x7053, 0x0011].value == "Philips PET Private Group"


def test_the_same_number_is_dropped_under_another_name_or_as_a_text() -> None:
    assert (0x7053, 0x1100) not in clean(scanned("SOMEBODY ELSE", 0x11, 0x00, "DS", "1.5")).dataset
    assert (0x7053, 0x1100) not in clean(scanned("Philips PET Private Group", 0x11, 0x00, "LO", "Petronella")).dataset
    assert (0x7053, 0x1101) not in clean(scanned("Philips PET Private Group", 0x11, 0x01, "DS", "1.5")).dataset


def test_without_the_option_nothing_private_stays() -> None:
    from dataclasses import replace

    terms = replace(TERMS, policy=Policy(retain_safe_private=False))
    made = scanned("Philips PET Private Group", 0x11, 0x00, "DS", "1.5")
    assert not [tag for tag in clean(made, terms=terms).dataset.keys() if tag.is_private]  # noqa: SIM118 - tags, not elements


def test_only_numbers_are_in_the_table() -> None:
    assert safe_private.vr("Philips PET Private Group", 0x70531100) == "DS"
    assert safe_private.vr("Philips PET Private Group", 0x70530011) is None
