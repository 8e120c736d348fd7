"""The middle of the way as a pure function of one member's bytes: read → de-identify → render → encode."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from radiary import layout
from radiary.dicom import documents, encode, grayscale, header, pixels, proportions
from radiary.dicom.copy import Copy, plain
from radiary.dicom.deidentify import Terms, deidentify
from radiary.dicom.matrix import Undecodable
from radiary.dicom.signature import HEAD, looks_like_dicom
from radiary.errors import Reason
from radiary.model import Box, Deidentified, Instance, NotDicom, Skipped, Treatment, Unanchored, Unscaled

Unready = Unscaled | Unanchored
"""What has to go a second time, once something is known of the whole export."""
_AS_IT_IS = Treatment()


@dataclass(frozen=True)
class Made:
    """One file to be written: `path` is where it will stand in its study."""

    path: str
    data: bytes = field(repr=False)
    is_picture: bool


class Development:
    """One instance on its way: `files` makes its pictures and its copy one by one, and may raise Undecodable.

    `pixels`, the digest of its values, is known once `files` has run to its end.
    """

    def __init__(self, clean: Deidentified, *, copies: bool, scale: grayscale.Range | None, treatment: Treatment) -> None:
        self.facts = clean.facts
        self.hold = clean.hold
        self.who = clean.who
        self.pixels = ""
        self._clean = clean
        self._copies = copies
        self._treatment = treatment
        self.scale = scale

    def files(self) -> Iterator[Made]:
        """Every file of this instance, the copy last. Raises Undecodable."""
        try:
            yield from self._made()
        except MemoryError:
            raise Undecodable(Reason.NOT_ENOUGH_MEMORY) from None
        except header.UNREADABLE:
            raise Undecodable(Reason.PIXEL_DATA_UNREADABLE) from None

    def _made(self) -> Iterator[Made]:
        folder = layout.series_folder(self.facts)
        shape = pixels.matrix(self._clean)
        copy = Copy(self._clean, shape)
        boxes = proportions.in_frame(self._treatment.blank, self._clean.dataset)
        for number, frame in enumerate(pixels.frames(self._clean, shape, boxes)):
            copy.add(frame)
            picture = proportions.squared(pixels.shown(self._clean, shape, frame, number, self.scale), self._clean.dataset)
            yield Made(f"{folder}/{layout.picture(self.facts, number, shape.frames)}", encode.png(picture), True)
        if self._copies:
            yield Made(f"{folder}/{layout.stem(self.facts)}.dcm", copy.written(), False)
        self.pixels = copy.pixels


class Filing(Development):
    """An object that is no image: its de-identified copy; or, of a document, itself, for its owner's eyes only."""

    def __init__(self, clean: Deidentified, received: Instance, *, document: Reason | None) -> None:
        hold = document or clean.hold
        super().__init__(replace(clean, hold=hold), copies=True, scale=None, treatment=_AS_IT_IS)
        self._received = received
        self._is_document = document is not None

    def _made(self) -> Iterator[Made]:
        stem = f"{layout.series_folder(self.facts)}/{layout.stem(self.facts)}"
        if self._is_document:
            ending, data = documents.content(self._received)
            self.pixels = hashlib.sha256(data).hexdigest()
            yield Made(f"{stem}.{ending}", data, False)
        else:
            data = plain(self._clean)
            self.pixels = hashlib.sha256(data).hexdigest()
            yield Made(f"{stem}.dcm", data, False)


def develop(
    data: bytes, terms: Terms, *, copies: bool, scales: Mapping[str, grayscale.Range], treatment: Treatment = _AS_IT_IS
) -> Development | Unready | Skipped | NotDicom:
    """Take one member's bytes as far as they go.

    An image that names no window comes back as Unscaled, with the range of its values, until `scales` holds the range
    of its series: a series scaled slice by slice would flicker.
    """
    if not looks_like_dicom(data[:HEAD]):
        return NotDicom()
    try:
        return _developed(data, terms, copies=copies, scales=scales, treatment=treatment)
    except MemoryError:
        return Skipped(Reason.NOT_ENOUGH_MEMORY)
    except header.UNREADABLE:
        return Skipped(Reason.UNREADABLE_HEADER)


def _developed(
    data: bytes, terms: Terms, *, copies: bool, scales: Mapping[str, grayscale.Range], treatment: Treatment
) -> Development | Unready | Skipped:
    instance = header.read(data)
    if isinstance(instance, Skipped):
        return instance
    no_image = header.not_an_image(instance)
    is_document = no_image in documents.HELD
    if no_image and not is_document and not (copies and no_image in documents.FILED):
        return Skipped(no_image)
    clean = deidentify(instance, terms, treatment)
    if isinstance(clean, Skipped | Unanchored):
        return clean
    if no_image:
        return Filing(clean, instance, document=no_image if is_document else None)
    scale = scales.get(clean.facts.series)
    try:
        if scale is None and (found := _range(clean)):
            return Unscaled(clean.facts.series, *found)
    except Undecodable as undecodable:
        return Skipped(undecodable.reason, clean.facts.study)
    return Development(clean, copies=copies, scale=scale, treatment=treatment)


def remade(clean: Deidentified, boxes: tuple[Box, ...], scale: grayscale.Range | None) -> Development:
    """An instance that its owner released, `boxes` blanked in every frame."""
    return Development(clean, copies=True, scale=scale, treatment=Treatment(blank=boxes))


def _range(clean: Deidentified) -> grayscale.Range | None:
    """The range of values of an image that names no window; None for one that does, and for colour. Raises Undecodable."""
    shape = pixels.matrix(clean)
    try:
        if shape.is_colour or all(grayscale.view(clean.dataset, number).voi for number in range(shape.frames)):
            return None
        frames = enumerate(pixels.frames(clean, shape))
        ranges = [grayscale.view(clean.dataset, number).range(frame) for number, frame in frames]
    except header.UNREADABLE:
        raise Undecodable(Reason.PIXEL_DATA_UNREADABLE) from None
    return min(low for low, _ in ranges), max(high for _, high in ranges)
