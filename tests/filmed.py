"""Films as ultrasound machines and endoscopes give them: ten pictures of 64 × 48 in the three kinds of streams, 25 a second."""

from pathlib import Path
from typing import Any

from pydicom.dataset import Dataset
from pydicom.encaps import encapsulate

import exports

FOLDER = Path(__file__).parent / "dicom/render/films"
FILMS = {
    "mpeg2.mpg": "1.2.840.10008.1.2.4.100",
    "h264.mp4": "1.2.840.10008.1.2.4.102",
    "hevc.mp4": "1.2.840.10008.1.2.4.107",
}
"""Files, and the transfer syntax that each of them has in DICOM."""


def stream(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


def film(**attributes: Any) -> Dataset:
    """A film's header."""
    made = exports.dataset(
        modality="ES", sop_class="1.2.840.10008.5.1.4.1.1.77.1.1.1", NumberOfFrames="10", FrameTime="40", Rows=48, Columns=64
    )
    for keyword, value in attributes.items():
        setattr(made, keyword, value)
    return made


def written(name: str = "h264.mp4", pixels: bytes | None = None, **attributes: Any) -> bytes:
    """A DICOM file with one of the films in it, or with other Pixel Data."""
    made = film(**attributes)
    if pixels is not None and not pixels.startswith(b"\xfe\xff\x00\xe0"):  # what no library writes
        head = b"\xe0\x7f\x10\x00OB\0\0" + len(pixels).to_bytes(4, "little")
        return exports.written(made, FILMS[name]) + head + pixels
    made.PixelData = encapsulate([stream(name)]) if pixels is None else pixels
    made["PixelData"].VR = "OB"
    made["PixelData"].is_undefined_length = True
    return exports.written(made, FILMS[name])
