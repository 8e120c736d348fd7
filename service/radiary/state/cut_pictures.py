"""Parts of papers' pages as pictures, sealed: as they were searched and released, whatever draws pages later."""

from pathlib import Path

from radiary.state.sealed_file import Sealed


class CutPictures:
    """The pictures in a folder of the state folder, by the codes of the cuttings."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder, self._key = folder, key

    def keep(self, code: str, png: bytes) -> None:
        """Keep one."""
        sealed = self._sealed(code)
        with sealed.locked():
            sealed.replace(png)

    def png(self, code: str) -> bytes:
        """One of them; nothing where there is none. Raises Unusable for a file that is damaged."""
        return self._sealed(code).content()

    def all(self) -> dict[str, Path]:
        """Where each of them lies."""
        paths = self._folder.iterdir() if self._folder.is_dir() else ()
        return {path.name: path for path in sorted(paths) if not path.name.endswith((".lock", ".draft"))}

    def drop(self, code: str) -> None:
        """Forget one."""
        for ending in ("", ".lock"):
            (self._folder / f"{code}{ending}").unlink(missing_ok=True)

    def _sealed(self, code: str) -> Sealed:
        return Sealed(self._folder / code, self._key, "cuttings")
