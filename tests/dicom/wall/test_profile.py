from importlib import resources

import pytest

from radiary.dicom.wall import profile
from radiary.dicom.wall.profile import EDITION, Action, rows
from radiary.model.nouns import Policy

TABLE = profile.under(Policy())


def test_the_whole_table_is_there_in_the_edition_that_is_named() -> None:
    text = resources.files("radiary.dicom.wall").joinpath("profile.tsv").read_text()
    assert EDITION in text.splitlines()[0]
    assert len(rows()) == 657


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        (0x00100010, Action.EMPTY),  # Patient's Name, Z
        (0x00100020, Action.REPLACE),  # Patient ID, Z/D
        (0x00080080, Action.REPLACE),  # Institution Name, X/Z/D
        (0x0008103E, Action.CLEAN),  # Series Description, by Clean Descriptors
        (0x00080018, Action.REPLACE_UIDS),  # SOP Instance UID, U
        (0x00081140, Action.REPLACE_UIDS),  # Referenced Image Sequence, X/Z/U*
        (0x00080020, Action.DATE),  # Study Date, by Retain Longitudinal Temporal Information
        (0x00100030, Action.EMPTY),  # Patient's Birth Date, never kept
        (0x00280010, None),  # Rows, outside the table
        (0x50000010, Action.REMOVE),  # a curve
        (0x60003000, Action.REMOVE),  # an overlay
        (0x60FE0010, Action.REMOVE),
        (0x00091001, Action.REMOVE),  # private
        (0x00041220, Action.REMOVE),  # a media directory's record
        (0xFFFCFFFC, Action.REMOVE),  # padding behind the data set
    ],
)
def test_a_tag_has_the_profiles_action(tag: int, expected: Action | None) -> None:
    assert TABLE.action(tag) is expected


def test_every_row_has_an_action() -> None:
    exact = [row for row in rows() if all(digit in "0123456789ABCDEF" for digit in row["tag"])]
    assert len(exact) == 653
    assert all(TABLE.action(int(row["tag"], 16)) is not None for row in exact)
