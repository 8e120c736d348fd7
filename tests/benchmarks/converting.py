"""A zip to 8-bit PNG files by a tool that people use, in its own interpreter: `converting.py TOOL ZIP FOLDER`.

Prints seconds, pictures and bytes as JSON; what is imported before does not count. Of all that the tools do, only this:
no name is taken out, nothing is filed, nothing survives a power cut.
"""

import json
import sys
import time
import zipfile
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any


def script(archive: str, members: list[str], folder: str) -> None:
    """What everybody writes: pydicom's pixels, its tables, Pillow's PNG."""
    import numpy as np
    import pydicom
    from PIL import Image
    from pydicom.pixels import apply_modality_lut, apply_voi_lut, pixel_array

    with zipfile.ZipFile(archive) as opened:
        for member in members:
            dataset = pydicom.dcmread(BytesIO(opened.read(member)))
            values = pixel_array(dataset)
            is_colour = dataset.get("SamplesPerPixel", 1) == 3
            frames = values if values.ndim == (4 if is_colour else 3) else [values]
            for number, frame in enumerate(frames):
                shown: Any = frame
                if not is_colour:
                    shown = apply_voi_lut(apply_modality_lut(frame, dataset), dataset)
                    low, high = float(shown.min()), float(shown.max())
                    shown = ((shown - low) * (255 / max(high - low, 1))).astype(np.uint8)
                Image.fromarray(np.asarray(shown)).save(Path(folder) / f"{member}-{number}.png")


def dicom2jpg(archive: str, members: list[str], folder: str) -> None:
    """Its own function for bytes, as its page shows it."""
    import dicom2jpg as tool  # type: ignore[import-not-found]
    from PIL import Image

    with zipfile.ZipFile(archive) as opened:
        for member in members:
            Image.fromarray(tool.io2img(BytesIO(opened.read(member)))).save(Path(folder) / f"{member}.png")


def main(tool: str, archive: str, folder: str) -> None:
    with zipfile.ZipFile(archive) as opened:
        members = opened.namelist()
    work = dicom2jpg if tool == "dicom2jpg" else script

    __import__("dicom2jpg" if tool == "dicom2jpg" else "pydicom")
    if tool == "script in 2 processes":
        with ProcessPoolExecutor(2) as pool:
            list(pool.map(abs, range(8)))
            began = time.monotonic()
            list(pool.map(work, [archive] * 2, [members[::2], members[1::2]], [folder] * 2))
            spent = time.monotonic() - began
    else:
        began = time.monotonic()
        work(archive, members, folder)
        spent = time.monotonic() - began
    made = list(Path(folder).iterdir())
    print(json.dumps({"seconds": spent, "pictures": len(made), "bytes": sum(one.stat().st_size for one in made)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
