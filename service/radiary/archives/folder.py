"""A folder of files on the disk, or a single file, read as an archive is."""

import contextlib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from radiary.archives import names, source, split_sets, tree
from radiary.archives.sinks import Sink, copied
from radiary.archives.spool import IN_MEMORY
from radiary.dicom.read.signature import HEAD
from radiary.model.errors import Reason, SourceChanged, UnreadableExport
from radiary.model.nouns import Content, Limits, Member, Skipped


class Folder:
    """A folder of files, or a single file. A file that may not be read costs itself alone."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self._files, self._left_out = source.files(path), Counter[str]()
        self._top = path if path.is_dir() else path.parent
        if path.is_dir():
            walked = tree.walked(path)
            self._files, self._left_out = walked.files, walked.left_out
        self._most = limits.member

    def members(self) -> list[Member]:
        members = []
        for index in range(len(self._files)):
            size = 0
            with contextlib.suppress(UnreadableExport), source.reading():
                size = self._files[index].stat().st_size
            members.append(Member(index, size))
        return members

    @property
    def left_out(self) -> Mapping[str, int]:
        return self._left_out

    def read(self, index: int) -> Content | Skipped:
        try:
            with source.reading():
                size = self._file(index).stat().st_size
                if size > self._most:
                    return Skipped(Reason.TOO_LARGE)
                return self._file(index).open("rb") if size > IN_MEMORY else self._file(index).read_bytes()
        except UnreadableExport:
            return Skipped(Reason.FILE_UNREADABLE)
        except MemoryError:
            return Skipped(Reason.NOT_ENOUGH_MEMORY)

    def head(self, index: int) -> bytes | None:
        try:
            with source.reading(), self._file(index).open("rb") as file:
                return file.read(HEAD)
        except UnreadableExport:
            return None

    @property
    def is_waiting(self) -> bool:
        return False

    @property
    def holds_archives(self) -> bool:
        for path in self._files:
            with contextlib.suppress(UnreadableExport), source.reading():
                if split_sets.part(path.name) is not None or source.is_archive(path):
                    return True
        return False

    def spill(self, sink: Sink) -> None:
        for reason, count in self._left_out.items():
            for _ in range(count):
                sink.skip(Reason(reason))
        for path in self._files:
            try:
                with source.reading(), path.open("rb") as file:
                    copied(sink, str(path.relative_to(self._top)), file)
            except UnreadableExport:
                sink.skip(Reason.FILE_UNREADABLE)

    def may_be_dicom(self, index: int) -> bool:
        return names.may_be_dicom(self._file(index).name)

    def _file(self, index: int) -> Path:
        if index >= len(self._files):
            raise SourceChanged
        return self._files[index]
