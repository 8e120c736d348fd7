"""Objects that are no image: which of them are filed de-identified, and which only their owner may see, as they are."""

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
"""Numbers, codes, geometry: what the wall leaves of them is useful and identifies nobody."""

READ = frozenset({Reason.KEY_OBJECT_SELECTION, Reason.STRUCTURED_REPORT, Reason.WAVEFORM})
"""Of these, something can be read or looked at beside the copy."""

HELD = frozenset({Reason.ENCAPSULATED_DOCUMENT, Reason.VIDEO})
"""Letters and films: nobody can take a name out of them, so they go to the private shelf untouched."""

_ENDINGS = {
    "application/pdf": "pdf",
    "text/xml": "xml",
    "model/stl": "stl",
    "application/sla": "stl",
    "model/obj": "obj",
    "model/mtl": "mtl",
    "text/plain": "txt",
}
_MPEG2 = ("1.2.840.10008.1.2.4.100", "1.2.840.10008.1.2.4.101")


def content(received: Instance) -> tuple[str, Iterable[bytes]]:
    """The ending of a document's or a film's file name, and its own bytes as any program opens them, in pieces.

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
