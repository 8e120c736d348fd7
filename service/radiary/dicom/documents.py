"""Objects that are no image: which of them are filed de-identified, and which are held, as received, for their owner only."""

import wave
from collections.abc import Iterable
from io import BytesIO

import numpy as np
from pydicom.dataset import Dataset

from radiary.dicom import films
from radiary.dicom.read import header, samples
from radiary.dicom.wall import curves
from radiary.model.errors import Reason
from radiary.model.nouns import Instance

FILED = frozenset(
    {
        Reason.KEY_OBJECT_SELECTION,
        Reason.PRESENTATION_STATE,
        Reason.RADIOTHERAPY,
        Reason.REGISTRATION,
        Reason.STRUCTURED_REPORT,
        Reason.WAVEFORM,
    }
)
"""Filed as a de-identified copy: numbers, codes, geometry, which stay useful and identify nobody."""

READ = frozenset({Reason.KEY_OBJECT_SELECTION, Reason.STRUCTURED_REPORT, Reason.WAVEFORM})
"""Those of which there is a text or a picture beside the copy, so that they are taken even when no copies are wanted."""

HELD = frozenset({Reason.ENCAPSULATED_DOCUMENT, Reason.SOUND, Reason.UNKNOWN_CURVE, Reason.VIDEO})
"""Letters, films and sound: names in them cannot be removed, so they go to the private shelf as they are."""

UNDECIDED = frozenset({Reason.NEW_KIND})
"""Held, too, but as a de-identified copy."""

_ENDINGS = {
    "application/pdf": "pdf",
    "text/xml": "xml",
    "model/stl": "stl",
    "application/sla": "stl",
    "model/obj": "obj",
    "model/mtl": "mtl",
    "text/plain": "txt",
}
"""MIME Type of Encapsulated Document (0042,0012) → ending of a file name."""


def kind(received: Instance) -> Reason | None:
    """Why an object is no image, a recording of anything but known curves told from one of these; None for an image."""
    reason = header.not_an_image(received)
    return Reason.UNKNOWN_CURVE if reason is Reason.WAVEFORM and not curves.are_known(received.dataset) else reason


def content(received: Instance) -> tuple[str, Iterable[bytes]]:
    """A document, a film or a recording as a file of its own: the ending of its name, and its bytes in pieces.

    Encapsulated Document (0042,0011) and its Length (0042,0015), PS3.3 C.24.2. Raises Undecodable for a film without pixels.
    """
    recordings = header.items(received.dataset, curves.WAVEFORMS)
    if recordings:
        return "wav", (_audible(recordings[0]),)
    document = header.value(received.dataset, 0x00420011)
    if isinstance(document, bytes):
        kind = str(header.value(received.dataset, 0x00420012) or "").strip().lower()
        length = header.value(received.dataset, 0x00420015)
        return _ENDINGS.get(kind, "bin"), (document[:length] if isinstance(length, int) else document,)
    return films.stream(received)


def _audible(group: Dataset) -> bytes:
    """A multiplex group as a sound file of 16 bits, as loud as it can be; an empty one where its samples cannot be read."""
    try:
        values, rate = np.nan_to_num(samples.of_group(group)), int(float(header.value(group, 0x003A001A)))
    except header.UNREADABLE:
        return b""
    loudest = np.abs(values).max(initial=0) or 1
    file = BytesIO()
    with wave.open(file, "wb") as written:
        written.setparams((values.shape[1], 2, max(1, rate), len(values), "NONE", "not compressed"))
        written.writeframes((values * (32767 / loudest)).astype("<i2").tobytes())
    return file.getvalue()
