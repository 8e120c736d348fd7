"""Studies, series and objects of plainly synthetic people, and the export that they make up."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset
from pydicom.uid import UID, ExplicitVRLittleEndian

import exports
from leaks import elements, technical
from leaks.tokens import Mint, Token


@dataclass(frozen=True)
class Person:
    name: str
    number: str
    birth: str


@dataclass(frozen=True)
class Study:
    person: Person
    uid: str
    date: str
    number: str
    frame_of_reference: str
    series: dict[str, tuple[str, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Ink:
    """One burned-in text: where it stands (x0, y0, x1, y1, both ends included) and its strokes within that box."""

    text: str
    box: tuple[int, int, int, int]
    strokes: NDArray[np.bool_] = field(repr=False)


@dataclass(frozen=True)
class File:
    """One member of the export. `number`: the Instance Number of an object, unique in the export; 0 for no object."""

    name: str
    data: bytes = field(repr=False)
    number: int = 0
    kind: str = ""
    inks: tuple[Ink, ...] = ()
    is_image: bool = False
    archive: int = 0


@dataclass(frozen=True)
class Planted:
    """An export to be: the files of its archives, the tokens in them, and each archive's name and comment."""

    seed: int
    files: tuple[File, ...]
    tokens: tuple[Token, ...]
    names: tuple[str, ...]
    comments: tuple[bytes, ...]

    def paths(self, folder: Path) -> list[Path]:
        """Write the archives."""
        from leaks.packing import pack

        return [pack(self, number, folder) for number in range(len(self.names))]

    @property
    def images(self) -> list[File]:
        return [file for file in self.files if file.is_image]


class Maker:
    """Collects what will be an export."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.mint = Mint(seed)
        self.noise = np.random.default_rng(seed)
        self.files: list[File] = []
        self.archive = 0
        self._number = 0

    def person(self, name: str | None = None) -> Person:
        """Somebody imaginary, whose name, number and birth date are planted in all that is theirs."""
        mint = self.mint
        made = Person(
            name or mint.name("the person: name at its place"), mint.digits(10, "the person: number at its place"), mint.date()
        )
        birth = made.birth
        mint.remember("the person: birth date at its place", birth, f"{birth[:4]}-{birth[4:6]}-{birth[6:]}")
        return made

    def study(self, person: Person | None = None) -> Study:
        draw = self.mint.chance.randrange
        date = f"20{draw(12, 24)}{draw(1, 13):02d}{draw(1, 29):02d}"
        uids = [self.mint.uid("UIDs of study, series, instance and frame of reference") for _ in range(2)]
        return Study(person or self.person(), uids[0], date, self.mint.word("Study ID"), uids[1])

    def base(self, study: Study, modality: str, sop_class: str, series: str = "") -> Dataset:
        """An object without pixels, identity at its usual places; in the modality's series, or in one of its own."""
        category = "UIDs of study, series, instance and frame of reference"
        key = series or modality
        if key not in study.series:
            study.series[key] = self.mint.uid(category), len(study.series) + 1
        series_uid, series_number = study.series[key]
        self._number += 1
        made = Dataset()
        made.SOPClassUID, made.SOPInstanceUID = UID(sop_class), UID(self.mint.uid(category))
        made.StudyInstanceUID, made.SeriesInstanceUID = UID(study.uid), UID(series_uid)
        made.FrameOfReferenceUID = UID(study.frame_of_reference)
        made.PatientName, made.PatientID, made.PatientBirthDate = study.person.name, study.person.number, study.person.birth
        made.StudyDate, made.StudyTime, made.StudyID = study.date, "101500", study.number
        made.Modality, made.SeriesNumber, made.InstanceNumber = modality, series_number, self._number
        return made

    def image(
        self, study: Study, modality: str = "CT", values: NDArray[Any] | None = None, *, stored: int = 12,
        photometric: str = "MONOCHROME2", sop_class: str = "", series: str = "",
    ) -> Dataset:  # fmt: skip
        """An image with all that is technical; a small one of noise where no values are given."""
        made = self.base(study, modality, sop_class or technical.CLASSES[modality], series)
        technical.describe(made, modality)
        found = self.small() if values is None else values
        return exports.with_pixels(made, found, photometric=photometric, stored=stored if found.itemsize > 1 else 8)

    def small(self, shape: tuple[int, ...] = (24, 20)) -> NDArray[Any]:
        """Too small for any text; its values tell it from every other."""
        return self.noise.integers(1, 4096, shape).astype("<u2")

    def add(
        self, made: Dataset, syntax: str = ExplicitVRLittleEndian, *, name: str = "", kind: str = "",
        inks: tuple[Ink, ...] = (), is_image: bool = True, **envelope: Any,
    ) -> None:  # fmt: skip
        """Take an object into the export; `envelope` goes to `elements.file`."""
        self.add_bytes(elements.file(made, syntax, **envelope), name=name, kind=kind, inks=inks, is_image=is_image)

    def add_bytes(
        self,
        data: bytes,
        *,
        name: str = "",
        kind: str = "",
        inks: tuple[Ink, ...] = (),
        is_image: bool = False,
        is_object: bool = True,
    ) -> None:
        number = self._number if is_object else 0
        self.files.append(File(name or f"DICOM/IM{number:04d}", data, number, kind, inks, is_image, self.archive))
