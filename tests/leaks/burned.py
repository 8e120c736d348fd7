"""Whether burned-in text survives: by comparing its strokes with the picture at their place, and by recognition."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from leaks.making import File, Ink, Planted
from leaks.opening import read, stored
from radiary.dicom.text import detection, recognition

_SURE = 0.5
"""Share of the strokes' contrast in the source that counts as survival; noise gives a tenth."""
_SURELY = 0.75
_SHARED = 3
"""Letters or digits in a row that recognition must find."""
_EDGE = 2
_READABLE = 736
"""Pixels: least side of a picture that is read; a smaller one is enlarged."""
_LIKELY = 0.5
"""Score from which on something is read."""


@dataclass(frozen=True)
class Stain:
    """A text that can still be seen."""

    kind: str
    text: str
    how: str
    place: str


def numbered(files: Iterable[tuple[str, bytes]]) -> dict[int, dict[str, bytes]]:
    """Written pictures and copies by the Instance Number that they are named or labelled with."""
    found: dict[int, dict[str, bytes]] = {}
    for name, data in files:
        number = 0
        if name.endswith(".png") and (match := re.match(r"0*(\d+)-", name.rsplit("/", 1)[-1])):
            number = int(match[1])
        elif (dataset := read(data)) is not None:
            value = dataset.get("InstanceNumber")
            number = int(value) if value is not None else 0
        if number:
            found.setdefault(number, {})[name] = data
    return found


def stains(export: Planted, written: Mapping[int, Mapping[str, bytes]], loose: Mapping[str, bytes]) -> list[Stain]:
    """By comparison: every ink in every picture and copy of its object, and in loose pictures of unknown origin."""
    found: dict[Stain, None] = {}
    others = {name: pictures(data)[0] for name, data in loose.items()}
    for file in (file for file in export.files if file.inks):
        before = pictures(file.data)
        found |= {
            Stain(file.kind, ink.text, "its strokes stand there", name): None
            for ink in file.inks for name, picture in others.items() if _is_seen_elsewhere(ink, picture, before[0])
        }  # fmt: skip
        for name, data in written.get(file.number, {}).items():
            shown = [ink for ink in file.inks if any(_is_seen(ink, frame, before[0]) for frame in pictures(data))]
            found |= {Stain(file.kind, ink.text, "its strokes stand there", name): None for ink in shown}
    return list(found)


def read_stains(export: Planted, written: Mapping[int, Mapping[str, bytes]], loose: Mapping[str, bytes]) -> list[Stain]:
    """By recognition: in every picture of an object with text, and in loose pictures for all texts."""
    inked = {file.number: file for file in export.files if file.inks}
    jobs: list[tuple[str, bytes, list[File]]] = [
        (name, data, [inked[number]])
        for number, files in written.items() if number in inked
        for name, data in sorted(files.items()) if name.endswith(".png")
    ]  # fmt: skip
    jobs += [(name, data, list(inked.values())) for name, data in loose.items()]
    found = []
    for name, data, files in jobs:
        seen = " ".join(recognised(pictures(data)[0]))
        found += [
            Stain(file.kind, ink.text, f"read as {seen!r}", name)
            for file in files for ink in file.inks if is_read(ink.text, seen, _SHARED if len(files) == 1 else 5)
        ]  # fmt: skip
    return found


def is_read(text: str, seen: str, length: int) -> bool:
    """Whether `length` characters in a row of a text were recognised."""
    plain = re.sub(r"[^a-z0-9 ]", "", seen.lower())
    return any(text.lower()[at : at + length] in plain for at in range(len(text) - length + 1))


def pictures(data: bytes) -> list[NDArray[Any]]:
    """Every frame of a PNG, a JPEG or a DICOM file, as grey or RGB; none where it shows nothing."""
    dataset = read(data)
    if dataset is None:
        with Image.open(BytesIO(data)) as opened:
            return [np.asarray(opened.convert("RGB" if opened.mode not in ("L", "I;16") else opened.mode))]
    values = stored(dataset)
    if values is None:
        return []
    frames = int(dataset.get("NumberOfFrames", 1) or 1)
    return list(values)[:frames] if frames > 1 else [values]


def _is_seen(ink: Ink, frame: NDArray[Any], source: NDArray[Any]) -> bool:
    """Whether the whole of a text or any third of it stands out as it did in the source."""
    if frame.shape[:2] != source.shape[:2]:
        return False
    before, after = list(_contrasts(ink, source)), list(_contrasts(ink, frame))
    return any(now > _SURE * then for then, now in zip(before, after, strict=True))


def _is_seen_elsewhere(ink: Ink, frame: NDArray[Any], source: NDArray[Any]) -> bool:
    """The same for a picture that may be another one's: all of a text, and surely."""
    if frame.shape[:2] != source.shape[:2]:
        return False
    return next(_contrasts(ink, frame)) > _SURELY * next(_contrasts(ink, source))


def _contrasts(ink: Ink, frame: NDArray[Any]) -> Iterator[float]:
    """Correlation of the strokes with the picture: all of them, then each third."""
    x0, y0, x1, y1 = ink.box
    grey = frame.astype(np.float64) if frame.ndim == 2 else frame.astype(np.float64).mean(axis=-1)
    part = grey[max(0, y0 - _EDGE) : y1 + 1 + _EDGE, max(0, x0 - _EDGE) : x1 + 1 + _EDGE]
    strokes = np.zeros(grey.shape)
    strokes[y0 : y1 + 1, x0 : x1 + 1] = ink.strokes
    mask = strokes[max(0, y0 - _EDGE) : y1 + 1 + _EDGE, max(0, x0 - _EDGE) : x1 + 1 + _EDGE]
    yield _correlation(mask, part)
    for piece, seen in zip(np.array_split(mask, 3, axis=1), np.array_split(part, 3, axis=1), strict=True):
        yield _correlation(piece, seen)


def _correlation(one: NDArray[Any], other: NDArray[Any]) -> float:
    if one.std() < 1e-9 or other.std() < 1e-9:
        return 0.0
    return abs(float(np.corrcoef(one.ravel(), other.ravel())[0, 1]))


def recognised(picture: NDArray[Any]) -> list[str]:
    """The words that the recognizer reads in a picture."""
    eight_bit = picture if picture.dtype == np.uint8 else (picture / max(1, int(picture.max())) * 255).astype(np.uint8)
    scale = max(1, _READABLE / min(eight_bit.shape[:2]))
    shown = Image.fromarray(eight_bit).convert("RGB")
    large = np.asarray(shown.resize((round(shown.width * scale), round(shown.height * scale))))
    corners = np.array([line.corners for line in detection.lines(large)]).reshape(-1, 4, 2)
    return [words for words, score in recognition.read(large, corners) if score >= _LIKELY]
