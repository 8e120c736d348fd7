"""Stored values → 8-bit grey: Modality LUT, VOI LUT, Presentation LUT, in this order (PS3.4 N.2.1).

All arithmetic is in float64 and rounded once, at the end. For integers it is done on a table of the values that occur.
"""

from collections.abc import Callable, Iterator, Sequence
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


@dataclass(frozen=True)
class Rescale:
    """Rescale Slope (0028,1053) and Intercept (0028,1052), PS3.3 C.11.1.1.2."""

    slope: float
    intercept: float

    def __call__(self, values: Values) -> Values:
        if (self.slope, self.intercept) == (1, 0):
            return values
        with np.errstate(over="ignore", invalid="ignore"):  # what grows beyond all measure is refused by `range`
            return values * self.slope + self.intercept


@dataclass(frozen=True, eq=False)
class LookupTable:
    """A LUT item (0028,3002) and (0028,3006): `values[0]` belongs to `first`; `top` is the greatest output."""

    first: int
    values: Values
    top: float

    def __call__(self, values: Values) -> Values:
        last = len(self.values) - 1
        found: Values = self.values[np.clip(np.rint(values) - self.first, 0, last).astype(np.intp)]
        return found


@dataclass(frozen=True)
class Spread:
    """A VOI LUT whose output from `least` to `greatest` is spread over 0 to 1."""

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
        """0 to 1."""
        if self.function == "SIGMOID":
            return 1 / (1 + np.exp(np.clip(-4 * (values - self.center) / self.width, -700, 700)))
        if self.function == "LINEAR_EXACT":
            return np.clip((values - self.center) / self.width + 0.5, 0, 1)
        if self.width == 1:
            return (values > self.center - 0.5).astype(np.float64)
        return np.clip((values - (self.center - 0.5)) / (self.width - 1) + 0.5, 0, 1)


@dataclass(frozen=True)
class View:
    """How one frame is to be shown; `voi` is None when the object names no window and a range must be agreed on."""

    modality: Callable[[Values], Values]
    voi: Callable[[Values], Values] | None
    inverse: bool
    padding: tuple[int, int] | None

    def picture(self, stored: NDArray[Any], scale: Range | None) -> NDArray[np.uint8]:
        """8-bit grey of stored values of any shape. `scale` is the range to show where the object names no window."""
        if stored.dtype.kind not in "iu" or not stored.size:
            return self._grey(stored.astype(np.float64), scale)
        if stored.dtype.itemsize <= 2:
            bits = stored.view(f"u{stored.dtype.itemsize}")
            table = _shades(self, scale or self._span(stored), stored.dtype.str[1:], int(bits.max()).bit_length())
            return _looked_up(table, bits)
        low, high = int(stored.min()), int(stored.max())
        if high - low < _TABLE_LIMIT:
            places = (stored - stored.dtype.type(low)).astype(np.intp)
            shown: NDArray[np.uint8] = self._grey(np.arange(low, high + 1, dtype=np.float64), scale)[places]
            return shown
        return self._grey(stored.astype(np.float64), scale)

    def _span(self, stored: NDArray[Any]) -> Range | None:
        """The range that is shown where nothing else says one: this picture's own."""
        if self.voi is not None:
            return None
        ends = self.modality(np.array([stored.min(), stored.max()], dtype=np.float64))
        return float(ends.min()), float(ends.max())

    def deep(self, stored: NDArray[Any], scale: Range | None) -> NDArray[np.uint16]:
        """The same in 65,536 levels of grey."""
        return np.rint(self._share(stored.astype(np.float64), scale) * 65535).astype(np.uint16)

    def range(self, stored: NDArray[Any]) -> Range:
        """The least and the greatest modality value, pixel padding left out (PS3.3 C.7.5.1.1.2)."""
        kept = stored
        if self.padding is not None and stored.dtype.kind in "iu":
            kept = stored[(stored < self.padding[0]) | (stored > self.padding[1])]
        kept = kept if kept.size else stored
        kept = kept[np.isfinite(kept)] if kept.dtype.kind == "f" else kept
        if not kept.size:
            raise ValueError("no value is a number")
        ends = self.modality(np.array([kept.min(), kept.max()], dtype=np.float64))
        if not np.isfinite(ends).all():
            raise ValueError("values beyond all measure")
        return float(ends.min()), float(ends.max())

    def _grey(self, stored: Values, scale: Range | None) -> NDArray[np.uint8]:
        return np.rint(self._share(stored, scale) * 255).astype(np.uint8)

    def _share(self, stored: Values, scale: Range | None) -> Values:
        """0 for black to 1 for white."""
        values = np.nan_to_num(self.modality(np.nan_to_num(stored)))
        if self.voi is not None:
            share = self.voi(values)
        else:
            low, high = scale or (float(values.min()), float(values.max()))
            share = np.clip((values - low) / (high - low), 0, 1) if high > low else np.zeros_like(values)
        return 1 - share if self.inverse else share


def _looked_up(table: NDArray[np.uint8], bits: NDArray[Any]) -> NDArray[np.uint8]:
    """The table's value for each of `bits`, block by block: numpy makes an index of eight bytes for each of them first."""
    flat, found = bits.reshape(-1), np.empty(bits.size, np.uint8)
    for start in range(0, bits.size, _BLOCK):
        block = slice(start, start + _BLOCK)
        np.take(table, flat[block], mode="clip", out=found[block])  # checks nothing, and nothing lies beyond
    return found.reshape(bits.shape)


