"""PALETTE COLOR: stored values → RGB by the Red, Green and Blue Palette Color Lookup Tables (PS3.3 C.7.6.3.1.5 and .6)."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset
from pydicom.pixels.processing import apply_color_lut

from radiary.dicom.read import header

_DESCRIPTORS = (0x00281101, 0x00281102, 0x00281103)
_TABLES = (0x00281201, 0x00281202, 0x00281203)
"""Red, Green and Blue Palette Color Lookup Table Descriptor and Data."""
_APART = 0.09
"""Share of all values that those of one colour may be apart: fainter text is not looked for elsewhere either."""


def applied(dataset: Dataset, values: NDArray[Any]) -> NDArray[np.uint8]:
    """8-bit RGB (…, 3) of stored values (…). Raises one of `header.UNREADABLE` when there is no usable palette."""
    if any(header.value(dataset, tag) is None for tag in _TABLES):
        return _eight_bit(apply_color_lut(values, dataset)[..., :3], is_deep=True)
    tables = [
        _table(dataset, descriptor=descriptor, table=table) for descriptor, table in zip(_DESCRIPTORS, _TABLES, strict=True)
    ]
    first = _signed(int(header.value(dataset, _DESCRIPTORS[0])[1]), values)
    channels = [table[np.clip(values.astype(np.int64) - first, 0, len(table) - 1)] for table in tables]
    return _eight_bit(np.stack(channels, axis=-1), is_deep=any(table.max() > 255 for table in tables))


def shades(dataset: Dataset, values: NDArray[Any]) -> NDArray[np.float64]:
    """Of some values, ascending, where each lies among those that have its colour: from 0 to 1.

    All of them are 0 where those are a tenth of all values apart at most. Raises as `applied` does.
    """
    _, colours = np.unique(applied(dataset, values), axis=0, return_inverse=True)
    numbers, colours = values.astype(np.float64), colours.ravel()
    least, greatest = np.full(len(values), np.inf), np.full(len(values), -np.inf)
    np.minimum.at(least, colours, numbers)
    np.maximum.at(greatest, colours, numbers)
    apart = (greatest - least)[colours]
    is_flat = apart > _APART * (numbers[-1] - numbers[0])
    return np.where(is_flat, (numbers - least[colours]) / np.maximum(1, apart), 0)


def is_supplemental(dataset: Dataset) -> bool:
    """Whether a grey image shows some of its values in colour (PS3.3 C.7.6.19): by Pixel Presentation (0008,9205)."""
    presentation = str(header.value(dataset, 0x00089205) or "").strip()
    return presentation in ("COLOR", "MIXED") and header.value(dataset, _DESCRIPTORS[0]) is not None


def supplemented(dataset: Dataset, values: NDArray[Any], grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """8-bit RGB (rows, columns, 3): the palette's colours for values from its first mapped one on, `grey` for those below."""
    first = _signed(int(header.value(dataset, _DESCRIPTORS[0])[1]), values)
    coloured = applied(dataset, values)
    return np.where((values >= first)[..., None], coloured, grey[..., None])


def _table(dataset: Dataset, *, descriptor: int, table: int) -> NDArray[Any]:
    """One channel's entries: of 16 bits, or of 8 where the data is too short for that."""
    entries = int(header.value(dataset, descriptor)[0]) or 65536
    content = header.value(dataset, table)
    if not isinstance(content, bytes):
        return np.atleast_1d(np.asarray(content))[:entries]
    return np.frombuffer(content, "<u2" if len(content) >= 2 * entries else "u1")[:entries]


def _signed(first: int, values: NDArray[Any]) -> int:
    """The first mapped value, which is signed when the stored values are."""
    return first - 65536 if values.dtype.kind == "i" and first > 32767 else first


def _eight_bit(colours: NDArray[Any], *, is_deep: bool) -> NDArray[np.uint8]:
    return (colours >> 8 if is_deep and colours.dtype.itemsize > 1 else colours).astype(np.uint8)
