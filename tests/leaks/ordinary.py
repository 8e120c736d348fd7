"""Exams as they are: slices that refer to each other, enhanced objects, transfer syntaxes, two people, a body's measures."""

import numpy as np
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.uid import DeflatedExplicitVRLittleEndian, ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian

from leaks import technical
from leaks.elements import put
from leaks.making import Maker, Study

_SYNTAXES = (ExplicitVRLittleEndian, ImplicitVRLittleEndian, ExplicitVRBigEndian, DeflatedExplicitVRLittleEndian)


def plant(maker: Maker) -> None:
    """Two people; the second one's family name is the first one's, and so is the day."""
    first = maker.study()
    _exam(maker, first)
    _body(maker, first)
    _enhanced(maker, first)
    _segmentation(maker, first)
    _unnamed(maker)
    _exam(maker, maker.study())


def _exam(maker: Maker, study: Study) -> None:
    """Five CT slices that refer to the one before, and one image of each of the other modalities that refers to them."""
    before: list[Dataset] = []
    for number in range(5):
        made = maker.image(study, values=maker.small((32, 28)))
        made.ImagePositionPatient = ["-180.25", "-180.5", str(12.75 + 1.5 * number)]
        _refer(made, before[-2:])
        maker.add(made, _SYNTAXES[number % len(_SYNTAXES)], kind="exam")
        before.append(made)
    for modality in ("MR", "PT", "NM", "CR", "DX", "MG", "XA", "RF", "RTDOSE"):
        shape = (3, 24, 20) if modality in ("NM", "XA") else (24, 20)
        made = maker.image(study, modality, maker.small(shape))
        if modality == "NM":
            made.ImageType = ["ORIGINAL", "PRIMARY", "STATIC", "EMISSION"]
        if modality == "XA":
            made.FrameTime = "66.7"
        _refer(made, before[:2])
        maker.add(made, kind="exam")
    made = maker.image(study, "US", maker.noise.integers(0, 256, (48, 64, 3)).astype("u1"))
    technical.region(made, 8, 10, 55, 40)
    made.ImageType = ["ORIGINAL", "PRIMARY"]
    maker.add(made, kind="exam")


def _refer(made: Dataset, targets: list[Dataset]) -> None:
    for keyword in ("ReferencedImageSequence", "SourceImageSequence"):
        items = []
        for target in targets:
            item = Dataset()
            item.ReferencedSOPClassUID, item.ReferencedSOPInstanceUID = target.SOPClassUID, target.SOPInstanceUID
            items.append(item)
        if items:
            setattr(made, keyword, Sequence(items))


def _body(maker: Maker, study: Study) -> None:
    """What the Retain Patient Characteristics Option keeps and the default settings remove."""
    mint, made = maker.mint, maker.image(study)
    category = "patient characteristics"
    put(made, 0x00101010, "AS", mint.remember(f"{category}: age", f"{mint.chance.randrange(500, 999)}W", is_whole=True))
    for tag in (0x00101020, 0x00101030):
        put(made, tag, "DS", mint.remember(f"{category}: size and weight", mint.decimal()))
    put(made, 0x00101022, "DS", mint.remember(f"{category}: body mass index, outside the table", mint.decimal()))
    for tag, vr in ((0x00102160, "SH"), (0x001021A0, "CS"), (0x00100040, "CS"), (0x00102110, "LO"), (0x00102000, "LO")):
        put(made, tag, vr, mint.word(f"{category}: words").upper())
    for tag, vr in ((0x001021B0, "LT"), (0x00102180, "SH"), (0x001021F0, "LO"), (0x00104000, "LT"), (0x00380500, "LO")):
        put(made, tag, vr, mint.word(f"{category}: words").title())
    maker.add(made, kind="exam")


def _enhanced(maker: Maker, study: Study) -> None:
    for kind in ("enhanced CT", "enhanced MR"):
        modality = kind.split()[1]
        made = maker.image(study, modality, maker.small((3, 24, 20)), sop_class=technical.CLASSES[kind], series=kind)
        for keyword in ("PixelSpacing", "ImagePositionPatient", "ImageOrientationPatient", "WindowCenter", "WindowWidth"):
            delattr(made, keyword)
        technical.functional_groups(made, 3)
        put(made.PerFrameFunctionalGroupsSequence[1].FrameContentSequence[0], 0x00209158, "LT", maker.mint.word("frame comments"))
        maker.add(made, kind="exam")


def _segmentation(maker: Maker, study: Study) -> None:
    """One bit a pixel; the segment's name and its maker's are planted."""
    made = maker.image(study, "SEG", np.zeros((2, 16, 16), "u1"), series="SEG")
    bits = maker.noise.integers(0, 2, (2, 16, 16)).astype("u1")
    made.BitsAllocated = made.BitsStored = 1
    made.HighBit = 0
    made.PixelData = np.packbits(bits.ravel(), bitorder="little").tobytes()
    segment = Dataset()
    put(segment, 0x00620004, "US", b"\1\0")
    put(segment, 0x00620005, "LO", maker.mint.word("segment: label"))
    put(segment, 0x00620006, "ST", maker.mint.word("segment: description"))
    put(segment, 0x00620020, "UT", maker.mint.word("segment: tracking"))
    put(segment, 0x00620021, "UI", maker.mint.uid("segment: tracking"))
    made.SegmentSequence = Sequence([segment])
    put(made, 0x00700084, "PN", maker.mint.name("segment: creator"))
    put(made, 0x00700080, "CS", maker.mint.word("segment: content label").upper())
    maker.add(made, kind="exam")


def _unnamed(maker: Maker) -> None:
    """As converters write them: no UIDs but their own in file and File Meta."""
    made = maker.image(maker.study())
    for keyword in ("StudyInstanceUID", "SeriesInstanceUID"):
        maker.mint.forget(str(made[keyword].value))
        delattr(made, keyword)
    maker.add(made, kind="exam")
