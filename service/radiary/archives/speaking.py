"""What stands to be read in an archive that cannot be opened."""

import re
from pathlib import Path

from radiary.archives import formats

_BEGINNING = 1 << 20
"""Bytes of a file in which names are looked for."""
_NAMED = re.compile(rb"DICOMDIR|\.dcm|\.dicom|\.ima\b", re.IGNORECASE)


def speaks_of_dicom(path: Path) -> bool:
    """Whether names of DICOM files stand in the first bytes of a file, or of the archive behind a program. Raises OSError."""
    with formats.opened(path) as file:
        return _NAMED.search(file.read(_BEGINNING)) is not None
