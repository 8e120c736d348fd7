"""Objects that are no picture: reports, notes, saved views, structures, curves, documents, a video."""

from pydicom.dataset import Dataset

from leaks.elements import put, put_items, put_number
from leaks.making import Maker, Study
from leaks.technical import STORAGE
from leaks.tokens import Mint

TITLES = {
    "SR": STORAGE + "88.33",
    "KO": STORAGE + "88.59",
    "PR": STORAGE + "11.1",
    "RTSTRUCT": STORAGE + "481.3",
    "ECG": STORAGE + "9.1.1",
}


def plant(maker: Maker) -> None:
    study = maker.study()
    target = maker.image(study)
    maker.add(target)
    _report(maker, study, target)
    _note(maker, study, target)
    _view(maker, study, target)
    _structures(maker, study, target)
    _curve(maker, study)
    _documents(maker, study)
    _video(maker, study)


def _code(value: str, scheme: str, meaning: str) -> Dataset:
    made = Dataset()
    for tag, vr, text in ((0x00080100, "SH", value), (0x00080102, "SH", scheme), (0x00080104, "LO", meaning)):
        put(made, tag, vr, text)
    return made


def _reference(target: Dataset) -> Dataset:
    made = Dataset()
    made.ReferencedSOPClassUID, made.ReferencedSOPInstanceUID = target.SOPClassUID, target.SOPInstanceUID
    return made


def _content(kind: str, relation: str = "CONTAINS", concept: tuple[str, str, str] = ("121071", "DCM", "Finding")) -> Dataset:
    """A content item with its concept name."""
    made = Dataset()
    put(made, 0x0040A010, "CS", relation)
    put(made, 0x0040A040, "CS", kind)
    put_items(made, 0x0040A043, _code(*concept))
    return made


def _report(maker: Maker, study: Study, target: Dataset) -> None:
    mint, made = maker.mint, maker.base(study, "SR", TITLES["SR"])
    put(made, 0x0040A040, "CS", "CONTAINER")
    put_items(made, 0x0040A043, _code("126000", "DCM", "Imaging Measurement Report"))
    observer = _content("PNAME", "HAS OBS CONTEXT", ("121008", "DCM", "Person Observer Name"))
    put(observer, 0x0040A123, "PN", mint.name("SR: observer"))
    named = _content("PNAME")
    put(named, 0x0040A123, "PN", mint.name("SR: person name"))
    text = _content("TEXT")
    put(text, 0x0040A160, "UT", f"Compared with the scan of {mint.word('SR: free text').title()}.")
    own = _content("CODE")
    put_items(own, 0x0040A168, _code(mint.word("SR: code").upper(), "99LOCAL", mint.word("SR: code")))
    standard = _content("CODE")
    put_items(standard, 0x0040A168, _code("39607008", "SCT", mint.word("SR: meaning of a standard code")))
    uid = _content("UIDREF")
    put(uid, 0x0040A124, "UI", mint.uid("SR: UID"))
    born = _content("DATE", concept=("121031", "DCM", "Subject Birth Date"))
    put(born, 0x0040A121, "DA", mint.remember("SR: subject's birth date", mint.date()))
    group = _content("CONTAINER", concept=("125007", "DCM", "Measurement Group"))
    put_items(group, 0x0040A730, _number(mint), _image(target))
    renamed = _content("TEXT", concept=("121106", "99LOCAL", mint.word("SR: concept name")))
    put(renamed, 0x0040A160, "UT", mint.word("SR: free text"))
    put_items(made, 0x0040A730, observer, named, text, own, standard, uid, born, group, renamed)
    put_items(made, 0x0040A073, _verifier(mint))
    put_items(made, 0x0040A375, _evidence(target))
    maker.add(made, is_image=False)


def _number(mint: Mint) -> Dataset:
    made = _content("NUM", concept=("410668003", "SCT", "Length"))
    value = Dataset()
    put(value, 0x0040A30A, "DS", "12.5")
    put_items(value, 0x004008EA, _code("mm", "UCUM", mint.word("SR: unit's meaning")))
    put_items(made, 0x0040A300, value)
    return made


def _image(target: Dataset) -> Dataset:
    made = _content("IMAGE")
    put_items(made, 0x00081199, _reference(target))
    return made


def _verifier(mint: Mint) -> Dataset:
    made = Dataset()
    put(made, 0x0040A075, "PN", mint.name("SR: verifying observer"))
    put(made, 0x0040A027, "LO", mint.word("SR: verifying organization"))
    return made


def _evidence(target: Dataset) -> Dataset:
    series, made = Dataset(), Dataset()
    series.SeriesInstanceUID, made.StudyInstanceUID = target.SeriesInstanceUID, target.StudyInstanceUID
    put_items(series, 0x00081199, _reference(target))
    put_items(made, 0x00081115, series)
    return made


def _note(maker: Maker, study: Study, target: Dataset) -> None:
    made = maker.base(study, "KO", TITLES["KO"])
    put(made, 0x0040A040, "CS", "CONTAINER")
    put_items(made, 0x0040A043, _code("113000", "DCM", "Of Interest"))
    described = _content("TEXT", concept=("113012", "DCM", "Key Object Description"))
    put(described, 0x0040A160, "UT", f"seen by {maker.mint.word('KO: description')}")
    put_items(made, 0x0040A730, _image(target), described)
    put_items(made, 0x0040A375, _evidence(target))
    maker.add(made, is_image=False)


