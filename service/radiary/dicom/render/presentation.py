"""Softcopy presentation states (PS3.3 A.33.1, C.11): an image as a reader saved its view, without overlays and annotations."""

from itertools import islice

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset
from pydicom.multival import MultiValue

from radiary.dicom.read import header, pixel_description
from radiary.dicom.read.pixel_matrix import Undecodable
from radiary.dicom.render import drawing, encode, grayscale, pixel_aspect, pixels
from radiary.model.errors import Reason
from radiary.model.nouns import Deidentified, Effort

Picture = NDArray[np.uint8]
_STATE_VOI, _DISPLAYED_AREA = 0x00283110, 0x0070005A
"""Softcopy VOI LUT Sequence, Displayed Area Selection Sequence."""
_REFERENCED_IMAGES, _REFERENCED_UID = 0x00081140, 0x00081155


def as_saved(state: Dataset, image: Deidentified, effort: Effort = "fast") -> bytes:
    """The PNG of the frame of `image` that `state` refers to. Raises Undecodable."""
    try:
        return encode.png(_pixels_as_saved(state, image), effort=effort)
    except header.UNREADABLE:
        raise Undecodable(Reason.PIXEL_DATA_UNREADABLE) from None


def _pixels_as_saved(state: Dataset, image: Deidentified) -> Picture:
    """The frame, through the state's transformations in the standard's order (PS3.4 N.2)."""
    shape = pixel_description.matrix(image)
    number = min(_frame(state, str(image.dataset.SOPInstanceUID)), shape.frames - 1)
    frame = next(islice(pixels.frames(image, shape), number, None))
    if shape.is_colour:
        picture = pixels.picture(image, shape, frame, number, None)
    else:
        picture = _through_presentation_lut(_view(state, image.dataset, number).picture(frame, None), state)
    area = _area(state, image.dataset, number)
    return _turned(_proportioned(_cropped(_shuttered(picture, state), area), area, image.dataset), state)


def _frame(state: Dataset, uid: str) -> int:
    """The first frame of this image that the state names (Referenced Frame Number, from 0); the first one where it names none."""
    for series in header.items(state, 0x00081115):
        for reference in header.items(series, _REFERENCED_IMAGES):
            if str(header.value(reference, _REFERENCED_UID)) == uid and (numbers := _numbers(reference)):
                return max(0, numbers[0] - 1)
    return 0


def _view(state: Dataset, image: Dataset, frame: int) -> grayscale.View:
    """The state's own transformations alone (PS3.4 N.2): one that it does not name is left out, even if the image has it."""
    windows = [item for item in header.items(state, _STATE_VOI) if _concerns(item, image, frame)]
    shape = str(header.value(state, 0x20500020) or "").strip()
    own = str(header.value(image, 0x00280004) or "").strip() == "MONOCHROME1"
    return grayscale.view_through([*windows, state], image, inverse=shape == "INVERSE" if shape else own)


def _concerns(item: Dataset, image: Dataset, frame: int) -> bool:
    """Whether an item applies to this frame (from 0): it names no image, or this image and either no frame or this one."""
    named = header.items(item, _REFERENCED_IMAGES)
    for reference in named:
        if str(header.value(reference, _REFERENCED_UID) or "") == str(image.SOPInstanceUID):
            frames = _numbers(reference)
            return not frames or frame + 1 in frames
    return not named


def _numbers(item: Dataset) -> list[int]:
    """Referenced Frame Number (0008,1160), from 1; none where it is absent."""
    value = header.value(item, 0x00081160)
    return [] if value is None else [int(number) for number in (value if isinstance(value, MultiValue) else [value])]


def _through_presentation_lut(picture: Picture, state: Dataset) -> Picture:
    """A picture through the state's Presentation LUT (C.11.6.1.1), where it has one."""
    for lut in header.items(state, 0x20500010):
        descriptor, content = header.value(lut, 0x00283002), header.value(lut, 0x00283006)
        entries = int(descriptor[0]) or 65536
        values = np.frombuffer(content, "<u2" if len(content) >= 2 * entries else "u1")[:entries]
        top = (1 << int(descriptor[2])) - 1
        table = np.rint(values[np.rint(np.linspace(0, len(values) - 1, 256)).astype(int)] * (255 / top)).clip(0, 255)
        presented: Picture = table.astype("u1")[picture]
        return presented
    return picture


def _area(state: Dataset, image: Dataset, frame: int) -> Dataset | None:
    """The first item of Displayed Area Selection Sequence for this frame."""
    areas = header.items(state, _DISPLAYED_AREA)
    return next((area for area in areas if _concerns(area, image, frame)), None)


def _cropped(picture: Picture, area: Dataset | None) -> Picture:
    """The part in the Displayed Area (C.10.4), whose corners count from 1; nothing is added where it lies outside the image."""
    if area is None:
        return picture
    corners = [header.value(area, tag) or [] for tag in (0x00700052, 0x00700053)]
    if [len(corner) for corner in corners] != [2, 2]:
        return picture
    (left, top), (right, bottom) = ([int(number) for number in corner] for corner in corners)
    part = picture[max(0, min(top, bottom) - 1) : max(top, bottom), max(0, min(left, right) - 1) : max(left, right)]
    return part if part.size else picture


def _proportioned(picture: Picture, area: Dataset | None, image: Dataset) -> Picture:
    """A picture with square pixels, by Presentation Pixel Spacing (0070,0101) or Aspect Ratio (0070,0102), else the image's."""
    own = Dataset()
    for tag, keyword in ((0x00700101, "PixelSpacing"), (0x00700102, "PixelAspectRatio")):
        value = header.value(area, tag) if area is not None else None
        if value is not None:
            setattr(own, keyword, value)
    return pixel_aspect.squared(picture, own if len(own) else image)


def _turned(picture: Picture, state: Dataset) -> Picture:
    """A picture after Image Rotation (0070,0042), clockwise, then Image Horizontal Flip (0070,0041)."""
    quarters = int(header.value(state, 0x00700042) or 0) // 90 % 4
    turned = np.rot90(picture, -quarters)
    flipped = turned[:, ::-1] if str(header.value(state, 0x00700041) or "").strip() == "Y" else turned
    return np.ascontiguousarray(flipped)


def _shuttered(picture: Picture, state: Dataset) -> Picture:
    """A picture with Shutter Presentation Value (0018,1622), or black, outside the shutters (C.7.6.11)."""
    shapes = header.value(state, 0x00181600) or []
    rows, columns = picture.shape[:2]
    down, across = np.mgrid[1 : rows + 1, 1 : columns + 1]
    is_open = np.ones((rows, columns), dtype=bool)
    for kind in [shapes] if isinstance(shapes, str) else shapes:
        if kind == "RECTANGULAR":
            left, right, upper, lower = (int(header.value(state, 0x00181600 + at)) for at in (2, 4, 6, 8))
            is_open &= (across >= left) & (across <= right) & (down >= upper) & (down <= lower)
        elif kind == "CIRCULAR":
            row, column = (int(number) for number in header.value(state, 0x00181610))
            is_open &= (down - row) ** 2 + (across - column) ** 2 <= int(header.value(state, 0x00181612)) ** 2
        elif kind == "POLYGONAL":
            points = [int(number) for number in header.value(state, 0x00181620)]
            is_open &= drawing.inside([(x - 1, y - 1) for y, x in zip(points[::2], points[1::2], strict=True)], rows, columns)
    value = int(header.value(state, 0x00181622) or 0) >> 8
    return np.where(is_open if picture.ndim == 2 else is_open[..., None], picture, np.uint8(value))
