import logging
import threading
import time

import pytest

from announcing.test_notices import LOCKED, an_exam
from radiary.announcing.announcer import Announcer
from radiary.language import ENGLISH, Language
from radiary.model.events import Started
from services import SOON


class Desktop:
    """Takes notifications, or refuses them."""

    def __init__(self, *, refuses: bool = False) -> None:
        self.shown: list[str] = []
        self.has_shown = threading.Event()
        self.refuses = refuses

    def show(self, text: str) -> None:
        if self.refuses:
            self.has_shown.set()
            raise OSError("no desktop")
        self.shown.append(text)
        self.has_shown.set()


def announcer(desktop: Desktop, still: float = 0.05) -> Announcer:
    made = Announcer(ENGLISH, sealed=set, show=desktop.show, still=still)
    made.start()
    return made


def test_what_comes_together_is_told_together_once_nothing_more_comes() -> None:
    """However long each one takes to come: that nothing more does is said here by the end of the service."""
    desktop = Desktop()
    made = announcer(desktop, still=SOON)
    for number in range(5):
        made.heard(an_exam(f"CT-{number}"))
        time.sleep(0.05)  # in which it would be told alone, were it not waited for others
    made.stop()
    assert desktop.has_shown.wait(SOON)
    assert desktop.shown == ["5 new exams are filed."]


def test_what_comes_later_is_told_later() -> None:
    desktop = Desktop()
    made = announcer(desktop)
    for event in (an_exam(), LOCKED):
        desktop.has_shown.clear()
        made.heard(event)
        assert desktop.has_shown.wait(SOON)
    made.stop()
    assert desktop.shown == ["A new exam of 27 October 2026 is filed.", "A download waits for you."]


def test_what_was_heard_is_told_when_the_service_ends() -> None:
    desktop = Desktop()
    made = announcer(desktop, still=60)
    made.heard(an_exam())
    made.stop()
    assert desktop.shown == ["A new exam of 27 October 2026 is filed."]


def test_what_needs_nobody_is_not_told() -> None:
    desktop = Desktop()
    made = announcer(desktop)
    made.heard(Started(export="a" * 64, attempt=1))
    made.heard(an_exam(added=0))
    made.stop()
    assert desktop.shown == []


def test_a_desktop_that_takes_nothing_is_named_once_and_ends_nothing(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    desktop = Desktop(refuses=True)
    made = announcer(desktop, still=0)
    for event in (an_exam(), LOCKED):
        desktop.has_shown.clear()
        made.heard(event)
        assert desktop.has_shown.wait(SOON)
    made.stop()
    assert [record.message for record in caplog.records] == ["no notification can be shown: no desktop"]


def test_a_desktops_own_mistake_ends_nothing(caplog: pytest.LogCaptureFixture) -> None:
    desktop = Desktop()
    shown = desktop.show

    def show(text: str) -> None:
        shown(text)
        if len(desktop.shown) == 1:
            raise RuntimeError(text)

    made = Announcer(ENGLISH, sealed=set, show=show, still=0)
    made.start()
    for event in (an_exam(), LOCKED):
        desktop.has_shown.clear()
        made.heard(event)
        assert desktop.has_shown.wait(SOON)
    made.stop()
    assert len(desktop.shown) == 2
    assert [record.message for record in caplog.records] == ["no notification can be shown: RuntimeError"]


def test_a_folder_that_is_closed_is_told_once_without_its_name_and_anew_after_it_was_open() -> None:
    desktop = Desktop()
    made = Announcer(Language("de"), sealed=set, show=desktop.show, still=0.01)
    made.start()
    closed: list[dict[str, object]] = [
        {"paused": None, "away": {"1": "folder-denied"}},
        {"paused": "library-read-only", "away": {}},
    ]
    for number, pulse in enumerate(closed, 1):
        desktop.has_shown.clear()
        made.pulse(pulse)
        assert desktop.has_shown.wait(SOON)
        made.pulse(pulse)
        assert len(desktop.shown) == number
        made.pulse({"paused": "paused", "away": {"1": "folder-missing"}})
    made.pulse(None)
    made.stop()
    said = "Radiary darf in einem seiner Ordner nicht lesen oder schreiben: `radiary status` sagt, in welchem."
    assert desktop.shown == [said] * 2
