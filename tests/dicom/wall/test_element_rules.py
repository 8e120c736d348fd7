"""What passes by the rules for single elements, and what tries to."""

from dataclasses import replace
from typing import Any

import pytest
from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.uid import UID, ExplicitVRLittleEndian, ImplicitVRLittleEndian

import exports
from radiary.dicom.read import header
from radiary.dicom.wall.deidentify import deidentify
from radiary.model.errors import Reason
from radiary.model.nouns import Deidentified, Instance, Policy, Skipped
from walled import TERMS, clean

CHARACTERISTICS = Policy(retain_patient_characteristics=True)
BORN = exports.BIRTH_DATE


def left(policy: Policy | None = None, syntax: str = ExplicitVRLittleEndian, **attributes: Any) -> Dataset:
    """What leaves of a slice with these attributes."""
    return clean(exports.slice_of_ct(**attributes), syntax, replace(TERMS, policy=policy or Policy())).dataset


def left_of_bytes(data: bytes) -> Dataset:
    instance = header.read(data)
    assert isinstance(instance, Instance)
    found = deidentify(instance, TERMS)
    assert isinstance(found, Deidentified)
    return found.dataset


def with_element(tag: int, vr: str, value: Any) -> Dataset:
    made = exports.slice_of_ct()
    made.add(DataElement(tag, vr, value))
    return made


def said(made: Dataset, keyword: str) -> Any:
    """A value; None where there is none, whether the element is gone or empty."""
    found = made.get(keyword)
    return None if found is None or found == "" else found


@pytest.mark.parametrize(
    ("age", "leaves"),
    [("042Y", "042Y"), ("090Y", "090Y"), ("091Y", "090Y"), ("104Y", "090Y"), ("006M", "006M"), ("Petr", None), ("42", None)],
)
def test_nobody_who_leaves_with_an_age_is_older_than_90(age: str, leaves: str | None) -> None:
    assert said(left(CHARACTERISTICS, PatientAge=age), "PatientAge") == leaves


def test_what_an_option_retains_holds_none_of_her_words() -> None:
    assert said(left(CHARACTERISTICS, EthnicGroup="Petronella"), "EthnicGroup") is None


EXAM_DATES = (
    ("InstanceCreationDate", BORN),
    ("StudyDate", BORN),
    ("SeriesDate", BORN),
    ("AcquisitionDate", BORN),
    ("ContentDate", BORN),
    ("AcquisitionDateTime", BORN + "120000"),
)


@pytest.mark.parametrize(("keyword", "value"), EXAM_DATES)
def test_an_exam_on_a_birthday_keeps_its_date(keyword: str, value: str) -> None:
    assert left(**{keyword: value})[keyword].value == value


@pytest.mark.parametrize(
    ("keyword", "value"),
    [
        ("DateOfSecondaryCapture", BORN),
        ("DateOfSecondaryCapture", "1981.07.04"),
        ("FrameAcquisitionDateTime", BORN + "120000"),
        ("DateOfLastCalibration", ["20200101", BORN]),
    ],
)
def test_any_other_date_that_is_the_birth_date_is_emptied(keyword: str, value: Any) -> None:
    assert not left(**{keyword: value})[keyword].value
    kept = value.replace(".", "") if isinstance(value, str) else value
    assert left(**{keyword: value, "PatientBirthDate": "19700101"})[keyword].value == kept


@pytest.mark.parametrize("dates", ["shift", "month", "year"])
def test_dates_that_are_moved_leave_without_their_time_zone(dates: Any) -> None:
    assert "TimezoneOffsetFromUTC" not in left(Policy(dates=dates), TimezoneOffsetFromUTC="+0100")


def test_dates_that_are_kept_keep_a_time_zone_that_is_one() -> None:
    assert left(TimezoneOffsetFromUTC="+0100").TimezoneOffsetFromUTC == "+0100"
    assert "TimezoneOffsetFromUTC" not in left(TimezoneOffsetFromUTC="knee")


def test_dates_in_every_attribute_are_moved() -> None:
    moved = left(Policy(dates="year"), StudyDate="20240311", DateOfSecondaryCapture="20240312")
    assert (moved.StudyDate, moved.DateOfSecondaryCapture) == ("20240101", "20240101")


def test_a_year_in_a_description_leaves_only_while_dates_do() -> None:
    assert left(SeriesDescription="Thorax 2019").SeriesDescription == "Thorax 2019"
    assert left(Policy(dates="shift"), SeriesDescription="Thorax 2019").SeriesDescription == "Thorax"


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize(
    ("tag", "vr"),
    [(0x00181190, "DS"), (0x00181620, "IS"), (0x00081161, "UL"), (0x00189318, "FD"), (0x00189322, "FD")],
)
def test_a_number_of_hers_is_found_among_several_values_wherever_it_stands(tag: int, vr: str, place: int) -> None:
    several = [1, 2, 3]
    if tag == 0x00189322:  # of two values
        several = several[:2]
        place = min(place, 1)
    several[place] = 4711123
    made = with_element(tag, vr, several)
    made.PatientID = "4711123"
    found = clean(made).dataset
    assert tag not in found or not found[tag].value
    made.PatientID = "1234567"
    assert tag in clean(made).dataset


