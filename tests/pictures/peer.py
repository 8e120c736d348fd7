"""One picture by a tool that people use, run by its own interpreter: `peer.py pydicom|dicom2jpg SOURCE TARGET.png`."""

import sys
from io import BytesIO
from pathlib import Path


def by_pydicom(source: str, target: str) -> None:
    """The script that everybody writes: scale by the own maximum, save."""
    import numpy as np
    import pydicom
    from PIL import Image

    values = pydicom.dcmread(source, force=True).pixel_array.astype(float)
    values = values[0] if values.ndim > 2 and values.shape[-1] != 3 else values
    scaled = np.maximum(values, 0) / values.max() * 255
    Image.fromarray(scaled.astype("uint8")).save(target)


def by_dicom2jpg(source: str, target: str) -> None:
    import dicom2jpg  # type: ignore[import-not-found]
    from PIL import Image

    Image.fromarray(dicom2jpg.io2img(BytesIO(Path(source).read_bytes()))).save(target)


if __name__ == "__main__":
    {"pydicom": by_pydicom, "dicom2jpg": by_dicom2jpg}[sys.argv[1]](sys.argv[2], sys.argv[3])
