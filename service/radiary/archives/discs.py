"""Images of discs (ISO 9660, Joliet, UDF), by pycdlib (LGPL, the extra `radiary[archives]`)."""

import re
from typing import IO, Any, BinaryIO, cast

from radiary.archives import extra
from radiary.archives.sinks import Sink, copied
from radiary.model.errors import TruncatedArchive


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
                        copied(sink, _called(place), cast("IO[bytes]", _Whole(source)))
                except EOFError:
                    is_cut = True
    except broken:
        raise TruncatedArchive from None
    finally:
        image.close()
    if is_cut:
        raise TruncatedArchive


def _called(place: str) -> str:
    """What a file is called, without its version (`IMAGES.ZIP;1`) and the dot of a name with no ending (`IM1.`)."""
    return re.sub(r"\.?(;\d+)?$", "", place)


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