@lru_cache(maxsize=16)
def _shades(view: View, scale: Range | None, dtype: str, length: int) -> NDArray[np.uint8]:
    """The grey of every value of `length` bits, by its bits: slices of a series share it."""
    bits = np.arange(1 << length, dtype=f"u{dtype[1:]}")
    table = view._grey(bits.view(dtype).astype(np.float64), scale)
    table.setflags(write=False)
    return table


def view(dataset: Dataset, frame: int) -> View:
    """How frame number `frame` (from 0) of a monochrome object is to be shown; functional groups come before the object."""
    monochrome1 = str(header.value(dataset, 0x00280004) or "").strip() == "MONOCHROME1"
    inverse_shape = str(header.value(dataset, 0x20500020) or "").strip() == "INVERSE"
    return view_through([*_groups(dataset, frame), dataset], dataset, inverse=monochrome1 or inverse_shape)


def view_through(places: Sequence[Dataset], image: Dataset, *, inverse: bool) -> View:
    """The transformations that stand in `places`, the first counting most, for the stored values of `image`."""
    is_signed = header.value(image, 0x00280103) == 1
    modality = _modality(places, is_signed=is_signed)
    goes_below = is_signed or (isinstance(modality, Rescale) and modality.intercept < 0)
    return View(modality, _voi(places, is_signed=goes_below), inverse, _padding(image))


PRESETS = {
    "soft-tissue": Window(40, 400, "LINEAR"),
    "lung": Window(-600, 1500, "LINEAR"),
    "bone": Window(400, 1800, "LINEAR"),
    "brain": Window(40, 80, "LINEAR"),
}
"""Windows that radiologists look at a CT in, in Hounsfield units."""


def further(dataset: Dataset, frame: int) -> list[Window]:
    """The windows of an object behind its first one, which its maker offers as alternatives."""
    for place in (*_groups(dataset, frame), dataset):
        centers, widths = header.value(place, 0x00281050), header.value(place, 0x00281051)
        if isinstance(centers, MultiValue | list) and isinstance(widths, MultiValue | list):
            pairs = [(_number([center]), _number([width])) for center, width in zip(centers, widths, strict=False)]
            function = _function(place)
            return [Window(center, width, function) for center, width in pairs[1:] if center is not None and width and width >= 1]
    return []


def _groups(dataset: Dataset, frame: int) -> Iterator[Dataset]:
    """Items of the per-frame and the shared functional groups (PS3.3 C.7.6.16) that hold rescale and window."""
    per_frame = header.value(dataset, 0x52009230) or ()
    shared = header.value(dataset, 0x52009229) or ()
    for group in (*per_frame[frame : frame + 1], *shared[:1]):
        for tag in (0x00289145, 0x00289132):
            yield from header.value(group, tag) or ()


def _modality(places: Sequence[Dataset], *, is_signed: bool) -> Callable[[Values], Values]:
    """Of the first place that has one: Modality LUT Sequence (0028,3000), else Rescale Slope and Intercept; else identity.

    A slope of 0 is no slope.
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
    """Of the first place that has one: VOI LUT Sequence (0028,3010), else its first window if it is valid; else None."""
    for place in places:
        table = _table(header.value(place, 0x00283010), is_signed=is_signed)
        if table is not None:
            return Spread(table, min(0.0, float(table.values.min())), table.top)
        center, width = _number(header.value(place, 0x00281050)), _number(header.value(place, 0x00281051))
        function = _function(place)
        if center is not None and width is not None and width >= (1 if function == "LINEAR" else 1e-9):
            return Window(center, width, function)
    return None


def _function(place: Dataset) -> str:
    """VOI LUT Function (0028,1056); one that the standard does not know is its default."""
    said = str(header.value(place, 0x00281056) or "").strip()
    return said if said in ("LINEAR_EXACT", "SIGMOID") else "LINEAR"


def _table(sequence: Any, *, is_signed: bool) -> LookupTable | None:
    """The first usable item of a LUT sequence. Entries above the promised depth raise `top` (seen in real files).

    The first mapped value has the sign of what goes in (PS3.3 C.11.1.1.1, C.11.2.1.1).
    """
    for item in sequence or ():
        descriptor, data = header.value(item, 0x00283002), header.value(item, 0x00283006)
        if not data or not hasattr(descriptor, "__len__") or len(descriptor) != 3:
            continue
        entries, first = int(descriptor[0]) or 65536, int(descriptor[1])
        if isinstance(data, bytes):
            values = np.frombuffer(data, "<u2" if len(data) >= 2 * entries else "u1")[:entries]
        else:
            values = np.atleast_1d(np.asarray(data))[:entries]
        if values.size and values.max() > 0:
            top = max(float((1 << int(descriptor[2])) - 1), float(values.max()))
            return LookupTable(first - 65536 if is_signed and first > 32767 else first, values.astype(np.float64), top)
    return None


def _padding(dataset: Dataset) -> tuple[int, int] | None:
    """Pixel Padding Value (0028,0120) and Pixel Padding Range Limit (0028,0121), in order."""
    value = header.value(dataset, 0x00280120)
    if not isinstance(value, int):
        return None
    limit = header.value(dataset, 0x00280121)
    ends = (value, limit if isinstance(limit, int) else value)
    return min(ends), max(ends)


def _number(found: Any) -> float | None:
    """The first of one or several numbers."""
    first = found[0] if isinstance(found, MultiValue | list) and len(found) else found
    try:
        number = float(first)
    except (TypeError, ValueError):
        return None
    return number if np.isfinite(number) else None
