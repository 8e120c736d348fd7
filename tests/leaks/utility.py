"""What must have stayed: technical attributes, grouping, references, pixels, people, and pseudonyms from run to run."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset
from pydicom.multival import MultiValue

from leaks import technical
from leaks.burned import pictures
from leaks.making import File, Planted
from leaks.opening import read
from leaks.rows import exact
from leaks.searching import Searcher

_COMPARED = frozenset({"AS", "AT", "CS", "DS", "FD", "FL", "IS", "SL", "SS", "UL", "US", "OW"})


@dataclass(frozen=True)
class Pair:
    """An object as it came and as it was written."""

    file: File
    source: Dataset
    copy: Dataset
    data: bytes


@dataclass(frozen=True)
class Fault:
    """Something useful that was lost."""

    what: str
    place: str


def pairs(export: Planted, written: Mapping[int, Mapping[str, bytes]]) -> list[Pair]:
    """Copies with their sources, by Instance Number."""
    found = []
    for file in export.files:
        for name, data in written.get(file.number, {}).items():
            if name.endswith(".dcm"):
                source, copy = read(file.data), read(data)
                assert source is not None
                assert copy is not None
                found.append(Pair(file, source, copy, data))
    return found


def faults(export: Planted, written: Mapping[int, Mapping[str, bytes]], held: set[int], searcher: Searcher) -> list[Fault]:
    """All that is not as it should be; `held`: what stands on the private shelf, where only pictures with text belong."""
    known = pairs(export, written)
    found = list(_lost(export, {pair.file.number for pair in known}, held))
    for pair in known:
        found += _attributes(pair, searcher)
        found += _pixels(pair)
    found += _grouping(known)
    found += _references(known)
    return found


def _lost(export: Planted, filed: set[int], held: set[int]) -> Iterator[Fault]:
    for file in export.images:
        if file.number not in filed | held:
            yield Fault("an image was neither filed nor held", file.name)
        elif file.number in held and not file.inks:
            yield Fault("an image without any text is held", file.name)


def _attributes(pair: Pair, searcher: Searcher) -> Iterator[Fault]:
    """Technical attributes; values that were planted as text are no loss."""
    for keyword in technical.KEYWORDS:
        if keyword not in pair.source:
            continue
        before = pair.source[keyword]
        if before.VR == "SQ":
            if pair.file.kind:
                yield from _items(before.value, pair.copy.get(keyword) or (), f"{pair.file.name} {keyword}", searcher)
        elif not searcher.in_text(str(before.value)) and not _same(before.value, pair.copy.get(keyword)):
            yield Fault(
                f"attribute: {keyword}", f"{pair.file.name} {str(before.value)[:40]} → {str(pair.copy.get(keyword))[:40]}"
            )


def _items(before: Any, after: Any, place: str, searcher: Searcher) -> Iterator[Fault]:
    if len(before) != len(after):
        yield Fault(f"items of {place.rsplit(maxsplit=1)[-1]}", place)
        return
    table = exact()
    for source, copy in zip(before, after, strict=True):
        for element in source:
            if element.VR == "SQ":
                yield from _items(
                    element.value, copy.get(element.tag, Dataset()).value or (), f"{place} {element.keyword}", searcher
                )
            elif element.VR in _COMPARED and int(element.tag) not in table:
                found = copy[element.tag].value if element.tag in copy else None
                if not _same(element.value, found) and not searcher.in_text(str(element.value)):
                    yield Fault(f"attribute: {element.keyword}", place)


def _same(before: Any, after: Any) -> bool:
    listed = [list(one) if isinstance(one, MultiValue | list) else [one] for one in (before, after)]
    return [str(one) for one in listed[0]] == [str(one) for one in listed[1]]


_BESIDE = 0.001
"""Share of a picture that may be blanked around what is to be: a box covers a little more than its text."""


def _pixels(pair: Pair) -> Iterator[Fault]:
    """Equal values, but where text was planted or an ultrasound region ends."""
    before, after = pictures(pair.file.data), pictures(pair.data)
    if len(before) != len(after) or any(one.shape != other.shape for one, other in zip(before, after, strict=True)):
        yield Fault("pixels: shape or number of frames", pair.file.name)
        return
    free = ~may_be_blank(pair.file, pair.source, before[0].shape[:2]) if before else np.zeros(0, bool)
    for one, other in zip(before, after, strict=True):
        differs = float((one[free] != other[free]).mean()) if free.any() else 0.0
        if differs > _BESIDE:
            yield Fault("pixels: values outside blanked areas", f"{pair.file.name} {pair.file.kind}: {differs:.2%} of them")
            return


def may_be_blank(file: File, source: Dataset, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Around planted text, by one and a half times its height, and outside ultrasound regions."""
    blank = np.zeros(shape, dtype=bool)
    regions = source.get("SequenceOfUltrasoundRegions") if file.kind else None
    if regions:
        blank[:] = True
        for one in regions:
            x0, y0 = one.RegionLocationMinX0, one.RegionLocationMinY0
            blank[y0 : one.RegionLocationMaxY1 + 1, x0 : one.RegionLocationMaxX1 + 1] = False
    for ink in file.inks:
        x0, y0, x1, y1 = ink.box
        grown = max(12, round(1.5 * (y1 - y0)))
        blank[max(0, y0 - grown) : y1 + 1 + grown, max(0, x0 - grown) : x1 + 1 + grown] = True
    return blank


