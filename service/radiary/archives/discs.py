"""Images of discs (ISO 9660, Joliet, UDF), by pycdlib (LGPL, the extra `radiary[archives]`)."""

import re
from typing import IO, Any, BinaryIO, cast

from radiary.archives import extra
from radiary.archives.sinks import Sink, copied
from radiary.model.errors import TruncatedArchive

_VERSION = re.compile(r"\.?;\d+$")
"""What ISO 9660 puts behind a name: the number of its version."""


def read(file: BinaryIO, sink: Sink) -> None:
    """Push every file into the sink. Raises TruncatedArchive and what the sink raises."""
    library = extra.library("pycdlib")
    broken = (library.pycdlibexception.PyCdlibException, ValueError, IndexError)
    image = library.PyCdlib()
    try:
        image.open_fp(file)
    except broken:
        raise TruncatedArchive from None
    is_cut = False
    try:
        view = {"udf_path": "/"} if image.has_udf() else {"joliet_path": "/"} if image.has_joliet() else {"iso_path": "/"}
        (name,) = view
        for folder, _, files in image.walk(**view):
            for file_name in files:
                place = f"{folder.rstrip('/')}/{file_name}"
                try:
                    with image.open_file_from_iso(**{name: place}) as source:
                        copied(sink, _VERSION.sub("", place), cast("IO[bytes]", _Whole(source)))
                except EOFError:
                    is_cut = True
    except broken:
        raise TruncatedArchive from None
    finally:
        image.close()
    if is_cut:
        raise TruncatedArchive


class _Whole:
    """A file of the image. Raises EOFError where the image ends before it does."""

    def __init__(self, source: Any) -> None:
        self._source = source
        self._left = source.length()

    def read(self, size: int) -> bytes:
        data: bytes = self._source.read(size)
        self._left -= len(data)
        if not data and self._left:
            raise EOFError
        return data
