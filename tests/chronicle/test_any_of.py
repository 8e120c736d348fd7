import pickle

import pytest

from radiary.chronicle import any_of
from radiary.chronicle.any_of import AnyOf

WORDS = (b"petronella", b"petro\n", b"synthetica")


@pytest.mark.parametrize("little", [0, any_of._LITTLE])
def test_each_of_the_words_is_found_in_a_little_and_in_much(little: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(any_of, "_LITTLE", little)
    words = AnyOf(WORDS)
    assert all(words.is_in(b"for " + word + b".") for word in WORDS)
    assert not words.is_in(b"for petronel, synthetic")
    assert not AnyOf(()).is_in(b"anything")


def test_after_some_megabytes_one_pattern_finds_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(any_of, "_LITTLE", 1000)
    words = AnyOf(WORDS)
    assert [words.is_in(bytes(200) + WORDS[0]) for _ in range(4)] == [True] * 4
    assert "_pattern" in vars(words)


def test_the_same_words_are_the_same_whatever_they_searched() -> None:
    words = AnyOf(WORDS)
    words.is_in(b"something")
    assert words == AnyOf(reversed(WORDS)) == pickle.loads(pickle.dumps(words))
    assert hash(words) == hash(AnyOf(WORDS))
    assert words != AnyOf(WORDS[1:])
