"""Which folders a service writes to, and when two services would do the same work."""

from pathlib import Path

import pytest

from deploy import examples
from radiary.installing.plan import Work, outdated, outermost, shared

HOME = Path("/home/anna")


def test_downloads_are_only_read_while_nothing_is_moved_or_deleted() -> None:
    folders = examples.plan().folders
    assert HOME / "Downloads" in folders.read
    assert HOME / "Downloads" not in folders.written
    assert HOME not in folders.written


@pytest.mark.parametrize("after", ["sort", "delete"])
def test_downloads_are_written_to_where_they_are_moved_or_deleted(after: str) -> None:
    folders = examples.plan(after=after).folders
    assert HOME / "Downloads" in folders.written
    assert HOME / "Downloads" not in folders.read


def test_everything_that_is_made_can_be_written_to() -> None:
    site = {"site_data": HOME / "site/_data/story.yml", "site_images": HOME / "site/assets/story"}
    written = examples.plan(**site).folders.written
    own = {HOME / ".local/state/radiary", *(HOME / "Pictures/Radiary" / one for one in ("library", "private", "chronicle"))}
    assert set(written) == own | {HOME / "site/_data", HOME / "site/assets/story"}


def test_a_folder_inside_another_one_is_not_named_twice() -> None:
    assert outermost([Path("/a/b"), Path("/a"), Path("/ab"), Path("/a")]) == (Path("/a"), Path("/ab"))


@pytest.mark.parametrize(
    ("state", "watched", "is_shared"),
    [
        ("/home/anna/.local/state/radiary", [], True),
        ("/elsewhere", ["/home/anna/Downloads"], True),
        ("/elsewhere", ["/home/anna/Downloads/scans"], True),
        ("/elsewhere", ["/home/anna"], True),
        ("/elsewhere", ["/home/anna/Downloads2", "/home/bert/Downloads"], False),
    ],
)
def test_two_services_meet_in_a_state_folder_or_a_watched_one(state: str, watched: list[str], *, is_shared: bool) -> None:
    plan = examples.plan()
    assert shared(plan.state, plan.watched, Work(state, tuple(watched))) is is_shared


def test_a_service_is_outdated_once_it_watches_or_writes_to_other_folders() -> None:
    old = examples.plan().work
    for settings, is_outdated in (
        ({}, False),
        ({"after": "sort"}, True),
        ({"library": HOME / "x"}, True),
        ({"watch": (HOME / "y",)}, True),
    ):
        new = examples.plan(**settings)
        assert outdated(new.folders, new.watched, old) is is_outdated, settings
