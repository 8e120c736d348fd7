from pathlib import Path

import pytest

from radiary.model.errors import FolderDenied, FolderMissing, FolderUnreachable, NotNow
from radiary.watch import folders


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (13, FolderDenied),
        (1, FolderDenied),
        (2, FolderMissing),
        (20, FolderMissing),
        (5, FolderUnreachable),
        (116, FolderUnreachable),
    ],
)
def test_a_folder_that_is_denied_is_told_from_one_that_is_missing_or_does_not_answer(number: int, kind: type[NotNow]) -> None:
    with pytest.raises(kind), folders.looking():
        raise OSError(number, "no")


def test_a_look_into_a_folder_lists_it(tmp_path: Path) -> None:
    folders.look_into(tmp_path)
    (tmp_path / "file").touch()
    folders.look_into(tmp_path)
    for missing in (tmp_path / "nothing", tmp_path / "file"):
        with pytest.raises(FolderMissing):
            folders.look_into(missing)
