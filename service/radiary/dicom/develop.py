"""What becomes of one member, as a pure function of its bytes: read → de-identify → render → encode."""

from collections.abc import Callable, Mapping

from radiary.dicom import documents
from radiary.dicom.image_files import Development
from radiary.dicom.other_files import Filing
from radiary.dicom.read import header, pixel_description
from radiary.dicom.read.pixel_matrix import Undecodable
from radiary.dicom.read.signature import head, looks_like_dicom
from radiary.dicom.render import grayscale, pixels
from radiary.dicom.wall.deidentify import Terms, copied, deidentify
from radiary.model.errors import Reason
from radiary.model.nouns import Box, Content, Copied, Deidentified, NotDicom, Skipped, Treatment, Unanchored, Unscaled, Wanted

Unready = Unscaled | Unanchored | Copied
"""What has to be developed again, once something is known of the whole export: a series' range, a person's first day."""
_AS_IT_IS = Treatment()
_ALL = Wanted()


def develop(
    data: Content,
    terms: Terms,
    *,
    scales: Mapping[str, grayscale.Range],
    wanted: Wanted = _ALL,
    treatment: Treatment = _AS_IT_IS,
    tick: Callable[[], None] = lambda: None,
) -> Development | Unready | Skipped | NotDicom:
    """Take one member's bytes as far as they go: a `Development`, whose `files` make the pictures, or why there is none.

    An image that names no window comes back as Unscaled, with the range of its values, until `scales` holds the range
    of its series: a series scaled slice by slice would flicker. `tick` is called after every frame whose range was found.
    """
    if not looks_like_dicom(head(data)):
        return NotDicom()
    try:
        return _developed(data, terms, wanted=wanted, scales=scales, treatment=treatment, tick=tick)
    except MemoryError:
        return Skipped(Reason.NOT_ENOUGH_MEMORY)
    except header.UNREADABLE:
        return Skipped(Reason.UNREADABLE_HEADER)


def _developed(
    data: Content,
    terms: Terms,
    *,
    wanted: Wanted,
    scales: Mapping[str, grayscale.Range],
    treatment: Treatment,
    tick: Callable[[], None],
) -> Development | Unready | Skipped:
    instance = header.read(data)
    if isinstance(instance, Skipped):
        return instance
    copy = None if terms.takes_copies else copied(instance.dataset)
    if copy:
        return copy
    no_image = documents.kind(instance)
    accepted = documents.HELD | documents.READ | (documents.FILED | documents.UNDECIDED if wanted.copies else frozenset())
    if no_image and no_image not in accepted:
        return Skipped(no_image)
    clean = deidentify(instance, terms, treatment)
    if isinstance(clean, Skipped | Unanchored):
        return clean
    if no_image:
        return Filing(clean, instance, wanted, kind=no_image)
    scale = scales.get(clean.facts.series)
    try:
        if scale is None and (value_range := _range(clean, tick)):
            return Unscaled(clean.facts.series, *value_range, clean.facts.study)
    except Undecodable as undecodable:
        return Skipped(undecodable.reason, clean.facts.study)
    return Development(clean, wanted, scale=scale, treatment=treatment)


def remade(clean: Deidentified, wanted: Wanted, *, boxes: tuple[Box, ...], scale: grayscale.Range | None) -> Development:
    """The development of an instance that its owner released, with `boxes` blanked in every frame."""
    return Development(clean, wanted, scale=scale, treatment=Treatment(blank=boxes))


def _range(clean: Deidentified, tick: Callable[[], None]) -> grayscale.Range | None:
    """The range of modality values over all frames of an image that names no window; None for others, and for colour.

    Raises Undecodable.
    """
    shape = pixel_description.matrix(clean)
    try:
        if shape.is_colour or all(grayscale.view(clean.dataset, number).voi for number in range(shape.frames)):
            return None
        ranges = []
        lost: list[int] = []
        for place, frame in enumerate(pixels.frames(clean, shape, lost=lost)):
            ranges.append(grayscale.view(clean.dataset, place + len(lost)).range(frame))
            tick()
    except header.UNREADABLE:
        raise Undecodable(Reason.PIXEL_DATA_UNREADABLE) from None
    return min(low for low, _ in ranges), max(high for _, high in ranges)
