"""Every message that a notification, the chronicle, the viewer and a copy that is shared may say, found in their sources."""

from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract

import radiary

ROOM = Path(radiary.__file__).parent
_SPEAKING = ("announcing", "chronicle", "viewer", "share")
_KEYWORDS = {"say": None, "marked": None, "count": (1, 2)}


def spoken() -> set[tuple[str, ...]]:
    """Messages, with their plural where they have one."""
    found: set[tuple[str, ...]] = set()
    for path in (path for room in _SPEAKING for ending in ("py", "j2") for path in (ROOM / room).rglob(f"*.{ending}")):
        method = "python" if path.suffix == ".py" else "jinja2.ext:babel_extract"
        for _, message, _, _ in extract(method, BytesIO(path.read_bytes()), keywords=_KEYWORDS):
            found.add(tuple(message) if isinstance(message, tuple) else (message,))
    return {message for message in found if message[0]}
