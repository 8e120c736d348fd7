"""Objects that are no image: which of them are filed de-identified, and which are held, as received, for their owner only."""

from collections.abc import Iterable
from itertools import islice

from pydicom.encaps import generate_fragments

from radiary.dicom.read import file_section, header
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

HELD = frozenset({Reason.ENCAPSULATED_DOCUMENT, Reason.VIDEO})
"""Letters and films: names in them cannot be removed, so they go to the private shelf as they are."""

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
_MPEG2 = ("1.2.840.10008.1.2.4.100", "1.2.840.10008.1.2.4.101")


def content(received: Instance) -> tuple[str, Iterable[bytes]]:
    """A document or a film as a file of its own: the ending of its name, and its bytes in pieces.

    Encapsulated Document (0042,0011) and its Length (0042,0015), PS3.3 C.24.2; Pixel Data of a film, PS3.5 A.4.
    """
    document = header.value(received.dataset, 0x00420011)
    if isinstance(document, bytes):
        kind = str(header.value(received.dataset, 0x00420012) or "").strip().lower()
        length = header.value(received.dataset, 0x00420015)
        return _ENDINGS.get(kind, "bin"), (document[:length] if isinstance(length, int) else document,)
    film = file_section.from_start(header.value(received.dataset, 0x7FE00010))
    fragments = generate_fragments(film) if film is not None else iter(())
    return "mpg" if received.transfer_syntax.startswith(_MPEG2) else "mp4", islice(fragments, 1, None)
