"""What becomes of an object by its SOP Class: `storage_classes.tsv` as data, one row a class of the standard."""

from functools import cache
from importlib import resources

from radiary.model.errors import Reason

_STANDARD, _STORAGE = "1.2.840.10008.", "1.2.840.10008.5.1.4.1.1."
"""The root of all classes that the standard defines, and of nearly all that can be stored (PS3.4 B.5)."""


@cache
def rows() -> dict[str, str]:
    """SOP Class UID → `image`, or the slug of the reason why it is none."""
    text = resources.files("radiary.dicom.read").joinpath("storage_classes.tsv").read_text(encoding="utf-8")
    _, *lines = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {uid: becomes for uid, becomes, _ in lines}


def no_image(sop_class: str) -> Reason | None:
    """Why an object of this class is no image though it may have pixels; None for an image, and for a class of a maker's own."""
    becomes = rows().get(sop_class)
    if becomes is None:
        return Reason.NEW_KIND if sop_class.startswith(_STORAGE) else None
    return None if becomes == "image" else Reason(becomes)


def is_undecided(sop_class: str) -> bool:
    """Whether the standard defines a class about which nobody has decided yet."""
    return sop_class.startswith(_STANDARD) and sop_class not in rows()
