"""Where each export lies, in memory only, since a path may hold a name. A download may lie there more than once."""

import threading
from pathlib import Path

from radiary.model.nouns import Export


class Places:
    """Exports by digest and path; may be asked and told from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._exports: dict[str, dict[Path, Export]] = {}
        self._last_at: dict[Path, str] = {}
        """The digest of what lay at each path last, also of what was lost there."""

    def add(self, export: Export) -> str | None:
        """An export lies at its path now: the digest of what lay there before, if that was another one."""
        with self._lock:
            before = self._last_at.get(export.path)
            self._last_at[export.path] = export.digest
            if before is not None and before != export.digest:
                self._exports.get(before, {}).pop(export.path, None)
            self._exports.setdefault(export.digest, {})[export.path] = export
        return before if before != export.digest else None

    def remove(self, export: Export, *, is_moved: bool = False) -> None:
        """An export is not at its path any more: moved by Radiary, or else lost."""
        with self._lock:
            self._exports.get(export.digest, {}).pop(export.path, None)
            if is_moved:
                self._last_at.pop(export.path, None)

    def all(self, digest: str) -> list[Export]:
        """Wherever an export lies."""
        with self._lock:
            return list(self._exports.get(digest, {}).values())

    def any(self, digest: str) -> Export | None:
        """An export at one of its places; None when it lies nowhere."""
        with self._lock:
            return next(iter(self._exports.get(digest, {}).values()), None)
