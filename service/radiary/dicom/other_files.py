"""The files of an object that is no image: its de-identified copy and what can be read of it, or a held document as it is."""

import hashlib
from collections.abc import Callable, Iterable, Iterator

from radiary.dicom import documents, films, report
from radiary.dicom.dicom_copy import plain
from radiary.dicom.image_files import Development, Made
from radiary.dicom.render import encode, waveform
from radiary.dicom.wall import deidentify
from radiary.model.errors import Reason
from radiary.model.nouns import Deidentified, Instance, Wanted


class Filing(Development):
    """The files of one object by its `kind`, the reason why it is no image; a document is held for that reason."""

    def __init__(self, clean: Deidentified, received: Instance, wanted: Wanted, *, kind: Reason) -> None:
        self._is_document = kind in documents.HELD
        is_held = self._is_document or kind in documents.UNDECIDED
        super().__init__(deidentify.withheld(clean, kind) if is_held else clean, wanted)
        self._received = received
        self._kind = kind

    def _made(self) -> Iterator[Made]:
        if self._is_document:
            if self._kind is Reason.VIDEO:
                self.film = films.facts(self._received)
            ending, parts = documents.content(self._received)
            digest = hashlib.sha256()
            yield Made(self._stem(f".{ending}"), _digested(parts, digest.update), is_picture=False)
            self.pixels = digest.hexdigest()
            return
        dataset = self._clean.dataset
        if self._kind is Reason.WAVEFORM and (sheet := waveform.drawn(dataset)) is not None:
            yield Made(self._stem(".png"), (encode.png(sheet, waveform.PER_METRE, self._wanted.png_effort),), is_picture=True)
        if self._kind in (Reason.STRUCTURED_REPORT, Reason.KEY_OBJECT_SELECTION):
            yield Made(self._stem(".txt"), (report.text(dataset).encode(),), is_picture=False)
            yield Made(self._stem(".json"), (report.json_of(dataset),), is_picture=False)
        copy = plain(self._clean)
        self.pixels = hashlib.sha256(copy).hexdigest()
        if self._wanted.copies:
            yield Made(self._stem(".dcm"), (copy,), is_picture=False)


def _digested(parts: Iterable[bytes], update: Callable[[bytes], object]) -> Iterator[bytes]:
    """The same parts, each one given to a digest's `update` as it passes."""
    for part in parts:
        update(part)
        yield part
