"""Every rule of the wall counts: switched off alone, it lets something through that nothing else stops."""

import re
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from leaks import running
from radiary.dicom.read import elements
from radiary.dicom.wall import bulk_data, coded_strings, codes, descriptions, element_rules, own_words, profile
from radiary.dicom.wall.profile import Action
from radiary.dicom.wall.pseudonym import Pseudonyms
from radiary.ingest.bench import Bench

Switch = Callable[[pytest.MonkeyPatch], None]


def _letting(action: Action) -> Switch:
    """The table without one of its actions: what it names passes by the other rules."""
    original = profile.Profile.action

    def chosen(self: Any, tag: int) -> Action | None:
        found = original(self, tag)
        return Action.KEEP if found is action else found

    return lambda patch: patch.setattr(profile.Profile, "action", chosen)


def _off(owner: object, name: str, instead: Any) -> Switch:
    return lambda patch: patch.setattr(owner, name, instead)


def _private(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(element_rules.Passage, "_private", lambda self, received, tag, _creators: received[tag])
    patch.setattr(element_rules, "_name_creators", lambda _clean, _creators: None)


def _unregistered(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(element_rules, "dictionary_has_tag", lambda _tag: True)
    patch.setattr(element_rules, "dictionary_VR", lambda _tag: "UN")
    patch.setattr(element_rules.Passage, "_element", lambda _self, element: element)


RULES: dict[str, Switch] = {
    "the table removes": _letting(Action.REMOVE),
    "the table replaces": _letting(Action.REPLACE),
    "descriptions are cleaned": _off(descriptions, "cleaned", lambda text, *_, **__: text),
    "coded strings and machines hold known words": _off(coded_strings, "is_coded", lambda *_: True),
    "codes come from a standard": _off(codes, "clean_code", lambda *_: None),
    "somebody's items lose their values": _off(codes, "remove_personal_values", lambda _clean: None),
    "UIDs become pseudonyms": _off(Pseudonyms, "uid", lambda _self, uid: uid),
    "private attributes": _private,
    "unregistered attributes and forms": _unregistered,
    "bulk data ends where the header says": _off(bulk_data, "trim", lambda _clean, **_: None),
    "numbers are no more than their attribute holds": _off(element_rules.Passage, "_is_number", lambda *_: True),
}

_OWN_WORDS = _off(own_words.OwnWords, "occur_in", lambda *_: False)
SECOND = {
    "the person's own numbers": (
        _off(element_rules, "_MILLIONS", re.compile("(?!)")),
        _off(own_words.OwnWords, "are_number", lambda *_: False),
    ),
    "the person's own words": (_off(coded_strings, "_SINGLE", 99), _OWN_WORDS),
}
"""Rules before which others stand: those others, and they."""


@pytest.fixture(autouse=True)
def nothing_is_remembered() -> Iterator[None]:
    """What the wall remembers of elements and attributes under a rule that is switched off ends with the test."""
    yield
    for name, module in sorted(sys.modules.items()):
        for value in vars(module).values() if name.startswith("radiary.dicom.wall") else ():
            if isinstance(value, elements.Memory):
                value.clear()
            elif hasattr(value, "cache_clear"):
                value.cache_clear()


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_that_is_switched_off_is_noticed(rule: str, bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    RULES[rule](monkeypatch)
    assert running.is_leaking(bench)


def test_with_every_rule_nothing_leaks(bench: Bench) -> None:
    assert not running.is_leaking(bench)


@pytest.mark.parametrize("rule", SECOND)
def test_a_rule_behind_another_stops_what_that_one_lets_through(rule: str, bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = SECOND[rule]
    first(monkeypatch)
    stopped = running.leaked(bench)
    second(monkeypatch)
    assert running.is_leaking(bench, 3, is_asked=lambda category: category not in stopped)


def test_what_the_table_empties_is_stopped_twice(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """The person's own words are a second wall behind these attributes; with both away, they leak."""
    _OWN_WORDS(monkeypatch)
    without_words = running.leaked(bench)
    _letting(Action.EMPTY)(monkeypatch)
    assert running.is_leaking(bench, 2, is_asked=lambda category: category not in without_words)
