import pytest

from radiary.watch.completeness import Sighting, in_progress, is_arriving_inside, is_ignored, is_partial, still

WHOLE = Sighting(((1, 2, 3),), is_candidate=True, is_whole=True)
BROKEN = Sighting(((1, 2, 3),), is_candidate=True, is_whole=False)


ENDINGS = (
    ".crdownload", ".part", ".partial", ".download", ".opdownload", ".tmp", "~", ".wkdownload", ".filepart", ".!ut", ".!qB",
    ".bc!", ".dtapart", ".fdmdownload", ".aria2", ".unconfirmed", ".icloud", ".sb-5e0ce6ae-Xq3k1p", ".!sync", ".az!",
    ".crswap", ".jc!", ".ob!", ".st", ".lftp-pget-status", ".td", ".mega", ".ucdownload", ".adadownload", ".dlpart", ".ut!",
    ".getright",
)  # fmt: skip
"""Chromium and Edge, Firefox and wget, Internet Explorer, Safari, Opera, curl and others, editors, download managers."""


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_programs_partial_name_is_a_download_in_progress(ending: str) -> None:
    for name in (f"a.zip{ending}", f"A.ZIP{ending.upper()}", f"a{ending}"):
        assert is_partial(name)
        assert is_arriving_inside(name)
    assert ending == "~" or "a.zip" in in_progress(["b.zip", f"a.zip{ending}"]), "many a program keeps both"


def test_a_hidden_name_is_a_download_in_progress_but_not_inside_a_folder() -> None:
    assert is_partial(".a.zip")
    assert not is_arriving_inside(".DS_Store")
    assert not is_arriving_inside(".a.zip.part")


@pytest.mark.parametrize("name", ["a.zip", "part", "a.parts.zip", "a.download.zip", "tmp", "a", "IM1"])
def test_a_name_that_only_looks_like_it_is_none(name: str) -> None:
    assert not is_partial(name)
    assert not is_arriving_inside(name)


@pytest.mark.parametrize("partial", ["scan.zip.part", "scan.Kx8sPdoe.zip.part", "scan.zip.aria2"])
def test_the_final_name_beside_a_partial_one_is_a_download_in_progress(partial: str) -> None:
    assert "scan.zip" in in_progress(["scan.zip", partial, "other.zip"])
    assert "other.zip" not in in_progress(["scan.zip", partial, "other.zip"])


@pytest.mark.parametrize("name", ["scan.2024.zip.part", "scan.of-today-at-noon.zip.part"])
def test_a_name_that_is_not_random_hides_no_other_one(name: str) -> None:
    assert in_progress([name]) == {name.removesuffix(".part")}


def test_names_to_ignore_are_patterns() -> None:
    assert is_ignored("holiday-2023.zip", ["holiday*"])
    assert not is_ignored("scan.zip", ["holiday*"])


def test_a_whole_thing_must_be_still_for_one_quiet_period() -> None:
    assert still(WHOLE, 5) == 5


def test_what_may_be_broken_gets_patience() -> None:
    assert still(BROKEN, 5) == 50


def test_a_folder_that_was_seen_growing_gets_patience() -> None:
    assert still(WHOLE, 5, is_growing=True) == 50