@pytest.mark.parametrize("place", [0, 1])
def test_anybodys_long_number_is_found_among_several_written_values(place: int) -> None:
    several = ["0.6", "1.2"]
    assert left(FocalSpots=several).FocalSpots == [0.6, 1.2]
    several[place] = "47111234"
    assert not left(FocalSpots=several).get("FocalSpots")


def test_numbers_are_no_more_than_their_attribute_holds() -> None:
    assert 0x00480006 not in clean(with_element(0x00480006, "UL", [0x50657472, 0x6F6E656C, 0x6C61])).dataset
    assert 0x00189318 not in clean(with_element(0x00189318, "FD", [1.0] * 4)).dataset
    assert len(clean(with_element(0x00189318, "FD", [1.0] * 3)).dataset[0x00189318].value) == 3


def test_tags_are_names_of_attributes_and_no_hidden_letters() -> None:
    assert left(FrameIncrementPointer=0x00181063).FrameIncrementPointer == 0x00181063
    assert "FrameIncrementPointer" not in left(FrameIncrementPointer=[0x00181063, 0x50657472])


def test_bytes_where_numbers_belong_do_not_pass() -> None:
    data = exports.written(exports.slice_of_ct(), ImplicitVRLittleEndian)
    at = data.index(b"\xe0\x7f\x10\x00")
    grey_table = b"\x28\x00\x00\x12\x0a\x00\x00\x00Petronella"  # of a retired kind, whose numbers nobody can tell
    assert 0x00281200 not in left_of_bytes(data[:at] + grey_table + data[at:])


def test_what_is_no_uid_becomes_one() -> None:
    for policy in (Policy(), Policy(retain_uids=True)):
        assert left(policy, FrameOfReferenceUID="PETRONELLA").FrameOfReferenceUID.startswith("2.25.")


def test_uids_leave_as_they_are_only_when_that_is_asked_for() -> None:
    own = UID(f"{exports.ROOT}.5.5")
    assert left(Policy(retain_uids=True), FrameOfReferenceUID=own).FrameOfReferenceUID == own
    assert left(FrameOfReferenceUID=own).FrameOfReferenceUID != own
    assert left(FrameOfReferenceUID=own).FrameOfReferenceUID.startswith("2.25.")


def test_the_schemes_of_codes_that_lost_theirs_are_not_named() -> None:
    scheme = Dataset()
    scheme.CodingSchemeUID, scheme.CodingSchemeName = UID(f"{exports.ROOT}.9"), "Thorax codes"
    assert "CodingSchemeIdentificationSequence" not in left(CodingSchemeIdentificationSequence=Sequence([scheme]))


def test_words_in_a_private_block_do_not_pass_though_a_safe_number_would_stand_there() -> None:
    made = exports.slice_of_ct()
    made.add_new((0x7053, 0x11), "LO", "Philips PET Private Group")
    made.add_new((0x7053, 0x1100), "LO", "Thorax")
    assert (0x7053, 0x1100) not in clean(made).dataset


def test_pixel_data_that_calls_itself_text_does_not_pass() -> None:
    data = exports.written(exports.slice_of_ct())
    assert data.count(b"\xe0\x7f\x10\x00OW") == 1
    assert "PixelData" not in left_of_bytes(data.replace(b"\xe0\x7f\x10\x00OW", b"\xe0\x7f\x10\x00UT"))


def test_a_word_where_a_sequence_belongs_does_not_pass_nor_a_sequence_where_a_word_does() -> None:
    data = exports.written(exports.slice_of_ct(ReferencedImageSequence=Sequence([])))
    at = data.index(b"\x08\x00\x40\x11SQ")
    assert "ReferencedImageSequence" not in left_of_bytes(data[:at] + b"\x08\x00\x40\x11CS\x04\x00KNEE" + data[at + 12 :])
    at = data.index(b"\x20\x00\x0d\x00UI")
    item = b"\x08\x00\x60\x00CS\x02\x00CT"
    sequence = b"\xfe\xff\x00\xe0" + len(item).to_bytes(4, "little") + item
    nested = b"\x18\x00\x15\x00SQ\0\0" + len(sequence).to_bytes(4, "little") + sequence
    assert "BodyPartExamined" not in left_of_bytes(data[:at] + nested + data[at:])


@pytest.mark.parametrize("keyword", ["VOILUTFunction", "PresentationLUTShape"])
def test_where_display_knows_a_few_words_no_other_one_passes(keyword: str) -> None:
    instance = header.read(exports.written(exports.slice_of_ct(**{keyword: "KNEE"})))
    assert isinstance(instance, Instance)
    found = deidentify(instance, TERMS)
    assert isinstance(found, Skipped)
    assert (found.reason, found.study) == (Reason.DISPLAY_VALUE_NOT_UNDERSTOOD, clean(exports.slice_of_ct()).facts.study)


