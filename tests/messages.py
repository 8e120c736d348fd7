"""Every message that the chronicle may say, found in its sources."""

from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract

import radiary.chronicle

ROOM = Path(radiary.chronicle.__file__).parent
_KEYWORDS = {"say": None, "marked": None, "count": (1, 2)}


def spoken() -> set[tuple[str, ...]]:
    """Messages, with their plural where they have one."""
    found: set[tuple[str, ...]] = set()
    for path in [*ROOM.rglob("*.py"), *ROOM.glob("*.j2")]:
        method = "python" if path.suffix == ".py" else "jinja2.ext:babel_extract"
        for _, message, _, _ in extract(method, BytesIO(path.read_bytes()), keywords=_KEYWORDS):
            found.add(tuple(message) if isinstance(message, tuple) else (message,))
    return {message for message in found if message[0]}
