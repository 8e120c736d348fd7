"""Stored values → 8-bit grey: Modality LUT, VOI LUT, Presentation LUT, in this order (PS3.4 N.2.1).

All arithmetic is in float64 and rounded once, at the end. For integers it is done on a table of the values that occur.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset
from pydicom.multival import MultiValue

from radiary.dicom.read import header

Values = NDArray[np.float64]
Range = tuple[float, float]
_TABLE_LIMIT, _BLOCK = 1 << 16, 1 << 17
"""Entries of the largest table of grey levels, and values that are looked up at once."""


@dataclass(frozen=True)
class Rescale:
    """Rescale Slope (0028,1053) and Intercept (0028,1052), PS3.3 C.11.1.1.2."""

    slope: float
    intercept: float

    def __call__(self, values: Values) -> Values:
        if (self.slope, self.intercept) == (1, 0):
            return values
        with np.errstate(over="ignore", invalid="ignore"):  # `range` refuses what becomes infinite
            return values * self.slope + self.intercept


@dataclass(frozen=True, eq=False)
class LookupTable:
    """LUT Descriptor (0028,3002) and LUT Data (0028,3006): `values[0]` is the output for `first`, `top` the greatest output."""

    first: int
    values: Values
    top: float

    def __call__(self, values: Values) -> Values:
        last = len(self.values) - 1
        outputs: Values = self.values[np.clip(np.rint(values) - self.first, 0, last).astype(np.intp)]
        return outputs


@dataclass(frozen=True)
class Spread:
    """A VOI LUT, its output from `least` to `greatest` scaled to 0 to 1."""

    table: LookupTable
    least: float
    greatest: float

    def __call__(self, values: Values) -> Values:
        return (self.table(values) - self.least) / (self.greatest - self.least)


@dataclass(frozen=True)
class Window:
    """Window Center (0028,1050), Window Width (0028,1051), VOI LUT Function (0028,1056); PS3.3 C.11.2.1.2 and .3."""

    center: float
    width: float
    function: str

    def __call__(self, values: Values) -> Values:
        """Outputs from 0 to 1."""
        if self.function == "SIGMOID":
            return 1 / (1 + np.exp(np.clip(-4 * (values - self.center) / self.width, -700, 700)))
        if self.function == "LINEAR_EXACT":
            return np.clip((values - self.center) / self.width + 0.5, 0, 1)
        if self.width == 1:
            return (values > self.center - 0.5).astype(np.float64)
        return np.clip((values - (self.center - 0.5)) / (self.width - 1) + 0.5, 0, 1)


@dataclass(frozen=True)
class View:
    """How one frame is shown: stored values → `modality` → `voi` → grey, black and white exchanged if `inverse`.

    `voi` is None when the object names no window: then its series needs a range. `padding` is the range of padding values.
    """

    modality: Callable[[Values], Values]
    voi: Callable[[Values], Values] | None
    inverse: bool
    padding: tuple[int, int] | None

    def picture(self, stored: NDArray[Any], scale: Range | None) -> NDArray[np.uint8]:
        """8-bit grey of stored values of any shape; `scale` is the range of modality values to show where there is no window."""
        if stored.dtype.kind not in "iu" or not stored.size:
            return self._grey(stored.astype(np.float64), scale)
        if stored.dtype.itemsize <= 2:
            bits = stored.view(f"u{stored.dtype.itemsize}")
            table = _shades(self, scale or self._span(stored), stored.dtype.str[1:], length=int(bits.max()).bit_length())
            return _looked_up(table, bits)
        low, high = int(stored.min()), int(stored.max())
        if high - low < _TABLE_LIMIT:
            places = (stored - stored.dtype.type(low)).astype(np.intp)
            grey: NDArray[np.uint8] = self._grey(np.arange(low, high + 1, dtype=np.float64), scale)[places]
            return grey
        return self._grey(stored.astype(np.float64), scale)

    def _span(self, stored: NDArray[Any]) -> Range | None:
        """The range of modality values of a picture, to be shown where neither a window nor a series gives one; else None."""
        if self.voi is not None:
            return None
        ends = self.modality(np.array([stored.min(), stored.max()], dtype=np.float64))
        return float(ends.min()), float(ends.max())

    def deep(self, stored: NDArray[Any], scale: Range | None) -> NDArray[np.uint16]:
        """The same in 16 bits."""
        return np.rint(self._share(stored.astype(np.float64), scale) * 65535).astype(np.uint16)

    def range(self, stored: NDArray[Any]) -> Range:
        """Least and greatest modality value without pixel padding (PS3.3 C.7.5.1.1.2). Raises ValueError if they are infinite."""
        counted = stored
        if self.padding is not None and stored.dtype.kind in "iu":
            counted = stored[(stored < self.padding[0]) | (stored > self.padding[1])]
        counted = counted if counted.size else stored
        counted = counted[np.isfinite(counted)] if counted.dtype.kind == "f" else counted
        if not counted.size:
            raise ValueError("no value is a number")
        ends = self.modality(np.array([counted.min(), counted.max()], dtype=np.float64))
        if not np.isfinite(ends).all():
            raise ValueError("values beyond all measure")
        return float(ends.min()), float(ends.max())

    def _grey(self, stored: Values, scale: Range | None) -> NDArray[np.uint8]:
        return np.rint(self._share(stored, scale) * 255).astype(np.uint8)

    def _share(self, stored: Values, scale: Range | None) -> Values:
        """Levels from 0, black, to 1, white."""
        values = np.nan_to_num(self.modality(np.nan_to_num(stored)))
        if self.voi is not None:
            share = self.voi(values)
        else:
            low, high = scale or (float(values.min()), float(values.max()))
            share = np.clip((values - low) / (high - low), 0, 1) if high > low else np.zeros_like(values)
        return 1 - share if self.inverse else share


def _looked_up(table: NDArray[np.uint8], bits: NDArray[Any]) -> NDArray[np.uint8]:
    """The table's value for each of `bits`; block by block, since numpy first makes an index of eight bytes for each."""
    flat, grey = bits.reshape(-1), np.empty(bits.size, np.uint8)
    for start in range(0, bits.size, _BLOCK):
        block = slice(start, start + _BLOCK)
        np.take(table, flat[block], mode="clip", out=grey[block])  # `clip` only skips the check: no value lies beyond the table
    return grey.reshape(bits.shape)


