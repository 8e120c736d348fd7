"""What a member's name tells of it. Names are asked about and never used for writing: any name is harmless."""

import re

ARCHIVE = re.compile(r"\.(zip|7z|rar|iso|img|tar|t(ar\.)?(gz|bz2|xz|zst)|tgz|tbz2?|txz|tzst)$", re.IGNORECASE)
"""Names that may stand for an archive; the content decides."""
PACKED = re.compile(r"(\.(dcm|dicom|ima)|(^|[/\\])[^./\\]+|(^|[/\\])\d+(\.\d+)+)\.(gz|bz2|xz|zst)$", re.IGNORECASE)
"""Names of single packed files that may be DICOM: `IM1.dcm.gz`, `IM0001.gz`, `1.2.840.1.gz`."""

_CALLED_DICOM = re.compile(r"(^dicomdir|\.(dcm_?|dicom|ima|dc3|acr)|^\d+(\.\d+){4,})$", re.IGNORECASE)
_USUAL = re.compile(r"\.(dic|bi|cr|ct|dr|dx|ivus|mg|mr|mrt|nm|oct|ot|pet|pt|px|rf|rg|sc|sr|us|xa|xc)$", re.IGNORECASE)
"""Endings that DICOM files have beside others: the modality (`E1S1I1.MR`, `1.2.840.1.CT`)."""
_OTHER_KIND = re.compile(r"\.([A-Za-z][A-Za-z0-9_-]{0,9}|3(g2|gp|gp2|gpp|dm|ds|dxml|fr|mf))$", re.IGNORECASE)
"""An ending: `.pdf`, `.html`, `.3gp`. What ends in digits (`IM.001`, a UID) has none."""
_PLAIN_WORDS = frozenset("authors changelog changes copying install license licence makefile news notice readme todo".split())


def is_archive(name: str) -> bool:
    """Whether a file may be an archive, or a single packed DICOM file, by its name."""
    return ARCHIVE.search(name) is not None or PACKED.search(name) is not None


def is_program(name: str) -> bool:
    """Whether a file is called as a program is, which may have an archive behind it."""
    return name.lower().endswith(".exe")


def is_called_dicom(name: str) -> bool:
    """Whether a name is one that DICOM files alone have."""
    return _CALLED_DICOM.search(_last(name)) is not None


def may_be_dicom(name: str) -> bool:
    """Whether a file of unknown content may be a DICOM file, or hold one, by its name."""
    last = _last(name)
    if is_called_dicom(last) or is_archive(last):
        return True
    if not last or last.startswith(".") or last.lower() in _PLAIN_WORDS:
        return False
    return _USUAL.search(last) is not None or _OTHER_KIND.search(last) is None


def _last(name: str) -> str:
    return re.split(r"[/\\]", name)[-1]