def _view(maker: Maker, study: Study, target: Dataset) -> None:
    """A softcopy presentation state with drawings and words on them."""
    mint, made = maker.mint, maker.base(study, "PR", TITLES["PR"])
    put(made, 0x00700080, "CS", mint.word("presentation state: label").upper())
    put(made, 0x00700081, "LO", mint.word("presentation state: description"))
    put(made, 0x00700084, "PN", mint.name("presentation state: creator"))
    text, annotation, layer, graphic = Dataset(), Dataset(), Dataset(), Dataset()
    put(text, 0x00700006, "ST", f"CHEST {mint.word('presentation state: drawn text')}")
    put_number(text, 0x00700014, "FL", [3.0, 4.0])
    put(graphic, 0x00700023, "CS", "POLYLINE")
    put_number(graphic, 0x00700022, "FL", [1.0, 1.0, 9.0, 9.0])
    put_items(annotation, 0x00700008, text)
    put_items(annotation, 0x00700009, graphic)
    put(annotation, 0x00700002, "CS", mint.remember("presentation state: layer", mint.word()).upper())
    put(layer, 0x00700002, "CS", mint.word("presentation state: layer").upper())
    put(layer, 0x00700068, "LO", mint.word("presentation state: layer"))
    put_items(made, 0x00700001, annotation)
    put_items(made, 0x00700060, layer)
    put_items(made, 0x00081115, _evidence(target)[0x00081115].value[0])
    maker.add(made, is_image=False)


def _structures(maker: Maker, study: Study, target: Dataset) -> None:
    mint, made = maker.mint, maker.base(study, "RTSTRUCT", TITLES["RTSTRUCT"])
    put(made, 0x30060002, "SH", mint.word("RT structures: label"))
    put(made, 0x30060004, "LO", mint.word("RT structures: name"))
    put(made, 0x30060006, "ST", mint.word("RT structures: description"))
    put(made, 0x00081070, "PN", mint.name("RT structures: operator"))
    structure, seen, contour, outline = Dataset(), Dataset(), Dataset(), Dataset()
    put(structure, 0x30060022, "IS", "1")
    put(structure, 0x30060026, "LO", f"GTV {mint.word('RT structures: region name')}")
    put(structure, 0x30060028, "ST", mint.word("RT structures: region description"))
    put(seen, 0x30060085, "SH", mint.word("RT structures: observation"))
    put(seen, 0x300600A6, "PN", mint.name("RT structures: interpreter"))
    put_items(contour, 0x30060016, _reference(target))
    put(contour, 0x30060050, "DS", "1\\2\\3")
    put_items(outline, 0x30060040, contour)
    for tag, item in ((0x30060020, structure), (0x30060080, seen), (0x30060039, outline)):
        put_items(made, tag, item)
    maker.add(made, is_image=False)


def _curve(maker: Maker, study: Study) -> None:
    """An ECG of two channels with notes."""
    mint, made = maker.mint, maker.base(study, "ECG", TITLES["ECG"])
    channel, group, note = Dataset(), Dataset(), Dataset()
    put(channel, 0x003A0203, "SH", mint.word("ECG: channel label"))
    put_items(channel, 0x003A0208, _code("2:1", "MDC", "Lead I"))
    put(group, 0x003A0004, "CS", "ORIGINAL")
    put(group, 0x003A0005, "US", b"\1\0")
    put(group, 0x003A0010, "UL", b"\x20\0\0\0")
    put(group, 0x003A001A, "DS", "500")
    put(group, 0x54001004, "US", b"\x10\0")
    put(group, 0x54001006, "CS", "SS")
    put(group, 0x003A0020, "SH", mint.word("ECG: group label"))
    put_items(group, 0x003A0200, channel)
    put(group, 0x54001010, "OW", bytes(64))
    put(note, 0x00700006, "ST", mint.word("ECG: note"))
    put_items(made, 0x54000100, group)
    put_items(made, 0x0040B020, note)
    maker.add(made, is_image=False)


def _documents(maker: Maker, study: Study) -> None:
    """PDF, CDA and STL, each with words in its body, its title and its file name."""
    for kind, number, mime in (("PDF", "1", "application/pdf"), ("CDA", "2", "text/XML"), ("STL", "3", "model/stl")):
        made = maker.base(study, "DOC", f"{STORAGE}104.{number}")
        word = maker.mint.word(f"{kind}: body").title()
        body = {
            "PDF": f"%PDF-1.4\n1 0 obj<</Author({word})>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
            "CDA": f"<ClinicalDocument><recordTarget><name>{word}</name></recordTarget></ClinicalDocument>",
            "STL": f"solid {word}\nendsolid\n",
        }[kind]
        put(made, 0x00420011, "OB", body)
        put(made, 0x00420012, "LO", mime)
        put(made, 0x00420010, "ST", maker.mint.word(f"{kind}: title"))
        maker.add(made, is_image=False)


def _video(maker: Maker, study: Study) -> None:
    """MPEG-2 with a word in its user data."""
    made = maker.base(study, "ES", STORAGE + "77.1.1.1")
    stream = b"\0\0\1\xb3" + bytes(12) + b"\0\0\1\xb2" + maker.mint.word("video: user data", 8).encode() + b"\0\0\1\xb7"
    stream += bytes(len(stream) % 2)
    made.Rows = made.Columns = 16
    made.SamplesPerPixel, made.BitsAllocated, made.BitsStored, made.HighBit, made.PixelRepresentation = 3, 8, 8, 7, 0
    made.PhotometricInterpretation, made.NumberOfFrames = "YBR_PARTIAL_420", 1
    length = len(stream).to_bytes(4, "little")
    item = b"\xfe\xff\x00\xe0"
    made.PixelData = item + bytes(4) + item + length + stream + b"\xfe\xff\xdd\xe0" + bytes(4)
    made["PixelData"].VR, made["PixelData"].is_undefined_length = "OB", True
    maker.add(made, "1.2.840.10008.1.2.4.100", is_image=False)
