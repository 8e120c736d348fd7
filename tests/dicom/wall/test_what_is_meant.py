"""What says the same of everybody stays: terms of the standard, makers, machines, agents with strengths, measured numbers."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from pydicom.datadict import dictionary_VR, tag_for_keyword
from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRBigEndian, ExplicitVRLittleEndian

import exports
from radiary.dicom.wall.descriptions import cleaned
from radiary.dicom.wall.own_words import OwnWords
from radiary.model.nouns import Policy
from walled import TERMS, clean

NOBODY = OwnWords(frozenset({"synthetica"}))


def left(policy: Policy | None = None, syntax: str = ExplicitVRLittleEndian, **attributes: Any) -> Dataset:
    return clean(exports.slice_of_ct(**attributes), syntax, replace(TERMS, policy=policy or Policy())).dataset


@pytest.mark.parametrize(
    ("keyword", "value"),
    [
        ("LossyImageCompressionMethod", ["ISO_10918_1", "ISO_15444_1"]),
        ("KSpaceFiltering", "RIESZ"),
        ("KSpaceFiltering", "TUKEY"),
        ("BorderDensity", "BLACK"),
        ("FilterMaterial", ["ALUMINUM", "COPPER"]),
        ("ApplicationSetupType", "FLETCHER_SUIT"),
        ("ImageType", ["ORIGINAL", "PRIMARY", "M/FFE"]),
        ("ImageType", ["DERIVED", "PRIMARY", "T2/PD", "NONE"]),
    ],
)
def test_terms_of_the_standard_stay_even_of_somebody_who_is_called_so(keyword: str, value: Any) -> None:
    called = value if isinstance(value, str) else value[0].split("_")[-1]
    assert left(**{keyword: value})[keyword].value == value
    if keyword != "ImageType":
        assert left(**{keyword: value, "PatientName": f"{called.title()}^Anna"})[keyword].value == value


def test_a_term_of_another_attribute_is_no_term() -> None:
    assert "BorderDensity" not in left(BorderDensity="RIESZ")


MAKERS = (
    "GE MEDICAL SYSTEMS", "FUJIFILM Corporation", "ALOKA CO., LTD.", "Carl Zeiss Meditec AG", "Karl Storz", "Fischer Imaging",
    "Dürr Dental", "Oehm und Rehbein GmbH", "Shenzhen Mindray Bio-Medical Electronics Co., Ltd.", "Haag-Streit",
    "J. MORITA MFG. CORP.", "GE Healthcare Austria GmbH & Co OG",
    "Faxitron", "St. Jude Medical", "Villa Sistemi Medicali", "Eastman Kodak Company", "Mortara Instrument, Inc.",
)  # fmt: skip
MODELS = (
    "LightSpeed VCT", "Biograph128_Vision 450", "SymphonyTim", "MAGNETOM Free.Max", "Senograph DS ADS_43.10.1",
    "IQon - Spectral CT", "Leonardo", "Ingenia Elition X", "ARTIS pheno", "Vivid S70", "Mx8000 IDT 16",
    "CIRRUS HD-OCT 5000", "uMR 780", "Vitrea 2", "INFINIX CELEVE-I INFX-8000V", "TomoTherapy Hi-Art", "uEXPLORER", "VersaHD",
)  # fmt: skip


@pytest.mark.parametrize("maker", MAKERS)
def test_a_maker_stays(maker: str) -> None:
    made = left(Manufacturer=maker, SpecificCharacterSet="ISO_IR 192")
    assert made.Manufacturer == maker


@pytest.mark.parametrize("model", MODELS)
def test_a_machine_stays(model: str) -> None:
    assert left(ManufacturerModelName=model).ManufacturerModelName == model


def test_a_makers_name_that_is_a_persons_stands_only_where_makers_do() -> None:
    made = left(Manufacturer="Fischer Imaging", SeriesDescription="Fischer CT chest", ProtocolName="Leonardo Braun")
    assert (made.Manufacturer, made.SeriesDescription) == ("Fischer Imaging", "CT chest")
    assert "ProtocolName" not in made
    hers = left(Manufacturer="Fischer Imaging", PatientName="Fischer^Anna")
    assert "Fischer" not in str(hers.get("Manufacturer"))


@pytest.mark.parametrize("maker", ["Scans of Xyzzyna", "SIEMENS 5512345", "Wobbel^Grobbel", "GE 123456789"])
def test_what_is_no_machine_goes(maker: str) -> None:
    for keyword in ("Manufacturer", "ManufacturerModelName"):
        assert maker not in str(left(**{keyword: maker}).get(keyword))


AGENTS = (
    "Omnipaque 350 mg/ml", "Gadovist 1.0 mmol/ml", "GADAVIST 7.5 ml", "Optiray 350 120ml", "Conray 60%", "Iopamidol 61%",
    "F-18 FDG", "I-123 MIBG", "Tc-99m MDP", "Rb-82", "Barium sulfate 2%", "NaCl", "Bracco Isovue 370",
    "Ultravist 80 ml, 4 ml/s", "SonoVue 8 µl/ml", "Iodixanol 320 mg I/ml",
    "ISOVUE300/100", "Omnipaque 350/75",
)  # fmt: skip


@pytest.mark.parametrize("agent", AGENTS)
def test_agents_and_their_strengths_stay(agent: str) -> None:
    assert cleaned(agent, NOBODY) == agent


@pytest.mark.parametrize("number", ["55 12345", "061 234 5678", "551-234 5ml", "Isovue 551/234"])
def test_numbers_in_parts_are_no_strength(number: str) -> None:
    assert number not in (cleaned(f"CT chest {number}", NOBODY) or "")


def with_bulk(keyword: str, content: bytes) -> Dataset:
    tag = tag_for_keyword(keyword)
    assert tag is not None
    made = exports.slice_of_ct()
    item = Dataset()
    item.add(DataElement(tag, dictionary_VR(tag), content))
    item.GridDimensions = [1, 1, 1]
    made.DeformableRegistrationGridSequence = Sequence([item])
    return made


@pytest.mark.parametrize(("keyword", "kind"), [("VectorGridData", "f4"), ("VolumetricCurvePoints", "f8")])
@pytest.mark.parametrize("syntax", [ExplicitVRLittleEndian, ExplicitVRBigEndian])
def test_measured_fractions_stay(keyword: str, kind: str, syntax: str) -> None:
    values = np.linspace(-3, 4, 24)
    content = values.astype((">" if syntax == ExplicitVRBigEndian else "<") + kind).tobytes()
    (item,) = clean(with_bulk(keyword, content), syntax).dataset.DeformableRegistrationGridSequence
    assert np.allclose(np.frombuffer(item[keyword].value, "<" + kind), values)


@pytest.mark.parametrize("content", [b"Petronella Synthetica was here..", b"\0\0\0@PETRONELLA\0@", b"FOGACATAHOLA", b"123"])
def test_words_are_no_measured_fractions(content: bytes) -> None:
    (item,) = clean(with_bulk("VectorGridData", content)).dataset.DeformableRegistrationGridSequence
    assert "VectorGridData" not in item


def test_size_and_weight_stay_alone_and_rounded_where_their_owner_wants_them() -> None:
    body = {"PatientWeight": "71.437", "PatientSize": "1.7349", "PatientAge": "042Y", "PatientSex": "F"}
    nothing, two = left(**body), left(Policy(retain_size_and_weight=True), **body)
    assert ("PatientWeight" in nothing, "PatientSize" in nothing) == (False, False)
    assert (two.PatientWeight, two.PatientSize) == (71, 1.73)
    assert "PatientAge" not in two
    assert not two.PatientSex
    whole = left(Policy(retain_size_and_weight=True, retain_patient_characteristics=True), **body)
    assert (str(whole.PatientWeight), whole.PatientAge) == ("71.437", "042Y")


def test_a_weight_that_is_no_number_goes() -> None:
    made = exports.slice_of_ct()
    made.add(DataElement(0x00101030, "LO", "Petronella"))
    assert not clean(made, terms=replace(TERMS, policy=Policy(retain_size_and_weight=True))).dataset.get("PatientWeight")


def test_nothing_is_left_empty_but_what_has_its_place() -> None:
    made = exports.slice_of_ct()
    step = Dataset()
    step.ReferencedSOPInstanceUID = "1.2.3"
    made.ReferencedPerformedProcedureStepSequence = Sequence([step])
    made.SharedFunctionalGroupsSequence = Sequence([Dataset()])
    made.RequestAttributesSequence = Sequence([Dataset()])
    found = clean(made).dataset
    assert not ("ReferencedPerformedProcedureStepSequence" in found and not found.ReferencedPerformedProcedureStepSequence)
    assert len(found.SharedFunctionalGroupsSequence) == 1
    assert "RequestAttributesSequence" not in found


def test_a_uid_that_is_replaced_is_a_uid() -> None:
    made = exports.slice_of_ct()
    made.add(DataElement(0x006A0003, "UI", "1.2.3.4"))
    assert str(clean(made).dataset[0x006A0003].value).startswith("2.25.")


@pytest.mark.parametrize("written", ["ko", " KO", "Ko "])
def test_a_modality_is_the_same_word_from_the_wall_on_however_it_was_written(written: str) -> None:
    found = clean(exports.slice_of_ct(Modality=written))
    assert (found.dataset.Modality, found.facts.modality) == ("KO", "KO")
