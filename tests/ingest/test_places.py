from pathlib import Path

from radiary.ingest.places import Places
from radiary.model.nouns import Export

HERE, THERE = Path("/here.zip"), Path("/there.zip")


def export(digest: str, path: Path) -> Export:
    return Export(digest, "zip", 1, path, ())


def test_an_export_is_found_at_any_place_where_it_lies() -> None:
    places = Places()
    for path in (HERE, THERE):
        assert places.add(export("a", path)) is None
    assert [one.path for one in places.all("a")] == [HERE, THERE]
    places.remove(export("a", HERE))
    assert places.any("a") == export("a", THERE)
    places.remove(export("a", THERE))
    assert (places.any("a"), places.all("a"), places.any("b")) == (None, [], None)


def test_what_takes_the_place_of_another_export_says_so_and_the_other_one_lies_there_no_more() -> None:
    places = Places()
    places.add(export("a", HERE))
    assert places.add(export("b", HERE)) == "a"
    assert places.any("a") is None
    assert places.add(export("b", HERE)) is None


def test_what_takes_the_place_of_one_that_was_lost_says_so_and_of_one_that_radiary_moved_does_not() -> None:
    for is_moved in (False, True):
        places = Places()
        places.add(export("a", HERE))
        places.remove(export("a", HERE), is_moved=is_moved)
        assert places.add(export("b", HERE)) == (None if is_moved else "a")
