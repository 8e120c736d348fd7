from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.uid import UID, ExplicitVRBigEndian

import exports
from radiary.dicom.read import header
from radiary.dicom.wall.deidentify import Terms, deidentify, identity
from radiary.dicom.wall.profile import rows
from radiary.dicom.wall.pseudonym import Pseudonyms
from radiary.model.errors import Reason
from radiary.model.nouns import Deidentified, Facts, Instance, Person, Policy, Skipped, Unanchored

PSEUDONYMS = Pseudonyms(bytes(32))
TERMS = Terms(PSEUDONYMS, searches_text=True)


def cleaned(made: Dataset, **written: Any) -> Deidentified:
    instance = header.read(exports.written(made, **written))
    assert isinstance(instance, Instance)
    clean = deidentify(instance, TERMS)
    assert isinstance(clean, Deidentified)
    return clean


def text_of(dataset: Dataset) -> str:
    return "\n".join(str(element.value).lower() for element in dataset.iterall() if element.tag != 0x7FE00010)


def test_no_secret_passes() -> None:
    text = text_of(cleaned(exports.slice_of_ct()).dataset)
    assert [secret for secret in exports.SECRETS if secret in text] == []


_VALUES: dict[str, Any] = {
    "AE": "SECRETAE", "AS": "042Y", "CS": "SECRETCS", "DA": "19810704", "DS": "81.0704", "DT": "19810704120000", "IS": "810704",
    "LO": "secret", "LT": "secret", "OB": b"secret", "PN": "Secret^Person", "SH": "secret", "ST": "secret", "TM": "120000",
    "UC": "secret", "UI": "1.2.3.81", "UN": b"secret", "UR": "http://secret", "US": 7, "UT": "secret",
}  # fmt: skip
EXACT = [row for row in rows() if row["vr"] in _VALUES and all(digit in "0123456789ABCDEF" for digit in row["tag"])]


def test_every_row_of_the_table_is_removed_or_replaced_at_every_depth() -> None:
    def full() -> Dataset:
        made = Dataset()
        for row in EXACT:
            if row["tag"][:4] != "0002" and not row["tag"].startswith("0000"):
                made.add_new(int(row["tag"], 16), row["vr"], _VALUES[row["vr"]])
        return made

    received = exports.slice_of_ct()
    received.update(full())
    inner, middle = full(), Dataset()
    middle.ReferencedImageSequence = Sequence([inner])
    received.ReferencedImageSequence = Sequence([middle])
    clean = cleaned(received).dataset
    text = text_of(clean)
    assert "secret" not in text
    assert "1.2.3.81" not in text
    kept = {int(row["tag"], 16) for row in EXACT if row["rtnLongFullDates"] == "K"}
    for dataset in (clean, clean.ReferencedImageSequence[0].ReferencedImageSequence[0]):
        for element in dataset:
            if str(element.value).startswith("1981") and element.VR in ("DA", "DT"):
                assert element.tag in kept, element.tag


def test_private_unknown_overlay_and_curve_elements_are_gone() -> None:
    received = exports.slice_of_ct()
    received.private_block(0x0019, "MAKER", create=True).add_new(1, "LO", "Petronella")
    received.add_new(0x60003000, "OW", b"\1\0" * 8)
    received.add_new(0x50003000, "OW", b"\1\0" * 8)
    received.add_new(0x00187777, "LO", "unregistered")
    clean = cleaned(received).dataset
    assert not [element.tag for element in clean if element.tag.is_private or element.tag.group >> 8 in (0x50, 0x60)]
    assert 0x00187777 not in clean


def test_references_between_objects_hold_and_the_standards_uids_stay() -> None:
    first, second = exports.slice_of_ct(1), exports.slice_of_ct(2)
    reference = Dataset()
    reference.ReferencedSOPClassUID, reference.ReferencedSOPInstanceUID = UID(exports.CT), first.SOPInstanceUID
    second.ReferencedImageSequence = Sequence([reference])
    one, other = cleaned(first).dataset, cleaned(second).dataset
    assert other.ReferencedImageSequence[0].ReferencedSOPInstanceUID == one.SOPInstanceUID
    assert other.ReferencedImageSequence[0].ReferencedSOPClassUID == exports.CT
    assert one.StudyInstanceUID == other.StudyInstanceUID
    assert one.SOPInstanceUID != other.SOPInstanceUID


