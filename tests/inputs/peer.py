"""Every picture of a file by a tool that people use, run by its own interpreter: `peer.py TOOL SOURCE FOLDER`."""

import sys
from pathlib import Path
from typing import Any


def by_pydicom(source: str) -> Any:
    """What people write: pydicom's pixels and its tables, the window's own range or else that of the picture."""
    import numpy as np
    import pydicom
    from pydicom.pixels import apply_modality_lut, apply_voi_lut

    dataset = pydicom.dcmread(source, force=True)
    values = dataset.pixel_array
    is_colour = dataset.SamplesPerPixel == 3
    for frame in values if values.ndim > (3 if is_colour else 2) else [values]:
        if is_colour:
            yield frame
            continue
        shown = apply_voi_lut(apply_modality_lut(frame, dataset), dataset)
        ends = apply_voi_lut(np.array([-1e9, 1e9]), dataset) if "WindowCenter" in dataset else shown
        yield _stretched(shown, ends)


def by_dicom2jpg(source: str) -> Any:
    """Its own function for bytes: one picture."""
    from io import BytesIO

    import dicom2jpg  # type: ignore[import-not-found]

    yield dicom2jpg.io2img(BytesIO(Path(source).read_bytes()))


def by_gdcm(source: str) -> Any:
    """GDCM's reader, native pixels and rescaling; the window as the file names it, else the range of the picture."""
    import gdcm  # type: ignore[import-not-found]
    import numpy as np

    reader = gdcm.ImageReader()
    reader.SetFileName(source)
    if not reader.Read():
        return
    image = reader.GetImage()
    change = gdcm.ImageChangeTransferSyntax()
    change.SetTransferSyntax(gdcm.TransferSyntax(gdcm.TransferSyntax.ExplicitVRLittleEndian))
    change.SetInput(image)
    image = change.GetOutput() if change.Change() else image
    kinds = {
        gdcm.PixelFormat.UINT8: "u1",
        gdcm.PixelFormat.INT8: "i1",
        gdcm.PixelFormat.UINT16: "<u2",
        gdcm.PixelFormat.INT16: "<i2",
    }
    kind = image.GetPixelFormat()
    values = np.frombuffer(image.GetBuffer().encode("utf-8", "surrogateescape"), kinds[kind.GetScalarType()])
    sides = [image.GetDimension(axis) for axis in range(image.GetNumberOfDimensions())][::-1]
    samples = kind.GetSamplesPerPixel()
    frames = values.reshape([-1, *sides[-2:], *([samples] if samples > 1 else [])])
    for frame in frames:
        yield frame if samples > 1 else _windowed(frame * image.GetSlope() + image.GetIntercept(), source)


def _windowed(values: Any, source: str) -> Any:
    import numpy as np
    import pydicom

    dataset = pydicom.dcmread(source, force=True, stop_before_pixels=True)
    if "WindowCenter" not in dataset:
        return _stretched(values, values)
    center, width = float(dataset.WindowCenter), float(dataset.WindowWidth)
    return np.clip((values - center + 0.5) / (width - 1) + 0.5, 0, 1) * 255


def _stretched(values: Any, ends: Any) -> Any:
    low, high = float(ends.min()), float(ends.max())
    return (values - low) * (255 / max(high - low, 1))


def main(tool: str, source: str, folder: str) -> None:
    import numpy as np
    from PIL import Image

    frames = {"pydicom": by_pydicom, "dicom2jpg": by_dicom2jpg, "gdcm": by_gdcm}[tool](source)
    for number, frame in enumerate(frames):
        Image.fromarray(np.asarray(frame).astype(np.uint8)).save(Path(folder) / f"{number:04}.png")


if __name__ == "__main__":
    main(*sys.argv[1:])
