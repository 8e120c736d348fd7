import os
import tracemalloc

from members import filed, staged
from radiary.library import faults
from radiary.library.shelf import Library


def test_a_slice_that_was_taken_out_of_the_record_too_is_missed(shelf: Library) -> None:
    stands = filed(shelf, *staged(shelf, "a", "b"), None)[0]
    assert list(faults.faults(shelf, {stands.folder: 3})) == [f"{stands.folder} lists 2 pictures, but the ledger knows 3."]


def test_every_difference_is_reported(shelf: Library) -> None:
    stands = filed(shelf, *staged(shelf, "a", "b", "c"), None)[0]
    series = shelf.root / stands.folder / "002-chest"
    (series / "a.png").write_bytes(b"changed")
    (series / "b.png").unlink()
    (series / "stray.png").write_bytes(b"")
    sentences = list(faults.faults(shelf, {"2000-01-01/CT-gone": 1}))
    assert len(sentences) == 5
    for words in (
        "a.png has changed",
        "b.png is missing",
        "stray.png is on the disk",
        "CT-gone is in the ledger",
        "not in the ledger",
    ):
        assert any(words in sentence for sentence in sentences), words


def test_a_file_larger_than_the_memory_is_read_piece_by_piece(shelf: Library) -> None:
    study, made = staged(shelf, "a")
    path = shelf.root / filed(shelf, study, made, None)[0].folder / "002-chest/a.png"
    os.truncate(path, 1 << 28)
    tracemalloc.start()
    assert any("a.png has changed" in fault for fault in faults.faults(shelf, {}))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1 << 24


def test_a_file_of_the_same_size_with_other_bytes_is_found_where_bytes_are_read(shelf: Library) -> None:
    stands = filed(shelf, *staged(shelf, "a", "b"), None)[0]
    path = shelf.root / stands.folder / "002-chest/a.png"
    path.write_bytes(b"A p ")
    assert shelf.stands(stands.folder)
    assert not faults.is_sound(shelf, stands.folder)
    assert list(faults.faults(shelf, {stands.folder: 2})) == [f"{stands.folder}/002-chest/a.png has changed."]
