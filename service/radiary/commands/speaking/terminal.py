"""Output that any terminal takes: what its encoding cannot show is shown by what looks like it, and ends no command."""

import codecs
import io
import sys
import unicodedata

_ALIKE = {"·": "-", "–": "-", "—": "-", "…": "...", "×": "x", "ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "ł": "l"} | {
    "’": "'", "«": '"', "»": '"', "œ": "oe",
}  # fmt: skip
"""What has no parts to be taken off; other letters lose their accents."""
_ALIKE_IN_ANY_ENCODING = "radiary-alike"


def prepare() -> None:
    """Have standard output and error show what they can, of every text. `LANG=C` leaves them with 95 characters."""
    codecs.register_error(_ALIKE_IN_ANY_ENCODING, _alike)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_ALIKE_IN_ANY_ENCODING)


def _alike(error: UnicodeError) -> tuple[bytes, int]:
    """In place of what cannot be encoded. Bytes of a path that were no text go out as they came."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    left = error.object[error.start : error.end]
    return b"".join(_shown(letter) for letter in left), error.end


def _shown(letter: str) -> bytes:
    if "\udc80" <= letter <= "\udcff":
        return letter.encode("ascii", "surrogateescape")
    plain = _ALIKE.get(letter) or "".join(one for one in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(one))
    return plain.encode("ascii", "replace") or b"?"
