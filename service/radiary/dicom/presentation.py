"""Softcopy presentation states (PS3.3 A.33.1, C.11): an image as its reader left it, but for overlays and annotations."""

from dataclasses import replace
from itertools import islice

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset
from pydicom.multival import MultiValue

from radiary.dicom import drawing, encode, grayscale, header, pixels, proportions
from radiary.dicom.matrix import Undecodable
from radiary.errors import Reason
from radiary.model import Deidentified

Picture = NDArray[np.uint8]
_STATE_VOI, _DISPLAYED_AREA = 0x00283110, 0x0070005A
_REFERENCED_IMAGES, _REFERENCED_UID = 0x00081140, 0x00081155


def as_saved(state: Dataset, image: Deidentified) -> bytes:
    """The PNG of the frame of `image` that `state` refers to. Raises Undecodable."""
    try:
        return encode.png(_shown(state, image))
    except header.UNREADABLE:
        raise Undecodable(Reason.PIXEL_DATA_UNREADABLE) from None


def _shown(state: Dataset, image: Deidentified) -> Picture:
    shape = pixels.matrix(image)
    number = min(_frame(state, str(image.dataset.SOPInstanceUID)), shape.frames - 1)
    frame = next(islice(pixels.frames(image, shape), number, None))
    if shape.is_colour:
        shown = pixels.shown(image, shape, frame, number, None)
    else:
        shown = _view(state, image.dataset, number).shown(frame, None)
    shown = _cropped(_shuttered(shown, state), state, image.dataset)
    return _turned(proportions.squared(shown, image.dataset), state)


def _frame(state: Dataset, uid: str) -> int:
    """Referenced Frame Number (0008,1160) of this image, from 0."""
    for series in header.items(state, 0x00081115):
        for item in header.items(series, _REFERENCED_IMAGES):
            numbers = header.value(item, 0x00081160)
            if str(header.value(item, _REFERENCED_UID)) == uid and numbers is not None:
                return max(0, int(numbers[0] if isinstance(numbers, MultiValue) else numbers) - 1)
    return 0


def _view(state: Dataset, image: Dataset, frame: int) -> grayscale.View:
    """The state's own transformations in place of the image's, one by one (C.11.1, C.11.8, C.11.6)."""
    uid = str(header.value(image, 0x00080018) or "")
    wanted = [item for item in header.items(state, _STATE_VOI) if _concerns(item, uid)]
    view = grayscale.view(image, frame, before=[*wanted, state])
    shape = str(header.value(state, 0x20500020) or "").strip()
    return replace(view, inverse=shape == "INVERSE") if shape else view


def _concerns(item: Dataset, uid: str) -> bool:
    """Whether an item is for this image: it names none, or this one."""
    named = [str(header.value(one, _REFERENCED_UID) or "") for one in header.items(item, _REFERENCED_IMAGES)]
    return not named or uid in named


def _cropped(shown: Picture, state: Dataset, image: Dataset) -> Picture:
    """What the Displayed Area (C.10.4) shows; corners count from 1, and what lies outside the image is not made up."""
    uid = str(header.value(image, 0x00080018) or "")
    for area in header.items(state, _DISPLAYED_AREA):
        corners = [header.value(area, tag) for tag in (0x00700052, 0x00700053)]
        if not _concerns(area, uid) or not all(corner is not None and len(corner) == 2 for corner in corners):
            continue
        (left, top), (right, bottom) = ([int(number) for number in corner] for corner in corners)
        part = shown[max(0, min(top, bottom) - 1) : max(top, bottom), max(0, min(left, right) - 1) : max(left, right)]
        return part if part.size else shown
    return shown


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