def test_what_display_and_measurement_need_is_unchanged() -> None:
    received = exports.slice_of_ct(
        PixelSpacing=[0.5, 0.25], ImagePositionPatient=[1, 2, 3], RescaleSlope="1.5", RescaleIntercept="-1024", RescaleType="HU",
        KVP="120", SliceThickness="2.5", ImageType=["ORIGINAL", "PRIMARY"], PatientSex="F", BodyPartExamined="CHEST",
        ConvolutionKernel="B30f",
    )  # fmt: skip
    clean = cleaned(received).dataset
    kept = (
        "BodyPartExamined ConvolutionKernel ImagePositionPatient ImageType KVP PixelSpacing RescaleIntercept RescaleSlope"
        " RescaleType Rows SliceThickness StudyDate WindowCenter"
    )
    for keyword in kept.split():
        assert clean[keyword].value == received[keyword].value, keyword


def test_the_person_has_one_code_and_the_headers_say_what_was_done() -> None:
    clean = cleaned(exports.slice_of_ct())
    assert clean.dataset.PatientID == clean.dataset.PatientName == clean.facts.patient
    assert clean.facts.patient.startswith("P-")
    assert clean.dataset.PatientIdentityRemoved == "YES"
    done = [item.CodeValue for item in clean.dataset.DeidentificationMethodCodeSequence]
    assert done == ["113100", "113106", "113111", "113105", "113104", "113103"]
    assert clean.dataset.LongitudinalTemporalInformationModified == "UNMODIFIED"


@pytest.mark.parametrize(
    ("keyword", "value"),
    [
        ("BodyPartExamined", "PETRONELLA"),
        ("Manufacturer", "Clinic of Petronella"),
        ("ManufacturerModelName", "SYN-5512"),
        ("ContentQualification", "ACC-77"),
    ],
)
def test_the_persons_own_words_pass_in_no_text(keyword: str, value: Any) -> None:
    assert cleaned(exports.slice_of_ct(**{keyword: value})).dataset.get(keyword) in (None, "", "REMOVED")


def test_of_several_words_only_the_persons_own_is_dropped() -> None:
    made = exports.slice_of_ct(ImageType=["ORIGINAL", "SYNTHETICA", "AXIAL"])
    assert cleaned(made).dataset.ImageType == ["ORIGINAL", "", "AXIAL"]
    assert cleaned(exports.slice_of_ct(SeriesDescription="Thorax 5mm Petronella")).dataset.SeriesDescription == "Thorax 5mm"


@pytest.mark.parametrize(
    ("tag", "vr", "value"),
    [
        (0x00180022, "CS", "free Text!"),
        (0x00180050, "DS", "Mrs"),
        (0x00200012, "IS", "12 Elm Street"),
        (0x00280A02, "CS", "jane doe"),
        (0x00187003, "CS", "Zimmer 12/b"),
        (0x00281055, "LO", "Mrs Doe"),
        (0x00189073, "OB", b"hidden"),
        (0x00287FE0, "UR", "http://pacs/jane"),
    ],
)
def test_a_value_that_has_not_its_vrs_form_or_is_free_text_does_not_pass(tag: int, vr: str, value: Any) -> None:
    received = exports.slice_of_ct()
    received.add_new(tag, vr, "1" if vr in ("DS", "IS") else value)
    data = exports.written(received)
    if vr in ("DS", "IS"):
        clean = _raw(tag, vr, str(value))
    else:
        instance = header.read(data)
        assert isinstance(instance, Instance)
        found = deidentify(instance, TERMS)
        assert isinstance(found, Deidentified)
        clean = found.dataset
    assert tag not in clean


def _raw(tag: int, vr: str, value: str) -> Dataset:
    """De-identify a slice with an element that no library would write."""
    text = value.encode() + b" " * (len(value) % 2)
    element = tag.to_bytes(4)[1::-1] + tag.to_bytes(4)[:1:-1] + vr.encode() + len(text).to_bytes(2, "little") + text
    data = exports.written(exports.slice_of_ct())
    at = data.index(b"\x20\x00\x0d\x00UI") if tag < 0x0020000D else data.index(b"\x20\x00\x13\x00IS")
    instance = header.read(data[:at] + element + data[at:])
    assert isinstance(instance, Instance)
    found = deidentify(instance, TERMS)
    assert isinstance(found, Deidentified)
    return found.dataset


def test_an_object_without_uids_gets_its_own_and_always_the_same() -> None:
    received = exports.slice_of_ct(StudyInstanceUID=None, SeriesInstanceUID=None, SOPInstanceUID=None)
    one = cleaned(received, preamble=False)
    assert one.facts == cleaned(received, preamble=False).facts
    assert one.facts.study.startswith("2.25.")
    other = cleaned(exports.slice_of_ct(2, StudyInstanceUID=None, SeriesInstanceUID=None, SOPInstanceUID=None), preamble=False)
    assert (one.facts.study, one.facts.series) == (other.facts.study, other.facts.series)
    assert one.facts.instance != other.facts.instance


