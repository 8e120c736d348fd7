import pytest

from radiary.watch.completeness import PATIENCE, Sighting, Verdict, is_ignored, is_partial, verdict

WHOLE = Sighting(((1, 2, 3, 4, 5),), is_candidate=True, is_whole=True)
BROKEN = Sighting(((1, 2, 3, 4, 5),), is_candidate=True, is_whole=False)
OTHER = Sighting(((1, 2, 3, 4, 5),), is_candidate=False, is_whole=True)


@pytest.mark.parametrize(
    "name", ["a.zip.crdownload", "a.zip.part", "A.ZIP.PART", "a.partial", "a.download", "b.tmp", "c~", ".hidden"]
)
def test_a_browsers_partial_name_is_a_download_in_progress(name: str) -> None:
    assert is_partial(name, [])


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
    assert verdict(BROKEN, 5 * PATIENCE - 1, 5) is Verdict.WAIT
    assert verdict(BROKEN, 5 * PATIENCE, 5) is Verdict.TAKE


def test_other_peoples_files_are_left_alone_for_ever() -> None:
    assert verdict(OTHER, 1e9, 5) is Verdict.LEAVE
