"""The eyes of the leak test: burned-in text that is there is seen, what was lost is noticed."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import numpy as np
import pydicom
import pytest
from numpy.typing import NDArray
from PIL import Image
from pydicom.dataset import Dataset

from conftest import KEY
from leaks import burned, running, utility
from leaks.making import File
from leaks.planting import planted
from leaks.searching import Searcher

SEED = 1


def first(kind: str) -> File:
    return next(file for file in planted(SEED).files if file.kind == kind and file.inks)


def as_written(file: File, picture: NDArray[np.uint8]) -> dict[int, dict[str, bytes]]:
    buffer = BytesIO()
    Image.fromarray(picture).save(buffer, "PNG")
    return {file.number: {f"{file.number:04d}-x.png": buffer.getvalue()}}


def grey(file: File) -> NDArray[np.uint8]:
    """The picture in eight bits, whatever is shown as white."""
    return (burned.pictures(file.data)[0] >> 4).astype("u1")


def test_every_text_is_seen_in_the_pictures_as_they_came() -> None:
    export = planted(SEED, "full")
    written = {file.number: {"x.dcm": file.data} for file in export.files if file.inks}
    texts = [(file.kind, ink.text) for file in export.files for ink in file.inks]
    assert len(texts) >= 60
    assert sorted({(one.kind, one.text) for one in burned.stains(export, written, {})}) == sorted(texts)


def test_no_text_is_seen_once_it_is_covered() -> None:
    export = planted(SEED)
    for file in (file for file in export.files if file.inks):
        picture = np.ascontiguousarray(burned.pictures(file.data)[0]).astype("u1")
        for ink in file.inks:
            x0, y0, x1, y1 = ink.box
            picture[y0 : y1 + 1, x0 : x1 + 1] = 0
        assert burned.stains(export, as_written(file, picture), {}) == []


@pytest.mark.parametrize("third", [0, 1, 2])
def test_a_third_of_a_text_is_seen(third: int) -> None:
    file = first("MONOCHROME1")
    picture, (x0, y0, x1, y1) = grey(file), file.inks[0].box
    kept = picture.copy()
    picture[y0 : y1 + 1, x0 : x1 + 1] = 0
    edges = [x0 + (x1 + 1 - x0) * part // 3 for part in (third, third + 1)]
    picture[y0 : y1 + 1, slice(*edges)] = kept[y0 : y1 + 1, slice(*edges)]
    assert file.inks[0].text in {one.text for one in burned.stains(planted(SEED), as_written(file, picture), {})}


def test_text_in_a_picture_of_the_chronicle_is_seen() -> None:
    file, buffer = first("XA and RF"), BytesIO()
    Image.fromarray(grey(file)).save(buffer, "JPEG", quality=88)
    loose = {"chronicle/images/scan1.jpg": buffer.getvalue()}
    assert {one.text for one in burned.stains(planted(SEED), {}, loose)} == {ink.text for ink in file.inks}


def test_text_is_read() -> None:
    file = first("XA and RF")
    assert burned.read_stains(planted(SEED), as_written(file, grey(file)), {})


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[int, dict[str, bytes]]:
    """The first slices as they were filed."""
    export = planted(SEED)
    first = replace(export, files=tuple(file for file in export.files if 0 < file.number < 6))
    with running.bench(tmp_path_factory.mktemp("filed"), KEY) as bench, running.no_text_searched():
        return burned.numbered(running.ingested(first, bench))


def _attribute(copy: Dataset) -> None:
    copy.PixelSpacing = ["0.5", "0.5"]


def _removed(copy: Dataset) -> None:
    del copy.RescaleIntercept


def _pixel(copy: Dataset) -> None:
    copy.PixelData = copy.PixelData[:-2] + b"\0\0"


def _reference(copy: Dataset) -> None:
    copy.ReferencedImageSequence[0].ReferencedSOPInstanceUID = "2.25.1"


def _study(copy: Dataset) -> None:
    copy.StudyInstanceUID = "2.25.1"


def _person(copy: Dataset) -> None:
    copy.PatientID = "P-1"


@pytest.mark.parametrize("change", [_attribute, _removed, _pixel, _reference, _study, _person])
def test_a_loss_is_noticed(written: dict[int, dict[str, bytes]], change: Callable[[Dataset], None]) -> None:
    export = planted(SEED)
    name = next(name for name in written[2] if name.endswith(".dcm"))
    copy = pydicom.dcmread(BytesIO(written[2][name]))
    change(copy)
    buffer = BytesIO()
    copy.save_as(buffer)
    searcher = Searcher(export.tokens)
    before = utility.faults(export, written, set(), searcher)
    assert len(utility.faults(export, {**written, 2: {name: buffer.getvalue()}}, set(), searcher)) > len(before)
