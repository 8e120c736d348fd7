"""Softcopy presentation states (PS3.3 A.33.1, C.11): an image as its reader left it, but for overlays and annotations."""

from itertools import islice

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset
from pydicom.multival import MultiValue

from radiary.dicom.read import header, pixel_description
from radiary.dicom.read.pixel_description import Undecodable
from radiary.dicom.render import drawing, encode, grayscale, pixel_aspect, pixels
from radiary.model.errors import Reason
from radiary.model.nouns import Deidentified, Effort

Picture = NDArray[np.uint8]
_STATE_VOI, _DISPLAYED_AREA = 0x00283110, 0x0070005A
_REFERENCED_IMAGES, _REFERENCED_UID = 0x00081140, 0x00081155


def as_saved(state: Dataset, image: Deidentified, effort: Effort = "fast") -> bytes:
    """The PNG of the frame of `image` that `state` refers to. Raises Undecodable."""
    try:
        return encode.png(_shown(state, image), effort=effort)
    except header.UNREADABLE:
        raise Undecodable(Reason.PIXEL_DATA_UNREADABLE) from None


def _shown(state: Dataset, image: Deidentified) -> Picture:
    shape = pixel_description.matrix(image)
    number = min(_frame(state, str(image.dataset.SOPInstanceUID)), shape.frames - 1)
    frame = next(islice(pixels.frames(image, shape), number, None))
    if shape.is_colour:
        shown = pixels.picture(image, shape, frame, number, None)
    else:
        shown = _presented(_view(state, image.dataset, number).picture(frame, None), state)
    area = _area(state, image.dataset, number)
    return _turned(_proportioned(_cropped(_shuttered(shown, state), area), area, image.dataset), state)


def _frame(state: Dataset, uid: str) -> int:
    """Referenced Frame Number (0008,1160) of this image, from 0."""
    for series in header.items(state, 0x00081115):
        for item in header.items(series, _REFERENCED_IMAGES):
            if str(header.value(item, _REFERENCED_UID)) == uid and (numbers := _numbers(item)):
                return max(0, numbers[0] - 1)
    return 0


def _view(state: Dataset, image: Dataset, frame: int) -> grayscale.View:
    """The state's own transformations alone (PS3.4 N.2): what it does not name is the identity, whatever the image says."""
    wanted = [item for item in header.items(state, _STATE_VOI) if _concerns(item, image, frame)]
    shape = str(header.value(state, 0x20500020) or "").strip()
    own = str(header.value(image, 0x00280004) or "").strip() == "MONOCHROME1"
    return grayscale.view_through([*wanted, state], image, inverse=shape == "INVERSE" if shape else own)


def _concerns(item: Dataset, image: Dataset, frame: int) -> bool:
    """Whether an item is for this frame of this image: it names none, the image, or the frame (0008,1160)."""
    named = header.items(item, _REFERENCED_IMAGES)
    for one in named:
        if str(header.value(one, _REFERENCED_UID) or "") == str(image.SOPInstanceUID):
            frames = _numbers(one)
            return not frames or frame + 1 in frames
    return not named


def _numbers(item: Dataset) -> list[int]:
    """Referenced Frame Number (0008,1160)."""
    found = header.value(item, 0x00081160)
    return [] if found is None else [int(one) for one in (found if isinstance(found, MultiValue) else [found])]


def _presented(shown: Picture, state: Dataset) -> Picture:
    """Through the state's Presentation LUT (C.11.6.1.1), where it has one in place of a shape."""
    for item in header.items(state, 0x20500010):
        descriptor, data = header.value(item, 0x00283002), header.value(item, 0x00283006)
        entries = int(descriptor[0]) or 65536
        values = np.frombuffer(data, "<u2" if len(data) >= 2 * entries else "u1")[:entries]
        top = (1 << int(descriptor[2])) - 1
        table = np.rint(values[np.rint(np.linspace(0, len(values) - 1, 256)).astype(int)] * (255 / top)).clip(0, 255)
        presented: Picture = table.astype("u1")[shown]
        return presented
    return shown


def _area(state: Dataset, image: Dataset, frame: int) -> Dataset | None:
    areas = header.items(state, _DISPLAYED_AREA)
    return next((area for area in areas if _concerns(area, image, frame)), None)


def _cropped(shown: Picture, area: Dataset | None) -> Picture:
    """What the Displayed Area (C.10.4) shows; corners count from 1, and what lies outside the image is not made up."""
    if area is None:
        return shown
    corners = [header.value(area, tag) or [] for tag in (0x00700052, 0x00700053)]
    if [len(corner) for corner in corners] != [2, 2]:
        return shown
    (left, top), (right, bottom) = ([int(number) for number in corner] for corner in corners)
    part = shown[max(0, min(top, bottom) - 1) : max(top, bottom), max(0, min(left, right) - 1) : max(left, right)]
    return part if part.size else shown


def _proportioned(shown: Picture, area: Dataset | None, image: Dataset) -> Picture:
    """Square pixels: by Presentation Pixel Spacing (0070,0101) or Aspect Ratio (0070,0102), else as the image says."""
    own = Dataset()
    for tag, keyword in ((0x00700101, "PixelSpacing"), (0x00700102, "PixelAspectRatio")):
        found = header.value(area, tag) if area is not None else None
        if found is not None:
            setattr(own, keyword, found)
    return pixel_aspect.squared(shown, own if len(own) else image)


def _turned(shown: Picture, state: Dataset) -> Picture:
    """Image Rotation (0070,0042), clockwise, then Image Horizontal Flip (0070,0041)."""
    quarters = int(header.value(state, 0x00700042) or 0) // 90 % 4
    turned = np.rot90(shown, -quarters)
    flipped = turned[:, ::-1] if str(header.value(state, 0x00700041) or "").strip() == "Y" else turned
    return np.ascontiguousarray(flipped)


def _shuttered(shown: Picture, state: Dataset) -> Picture:
    """Black, or Shutter Presentation Value (0018,1622), outside the shutter (C.7.6.11)."""
    shapes = header.value(state, 0x00181600) or []
    rows, columns = shown.shape[:2]
    down, across = np.mgrid[1 : rows + 1, 1 : columns + 1]
    open_ = np.ones((rows, columns), dtype=bool)
    for kind in [shapes] if isinstance(shapes, str) else shapes:
        if kind == "RECTANGULAR":
            left, right, upper, lower = (int(header.value(state, 0x00181600 + at)) for at in (2, 4, 6, 8))
            open_ &= (across >= left) & (across <= right) & (down >= upper) & (down <= lower)
        elif kind == "CIRCULAR":
            row, column = (int(number) for number in header.value(state, 0x00181610))
            open_ &= (down - row) ** 2 + (across - column) ** 2 <= int(header.value(state, 0x00181612)) ** 2
        elif kind == "POLYGONAL":
            points = [int(number) for number in header.value(state, 0x00181620)]
            open_ &= drawing.inside([(x - 1, y - 1) for y, x in zip(points[::2], points[1::2], strict=True)], rows, columns)
    value = int(header.value(state, 0x00181622) or 0) >> 8
    return np.where(open_ if shown.ndim == 2 else open_[..., None], shown, np.uint8(value))
