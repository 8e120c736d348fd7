"""Waveforms (PS3.3 C.10.9) drawn as on paper: 25 mm a second, 10 mm a millivolt, a strip for each channel."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset

from radiary.dicom.read import header, samples
from radiary.dicom.render import drawing

_MILLIMETRE = 6
"""Pixels."""
PER_METRE = 1000 * _MILLIMETRE
"""Pixels a metre: printed at full size, a second is 25 mm wide."""
_SECOND, _MILLIVOLT, _STRIP, _MARGIN = 25 * _MILLIMETRE, 10 * _MILLIMETRE, 30 * _MILLIMETRE, 10 * _MILLIMETRE
_LETTERS = 5 * _MILLIMETRE
"""Pixels: names of leads are read where the whole sheet is shown on a telephone, too."""
_SECONDS, _CHANNELS = 60, 24
"""Seconds and channels that are drawn, at most."""
_PAPER, _FINE, _BOLD, _INK = (255, 252, 250), (250, 226, 220), (240, 190, 180), (20, 20, 40)
_UNITS = {"uV": 1e-3, "mV": 1.0, "V": 1e3, "nV": 1e-6}
"""Unit (UCUM) → millivolts."""
_LEADS = {f"2:{number}": name for number, name in (
    (1, "I"), (2, "II"), (3, "V1"), (4, "V2"), (5, "V3"), (6, "V4"), (7, "V5"), (8, "V6"), (61, "III"), (62, "aVR"),
    (63, "aVL"), (64, "aVF"))}  # fmt: skip


def drawn(dataset: Dataset) -> NDArray[np.uint8] | None:
    """The first multiplex group on a sheet, RGB (rows, columns, 3); None when nothing of it can be drawn."""
    try:
        group = header.items(dataset, 0x54000100)[0]
        rate = float(header.value(group, 0x003A001A))
        signals = _signals(group)[:, :_CHANNELS]
        names = [_name(channel, place) for place, channel in enumerate(header.items(group, 0x003A0200))]
        names += [str(place + 1) for place in range(len(names), signals.shape[1])]
    except (*header.UNREADABLE, ZeroDivisionError):
        return None
    signals = signals[: int(_SECONDS * rate)]
    if not signals.size or not 1 <= rate <= 1e6:
        return None
    width = _MARGIN * 2 + int(len(signals) / rate * _SECOND)
    sheet = drawing.Sheet(width, _MARGIN * 2 + _STRIP * signals.shape[1], _PAPER)
    _grid(sheet)
    for channel in range(signals.shape[1]):
        if not np.isfinite(signals[:, channel]).any():
            continue
        middle = _MARGIN + _STRIP * channel + _STRIP // 2
        xs = _MARGIN + np.arange(len(signals)) / rate * _SECOND
        ys = np.clip(middle - signals[:, channel] * _MILLIVOLT, middle - _STRIP, middle + _STRIP)
        is_there = np.isfinite(ys)
        for start, end in _runs(is_there):
            sheet.line(np.stack([xs, ys], axis=1)[start:end], _INK)
        sheet.text(_MARGIN, middle - _STRIP // 2, names[channel], _INK, _LETTERS)
    sheet.text(_MARGIN, sheet.height - _MARGIN + 6, "25 mm/s  10 mm/mV", _INK, 3 * _MILLIMETRE)
    return sheet.picture


def _signals(group: Dataset) -> NDArray[np.float64]:
    """Millivolts (samples, channels): sample × sensitivity × correction + baseline (C.10.9.1.4.2); padding is not a number."""
    values = samples.of_group(group)
    for place, channel in enumerate(header.items(group, 0x003A0200)[: values.shape[1]]):
        sensitivity, correction = (_number(channel, tag, 1.0) for tag in (0x003A0210, 0x003A0212))
        baseline = _number(channel, 0x003A0213, 0.0)
        values[:, place] = (values[:, place] * sensitivity * correction + baseline) * _unit(channel)
    return values


def _runs(is_there: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Runs of at least two samples that are there: the first one's place, and the place behind the last one."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], is_there, [False]]).astype(np.int8)))
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True) if end - start > 1]


def _unit(channel: Dataset) -> float:
    """Millivolts in a channel's unit; not a number for another unit than voltage, so that the channel is not drawn."""
    units = header.items(channel, 0x003A0211)
    return _UNITS.get(str(header.value(units[0], 0x00080100)), np.nan) if units else 1.0


def _name(channel: Dataset, place: int) -> str:
    """The name of a channel's lead, by its code (MDC 2:n, SCPECG 5.6.3-9-n), else its code's meaning, else its number."""
    sources = header.items(channel, 0x003A0208)
    if not sources:
        return str(place + 1)
    value = str(header.value(sources[0], 0x00080100) or "").replace("5.6.3-9-", "2:")
    return _LEADS.get(value) or str(header.value(sources[0], 0x00080104) or place + 1)


def _number(dataset: Dataset, tag: int, default: float) -> float:
    value: Any = header.value(dataset, tag)
    return float(value) if value is not None else default


def _grid(sheet: "drawing.Sheet") -> None:
    """A fine line every millimetre, a bold one every five."""
    for colour, step in ((_FINE, _MILLIMETRE), (_BOLD, 5 * _MILLIMETRE)):
        for x in range(_MARGIN, sheet.width - _MARGIN + 1, step):
            sheet.line([(x, _MARGIN), (x, sheet.height - _MARGIN)], colour)
        for y in range(_MARGIN, sheet.height - _MARGIN + 1, step):
            sheet.line([(_MARGIN, y), (sheet.width - _MARGIN, y)], colour)