def test_a_big_endian_palette_is_turned_round() -> None:
    received = exports.with_pixels(exports.dataset(), np.zeros((4, 4), "u1"), photometric="PALETTE COLOR")
    for colour in ("Red", "Green", "Blue"):
        setattr(received, f"{colour}PaletteColorLookupTableDescriptor", [2, 0, 16])
        setattr(received, f"{colour}PaletteColorLookupTableData", b"\x01\x00\x02\x00")
    clean = cleaned(received, syntax=ExplicitVRBigEndian).dataset
    assert clean.RedPaletteColorLookupTableData in (b"\x01\x00\x02\x00", b"\x00\x01\x00\x02")
    assert clean.RedPaletteColorLookupTableData == b"\x00\x01\x00\x02"


def test_sequences_deep_enough_to_exhaust_the_stack_are_a_reason() -> None:
    inner = Dataset()
    for _ in range(2000):
        outer = Dataset()
        outer.ReferencedImageSequence = Sequence([inner])
        inner = outer
    received = exports.slice_of_ct()
    received.ReferencedImageSequence = Sequence([inner])
    assert deidentify(Instance(received, "1.2.840.10008.1.2.1", ""), TERMS) == Skipped(Reason.NESTED_TOO_DEEPLY)


@pytest.mark.parametrize("name", ["Ono^Yoko", "Lin^Sig", "Color^Palette", "Mono^Chrome"])
def test_no_name_takes_away_what_display_needs(name: str) -> None:
    clean = cleaned(exports.slice_of_ct(PatientName=name, VOILUTFunction="SIGMOID", PresentationLUTShape="IDENTITY")).dataset
    assert clean.PhotometricInterpretation == "MONOCHROME2"
    assert (clean.VOILUTFunction, clean.PresentationLUTShape) == ("SIGMOID", "IDENTITY")


def test_a_number_of_hers_passes_in_no_numeric_attribute() -> None:
    made = exports.slice_of_ct(PatientID="471-1123", KVP="4711123", SeriesNumber="4711123", ExposureTime="500")
    clean = cleaned(made)
    assert clean.dataset.KVP is None
    assert clean.dataset.SeriesNumber is None
    assert clean.facts.series_number is None
    assert clean.dataset.ExposureTime == 500


def code(value: str, scheme: str, meaning: str) -> Dataset:
    item = Dataset()
    item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = value, scheme, meaning
    return item


def test_codes_of_a_standard_pass_and_a_hospitals_do_not() -> None:
    made = exports.slice_of_ct()
    made.ViewCodeSequence = Sequence(
        [code("R-10242", "SRT", "cranio-caudal"), code("77", "99LOCAL", "room of Dr Who"), code("19810704", "SRT", "born then")]
    )
    standard, local, hers = cleaned(made).dataset.ViewCodeSequence
    assert (standard.CodeValue, standard.CodeMeaning) == ("R-10242", "cranio-caudal")
    assert (local.CodingSchemeDesignator, "Who" in local.CodeMeaning) == ("99RADIARY", False)
    assert hers.CodingSchemeDesignator == "99RADIARY"
    assert "19810704" not in str(hers)


def test_lookup_tables_are_cut_to_their_entries_and_nested_pixels_and_profiles_do_not_pass() -> None:
    made = exports.with_pixels(exports.dataset(), np.zeros((4, 4), "u1"), photometric="PALETTE COLOR")
    for colour in ("Red", "Green", "Blue"):
        setattr(made, f"{colour}PaletteColorLookupTableDescriptor", [4, 0, 8])
        setattr(made, f"{colour}PaletteColorLookupTableData", b"\1\2\3\4Petr")
    lut, icon = Dataset(), Dataset()
    lut.LUTDescriptor, lut.LUTData = [2, 0, 16], b"\1\0\2\0Petronella!!"
    lut["LUTDescriptor"].VR, lut["LUTData"].VR = "US", "OW"
    icon.PixelData = b"Petronella"
    icon["PixelData"].VR = "OB"
    made.VOILUTSequence, made.SourceImageSequence, made.ICCProfile = Sequence([lut]), Sequence([icon]), b"Petronella"
    icon.ReferencedFrameNumber = 1
    clean = cleaned(made).dataset
    assert clean.VOILUTSequence[0].LUTData == b"\1\0\2\0"
    assert clean.BluePaletteColorLookupTableData == b"\1\2\3\4Petr"[:8]
    assert "PixelData" not in clean.SourceImageSequence[0]
    assert "ICCProfile" not in clean