def _grouping(known: list[Pair]) -> Iterator[Fault]:
    """One pseudonym for each study, series, object, frame of reference and person, and each pseudonym for one.

    A study that two people share is two.
    """
    keywords = ("StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID", "FrameOfReferenceUID", "PatientID")
    for keyword in keywords:
        there: dict[str, set[str]] = {}
        back: dict[str, set[str]] = {}
        for pair in known:
            before, after = str(pair.source.get(keyword, "")), str(pair.copy.get(keyword, ""))
            if before:
                whose = f" of {pair.copy.PatientID}" if keyword == "StudyInstanceUID" else ""
                there.setdefault(before + whose, set()).add(after)
                back.setdefault(after, set()).add(before)
        for way, mapped in (("split", there), ("merged", back)):
            if any(len(ends) > 1 for ends in mapped.values()) or "" in back:
                yield Fault(f"grouping: {keyword}", way)


def _references(known: list[Pair]) -> Iterator[Fault]:
    """Where an object pointed to another one of the export, its copy points to that one's copy."""
    copies = {str(pair.source.SOPInstanceUID): str(pair.copy.SOPInstanceUID) for pair in known}
    for pair in known:
        after = dict(_uids(pair.copy, ""))
        for path, uid in _uids(pair.source, ""):
            if uid in copies and after.get(path) != copies[uid]:
                yield Fault("reference", f"{pair.file.name} {path}")


def _uids(dataset: Dataset, path: str) -> Iterator[tuple[str, str]]:
    for tag in list(dataset.keys()):
        try:
            element = dataset[tag]
        except Exception:
            continue
        if element.VR == "SQ":
            for number, item in enumerate(element.value):
                yield from _uids(item, f"{path}{tag}[{number}].")
        elif element.VR == "UI" and isinstance(element.value, str):
            yield f"{path}{tag}", str(element.value)


def pseudonyms(written: Mapping[int, Mapping[str, bytes]]) -> dict[int, tuple[str, ...]]:
    """What two runs with one key must agree on."""
    found = {}
    for number, files in written.items():
        for copy in (read(data) for name, data in files.items() if name.endswith(".dcm")):
            if copy is not None:
                found[number] = tuple(
                    str(copy.get(word, "")) for word in ("SOPInstanceUID", "SeriesInstanceUID", "StudyInstanceUID", "PatientID")
                )
    return found
