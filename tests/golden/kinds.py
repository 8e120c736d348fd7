"""Objects of every kind whose pictures are kept here."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset
from pydicom.encaps import encapsulate
from pydicom.pixels.processing import convert_color_space
from pydicom.sequence import Sequence

import electrocardiograms
import exports
from radiary.dicom.develop import develop
from radiary.dicom.image_files import Development
from radiary.dicom.render import presentation
from walled import TERMS, clean

DOWN, ACROSS = np.mgrid[-1:1:48j, -1:1:64j]
DISC = np.where(DOWN**2 + (ACROSS * 1.2) ** 2 < 0.7, 0.55 + 0.4 * ACROSS * DOWN, 0.08)
"""A disc with a saddle of shades on a dark ground; brighter at the upper left and the lower right."""


def grey(photometric: str, **attributes: Any) -> Dataset:
    made = exports.dataset(WindowCenter=2048, WindowWidth=4096, **attributes)
    return exports.with_pixels(made, (DISC * 4095).astype("<u2"), photometric=photometric, stored=12)


def shades() -> NDArray[np.uint8]:
    """Red grows to the right, green to the bottom, blue is the disc's."""
    return np.stack([(ACROSS + 1) * 127, (DOWN + 1) * 127, DISC * 255], axis=2).astype("u1")


def coloured(photometric: str) -> Dataset:
    values = shades() if photometric == "RGB" else convert_color_space(shades(), "RGB", "YBR_FULL")
    made = exports.with_pixels(exports.dataset(modality="OP"), values)
    made.PhotometricInterpretation = photometric
    if photometric == "YBR_FULL_422":
        pairs = np.stack([values[:, ::2, 0], values[:, 1::2, 0], values[:, ::2, 1], values[:, ::2, 2]], axis=2)
        made.PixelData = pairs.tobytes()
    return made


def streamed(photometric: str) -> tuple[Dataset, str]:
    """Colours as JPEG 2000 turns them itself."""
    import imagecodecs

    made = coloured("RGB")
    made.PhotometricInterpretation = photometric
    is_whole = photometric == "YBR_RCT"
    stream = imagecodecs.jpeg2k_encode(shades(), codecformat="j2k", reversible=is_whole, level=0 if is_whole else 60)
    made.PixelData = encapsulate([bytes(stream)])
    return made, "1.2.840.10008.1.2.4.90" if is_whole else "1.2.840.10008.1.2.4.91"


def palette(modality: str = "OT", **attributes: Any) -> Dataset:
    """A disc from blue over green to red; of an ultrasound only the region is shown."""
    made = exports.dataset(modality=modality, **attributes) if modality != "US" else exports.ultrasound()
    made = exports.with_pixels(made, (DISC * 255).astype("u1"), photometric="PALETTE COLOR")
    ramp = np.arange(256)
    for name, table in (("Red", ramp), ("Green", 255 - abs(2 * ramp - 255)), ("Blue", 255 - ramp)):
        setattr(made, f"{name}PaletteColorLookupTableDescriptor", [256, 0, 16])
        setattr(made, f"{name}PaletteColorLookupTableData", (table * 257).astype("<u2").tobytes())
    if modality == "US":
        region = made.SequenceOfUltrasoundRegions[0]
        region.RegionLocationMinY0, region.RegionLocationMaxX1, region.RegionLocationMaxY1 = 10, 63, 47
    return made


def ecg() -> Dataset:
    beat = np.exp(-((np.arange(100) - 40) ** 2) / 8) - 0.2 * np.exp(-((np.arange(100) - 46) ** 2) / 8)
    wave = 0.3 * np.exp(-((np.arange(100) - 70) ** 2) / 60)
    lead = np.tile(beat + wave, 2)[:, None]
    made = exports.dataset(modality="ECG", sop_class="1.2.840.10008.5.1.4.1.1.9.1.1")
    made.WaveformSequence = electrocardiograms.ecg(["2:1", "2:2"], np.hstack([lead, 0.6 * lead])).WaveformSequence
    return made


def saved() -> bytes:
    """The disc as somebody left it: turned a quarter, cut, in a narrow window, under a round shutter."""
    window, area, state = Dataset(), Dataset(), Dataset()
    window.WindowCenter, window.WindowWidth = 2200, 800
    area.DisplayedAreaTopLeftHandCorner, area.DisplayedAreaBottomRightHandCorner = [9, 1], [56, 48]
    state.SoftcopyVOILUTSequence, state.DisplayedAreaSelectionSequence = Sequence([window]), Sequence([area])
    state.ShutterShape, state.CenterOfCircularShutter, state.RadiusOfCircularShutter = "CIRCULAR", [24, 32], 22
    state.ImageRotation = 90
    return presentation.as_saved(state, clean(grey("MONOCHROME2")))


def pictured(made: Dataset, syntax: str = "1.2.840.10008.1.2.1") -> bytes:
    found = develop(exports.written(made, syntax), TERMS, scales={})
    assert isinstance(found, Development)
    return next(file.data for file in found.files() if file.is_picture)


KINDS: dict[str, Callable[[], bytes]] = {
    "monochrome1": lambda: pictured(grey("MONOCHROME1")),
    "monochrome2": lambda: pictured(grey("MONOCHROME2")),
    "rgb": lambda: pictured(coloured("RGB")),
    "ybr-full": lambda: pictured(coloured("YBR_FULL")),
    "ybr-full-422": lambda: pictured(coloured("YBR_FULL_422")),
    "ybr-rct": lambda: pictured(*streamed("YBR_RCT")),
    "ybr-ict": lambda: pictured(*streamed("YBR_ICT")),
    "palette": lambda: pictured(palette()),
    "palette-ultrasound": lambda: pictured(palette("US")),
    "ecg": lambda: pictured(ecg()),
    "as-saved": saved,
}