def test_a_sequence_that_is_none_and_one_that_should_be_none_do_not_pass() -> None:
    data = exports.written(exports.slice_of_ct(ReferencedImageSequence=Sequence([])))
    at = data.index(b"\x08\x00\x40\x11SQ")
    instance = header.read(data[:at] + b"\x08\x00\x40\x11CS\x04\x00ABCD" + data[at + 12 :])
    assert isinstance(instance, Instance)
    found = deidentify(instance, TERMS)
    assert isinstance(found, Deidentified)
    assert "ReferencedImageSequence" not in found.dataset


def placed(number: int = 1, **attributes: Any) -> Facts:
    """Where an instance is filed that came without UIDs."""
    without = {"StudyInstanceUID": None, "SeriesInstanceUID": None, "SOPInstanceUID": None}
    return cleaned(exports.slice_of_ct(number, **without, **attributes), preamble=False).facts


@pytest.mark.parametrize("change", [{"StudyDate": "20240102"}, {"PatientName": "Fictus^Otto"}])
def test_without_uids_another_day_or_person_is_another_study_and_series(change: dict[str, str]) -> None:
    one, other = placed(), placed(**change)
    assert one.study != other.study
    assert one.series != other.series


@pytest.mark.parametrize("change", [{"SeriesNumber": 2}, {"Modality": "MR"}])
def test_without_uids_another_series_number_or_modality_is_another_series_of_the_same_study(change: dict[str, Any]) -> None:
    one, other = placed(), placed(**change)
    assert one.study == other.study
    assert one.series != other.series


def test_an_instance_without_uids_is_known_by_its_bytes() -> None:
    assert placed().instance == placed().instance
    assert placed().instance != placed(2).instance


def test_series_without_a_uid_of_two_studies_are_two() -> None:
    one, other = (
        cleaned(exports.slice_of_ct(StudyInstanceUID=f"1.2.{number}", SeriesInstanceUID=None)).facts for number in (3, 4)
    )
    assert one.series != other.series


def with_dates(policy: Policy, person: Person | None = None, **attributes: Any) -> Deidentified | Unanchored | Skipped:
    made = exports.slice_of_ct(**attributes)
    instance = header.read(exports.written(made))
    assert isinstance(instance, Instance)
    own = PSEUDONYMS.person(identity(made))
    return deidentify(instance, replace(TERMS, policy=policy, people={own: person} if person else {}))


def test_relative_dates_count_from_her_first_day_and_wait_until_it_is_known() -> None:
    relative = Policy(dates="relative")
    waiting = with_dates(relative, StudyDate="20240311")
    assert isinstance(waiting, Unanchored)
    assert waiting.day == "20240311"
    for day, becomes in (("20240311", "20000101"), ("20240321", "20000111"), ("20240301", "19991222")):
        found = with_dates(relative, Person("P-KNOWN", first_day="20240311"), StudyDate=day)
        assert isinstance(found, Deidentified)
        assert found.dataset.StudyDate == becomes


def test_dates_are_shifted_by_the_code_she_had_first_whatever_she_is_called_later() -> None:
    shift = Policy(dates="shift", keep_weekdays=True)
    found = [with_dates(shift, Person(code, root="P-FIRST"), StudyDate="20240311") for code in ("P-ONE", "P-OTHER")]
    one, other = (each.dataset.StudyDate for each in found if isinstance(each, Deidentified))
    assert one == other != "20240311"
    days = PSEUDONYMS.shift("P-FIRST", keep_weekdays=True)
    assert one == f"{date(2024, 3, 11) + timedelta(days):%Y%m%d}"


def test_a_person_who_is_known_by_another_code_leaves_under_that_one() -> None:
    found = with_dates(Policy(), Person("P-MERGED"))
    assert isinstance(found, Deidentified)
    assert found.dataset.PatientID == found.dataset.PatientName == found.facts.patient == "P-MERGED"


def test_what_the_table_does_not_know_of_the_patient_is_a_characteristic_of_hers() -> None:
    made = exports.slice_of_ct(PatientBodyMassIndex="24")
    assert "PatientBodyMassIndex" not in cleaned(made).dataset
    found = with_dates(Policy(retain_patient_characteristics=True), PatientBodyMassIndex="24")
    assert isinstance(found, Deidentified)
    assert found.dataset.PatientBodyMassIndex == 24
