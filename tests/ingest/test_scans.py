import numpy as np
import pytest

from lettering import picture
from radiary.dicom.text import recognition
from radiary.documents.pdf import PagePicture
from radiary.ingest import scans


def test_a_line_of_which_nothing_can_be_read_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = picture("SYNTHETICA", size=24)
    page = PagePicture(shown.shape[1], shown.shape[0], np.ascontiguousarray(shown).tobytes())
    assert [line.row.text for line in scans.lines(page)] == ["SYNTHETICA"]
    monkeypatch.setattr(recognition, "read", lambda _page, corners: [("", 0.0)] * len(corners))
    assert scans.lines(page) == []
