"""A stream that is read from front to end, with a few bytes that were read put back: where one tar ends, another may begin."""

from typing import IO

from radiary.archives.sinks import CHUNK, Sink

BLOCK = 512
"""Bytes of which tars are made: every header begins at a multiple of them."""


class Tape:
    """A stream; `at` is how many of its bytes were read and not put back."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._last = b""
        self._again = b""
        self.at = 0

    def read(self, size: int) -> bytes:
        """Up to `size` bytes; none at its end."""
        data, self._again = self._again[:size], self._again[size:]
        self._last = data or self._stream.read(size)
        self.at += len(self._last)
        return self._last

    def back_to(self, at: int) -> None:
        """Put back what was read from there on, which was read at once."""
        put_back = self._last[len(self._last) - (self.at - at) :]
        self._again, self.at = put_back + self._again, at

    def first_block(self, sink: Sink) -> bytes:
        """The next block that is not all noughts, behind which the tape stands then; nothing at the end."""
        passed = 0
        while data := self.read(CHUNK):
            rest = data.lstrip(b"\0")
            if rest:
                start = self.at - len(rest)
                self.back_to(start - start % BLOCK)
                return self.read(BLOCK)
            sink.pass_over(len(data) if passed else 0)
            passed += len(data)
        return b""

    def pass_to_the_end(self, sink: Sink) -> None:
        """Read all that is left, of which nothing comes."""
        while data := self.read(CHUNK):
            sink.pass_over(len(data))
