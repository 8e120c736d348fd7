"""How py7zr hands over the files of an archive: it asks a factory for something to write each into."""

from radiary.archives.sinks import Sink, Writer
from radiary.model.errors import Reason


class Factory:
    """py7zr's way of handing over files one by one; whether one was whole shows when the next one begins."""

    def __init__(self, sink: Sink, called: dict[int, str]) -> None:
        self._sink = sink
        self._called = called
        self._writer: Writer | None = None
        self.current: int | None = None

    def create(self, filename: str) -> "PackedFile":
        self.finish()
        self.current = int(filename)
        self._writer = self._sink.begin(self._called[self.current])
        return PackedFile(self._writer)

    def finish(self) -> None:
        """The file that was begun last is whole."""
        if self._writer is not None:
            self._writer.close()
        self._writer = None

    def drop(self, reason: Reason) -> None:
        """The file that was begun last is not."""
        if self._writer is not None:
            self._writer.drop(reason)
        self._writer = None

    def leave_out(self, number: int, reason: Reason) -> None:
        """A file is not even begun."""
        self._sink.begin(self._called[number]).drop(reason)


class PackedFile:
    """One file, on its way to a sink, or to nowhere."""

    def __init__(self, writer: Writer | None) -> None:
        self._writer = writer
        self._size = 0

    def write(self, data: bytes | bytearray) -> int:
        self._size += len(data)
        if self._writer is not None:
            self._writer.write(bytes(data))
        return len(data)

    def read(self, size: int | None = None) -> bytes:  # noqa: ARG002 - py7zr's interface
        return b""

    def seek(self, offset: int, whence: int = 0) -> int:  # noqa: ARG002 - py7zr's interface
        return self._size

    def flush(self) -> None:
        pass

    def size(self) -> int:
        return self._size

    def close(self) -> None:
        pass


class Trial:
    """Throws everything away."""

    def create(self, _filename: str) -> PackedFile:
        return PackedFile(None)
