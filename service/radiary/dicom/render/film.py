"""The first picture of a film, by FFmpeg in OpenCV (the extra `films`). To be asked for in a process that may die of it."""

from importlib.util import find_spec
from typing import Any, BinaryIO

import numpy as np

from radiary.dicom.render import encode

_FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,mpegts,mpeg,mpegvideo,h264,hevc"
OPTIONS = {
    "OPENCV_FFMPEG_CAPTURE_OPTIONS": f"protocol_whitelist;data|format_whitelist;{_FORMATS}",
    "OPENCV_FFMPEG_LOGLEVEL": "-8",
    "OPENCV_LOG_LEVEL": "SILENT",
}
"""Of the environment, before the first film: nothing but it is opened, whatever it names, and nothing is said."""
_LARGEST = 1 << 26
"""Pixels of a picture, at most."""


def is_possible() -> bool:
    """Whether OpenCV is installed; it is not loaded to find out."""
    return find_spec("cv2") is not None


def first(film: BinaryIO) -> bytes | None:
    """The first picture, in its full size, as a PNG; None where it cannot be decoded."""
    import cv2  # here: 32 MB of memory

    stream: Any = film  # OpenCV's types ask for a class of its own; it takes whatever reads and seeks
    capture: Any = cv2.VideoCapture(stream, cv2.CAP_FFMPEG, [cv2.CAP_PROP_N_THREADS, 1])
    try:
        size = capture.get(cv2.CAP_PROP_FRAME_WIDTH) * capture.get(cv2.CAP_PROP_FRAME_HEIGHT)
        picture: Any = capture.read()[1] if 0 < size <= _LARGEST else None
    finally:
        capture.release()
    return None if picture is None else encode.png(np.ascontiguousarray(picture[..., ::-1]))
