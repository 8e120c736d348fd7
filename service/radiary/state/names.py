"""What downloads are called, for their owner's own terminal: a private file (0600), sealed, which may be deleted.

Names are never written to the ledger, the log, or anything for programs.
"""

import contextlib
import json
import threading
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from radiary.files import private
from radiary.model.errors import Unusable
from radiary.state.sealed import Seal

_PURPOSE = b"names"
_MOST = 100_000
"""Names that are kept."""


class Names:
    """A file's name for each export, by its digest; `key` gives the pseudonyms' key, and raises Unusable where it is lost."""

    def __init__(self, path: Path, key: Callable[[], bytes]) -> None:
        self._path = path
        self._key = key
        self._lock = threading.Lock()
        self._known: dict[str, str] | None = None

    def all(self) -> Mapping[str, str]:
        """As they are written down."""
        with contextlib.suppress(OSError, ValueError, Unusable):
            if self._path.exists():  # else a key would be made, where nothing is begun
                return self._written_down()
        return {}

    def are_at_hand(self) -> bool:
        """Whether the file can be read, or there is none. Raises Unusable where the key is lost."""
        try:
            self._written_down()
        except FileNotFoundError:
            return True
        except (OSError, ValueError):
            return False
        return True

    def _written_down(self) -> dict[str, str]:
        """Raises OSError, and ValueError for a damaged file."""
        loaded = json.loads(Seal(self._key(), _PURPOSE).opened(self._path.read_bytes()))
        return {str(digest): str(name) for digest, name in loaded.items()} if isinstance(loaded, dict) else {}

    def note(self, called: Mapping[str, str]) -> None:
        """Write down what exports are called; the newest name counts."""
        with self._lock:
            known = dict(self._known if self._known is not None else self.all())
            if not called.items() <= known.items():
                self._keep(known | dict(called))

    def forget(self, digests: Iterable[str]) -> None:
        """What is forgotten leaves no name behind."""
        with self._lock:
            gone = set(digests)
            known = self.all()
            if gone & known.keys():
                self._keep({digest: name for digest, name in known.items() if digest not in gone})

    def _keep(self, known: Mapping[str, str]) -> None:
        self._known = dict(list(known.items())[-_MOST:])
        with contextlib.suppress(OSError, Unusable):  # a full disk: names are a convenience
            private.note(self._path, Seal(self._key(), _PURPOSE).closed(json.dumps(self._known).encode()))
