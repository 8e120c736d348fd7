"""The anonymized DICOM copy of an instance, from which its pictures are made anew."""

import hashlib
from pathlib import Path

from radiary.model.records import FileRecord


def sound(study: Path, copy: FileRecord | None) -> bytes | None:
    """The bytes of a copy below the folder of its study; None where there is none, or it is not as it was written."""
    try:
        data = (study / copy.path).read_bytes() if copy else b""
    except OSError:
        return None
    return data if copy and hashlib.sha256(data).hexdigest() == copy.sha256 else None