@lru_cache(maxsize=16)
def _shades(view: View, scale: Range | None, dtype: str, *, length: int) -> NDArray[np.uint8]:
    """The grey of every value of `length` bits, by its bits; the slices of a series share the table."""
    bits = np.arange(1 << length, dtype=f"u{dtype[1:]}")
    table = view._grey(bits.view(dtype).astype(np.float64), scale)
    table.setflags(write=False)
    return table


def view(dataset: Dataset, frame: int) -> View:
    """How frame number `frame` (from 0) of a monochrome object is shown; functional groups count more than the object."""
    monochrome1 = str(header.value(dataset, 0x00280004) or "").strip() == "MONOCHROME1"
    inverse_shape = str(header.value(dataset, 0x20500020) or "").strip() == "INVERSE"
    return view_through([*_groups(dataset, frame), dataset], dataset, inverse=monochrome1 or inverse_shape)


def view_through(places: Sequence[Dataset], image: Dataset, *, inverse: bool) -> View:
    """The transformations that `places` give, the first one counting most, for the stored values of `image`."""
    is_signed = header.value(image, 0x00280103) == 1
    modality = _modality(places, is_signed=is_signed)
    goes_below = is_signed or (isinstance(modality, Rescale) and modality.intercept < 0)
    return View(modality, _voi(places, is_signed=goes_below), inverse=inverse, padding=_padding(image))


PRESETS: Mapping[str, Window] = {
    "soft-tissue": Window(40, 400, "LINEAR"),
    "lung": Window(-600, 1500, "LINEAR"),
    "bone": Window(400, 1800, "LINEAR"),
    "brain": Window(40, 80, "LINEAR"),
}
"""Usual windows for CT, in Hounsfield units."""


def further_windows(dataset: Dataset, frame: int) -> list[Window]:
    """The windows of an object after its first one: alternatives that its device offers."""
    return windows(dataset, frame)[1:]


def windows(dataset: Dataset, frame: int) -> list[Window]:
    """The windows of the first place that names any."""
    places = (_windows(place) for place in (*_groups(dataset, frame), dataset))
    return next((found for found in places if found), [])


def _windows(place: Dataset) -> list[Window]:
    """The valid windows of an object or an item, in its order: some devices write 0 and 0 before the one they mean."""
    function = _function(place)
    least = 1 if function == "LINEAR" else 1e-9
    pairs = zip(_several(header.value(place, 0x00281050)), _several(header.value(place, 0x00281051)), strict=False)
    numbers = ((_number([center]), _number([width])) for center, width in pairs)
    return [Window(center, width, function) for center, width in numbers if center is not None and width and width >= least]


