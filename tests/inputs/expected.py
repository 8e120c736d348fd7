"""What should become of each odd file: which exam of whom, and the picture that its values are.

The files hold smooth scenes of 96 × 128 pixels; a picture is right when it differs from the one computed here by three grey
levels at most in the mean. Where a file may also be refused or held, the reasons stand in `refused`.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ROWS, COLUMNS = 96, 128
Picture = NDArray[np.uint8]
_DAY = "2024-03-11"
BORDER = 4
"""Pixels at each edge of an ultrasound that are outside its region."""


@dataclass(frozen=True)
class Expected:
    """How one file should end: the exams by date and modality, how many people they are of, and the pictures of all of them.

    `refused` are slugs with which all of it may be skipped or held instead, `told` is a slug that has to be counted beside what
    was filed.
    """

    pictures: tuple[Callable[[], Picture], ...] = ()
    exams: tuple[tuple[str, str], ...] = ((_DAY, "CT"),)
    people: int = 1
    refused: frozenset[str] = frozenset()
    told: str = ""
    chronicled: int = 1


def _scene(k: int) -> NDArray[np.float64]:
    y, x = np.mgrid[0:ROWS, 0:COLUMNS]
    across, down = (x - COLUMNS * (0.3 + 0.05 * (k % 9))) / (COLUMNS * 0.18), (y - ROWS * 0.5) / (ROWS * 0.22)
    shown: NDArray[np.float64] = np.clip(0.55 * np.exp(-(across**2 + down**2)) + 0.25 * x / COLUMNS + 0.15 * y / ROWS, 0, 1)
    return shown


def _hounsfield(k: int) -> NDArray[np.float64]:
    return np.rint(844 + 440 * _scene(k)) - 1024


def _windowed(values: NDArray[np.float64], center: float, width: float) -> Picture:
    """PS3.3 C.11.2.1.2.1, LINEAR."""
    return np.rint(np.clip((values - center + 0.5) / (width - 1) + 0.5, 0, 1) * 255).astype("u1")


def _stretched(values: NDArray[np.float64], low: float, high: float) -> Picture:
    return np.rint(np.clip((values - low) / (high - low), 0, 1) * 255).astype("u1")


def slice_of_ct(k: int = 1) -> Callable[[], Picture]:
    """A CT slice by the window that its file names."""
    return lambda: _windowed(_hounsfield(k), 40, 400)


def grey(k: int = 1) -> Callable[[], Picture]:
    """A frame of eight bits."""
    return lambda: np.rint(255 * _scene(k)).astype("u1")


def _colours() -> Picture:
    blue, x = _scene(1), np.mgrid[0:ROWS, 0:COLUMNS][1]
    colours: Picture = np.rint(255 * np.stack([blue, 0.5 * blue + 0.4 * x / COLUMNS, 1 - blue], -1)).clip(0, 255).astype("u1")
    return colours


def _ultrasound() -> Picture:
    shown = np.zeros((ROWS, COLUMNS, 3), "u1")
    inside = slice(BORDER, -BORDER)
    shown[inside, inside] = _colours()[inside, inside]
    return shown


def _high() -> NDArray[np.float64]:
    return np.rint(12000 + 20000 * _scene(1))


def _padded() -> Picture:
    values = _hounsfield(1)
    inside = values[10:]
    picture = _stretched(values, float(inside.min()), float(inside.max()))
    picture[:10] = 0
    return picture


def _squared() -> Picture:
    return np.repeat(slice_of_ct()(), 2, axis=0)


_CLIP = (grey(1), grey(3), grey(5))
_XA, _US = ((_DAY, "XA"),), ((_DAY, "US"),)
_DISPLAY = frozenset({"display-value-not-understood"})
_PIXELS = frozenset({"colours-contradicted", "size-contradicted", "compression-contradicted"})
TABLE = {
    "k10a_encapsulated_as_native": Expected(_CLIP, _XA, refused=_PIXELS),
    "k10c_jpeg_as_jpeg2000": Expected((slice_of_ct(),)),
    "k11a_ybr_lossless_jfif": Expected((_ultrasound,), _US),
    "k12a_vr_of_blanks": Expected((slice_of_ct(),)),
    "k12c_no_delimiter": Expected((slice_of_ct(),)),
    "k12e_sequence_not_closed": Expected((slice_of_ct(),)),
    "k13a_region_outside": Expected(exams=(), refused=frozenset({"ultrasound-regions-missing"})),
    "k14_padding_unsigned": Expected((_padded,)),
    "k15a_transposed_stream": Expected((slice_of_ct(),)),
    "k16a_window_beyond_data": Expected((lambda: _stretched(_high(), _high().min(), _high().max()),), ((_DAY, "MR"),)),
    "k17_overlay_only": Expected(exams=(), refused=frozenset({"overlay-only", "burned-in-annotation"})),
    "k1a_comma_rescale": Expected((slice_of_ct(),), refused=_DISPLAY),
    "k1c_comma_spacing": Expected((_squared,), refused=_DISPLAY),
    "k1d_own_number": Expected((lambda: _windowed(_hounsfield(1), 1000, 10000),)),
    "k1f_other_vr": Expected((slice_of_ct(),), refused=_DISPLAY),
    "k1g_monochrome_lower": Expected((lambda: 255 - grey()(),), ((_DAY, "DX"),), refused=_DISPLAY),
    "k1i_frames_decimal": Expected(_CLIP, _XA),
    "k1k_modality_lower": Expected((lambda: _windowed(_hounsfield(1) + 1024, 1064, 400),), ((_DAY, "MR"),)),
    "k2a_dashes": Expected((slice_of_ct(),)),
    "k2b_slashes_and_transfer_day": Expected((slice_of_ct(),)),
    "k3a_one_dummy_date": Expected((slice_of_ct(1), slice_of_ct(2), slice_of_ct(3), slice_of_ct(1))),
    "k3c_all_dummy": Expected((slice_of_ct(1), slice_of_ct(1)), (("undated", "CT"), ("undated", "CT")), chronicled=0),
    "k4a_two_people_one_study": Expected(
        tuple(slice_of_ct(number) for number in (1, 2, 3, 4)), ((_DAY, "CT"), (_DAY, "CT")), people=2, chronicled=2
    ),
    "k4c_series_uid_in_two_studies": Expected((slice_of_ct(1), slice_of_ct(2)), ((_DAY, "CT"), (_DAY, "CT")), chronicled=2),
    "k5a_one_uid_for_all": Expected(tuple(slice_of_ct(number) for number in (1, 2, 3, 4)), told="uid-of-several"),
    "k6a_frames_not_said": Expected(_CLIP, _XA),
    "k6c_fewer_streams": Expected(_CLIP, _XA, told="frames-missing"),
    "k6d_one_bad_frame": Expected((grey(1), grey(5)), _XA, told="frames-damaged"),
    "k7a_422_label_full_data": Expected((_ultrasound,), _US, refused=_PIXELS),
    "k8a_offsets_wrong": Expected(_CLIP, _XA),
    "k8b_offsets_short": Expected(_CLIP, _XA),
    "k8c_empty_last_fragment": Expected(_CLIP, _XA),
    "k9a_padded_stream": Expected((slice_of_ct(),)),
    "k9b_no_end_of_codestream": Expected((slice_of_ct(),)),
    "k9d_byte_missing": Expected((lambda: _colours()[:95, :127],), _XA),
}