def test_a_term_passes_whatever_the_person_is_called_and_a_word_that_is_none_does_not() -> None:
    made = left(PatientName="Axial^Prone", ImageType=["ORIGINAL", "PRIMARY", "AXIAL"], BodyPartExamined="CHEST")
    assert made.ImageType == ["ORIGINAL", "PRIMARY", "AXIAL"]
    assert left(ImageType=["ORIGINAL", "VANDENBROUCKE"]).ImageType == ["ORIGINAL", ""]


def test_tables_whose_kind_nobody_knows_do_not_pass() -> None:
    lut = Dataset()
    lut.add_new(0x00283002, "US", [40_000, 0, 16])
    lut.add_new(0x00283006, "UN", b"\1\0" * 40_000)  # so long that pydicom does not look it up
    lut.add_new(0x00283003, "LO", "Thorax")
    found = left(VOILUTSequence=Sequence([lut]))
    assert "LUTData" not in found.VOILUTSequence[0]


def test_a_makers_name_of_known_words_is_kept_and_no_longer_one_than_the_attribute_takes() -> None:
    assert left(Manufacturer="SIEMENS").Manufacturer == "SIEMENS"
    assert left(Manufacturer="SIEMENS " * 9).Manufacturer == "REMOVED"


def test_a_label_of_two_letters_passes_unless_it_is_her_name() -> None:
    assert left(ReceiveCoilName="QX").ReceiveCoilName == "QX"
    assert "ReceiveCoilName" not in left(ReceiveCoilName="Li", PatientName="Li^Bo")
    assert "ReceiveCoilName" not in left(ReceiveCoilName="QXZ")


def test_without_the_option_to_clean_them_no_descriptions_leave() -> None:
    assert left(ReceiveCoilName="Knee coil").ReceiveCoilName == "Knee coil"
    assert "ReceiveCoilName" not in left(Policy(clean_descriptors=False), ReceiveCoilName="Knee coil")


def test_what_the_table_removes_is_gone_however_harmless_it_is() -> None:
    made = left(PatientWeight="70", PatientAge="042Y", IssuerOfPatientID="Thorax")
    assert not {"PatientWeight", "PatientAge", "IssuerOfPatientID"} & set(made.dir())
    assert left(InstitutionName="Thorax").get("InstitutionName") in (None, "", "REMOVED")


@pytest.mark.parametrize("value", ["2024-03-11", "2024/03/11 10:15", "11.03.2024"])
def test_a_date_in_another_form_leaves_as_the_standard_writes_it(value: str) -> None:
    assert left(StudyDate=value)["StudyDate"].value == "20240311"


def in_item(sequence: str, **attributes: Any) -> list[Dataset]:
    """The items that leave of a sequence with one item."""
    item = Dataset()
    for keyword, value in attributes.items():
        setattr(item, keyword, value)
    made = exports.slice_of_ct()
    setattr(made, sequence, Sequence([item]))
    return list(clean(made).dataset.get(sequence) or ())


@pytest.mark.parametrize(
    ("sequence", "attributes", "kept"),
    [
        ("RealWorldValueMappingSequence", {"LUTExplanation": "Zzona map", "LUTLabel": "RCBF"}, {"LUTExplanation": "REMOVED"}),
        ("SegmentSequence", {"TrackingID": "Zzona lesion", "TrackingUID": "1.2.3"}, {"TrackingID": "REMOVED"}),
        ("IssuerOfAccessionNumberSequence", {"UniversalEntityID": "http://zzona", "UniversalEntityIDType": "URI"}, None),
        ("WaveformAnnotationSequence", {"UnformattedTextValue": "Zzona", "AnnotationGroupNumber": 1}, None),
        ("TextObjectSequence", {"UnformattedTextValue": "Zzona", "AnchorPointVisibility": "N"}, None),
    ],
)
def test_what_is_left_of_an_item_says_a_whole_thing_or_nothing(
    sequence: str, attributes: dict[str, Any], kept: dict[str, str] | None
) -> None:
    items = in_item(sequence, **attributes)
    assert [item[keyword].value for item in items for keyword in kept or ()] == list((kept or {}).values())
    assert bool(items) == (kept is not None)


def test_what_some_objects_must_have_stays_with_nothing_or_a_dummy_in_it() -> None:
    found = left(ContentDescription="Zzona", StructureSetLabel="Zzona")
    assert (found["ContentDescription"].value or None, found.StructureSetLabel) == (None, "REMOVED")
    assert left(ContentDescription="thorax").ContentDescription == "thorax"


@pytest.mark.parametrize(("number", "is_left"), [(47110815, False), (47111815, True)])
def test_an_own_number_that_four_bytes_have_rounded_goes(number: int, *, is_left: bool) -> None:
    made = exports.slice_of_ct(PatientID="47110815", B1rms=float(number))
    assert ("B1rms" in clean(made).dataset) == is_left
