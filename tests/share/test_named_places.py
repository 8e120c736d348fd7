import errno
import os
from pathlib import Path

import pytest

from radiary.model.errors import Mistaken, NotWritten
from radiary.share import named_places


def test_a_folder_that_is_not_there_and_a_file_in_its_place_are_told_apart(tmp_path: Path) -> None:
    named_places.refuse_without_folder(tmp_path)
    with pytest.raises(Mistaken, match=rf"There is no folder {tmp_path}/x. Make it \(`mkdir -p`\)"):
        named_places.refuse_without_folder(tmp_path / "x")
    (tmp_path / "file").touch()
    with pytest.raises(Mistaken, match=f"{tmp_path}/file is no folder. Name another place."):
        named_places.refuse_without_folder(tmp_path / "file")


def test_what_cannot_be_written_is_named_and_a_full_disk_is_no_misspelt_word(tmp_path: Path) -> None:
    for number, raised in ((errno.EACCES, Mistaken), (errno.EEXIST, Mistaken), (errno.ENOSPC, NotWritten)):
        with (
            pytest.raises(raised, match=f"{tmp_path} cannot be written .{os.strerror(number)}"),
            named_places.writing_to(tmp_path),
        ):
            raise OSError(number, os.strerror(number))
