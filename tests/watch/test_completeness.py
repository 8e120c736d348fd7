import pytest

from radiary.watch.completeness import Sighting, Verdict, is_arriving_inside, is_ignored, is_partial, verdict

WHOLE = Sighting(((1, 2, 3, 4, 5),), is_candidate=True, is_whole=True)
BROKEN = Sighting(((1, 2, 3, 4, 5),), is_candidate=True, is_whole=False)
OTHER = Sighting(((1, 2, 3, 4, 5),), is_candidate=False, is_whole=True)


ENDINGS = (".crdownload", ".part", ".partial", ".download", ".opdownload", ".tmp", "~")
"""Chromium and Edge, Firefox and wget, Internet Explorer, Safari, Opera, curl and others, editors."""


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_browsers_partial_name_is_a_download_in_progress(ending: str) -> None:
    for name in (f"a.zip{ending}", f"A.ZIP{ending.upper()}", f"a{ending}"):
        assert is_partial(name, [])
        assert is_arriving_inside(name)
    assert is_partial("a.zip", ["a.zip", f"a.zip{ending}"]), "Firefox keeps both"


def test_a_hidden_name_is_a_download_in_progress_but_not_inside_a_folder() -> None:
    assert is_partial(".a.zip", [])
    assert not is_arriving_inside(".DS_Store")
    assert not is_arriving_inside(".a.zip.part")


@pytest.mark.parametrize("name", ["a.zip", "part", "a.parts.zip", "a.download.zip", "tmp", "a", "IM1"])
def test_a_name_that_only_looks_like_it_is_none(name: str) -> None:
    assert not is_partial(name, [name])
    assert not is_arriving_inside(name)


def test_firefoxs_final_name_beside_its_part_is_a_download_in_progress() -> None:
    assert is_partial("scan.zip", ["scan.zip", "scan.zip.part"])
    assert not is_partial("scan.zip", ["scan.zip", "other.zip.part"])


def test_names_to_ignore_are_patterns() -> None:
    assert is_ignored("holiday-2023.zip", ["holiday*"])
    assert not is_ignored("scan.zip", ["holiday*"])


def test_a_whole_thing_is_taken_after_one_quiet_period() -> None:
    assert verdict(WHOLE, 4.9, 5) is Verdict.WAIT
    assert verdict(WHOLE, 5, 5) is Verdict.TAKE


def test_a_broken_download_gets_patience_and_is_then_reported() -> None:
    assert verdict(BROKEN, 49.9, 5) is Verdict.WAIT
    assert verdict(BROKEN, 50, 5) is Verdict.TAKE


def test_other_peoples_files_are_left_alone_for_ever() -> None:
    assert verdict(OTHER, 1e9, 5) is Verdict.LEAVE
