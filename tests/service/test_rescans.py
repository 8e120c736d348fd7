"""Scans that nobody asked for: as often as the setting says, and less often where they cost much."""

from radiary.service.rescans import Rescans


def scanned(cost: float, *, seconds: float = 60) -> list[float]:
    """When scans are made within ten minutes, at `cost` seconds of the processor each."""
    rescans, made = Rescans(seconds), []
    for now in range(int(seconds), 601, int(seconds)):
        if rescans.are_due(now):
            made.append(now)
            rescans.note(now, cost)
    return made


def test_a_cheap_scan_is_made_each_time() -> None:
    assert scanned(0.05) == list(range(60, 601, 60))


def test_a_dear_scan_is_made_every_second_time() -> None:
    assert scanned(0.4) == list(range(60, 601, 120))


def test_what_is_dear_goes_by_how_often_it_is_made() -> None:
    assert scanned(0.4, seconds=120) == list(range(120, 601, 120))


def test_a_scan_that_was_asked_for_counts_too() -> None:
    rescans = Rescans(60)
    rescans.note(50, 0.4)
    assert not rescans.are_due(60)
    assert not rescans.are_due(120)
    assert rescans.are_due(180)
