"""The middle of the way as a pure function of one member's bytes: read → de-identify → render → encode."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from radiary import layout
from radiary.dicom import encode, grayscale, header, pixels
from radiary.dicom.copy import Copy
from radiary.dicom.deidentify import deidentify
from radiary.dicom.pixels import Undecodable
from radiary.dicom.pseudonym import Pseudonyms
from radiary.dicom.signature import HEAD, looks_like_dicom
from radiary.errors import Reason
from radiary.model import Deidentified, NotDicom, Skipped, Unscaled


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

    def __init__(self, clean: Deidentified, *, copies: bool, scale: grayscale.Range | None) -> None:
        self.facts = clean.facts
        self.hold = clean.hold
        self.pixels = ""
        self._clean = clean
        self._copies = copies
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
        for number, frame in enumerate(pixels.frames(self._clean, shape)):
            copy.add(frame)
            picture = pixels.shown(self._clean, shape, frame, number, self.scale)
            yield Made(f"{folder}/{layout.picture(self.facts, number, shape.frames)}", encode.png(picture), True)
        if self._copies:
            yield Made(f"{folder}/{layout.stem(self.facts)}.dcm", copy.written(), False)
        self.pixels = copy.pixels


def develop(
    data: bytes, pseudonyms: Pseudonyms, *, copies: bool, scales: Mapping[str, grayscale.Range]
) -> Development | Unscaled | Skipped | NotDicom:
    """Take one member's bytes as far as they go.

    An image that names no window comes back as Unscaled, with the range of its values, until `scales` holds the range
    of its series: a series scaled slice by slice would flicker.
    """
    if not looks_like_dicom(data[:HEAD]):
        return NotDicom()
    try:
        return _developed(data, pseudonyms, copies=copies, scales=scales)
    except MemoryError:
        return Skipped(Reason.NOT_ENOUGH_MEMORY)
    except header.UNREADABLE:
        return Skipped(Reason.UNREADABLE_HEADER)


def _developed(
    data: bytes, pseudonyms: Pseudonyms, *, copies: bool, scales: Mapping[str, grayscale.Range]
) -> Development | Unscaled | Skipped:
    instance = header.read(data)
    if isinstance(instance, Skipped):
        return instance
    no_image = header.not_an_image(instance)
    if no_image:
        return Skipped(no_image)
    clean = deidentify(instance, pseudonyms)
    if isinstance(clean, Skipped):
        return clean
    scale = scales.get(clean.facts.series)
    try:
        if scale is None and (found := _range(clean)):
            return Unscaled(clean.facts.series, *found)
    except Undecodable as undecodable:
        return Skipped(undecodable.reason, clean.facts.study)
    return Development(clean, copies=copies, scale=scale)


def _range(clean: Deidentified) -> grayscale.Range | None:
    """The range of values of an image that names no window; None for one that does, and for colour. Raises Undecodable."""
    shape = pixels.matrix(clean)
    try:
        if pixels.is_colour(shape) or all(grayscale.view(clean.dataset, number).voi for number in range(shape.frames)):
            return None
        frames = enumerate(pixels.frames(clean, shape))
        ranges = [grayscale.view(clean.dataset, number).range(frame) for number, frame in frames]
    except header.UNREADABLE:
        raise Undecodable(Reason.PIXEL_DATA_UNREADABLE) from None
    return min(low for low, _ in ranges), max(high for _, high in ranges)
