"""Rows of a slice as bytes, and back: for workers that compare slices which others have developed."""

import io

import numpy as np

from radiary.dicom.text.slice_values import Rows


def packed(rows: Rows) -> bytes:
    """Rows as numpy writes them into files."""
    file = io.BytesIO()
    np.save(file, rows, allow_pickle=False)
    return file.getvalue()


def unpacked(data: bytes) -> Rows:
    """The rows in such bytes. Raises ValueError where there are none."""
    rows: Rows = np.load(io.BytesIO(data), allow_pickle=False)
    return rows
