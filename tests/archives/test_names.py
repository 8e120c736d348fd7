import pytest

from radiary.archives import names

HERS = ["DICOMDIR", "x/dicomdir", "a.dcm", "A.DCM", "a.dicom", "a.ima", "IM0001", "DICOM\\IM1", "1.2.840.10008.1", "IM.001",
        "I1000000", "MR.1.3.1107", "disc1.zip", "b.7z", "cd.iso", "a.dcm.gz", "IM0001.gz", "1.2.840.1.2.gz", "0001",
        "E1S1I1.MR", "x/CT.dcm_", "IM1.CT", "a.us", "a.CR", "a.DX", "a.nm", "a.PT", "a.mg", "a.XA", "a.RF", "a.acr", "a.dic",
        "1.2.840.113619.2.5.CT"]  # fmt: skip
OTHERS = ["a.pdf", "letter.docx", "x/photo.jpg", "README", "LICENSE", "run.exe", "index.html", "a.csv", "film.mp4", ".DS_Store",
          "", "__MACOSX/._IM1", "brain.nii.gz", "notes.txt.gz", "x.y-z", "a.torrent", "clip.3gp",
          "CLIP.3G2", "model.3ds"]  # fmt: skip


@pytest.mark.parametrize("name", HERS)
def test_a_name_that_may_be_hers(name: str) -> None:
    assert names.may_be_dicom(name)


@pytest.mark.parametrize("name", OTHERS)
def test_a_name_that_is_somebody_elses(name: str) -> None:
    assert not names.may_be_dicom(name)


@pytest.mark.parametrize(
    ("name", "is_one"), [("DICOMDIR", True), ("x/a.dcm", True), ("1.2.840.10008.1", True), ("IM1", False), ("1.2", False)]
)
def test_names_that_dicom_files_alone_have(name: str, is_one: bool) -> None:
    assert names.is_called_dicom(name) is is_one