def _several(value: Any) -> list[Any]:
    return list(value) if isinstance(value, MultiValue | list) else [] if value is None else [value]


def _groups(dataset: Dataset, frame: int) -> Iterator[Dataset]:
    """Items of the frame's and the shared functional groups (PS3.3 C.7.6.16) that hold rescale and window."""
    per_frame = header.value(dataset, 0x52009230) or ()
    shared = header.value(dataset, 0x52009229) or ()
    for group in (*per_frame[frame : frame + 1], *shared[:1]):
        for tag in (0x00289145, 0x00289132):
            yield from header.value(group, tag) or ()


def _modality(places: Sequence[Dataset], *, is_signed: bool) -> Callable[[Values], Values]:
    """Of the first place that has one: Modality LUT Sequence (0028,3000), else Rescale Slope and Intercept; else identity.

    A slope of 0, which would make all values equal, counts as 1.
    """
    for place in places:
        table = _table(header.value(place, 0x00283000), is_signed=is_signed)
        slope, intercept = _number(header.value(place, 0x00281053)), _number(header.value(place, 0x00281052))
        if table is not None:
            return table
        if slope is not None or intercept is not None:
            return Rescale(slope or 1.0, intercept or 0.0)
    return Rescale(1.0, 0.0)


def _voi(places: Sequence[Dataset], *, is_signed: bool) -> Callable[[Values], Values] | None:
    """Of the first place that has one: VOI LUT Sequence (0028,3010), else its first valid window; else None."""
    for place in places:
        table = _table(header.value(place, 0x00283010), is_signed=is_signed)
        if table is not None:
            return Spread(table, min(0.0, float(table.values.min())), table.top)
        windows_here = _windows(place)
        if windows_here:
            return windows_here[0]
    return None


def _function(place: Dataset) -> str:
    """VOI LUT Function (0028,1056); LINEAR, the default, in place of an unknown one."""
    name = str(header.value(place, 0x00281056) or "").strip()
    return name if name in ("LINEAR_EXACT", "SIGMOID") else "LINEAR"


def _table(sequence: Any, *, is_signed: bool) -> LookupTable | None:
    """The first usable item of a LUT sequence. Entries that need more bits than stated, as in some real files, raise `top`.

    The first mapped value is signed when the input is (PS3.3 C.11.1.1.1, C.11.2.1.1).
    """
    for lut in sequence or ():
        descriptor, content = header.value(lut, 0x00283002), header.value(lut, 0x00283006)
        if not content or not hasattr(descriptor, "__len__") or len(descriptor) != 3:
            continue
        entries, first = int(descriptor[0]) or 65536, int(descriptor[1])
        if isinstance(content, bytes):
            values = np.frombuffer(content, "<u2" if len(content) >= 2 * entries else "u1")[:entries]
        else:
            values = np.atleast_1d(np.asarray(content))[:entries]
        if values.size and values.max() > 0:
            top = max(float((1 << int(descriptor[2])) - 1), float(values.max()))
            return LookupTable(first - 65536 if is_signed and first > 32767 else first, values.astype(np.float64), top)
    return None


def _padding(dataset: Dataset) -> tuple[int, int] | None:
    """Pixel Padding Value (0028,0120) and Pixel Padding Range Limit (0028,0121), the lesser one first; None without padding.

    Where they are written with another sign than the pixels have, their bits count.
    """
    value = header.value(dataset, 0x00280120)
    if not isinstance(value, int):
        return None
    limit = header.value(dataset, 0x00280121)
    bits = header.value(dataset, 0x00280101)
    is_signed = header.value(dataset, 0x00280103) == 1
    ends = [_of_bits(end, bits, is_signed=is_signed) for end in (value, limit) if isinstance(end, int)]
    return min(ends), max(ends)


def _of_bits(value: int, bits: Any, *, is_signed: bool) -> int:
    """A number as pixels of so many bits hold it."""
    if not isinstance(bits, int) or not 0 < bits <= 32:
        return value
    unsigned = value & ((1 << bits) - 1)
    return unsigned - (1 << bits) if is_signed and unsigned >> (bits - 1) else unsigned


def _number(value: Any) -> float | None:
    """The first of one or several values, if it is a finite number; else None."""
    first = value[0] if isinstance(value, MultiValue | list) and len(value) else value
    try:
        number = float(first)
    except (TypeError, ValueError):
        return None
    return number if np.isfinite(number) else None
