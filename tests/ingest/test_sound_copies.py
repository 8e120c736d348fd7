import hashlib
from pathlib import Path

from radiary.ingest.sound_copies import sound
from radiary.model.records import FileRecord


def test_a_copy_is_sound_as_long_as_it_is_what_was_written(tmp_path: Path) -> None:
    copy = FileRecord(path="1.dcm", sha256=hashlib.sha256(b"DICM").hexdigest(), size=4)
    assert sound(tmp_path, copy) is None, "it is not there"
    (tmp_path / "1.dcm").write_bytes(b"DICM")
    assert sound(tmp_path, copy) == b"DICM"
    (tmp_path / "1.dcm").write_bytes(b"DICN")
    assert sound(tmp_path, copy) is None
    assert sound(tmp_path, None) is None
